import { describe, expect, test } from 'vitest';
import { findSigns } from './find-signs';
import { linkSigns } from './link-signs';
import { type SignLayer, signShares } from './shares';
import { finalSign, type SignTree, superizationForest } from './superization-forest';

const WIDTH = 96;
const HEIGHT = 64;

const layerOf = (map: Float32Array, width: number): SignLayer => ({
  map,
  ...findSigns(map, width, map.length / width),
});

/** Bumps of one deviation, added up. Two of equal height have one peak once they are nearer than twice the deviation. */
const bumps = (deviation: number, ...positions: [x: number, y: number][]): SignLayer => {
  const map = Float32Array.from({ length: WIDTH * HEIGHT }, (_, i) => {
    const x = i % WIDTH;
    const y = Math.floor(i / WIDTH);
    return positions.reduce(
      (sum, [u, v]) => sum + Math.exp(-((x - u) ** 2 + (y - v) ** 2) / (2 * deviation * deviation)),
      0,
    );
  });
  return layerOf(map, WIDTH);
};

/** The shape of a tree: a leaf is '.', what is carried '(x)', a supersign '(x y ...)'. */
const shape = ({ children }: SignTree): string =>
  children.length === 0 ? '.' : `(${children.map(shape).sort().join(' ')})`;
const shapes = (layers: SignLayer[]) => superizationForest(linkSigns(layers)).roots.map(shape);

describe('bumps that approach each other', () => {
  test('two become a supersign of order two', () => {
    const layers = [
      bumps(4, [30, 32], [62, 32]),
      bumps(6, [32, 32], [60, 32]),
      bumps(13, [34, 32], [58, 32]),
    ];
    expect(layers.map(({ signs }) => signs.length)).toEqual([2, 2, 1]);
    expect(shapes(layers)).toEqual(['((.) (.))']);
    const { layers: linked } = linkSigns(layers);
    expect(linked[0].map(({ form, fate }) => [form, fate])).toEqual([
      ['emerges', 'aggregated'],
      ['emerges', 'aggregated'],
    ]);
    expect(linked[1].map(({ form, order }) => [form, order])).toEqual([
      ['carried', 1],
      ['carried', 1],
    ]);
    expect(linked[2]).toMatchObject([{ form: 'supersign', order: 2, fate: 'root', into: null }]);
  });
  test('three: first two of them, then all', () => {
    const layers = [
      bumps(4, [16, 32], [36, 32], [76, 32]),
      bumps(9, [18, 32], [34, 32], [74, 32]),
      bumps(16, [22, 32], [36, 32], [66, 32]),
    ];
    expect(layers.map(({ signs }) => signs.length)).toEqual([3, 2, 1]);
    expect(shapes(layers)).toEqual(['((. .) (.))']);
    expect(superizationForest(linkSigns(layers)).roots[0].leaves).toBe(3);
  });
  test('five: two pairs and a single one, then one supersign of order three', () => {
    const layers = [
      bumps(4, [12, 16], [32, 16], [64, 16], [84, 16], [48, 52]),
      bumps(9, [14, 16], [30, 16], [66, 16], [82, 16], [48, 50]),
      bumps(18, [24, 22], [34, 22], [62, 22], [72, 22], [48, 44]),
    ];
    expect(layers.map(({ signs }) => signs.length)).toEqual([5, 3, 1]);
    expect(shapes(layers)).toEqual(['((. .) (. .) (.))']);
    const { layers: linked, links } = linkSigns(layers);
    expect(linked[2][0]).toMatchObject({ form: 'supersign', order: 3 });
    expect(links.length).toBe(8);
    expect(finalSign(linkSigns(layers), { layer: 0, sign: 3 })).toMatchObject({ layer: 2, sign: 0 });
  });
  test('five that merge at once are a supersign of order five', () => {
    const layers = [
      bumps(4, [28, 16], [68, 16], [28, 48], [68, 48], [48, 32]),
      bumps(16, [32, 20], [64, 20], [32, 44], [64, 44], [48, 32]),
    ];
    expect(layers.map(({ signs }) => signs.length)).toEqual([5, 1]);
    expect(shapes(layers)).toEqual(['(. . . . .)']);
  });
});

