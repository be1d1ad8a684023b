import { describe, expect, test } from 'vitest';
import { finalSign } from '../../semiotics';
import { flowScene } from '../testing/flow-scene';
import type { FlowData } from './flow-data';
import { flowHeight, flowLayout } from './flow-layout';

const deep = Array.from({ length: 56 }, (_, i) => Math.max(2, Math.round(48 * 0.94 ** i)));
const scenes = {
  'twelve layers': flowScene([48, 48, 32, 32, 20, 16, 12, 8, 6, 4, 3, 3]),
  'layers without evidence': flowScene([40, 0, 30, 12, 0, 0, 6, 3, 0, 3], 2),
  'no evidence at the end': flowScene([30, 12, 6, 0], 3),
  'hundreds of signs in every layer': flowScene([60, 60, 60, 50, 60], 4, { tau: 0, theta: 0 }),
  'one layer': flowScene([8], 5),
  'nothing at all': flowScene([0, 0, 0], 6),
  '56 layers': flowScene(deep, 7),
};
const EPS = 1e-6;

/** By mass: the five greatest final signs have a group each, all others one. */
function groupOfRoot(data: FlowData, sign: number): number {
  const roots = data.layers[data.layers.length - 1].signs;
  const greater = roots.filter(
    ({ share, id }) => share > roots[sign].share || (share === roots[sign].share && id < sign),
  );
  return Math.min(5, greater.length);
}

describe.each(Object.entries(scenes))('%s', (_, data) => {
  describe.each([390, 1060, 2200])('%i px', (width) => {
    const size = { width, height: flowHeight(width, data) + 40 };
    const layout = flowLayout(data, size);
    const { axis, top, bottom, boxes, columns, threads } = layout;
    const linked = data.linked!;
    const bodies = columns.flat().flatMap((node) => (node.kind === 'lane' ? [] : [node]));

    test('every node stands in its column, within the plot, and touches no other', () => {
      const wrong = columns.flatMap((nodes, layer) => {
        const [left, right] = [axis.x(layer) - axis.step / 2, axis.x(layer) + axis.step / 2];
        const placed = nodes.map((node) => boxes.get(node)!);
        return placed.filter(({ x, y, width, height }, i) => {
          const above = i === 0 ? top : placed[i - 1].y + placed[i - 1].height;
          return x < left || x + width > right || y < above - EPS || y + height > bottom + EPS;
        });
      });
      expect(wrong).toEqual([]);
      expect(bottom).toBeLessThan(size.height);
    });

    test('bodies are as high as their mass, on one scale', () => {
      for (const body of bodies) {
        const share = body.signs.reduce((sum, sign) => sum + data.layers[body.layer].signs[sign].share, 0);
        expect(boxes.get(body)!.height).toBeCloseTo(share * layout.scale, 6);
      }
      expect(layout.scale).toBeGreaterThan((bottom - top) * 0.4);
    });

    test('every sign is in one body, its own or "others"', () => {
      data.layers.forEach(({ signs }, layer) => {
        const own = bodies.filter((body) => body.layer === layer);
        expect(own.flatMap((body) => body.signs).sort((a, b) => a - b)).toEqual(signs.map(({ id }) => id));
        for (const { kind, signs } of own) expect(signs.length > 1).toBe(kind === 'others');
        // As many as there is room for, however many signs there are.
        expect(own.length).toBeLessThan((bottom - top) / 5);
      });
    });

    test('a body has the colour of the final sign of all its signs', () => {
      for (const body of bodies) {
        const groups = body.signs.map((sign) => {
          const final = finalSign(linked, { layer: body.layer, sign });
          return final.fate === 'root' ? groupOfRoot(data, final.sign) : -1;
        });
        expect(new Set(groups)).toEqual(new Set([body.group]));
      }
    });

    test('every link leaves with the mass it carries, and arrives within its body', () => {
      expect(threads.map(({ link }) => link)).toEqual(linked.links);
      const wrong = threads.filter(({ link, path, extents }) => {
        const { share } = data.layers[link.from.layer].signs[link.from.sign];
        const carried = link.share * share * layout.scale;
        return (
          extents.length !== link.to.layer - link.from.layer + 1 ||
          Math.abs(extents[0].height - carried) > EPS ||
          path.some((node, i) => {
            const box = boxes.get(node)!;
            const { y, height } = extents[i];
            const outside = y < box.y - EPS || y + height > box.y + box.height + EPS;
            // On its way a link may be squeezed, never swollen.
            return node.layer !== link.from.layer + i || outside || height > carried + EPS;
          })
        );
      });
      expect(wrong).toEqual([]);
    });

    test('ribbons hold all the mass of their links', () => {
      data.layers.slice(1).forEach((_, layer) => {
        const passing = threads.filter(({ link }) => link.from.layer <= layer && link.to.layer > layer);
        const mass = passing.reduce(
          (sum, { link, extents }) => sum + extents[layer - link.from.layer].height,
          0,
        );
        const drawn = layout.ribbons.filter(({ from }) => from.layer === layer);
        expect(drawn.reduce((sum, { start }) => sum + start.height, 0)).toBeCloseTo(mass, 5);
      });
    });

    test('links of single signs do not cross', () => {
      for (let layer = 0; layer + 1 < columns.length; layer++) {
        const passing = threads.flatMap(({ link, path, extents }) => {
          const at = layer - link.from.layer;
          const single = at >= 0 && path[at + 1] && path.every(({ kind }) => kind !== 'others');
          return single ? [[extents[at].y, extents[at + 1].y]] : [];
        });
        passing.sort((a, b) => a[0] - b[0]);
        expect(passing.slice(1).filter(([, end], i) => end < passing[i][1] - EPS)).toEqual([]);
      }
    });
  });
});

test('a figure without signs has a plot all the same', () => {
  const data = { ...scenes['twelve layers'], linked: null };
  const layout = flowLayout(data, { width: 900, height: 400 });
  expect(layout.columns.flat()).toEqual([]);
  expect(layout.bottom).toBeGreaterThan(layout.top + 100);
});
