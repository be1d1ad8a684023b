import { describe, expect, it } from 'vitest';
import { resizeBilinear } from '../../semiotics';
import { type ColourMapId, colourMaps, colourTable } from '../kit/colour-maps';
import { heatLevels, heatMapPixels, packedColours, paintLevels } from './heat-map';

const grey = { lo: 0, hi: 1, colourMap: 'grey' } as const;

/** Red channel by pixel. */
function reds(pixels: Uint8ClampedArray): number[] {
  return Array.from({ length: pixels.length / 4 }, (_, i) => pixels[i * 4]);
}

describe('colourTable', () => {
  it('ends where the published maps end', () => {
    const ends = (id: ColourMapId) => [[...colourTable(id).slice(0, 3)], [...colourTable(id).slice(-3)]];
    expect(ends('viridis')).toEqual([
      [0x44, 0x01, 0x54],
      [0xfd, 0xe7, 0x25],
    ]);
    expect(ends('inferno')).toEqual([
      [0x00, 0x00, 0x04],
      [0xfc, 0xff, 0xa4],
    ]);
    expect(ends('magma')).toEqual([
      [0x00, 0x00, 0x04],
      [0xfc, 0xfd, 0xbf],
    ]);
    expect(ends('grey')).toEqual([
      [0, 0, 0],
      [255, 255, 255],
    ]);
  });

  it('gives grey by lightness: L* 50 is sRGB 119', () => {
    expect(Math.abs(colourTable('grey')[127 * 3] - 119)).toBeLessThanOrEqual(1);
  });

  it('never gets darker: no map has a false edge in lightness', () => {
    for (const id of Object.keys(colourMaps) as ColourMapId[]) {
      const table = colourTable(id);
      const luma = (i: number) =>
        0.2126 * table[i * 3] + 0.7152 * table[i * 3 + 1] + 0.0722 * table[i * 3 + 2];
      for (let i = 4; i < 256; i++) expect(luma(i), `${id} ${i}`).toBeGreaterThan(luma(i - 4) - 0.5);
    }
  });
});

describe('heatMapPixels', () => {
  it('keeps a map at its own size', () => {
    const map = { values: new Float32Array([0, 1, 1, 0]), width: 2, height: 2 };
    for (const interpolation of ['bilinear', 'nearest'] as const) {
      const pixels = heatMapPixels(map, map, { ...grey, interpolation });
      expect(reds(pixels)).toEqual([0, 255, 255, 0]);
      expect(pixels[3]).toBe(255);
    }
  });

  it('doubles by nearest neighbour', () => {
    const map = { values: new Float32Array([0, 1]), width: 2, height: 1 };
    const pixels = heatMapPixels(map, { width: 4, height: 2 }, { ...grey, interpolation: 'nearest' });
    expect(reds(pixels)).toEqual([0, 0, 255, 255, 0, 0, 255, 255]);
  });

  it('interpolates values as the resize of the measures does', () => {
    const map = {
      values: Float32Array.from({ length: 35 }, (_, i) => Math.sin(i * i) ** 2),
      width: 7,
      height: 5,
    };
    const resized = resizeBilinear(map.values, 7, 5, 40, 33);
    const pixels = heatMapPixels(map, { width: 40, height: 33 }, { ...grey, interpolation: 'bilinear' });
    const table = colourTable('grey');
    const far = reds(pixels).filter((red, i) => {
      const level = Math.round(resized[i] * 255);
      // One step of 256 either way: the last bit of a float may fall on either side of a rounding.
      return red < table[Math.max(0, level - 1) * 3] || red > table[Math.min(255, level + 1) * 3];
    });
    expect(far).toEqual([]);
  });

  it('clamps to the given scale and draws an empty scale in the first colour', () => {
    const map = { values: new Float32Array([-5, 0.5, 9]), width: 3, height: 1 };
    expect(reds(heatMapPixels(map, map, { ...grey, interpolation: 'nearest' }))).toEqual([0, 119, 255]);
    expect(reds(heatMapPixels(map, map, { ...grey, lo: 2, hi: 2, interpolation: 'nearest' }))).toEqual([
      0, 0, 0,
    ]);
  });
});

describe('paintLevels', () => {
  const size = { width: 9, height: 7 };
  const scale = { lo: 0, hi: 1, interpolation: 'bilinear' } as const;
  const first = { values: Float32Array.from([0, 0.2, 0.4, 1, 0.6, 0.8]), width: 3, height: 2 };
  const second = { values: Float32Array.from([1, 0.5, 0, 0.25]), width: 2, height: 2 };
  const [from, to] = [heatLevels(first, size, scale), heatLevels(second, size, scale)];

  function mixed(share: number): Uint8ClampedArray {
    const pixels = new Uint8ClampedArray(size.width * size.height * 4);
    paintLevels(from, to, share, packedColours('inferno'), new Uint32Array(pixels.buffer));
    return pixels;
  }

  it('is exactly the one map or the other at the ends', () => {
    expect(mixed(0)).toEqual(heatMapPixels(first, size, { ...scale, colourMap: 'inferno' }));
    expect(mixed(1)).toEqual(heatMapPixels(second, size, { ...scale, colourMap: 'inferno' }));
  });

  it('lies, in between, on the straight line of the two resampled maps', () => {
    const at = (map: typeof first) =>
      resizeBilinear(map.values, map.width, map.height, size.width, size.height);
    const [one, other] = [at(first), at(second)];
    const inferno = colourTable('inferno');
    const pixels = mixed(0.3);
    one.forEach((value, i) => {
      const level = 255 * (value * 0.7 + other[i] * 0.3);
      const near = [Math.floor(level), Math.ceil(level)].map((step) => [
        ...inferno.slice(step * 3, step * 3 + 3),
      ]);
      expect(near).toContainEqual([...pixels.slice(i * 4, i * 4 + 3)]);
    });
  });

  it('never leaves the range of the two', () => {
    for (const share of [0, 0.25, 0.5, 0.75, 1]) {
      from.forEach((level, i) => {
        const value = level + (to[i] - level) * share;
        expect(value).toBeGreaterThanOrEqual(Math.min(level, to[i]) - 1e-4);
        expect(value).toBeLessThanOrEqual(Math.max(level, to[i]) + 1e-4);
      });
    }
  });
});