describe('links by hand, on a line of pixels', () => {
  /** Regions by label, with a map of ones unless given. */
  const line = (labels: number[], map: number[] = labels.map(() => 1)): SignLayer => ({
    labels: Int32Array.from(labels),
    map: Float32Array.from(map),
    signs: [...new Set(labels.filter((label) => label >= 0))]
      .sort((a, b) => a - b)
      .map((id) => ({
        id,
        area: 0,
        mass: labels.reduce((sum, label, i) => (label === id ? sum + map[i] : sum), 0),
        share: 0,
        peak: [0, 0, 0],
        centroid: [0, 0],
        box: [0, 0, 0, 0],
        persistence: 0,
      })),
  });

  test('the share is that of the mass, not of the area', () => {
    const first = line([0, 0, 0, 0, 1, 1], [6, 1, 1, 1, 2, 2]);
    const second = line([0, -1, 1, 1, 1, -1]);
    expect(signShares(first, second)).toEqual([
      { from: 0, to: 0, share: 6 / 9 },
      { from: 0, to: 1, share: 2 / 9 },
      { from: 1, to: 1, share: 0.5 },
    ]);
    const { links } = linkSigns([first, second]);
    expect(links).toEqual([
      { from: { layer: 0, sign: 0 }, to: { layer: 1, sign: 0 }, share: 6 / 9, skipping: false },
      { from: { layer: 0, sign: 1 }, to: { layer: 1, sign: 1 }, share: 0.5, skipping: false },
    ]);
  });
  test('of two halves the lower id counts; less than half dissolves', () => {
    const { layers } = linkSigns([line([0, 0, 0, 0, 1, 1, 1]), line([1, 1, 0, 0, 0, -1, -1])]);
    expect(layers[0][0].into?.to).toEqual({ layer: 1, sign: 0 });
    expect(layers[0][1]).toMatchObject({ fate: 'dissolves', into: null });
    expect(layers[1].map(({ form }) => form)).toEqual(['carried', 'emerges']);
  });
  test('a nearly empty layer between is passed over', () => {
    const first = line([0, 0, 0, 1, 1, 1]);
    const empty = line([-1, -1, -1, -1, -1, -1]);
    const nearly = line([0, -1, -1, -1, -1, -1]);
    const last = line([0, 0, 0, 0, 0, -1]);
    const { links, layers } = linkSigns([first, empty, nearly, last]);
    expect(links.map(({ from, to, skipping }) => [from.layer, from.sign, to.layer, skipping])).toEqual([
      [0, 0, 3, true],
      [0, 1, 3, true],
      [2, 0, 3, false],
    ]);
    expect(layers[3][0]).toMatchObject({ form: 'supersign', order: 3 });
  });
  test('the first layer that holds half of it wins, not the one that holds most', () => {
    const { links } = linkSigns([
      line([0, 0, 0, 0, -1]),
      line([0, -1, -1, -1, 0]),
      line([0, 0, -1, -1, 0]),
      line([0, 0, 0, 0, 0]),
    ]);
    expect(links[0]).toEqual({
      from: { layer: 0, sign: 0 },
      to: { layer: 2, sign: 0 },
      share: 0.5,
      skipping: true,
    });
  });
  test('the forest holds every sign once, dissolved trees beside the roots', () => {
    const layers = [
      line([0, 0, 1, 1, 2, 2, 3, 3]),
      line([0, 0, 0, 0, 1, 1, 2, -1]),
      line([0, 0, 0, -1, -1, -1, -1, -1]),
    ];
    const linked = linkSigns(layers);
    const forest = superizationForest(linked);
    expect(forest.roots.map(shape)).toEqual(['((. .))']);
    expect(forest.dissolved.map(({ layer, sign }) => [layer, sign])).toEqual([
      [1, 1],
      [1, 2],
    ]);
    const size = (tree: SignTree): number => tree.children.reduce((sum, child) => sum + size(child), 1);
    const all = [...forest.roots, ...forest.dissolved].reduce((sum, tree) => sum + size(tree), 0);
    expect(all).toBe(linked.layers.flat().length);
  });
  test('no layers, one layer, layers of different size', () => {
    expect(linkSigns([])).toEqual({ layers: [], links: [] });
    expect(linkSigns([line([0, 1])]).layers[0]).toMatchObject([{ fate: 'root' }, { fate: 'root' }]);
    expect(() => linkSigns([line([0, 1]), line([0, 1, 1])])).toThrow(
      'layer 0 has 2 pixels, layer 1 has 3 and 3 labels',
    );
  });
});
