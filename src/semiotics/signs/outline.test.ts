import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MapError } from '../semiotics-errors';
import { loopArea, signOutlines } from './outline';

/** Labels from rows of digits; anything else is outside. */
const drawn = (...rows: string[]) =>
  Int32Array.from([...rows.join('')].map((sign) => (/\d/.test(sign) ? Number(sign) : -1)));

describe('by hand', () => {
  test('one pixel is a square, clockwise on the screen', () => {
    const [loops] = signOutlines(drawn('...', '.0.'), 3, 2);
    // From (1, 1): to the right, down, back, up.
    expect(loops.map((loop) => [...loop])).toEqual([[2, 1, 2, 2, 1, 2, 1, 1]]);
    expect(loopArea(loops[0])).toBe(1);
  });
  test('a ring has a hole that runs the other way round', () => {
    const [ring, core] = signOutlines(drawn('000', '010', '000'), 3, 3);
    expect(ring.map(loopArea)).toEqual([9, -1]);
    expect(core.map(loopArea)).toEqual([1]);
    // The hole's corners are the core's.
    const corners = (loop: Int32Array) =>
      Array.from({ length: loop.length / 2 }, (_, i) => `${loop[2 * i]} ${loop[2 * i + 1]}`).sort();
    expect(corners(ring[1])).toEqual(corners(core[0]));
  });
  test('pixels that touch at a corner are one loop', () => {
    const [loops] = signOutlines(drawn('0.', '.0'), 2, 2);
    expect(loops.map(loopArea)).toEqual([2]);
    expect(loops[0]).toHaveLength(2 * 8);
  });
  test('two islands of one sign are two loops; an absent id has none', () => {
    const outlines = signOutlines(drawn('0.2', '0.2'), 3, 2);
    expect(outlines.map((loops) => loops.map(loopArea))).toEqual([[2], [], [2]]);
  });
  test('no signs, no outlines', () => {
    expect(signOutlines(drawn('..', '..'), 2, 2)).toEqual([]);
  });
  test('labels of another size are refused', () => {
    expect(() => signOutlines(new Int32Array(5), 2, 2)).toThrow(MapError);
  });
});

describe('any labels', () => {
  const anyLabels = fc
    .record({ width: fc.integer({ min: 1, max: 12 }), height: fc.integer({ min: 1, max: 12 }) })
    .chain(({ width, height }) =>
      fc
        .array(fc.integer({ min: -1, max: 2 }), { minLength: width * height, maxLength: width * height })
        .map((values) => ({ width, height, labels: Int32Array.from(values) })),
    );
  const edges = (loop: Int32Array) =>
    Array.from({ length: loop.length / 2 }, (_, i) => {
      const next = (2 * i + 2) % loop.length;
      return [loop[2 * i], loop[2 * i + 1], loop[next], loop[next + 1]];
    });

  test('areas sum to the pixels of each sign', () => {
    fc.assert(
      fc.property(anyLabels, ({ labels, width, height }) => {
        signOutlines(labels, width, height).forEach((loops, id) => {
          const area = loops.reduce((sum, loop) => sum + loopArea(loop), 0);
          expect(area).toBe(labels.filter((label) => label === id).length);
        });
      }),
    );
  });
  test('loops are closed along the grid and turn at every corner', () => {
    fc.assert(
      fc.property(anyLabels, ({ labels, width, height }) => {
        for (const loop of signOutlines(labels, width, height).flat()) {
          const along = edges(loop).map(([x, y, u, v]) => {
            expect((x === u) !== (y === v)).toBe(true);
            return y === v;
          });
          expect(along).toEqual(along.map((_, i) => along[0] === (i % 2 === 0)));
        }
      }),
    );
  });
  test('they are as long as the border between a sign and all else', () => {
    fc.assert(
      fc.property(anyLabels, ({ labels, width, height }) => {
        const at = (x: number, y: number) =>
          x < 0 || y < 0 || x >= width || y >= height ? -1 : labels[y * width + x];
        signOutlines(labels, width, height).forEach((loops, id) => {
          let border = 0;
          for (let y = -1; y <= height; y++)
            for (let x = -1; x <= width; x++) {
              if ((at(x, y) === id) !== (at(x + 1, y) === id)) border++;
              if ((at(x, y) === id) !== (at(x, y + 1) === id)) border++;
            }
          const length = loops
            .flatMap(edges)
            .reduce((sum, [x, y, u, v]) => sum + Math.abs(u - x) + Math.abs(v - y), 0);
          expect(length).toBe(border);
        });
      }),
    );
  });
  test('a pixel lies inside the loops of its own sign and of no other', () => {
    fc.assert(
      fc.property(anyLabels, ({ labels, width, height }) => {
        const outlines = signOutlines(labels, width, height);
        for (let pixel = 0; pixel < labels.length; pixel++) {
          const x = (pixel % width) + 0.5;
          const y = Math.floor(pixel / width) + 0.5;
          outlines.forEach((loops, id) => {
            const crossings = loops
              .flatMap(edges)
              .filter(([u, top, v, bottom]) => u === v && u < x && top < y !== bottom < y);
            expect(crossings.length % 2 === 1).toBe(labels[pixel] === id);
          });
        }
      }),
    );
  });
});
