// @vitest-environment page
import { describe, expect, it } from 'vitest';
import { type LinkedSigns, linkSigns, type SignRef, superizationForest } from '../../semiotics';
import { figureThemes } from '../kit/figure-theme';
import type { Box } from '../kit/figure-types';
import { attribute } from '../testing/svg-text';
import { superizationTree } from './superization-tree';
import type { TreeData } from './superization-tree-data';
import { treeLayout } from './superization-tree-layout';
import { chooseSigns, type ShownSign } from './tree-choice';
import { cropAround } from './tree-crop';

const SIDE = 64;

/** Signs as square tiles of one layer, `across` a side, all of the same mass; 0 for a layer without any. */
function tiles(across: number) {
  const size = across > 0 ? SIDE / across : 0;
  const labels = new Int32Array(SIDE * SIDE).fill(-1);
  const map = new Float32Array(SIDE * SIDE).fill(across > 0 ? 1 : 0);
  if (across > 0) {
    labels.forEach((_, i) => {
      const [x, y] = [i % SIDE, Math.floor(i / SIDE)];
      labels[i] = Math.floor(y / size) * across + Math.floor(x / size);
    });
  }
  const signs = Array.from({ length: across * across }, (_, id) => {
    const [x, y] = [(id % across) * size, Math.floor(id / across) * size];
    return {
      id,
      area: size * size,
      mass: size * size,
      share: 1 / (across * across),
      peak: [x, y, 1] as [number, number, number],
      centroid: [x + size / 2, y + size / 2] as [number, number],
      box: [x, y, x + size, y + size] as [number, number, number, number],
      persistence: 1,
    };
  });
  return { map, width: SIDE, height: SIDE, labels, signs };
}

/** The tree under the one sign of the last layer, where the layers hold this many tiles a side. */
function scene(sides: readonly number[]): TreeData {
  const layers = sides.map(tiles);
  const linked: LinkedSigns = linkSigns(layers);
  return {
    layers: layers.map(({ signs }, i) => ({ name: `conv${i + 1}`, signs })),
    name: `sign 1 of conv${sides.length}`,
    tree: superizationForest(linked).roots[0],
    rank: 0,
    grid: { width: SIDE, height: SIDE },
    picture: 'data:image/png;base64,AAAA',
    outline: ({ layer, sign }: SignRef) => {
      const [x0, y0, x1, y1] = layers[layer].signs[sign].box;
      return [Int32Array.from([x0, y0, x1, y0, x1, y1, x0, y1])];
    },
    selected: null,
  };
}

const apart = (a: Box, b: Box) =>
  a.x + a.width <= b.x + 1e-6 ||
  b.x + b.width <= a.x + 1e-6 ||
  a.y + a.height <= b.y + 1e-6 ||
  b.y + b.height <= a.y + 1e-6;

function boxesOf(data: TreeData, width: number, height: number) {
  const layout = treeLayout(data, { width, height });
  const boxes = [
    ...layout.signs.map(({ crop }) => ({ ...crop, height: crop.height + 14 })),
    ...layout.others.map(({ box }) => box),
  ];
  return { layout, boxes };
}

describe('layout of the tree', () => {
  const scenes: Record<string, readonly number[]> = {
    'one sign': [1],
    'a sign carried through all layers': [1, 1, 1, 1],
    'four, then one': [2, 1],
    halving: [16, 8, 4, 2, 1],
    '1024 signs in the first layer': [32, 8, 8, 2, 2, 1],
    'layers without evidence': [8, 0, 4, 0, 0, 1],
    'a hundred into one at once': [8, 1, 1],
  };
  for (const [name, sides] of Object.entries(scenes)) {
    for (const width of [390, 1020, 1120, 2400]) {
      it(`${name}, ${width} pixels wide: nothing overlaps, everything in its layer's column`, () => {
        const data = scene(sides);
        const { layout, boxes } = boxesOf(data, width, 600);
        boxes.forEach((a, i) => {
          for (const b of boxes.slice(i + 1)) expect(apart(a, b), `${JSON.stringify([a, b])}`).toBe(true);
          expect(a.x).toBeGreaterThanOrEqual(0);
          expect(a.x + a.width).toBeLessThanOrEqual(width);
          expect(a.y).toBeGreaterThanOrEqual(layout.top - 1e-6);
          expect(a.y + a.height).toBeLessThanOrEqual(layout.namesTop);
        });
        for (const { sign, crop } of layout.signs) {
          expect(crop.x + crop.width / 2).toBeCloseTo(layout.axis.x(sign.layer), 6);
          expect(crop.width).toBe(crop.height);
        }
      });
    }
  }

  it('keeps to the height it is given, and uses more of it when there is more', () => {
    const data = scene([32, 16, 8, 4, 2, 1]);
    const drawn = [400, 800, 1600].map((height) => {
      const layout = treeLayout(data, { width: 1120, height });
      expect(layout.height).toBeLessThanOrEqual(height + 1);
      return layout.signs.length;
    });
    expect(drawn[0]).toBeGreaterThan(6);
    expect(drawn[1]).toBeGreaterThan(drawn[0]);
    expect(drawn[2]).toBeGreaterThan(drawn[1]);
  });

  it('loses no sign: what is not drawn is gathered at what takes it in', () => {
    const data = scene([32, 16, 8, 4, 2, 1]);
    const { signs, others } = treeLayout(data, { width: 1120, height: 600 });
    const below = ({ children }: { children: readonly unknown[] }): number =>
      1 + (children as { children: readonly unknown[] }[]).reduce((sum, child) => sum + below(child), 0);
    const hidden = others.flatMap((node) => [...node.signs]).reduce((sum, sign) => sum + below(sign), 0);
    expect(signs.length + hidden).toBe(32 ** 2 + 16 ** 2 + 8 ** 2 + 4 ** 2 + 2 ** 2 + 1);
    for (const { signs: gathered, parent } of others) {
      for (const sign of gathered) {
        expect(sign.into?.to).toEqual({ layer: parent.sign.layer, sign: parent.sign.sign });
      }
    }
  });

  it('draws every branch to its beginning', () => {
    const { signs } = treeLayout(scene([8, 4, 2, 1]), { width: 1120, height: 500 });
    const parents = new Set(signs.map(({ parent }) => parent));
    for (const node of signs) if (!parents.has(node)) expect(node.sign.children).toEqual([]);
  });
});

