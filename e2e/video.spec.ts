import { readFile } from 'node:fs/promises';
import { caption, openPage, quick, saliencyCanvas } from './support/explain-page';
import { drop } from './support/files';
import { expect, test } from './support/shared-page';

/** The picture goes from red to blue while a disc crosses it (`support/clip.py`). Like a recording of a browser, it does not tell how long it is. */
const clip = new URL('support/clip.webm', import.meta.url);

test('a dropped video becomes a row of frames over time, each explained, and any of them a picture', async ({
  page,
}) => {
  await openPage(page, `#explain?view=image&${quick}`);
  const buffer = await readFile(clip);
  await drop(page, { name: 'clip.webm', mimeType: 'video/webm', buffer });
  const row = page.getByRole('region', { name: 'clip.webm' });
  await expect(row.getByRole('button', { name: /^Frame \d+ of 12, at / })).toHaveCount(12);
  // Each has its class, and where all are measured the state says at which layer.
  await expect(row.getByRole('button', { name: /^Frame \d+ of 12, at [\d.]+ s, ./ })).toHaveCount(12);
  await expect(row.getByRole('status')).toHaveText('at conv5_2');
  const times = await row
    .getByRole('button', { name: /^Frame / })
    .evaluateAll((buttons) =>
      buttons.map((button) => Number(/at ([\d.]+) s/.exec(button.getAttribute('aria-label') ?? '')?.[1])),
    );
  // The middles of twelve parts of its length: the first is half a part from the beginning.
  const part = times[1] - times[0];
  expect(times[0]).toBeCloseTo(part / 2, 1);
  for (const [i, time] of times.entries()) expect(time).toBeCloseTo(times[0] + i * part, 1);
  expect(times[11]).toBeGreaterThan(0.8);

  /** Red and blue of the large picture, low in its middle, where no disc is. */
  const colour = () =>
    saliencyCanvas(page).evaluate((canvas) => {
      const own = canvas as HTMLCanvasElement;
      const at = own.getContext('2d')?.getImageData(own.width / 2, own.height * 0.7, 1, 1).data;
      return at ? Math.sign(at[0] - at[2]) : 0;
    });
  await expect(caption(page)).toContainText(`clip.webm at ${times[0].toFixed(2)} s.png`);
  await expect.poll(colour, 'the first frame is red').toBe(1);
  await row.getByRole('button', { name: 'Frame 12 of 12' }).click();
  await expect(row.getByRole('button', { name: 'Frame 12 of 12' })).toHaveAttribute('aria-pressed', 'true');
  await expect.poll(colour, 'the last one is blue').toBe(-1);
  await row.getByRole('button', { name: 'Close the video' }).click();
  await expect(row).toHaveCount(0);
});
