import { describe, expect, it } from 'vitest';
import { findSigns, type Signs } from './find-signs';
import { contourTracer } from './iso-contour';
import { linkSigns } from './link-signs';
import { type Outline, outlineTour } from './sign-morph';
import { signedDistance } from './signed-distance';

const side = 64;

interface Disc {
  x: number;
  y: number;
  r: number;
}

/** A map of discs, each a cone above 0.5: every disc is one sign and its border is sharp. */
function map(...discs: Disc[]): Float32Array {
  return Float32Array.from({ length: side * side }, (_, i) => {
    const [x, y] = [i % side, Math.floor(i / side)];
    return Math.max(
      0,
      ...discs.map((d) =>
        Math.hypot(x - d.x, y - d.y) <= d.r ? 1 - Math.hypot(x - d.x, y - d.y) / d.r / 2 : 0,
      ),
    );
  });
}

function tourOf(...maps: Float32Array[]) {
  const layers = maps.map((values) => ({ map: values, ...findSigns(values, side, side) }));
  const tour = outlineTour(layers, linkSigns(layers), side);
  /** Outlines with their lines' areas. */
  const at = (position: number) => {
    const found: (Omit<Outline, 'contours'> & { lines: number; area: number; middle: [number, number] })[] =
      [];
    tour(position, ({ contours, ...outline }) =>
      found.push({ ...outline, ...measured({ contours, ...outline }) }),
    );
    return found;
  };
  return { layers, at };
}

function measured({ contours: { points, ends }, x, y }: Outline) {
  let [area, sumX, sumY] = [0, 0, 0];
  ends.forEach((end, line) => {
    const start = ends[line - 1] ?? 0;
    for (let i = start; i < end; i++) {
      const j = i + 1 < end ? i + 1 : start;
      const cross = points[2 * i] * points[2 * j + 1] - points[2 * j] * points[2 * i + 1];
      area += cross / 2;
      sumX += ((points[2 * i] + points[2 * j]) * cross) / 6;
      sumY += ((points[2 * i + 1] + points[2 * j + 1]) * cross) / 6;
    }
  });
  const middle: [number, number] = [sumX / area + x, sumY / area + y];
  return { lines: ends.length, area, middle };
}

const [left, right] = [
  { x: 20, y: 30, r: 9 },
  { x: 44, y: 30, r: 9 },
];
const both = { x: 32, y: 30, r: 24 };

