import sharp from 'sharp';
import { expect, it } from 'vitest';
import { decodePng } from './decode-png';

/** Smooth in one half and noise in the other, so that an encoder chooses every filter. */
const picture = (channels: 1 | 3 | 4) => {
  const [width, height] = [61, 40];
  const data = Uint8Array.from({ length: width * height * channels }, (_, i) => {
    const [x, y] = [Math.floor(i / channels) % width, Math.floor(i / channels / width)];
    return x < 30 ? x * 4 + y * 2 + (i % channels) * 9 : (i * 7919 + y * 104_729) % 251;
  });
  return sharp(data, { raw: { width, height, channels } });
};

it.each([1, 3, 4] as const)(
  'reads what sharp writes with %i channels as sharp reads it',
  async (channels) => {
    const png = await picture(channels).png({ adaptiveFiltering: true }).toBuffer();
    const expected = await sharp(png)
      .flatten({ background: '#fff' })
      .toColourspace('srgb')
      .ensureAlpha()
      .raw()
      .toBuffer();
    const read = decodePng(png);
    expect([read?.width, read?.height]).toEqual([61, 40]);
    const most = Math.max(...expected.map((value, i) => Math.abs(value - (read?.data[i] ?? 999))));
    // sharp rounds towards the background otherwise by one level where a pixel is half transparent.
    expect(most).toBeLessThanOrEqual(channels === 4 ? 1 : 0);
  },
);

it('leaves other kinds to others', async () => {
  expect(decodePng(await picture(3).png({ palette: true }).toBuffer())).toBeNull();
  expect(decodePng(await picture(3).png({ progressive: true }).toBuffer())).toBeNull();
  expect(decodePng(await picture(3).toColourspace('rgb16').png().toBuffer())).toBeNull();
});

it('throws over a file that is damaged', async () => {
  const png = await picture(3).png().toBuffer();
  expect(() => decodePng(png.subarray(0, 900))).toThrow(/breaks off/);
});
