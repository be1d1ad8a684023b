import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { resizePicture } from './resize-picture';

interface Case {
  width: number;
  height: number;
  rgb: number[];
  outWidth: number;
  outHeight: number;
  expected: number[];
}

const cases: Case[] = JSON.parse(
  readFileSync(path.join(import.meta.dirname, 'fixtures/resize.json'), 'utf8'),
);

const withAlpha = (rgb: number[]) =>
  Uint8ClampedArray.from(rgb.flatMap((value, i) => (i % 3 === 2 ? [value, 255] : [value])));

describe('resizing a picture', () => {
  it.each(cases)(
    '$width x $height to $outWidth x $outHeight as Pillow does, to one grey level',
    (reference) => {
      const { width, height, rgb, outWidth, outHeight, expected } = reference;
      const resized = resizePicture(withAlpha(rgb), width, height, outWidth, outHeight);
      const wanted = withAlpha(expected);
      expect(resized.length).toBe(wanted.length);
      // Pillow rounds to whole levels between its two passes.
      resized.forEach((value, i) => {
        expect(Math.abs(value - wanted[i])).toBeLessThanOrEqual(1);
      });
    },
  );

  it('keeps every pixel where the size stays', () => {
    const picture = withAlpha([1, 2, 3, 250, 251, 252]);
    expect(resizePicture(picture, 2, 1, 2, 1)).toEqual(picture);
  });
});
