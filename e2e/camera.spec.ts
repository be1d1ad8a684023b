import { caption, openPage, quick, ready } from './support/explain-page';
import { expect, test } from './support/shared-page';

test('a moving test pattern is explained live, and a frozen frame becomes a picture with all its layers', async ({
  page,
}) => {
  await openPage(page, `#explain?${quick}`);
  await page.evaluate(() => {
    const { mediaDevices } = navigator;
    const ask = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = async (wanted) => Object.assign(window, { camera: await ask(wanted) }).camera;
  });
  const tracks = () =>
    page.evaluate(() =>
      (window as never as { camera: MediaStream }).camera.getTracks().map(({ readyState }) => readyState),
    );
  await page.getByRole('button', { name: 'Camera', exact: true }).click();
  const camera = page.getByRole('dialog', { name: 'Camera' });
  await camera.getByRole('button', { name: 'Explain live' }).click();
  await expect(camera.getByText(/^\d[\d.]* frames a second$/)).toBeVisible();
  const frames = async () =>
    Number.parseInt((await camera.getByText(/^\d+ frames?$/).textContent()) ?? '0', 10);
  await expect.poll(frames).toBeGreaterThan(8);
  const map = camera.getByRole('img', { name: 'The last layer’s map over the frame' });
  const pixels = () => map.evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
  const before = await pixels();
  await expect.poll(pixels, 'the picture moves').not.toBe(before);
  expect(await tracks()).toEqual(['live']);
  await camera.getByRole('button', { name: 'Freeze' }).click();
  await camera.getByRole('button', { name: 'Explain this frame fully' }).click();
  await expect(caption(page)).toContainText(/camera [\d-]+ [\d.]+\.png, \d+ × \d+/);
  await ready(page);
  expect(await tracks(), 'its light is off').toEqual(['ended']);
});