describe('outlineTour', () => {
  it("is, at a layer, exactly that layer's signs", () => {
    const { layers, at } = tourOf(map(left, right), map(both), map({ ...both, x: 34 }));
    layers.forEach(({ signs }: Signs, layer) => {
      const outlines = at(layer);
      expect(outlines.map(({ sign }) => sign)).toEqual(signs.map(({ id }) => ({ layer, sign: id })));
      outlines.forEach(({ area, middle, presence }, id) => {
        expect(presence).toBe(1);
        // The line runs through the borders of the pixels and cuts their corners.
        expect(area / signs[id].area).toBeGreaterThan(0.93);
        expect(area / signs[id].area).toBeLessThan(1.01);
        expect(Math.hypot(middle[0] - signs[id].centroid[0], middle[1] - signs[id].centroid[1])).toBeLessThan(
          0.5,
        );
      });
    });
  });

  it('is the zero line of the signed distance at a layer, at the edges of the grid and corner to corner too', () => {
    // Bits of xorshift: signs of single pixels up to winding ones, many of which touch by corners alone.
    let state = 7;
    const noise = Float32Array.from({ length: side * side }, () => {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return state & 1;
    });
    const layer = { map: noise, ...findSigns(noise, side, side) };
    const tour = outlineTour([layer], linkSigns([layer]), side);
    const trace = contourTracer();
    let seen = 0;
    tour(0, ({ sign: { sign }, contours, x, y }) => {
      const [x0, y0, x1, y1] = layer.signs[sign].box;
      expect([x, y]).toEqual([x0 - 1, y0 - 1]);
      const distance = signedDistance(layer.labels, side, sign, [x0 - 1, y0 - 1, x1 + 1, y1 + 1]);
      const { points, ends } = trace(distance, x1 - x0 + 2, y1 - y0 + 2);
      expect(contours.ends).toEqual(ends);
      expect(contours.points).toEqual(points.slice(0, 2 * (ends.at(-1) ?? 0)));
      seen++;
    });
    expect(seen).toBe(layer.signs.length);
    expect(layer.signs.some(({ box }) => box[0] === 0)).toBe(true);
  });

  it('fuses two discs into the one that takes them in', () => {
    const { at } = tourOf(map(left, right), map(both));
    const common = (position: number) => at(position).filter(({ sign }) => sign.layer === 1);
    expect(common(0.02)).toHaveLength(1);
    expect(common(0.02)[0].lines).toBe(2);
    expect(common(0.98)[0].lines).toBe(1);
    const counts = Array.from({ length: 49 }, (_, i) => common((i + 1) / 50)[0].lines);
    expect(counts).toEqual([...counts].sort().reverse());
    expect(new Set(counts)).toEqual(new Set([2, 1]));
    const areas = Array.from({ length: 49 }, (_, i) => common((i + 1) / 50)[0].area);
    expect(areas).toEqual([...areas].sort((a, b) => a - b));
    const [own] = at(1);
    expect(common(0.999)[0].area / own.area).toBeCloseTo(1, 1);
    const parts = at(0).reduce((sum, { area }) => sum + area, 0);
    expect(common(0.001)[0].area / parts).toBeCloseTo(1, 1);
  });

  it('lets the parts fade as they fuse', () => {
    const parts = tourOf(map(left, right), map(both))
      .at(0.25)
      .filter(({ sign }) => sign.layer === 0);
    expect(parts.map(({ presence }) => presence)).toEqual([0.75, 0.75]);
  });

  it('moves a carried sign from place to place', () => {
    const { at } = tourOf(map({ x: 24, y: 30, r: 12 }), map({ x: 30, y: 34, r: 12 }));
    const [halfway, ...more] = at(0.5);
    expect(more).toEqual([]);
    expect(halfway.middle[0]).toBeCloseTo(27, 0);
    expect(halfway.middle[1]).toBeCloseTo(32, 0);
  });

  it('shrinks what dissolves and grows what emerges', () => {
    const { at } = tourOf(map({ x: 14, y: 14, r: 8 }), map({ x: 48, y: 48, r: 8 }));
    const [early, late] = [at(0.2), at(0.8)];
    const area = (outlines: typeof early, layer: number) =>
      outlines.find(({ sign }) => sign.layer === layer)!.area;
    expect(area(early, 0)).toBeGreaterThan(area(late, 0) * 4);
    expect(area(late, 1)).toBeGreaterThan(area(early, 1) * 4);
    expect(early.find(({ sign }) => sign.layer === 0)!.presence).toBeCloseTo(0.8, 9);
    expect(late.find(({ sign }) => sign.layer === 1)!.presence).toBeCloseTo(0.8, 9);
  });

  it('takes a sign with a skipping link over the layer in between', () => {
    const { at } = tourOf(
      map({ x: 22, y: 30, r: 12 }),
      map({ x: 52, y: 52, r: 6 }),
      map({ x: 28, y: 30, r: 12 }),
    );
    for (const position of [0.5, 1.5]) {
      const [skipping, ...more] = at(position).filter((outline) => outline.skipping);
      expect(more).toEqual([]);
      expect(skipping.sign).toEqual({ layer: 2, sign: 0 });
      expect(skipping.middle[0]).toBeCloseTo(22 + 3 * position, 0);
    }
    expect(at(1).some((outline) => outline.skipping)).toBe(false);
  });

  it('stands hundreds of signs, and loses none of them', () => {
    const many = Array.from({ length: 225 }, (_, i) => ({
      x: 4 + (i % 15) * 4,
      y: 4 + Math.floor(i / 15) * 4,
      r: 1.4,
    }));
    const { at, layers } = tourOf(map(...many), map({ x: 12, y: 12, r: 8 }));
    expect(layers[0].signs).toHaveLength(225);
    expect(
      new Set(
        at(0.01)
          .filter(({ sign }) => sign.layer === 0)
          .map(({ sign }) => sign.sign),
      ).size,
    ).toBe(225);
  });

  it('goes on where a layer has no signs', () => {
    const { at } = tourOf(map(left), map(), map(left));
    expect(at(1)).toEqual([]);
    expect(at(0.5).filter(({ skipping }) => skipping)).toHaveLength(1);
  });
});