it('prefers mass: the heaviest part first, then the next', () => {
  const leaf = (sign: number) => ({
    layer: 0,
    sign,
    form: 'emerges' as const,
    order: 0,
    parts: [],
    fate: 'aggregated' as const,
    into: null,
    children: [],
    leaves: 1,
  });
  const root = { ...leaf(0), layer: 1, children: [leaf(0), leaf(1), leaf(2), leaf(3)], leaves: 4 };
  const shares = [0.1, 0.4, 0.2, 0.3];
  const count = (node: ShownSign): number => 1 + node.parts.reduce((sum, part) => sum + count(part), 0);
  const shown = chooseSigns(
    root,
    ({ sign, layer }) => (layer === 1 ? 1 : shares[sign]),
    (at) => count(at) <= 3,
  );
  expect(shown.parts.map(({ sign }) => sign.sign)).toEqual([1, 3]);
  expect(shown.gathered.map(({ sign }) => sign)).toEqual([2, 0]);
});

describe('crop', () => {
  const grid = { width: 224, height: 224 };
  it('holds the sign with a margin, square and inside the picture', () => {
    expect(cropAround([100, 100, 150, 120], grid)).toEqual({ x: 90, y: 75, width: 70, height: 70 });
    const corner = cropAround([0, 0, 4, 4], grid);
    expect(corner).toMatchObject({ x: 0, y: 0 });
    expect(corner.width).toBeCloseTo(44.8, 6);
    expect(cropAround([0, 0, 224, 224], grid)).toEqual({ x: 0, y: 0, width: 224, height: 224 });
  });
  it('is no wider than the shorter side of a picture that is not square', () => {
    expect(cropAround([0, 0, 300, 100], { width: 300, height: 100 })).toMatchObject({
      width: 100,
      height: 100,
    });
  });
});

it('draws a crop with outline, share and order for every sign, and the picture once', () => {
  const data = scene([4, 2, 1]);
  const size = { width: 900, height: 900 };
  const svg = superizationTree(document, data, size, figureThemes.light);
  const layout = treeLayout(data, size);
  expect(svg.querySelectorAll('image')).toHaveLength(1);
  expect(svg.querySelectorAll('svg.crop')).toHaveLength(layout.signs.length);
  expect(svg.querySelectorAll('svg.crop use')).toHaveLength(layout.signs.length);
  const texts = [...svg.querySelectorAll('g.signs text')].map((node) => node.textContent);
  expect(texts).toContain('100 % · 4 parts');
  expect(texts).toContain('25 % · 4 parts');
  expect(texts).toContain('6.3 %');
  expect(svg.querySelector('desc')?.textContent).toBe(
    'Sign 1 of conv3 and the 20 signs it was aggregated from, back to conv1; 5 supersigns, 16 signs without parts.',
  );
  const widths = [...svg.querySelectorAll('g.links path[stroke-width]')].map((path) =>
    attribute(path, 'stroke-width'),
  );
  expect(Math.max(...widths)).toBeGreaterThan(Math.min(...widths));
});

it('says of a sign without parts that it takes in none', () => {
  const svg = superizationTree(document, scene([1]), { width: 390, height: 300 }, figureThemes.dark);
  expect(svg.querySelector('desc')?.textContent).toBe(
    'Sign 1 of conv1 emerges there: it takes in no other sign.',
  );
  expect(svg.querySelectorAll('g.links path')).toHaveLength(0);
});
