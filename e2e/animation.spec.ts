import type { Locator, Page } from '@playwright/test';
import { saved } from './support/downloads';
import {
  layerSlider,
  measured,
  openPage,
  pixels,
  quick,
  reading,
  saliencyCanvas,
  signsFound,
} from './support/explain-page';
import type { TestFile } from './support/files';
import { expect, test } from './support/shared-page';
import { test as testAlone } from './support/test';
import { serveTinyNetwork } from './support/tiny-network';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** Opens the page with all that the animation shows. */
async function open(page: Page, layer = 'conv3_2'): Promise<void> {
  await openPage(page, `#explain?layer=${layer}&${quick}`);
  await signsFound(page);
}

/** Stops the page's own time, so that what is seen does not depend on how busy the machine is. */
async function stopTime(page: Page): Promise<void> {
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000);
}

/** Moves the pointer to a place between the layers on the slider. */
async function pointAt(page: Page, position: number): Promise<void> {
  const box = await layerSlider(page).boundingBox();
  if (!box) throw new Error('The slider is not on screen.');
  const handle = 8;
  await page.mouse.move(box.x + handle + ((box.width - 2 * handle) * position) / 11, box.y + box.height / 2);
}

/** Where the cursor of a row stands, in pixels of the page. */
const cursorAt = (row: Locator) =>
  row.locator('[class^=layer-cursor] [class^=line]').evaluate((line) => line.getBoundingClientRect().x + 0.5);

testAlone('Play moves between the layers: picture, cursor and counter', async ({ page }) => {
  await serveTinyNetwork(page, 'photos10');
  await open(page, 'a');
  await stopTime(page);
  await button(page, 'Play').click();
  const seen = [];
  for (let i = 0; i < 3; i++) {
    await page.clock.runFor(i === 0 ? 170 : 60);
    seen.push({
      picture: await pixels(saliencyCanvas(page)),
      cursor: await cursorAt(page.locator('[data-part=entropy]')),
      signs: await reading(page, 'Signs').textContent(),
    });
    await expect(layerSlider(page)).toHaveAttribute('aria-valuetext', i === 0 ? /^a,/ : /^[ab],/);
  }
  expect(new Set(seen.map(({ picture }) => picture)).size).toBe(3);
  expect(new Set(seen.map(({ signs }) => signs)).size).toBe(3);
  expect(seen[1].cursor).toBeGreaterThan(seen[0].cursor);
  expect(seen[2].cursor).toBeGreaterThan(seen[1].cursor);

  await button(page, 'Pause').click();
  const paused = await pixels(saliencyCanvas(page));
  await page.clock.runFor(1000);
  expect(await pixels(saliencyCanvas(page))).toBe(paused);
  await page.getByRole('combobox', { name: 'Speed' }).selectOption('4 ×');
  await button(page, 'Play').click();
  await page.clock.runFor(1500);
  await expect(button(page, 'Play')).toBeVisible();
  await expect(layerSlider(page)).toHaveValue('1');
  await expect(layerSlider(page)).toHaveAttribute('aria-valuetext', 'b, layer 2 of 2');

  await test.step('in steps for who asks for less motion', async () => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.getByRole('combobox', { name: 'Speed' }).selectOption('1 ×');
    await layerSlider(page).focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await expect(layerSlider(page)).toHaveValue('1');
    const second = await pixels(saliencyCanvas(page));
    await page.keyboard.press('ArrowLeft');
    await expect(layerSlider(page)).toHaveValue('0');
    const first = await pixels(saliencyCanvas(page));
    await button(page, 'Play').click();
    await page.clock.runFor(450);
    expect(await pixels(saliencyCanvas(page))).toBe(first);
    await page.clock.runFor(100);
    expect(await pixels(saliencyCanvas(page))).toBe(second);
  });
});

test('one cursor crosses all charts, at the layer that is selected', async ({ page }) => {
  await open(page, 'conv4_1');
  const thumbnail = await page.getByRole('radio', { name: /^conv4_1, / }).boundingBox();
  if (!thumbnail) throw new Error('The film strip is not on screen.');
  for (const row of ['entropy', 'change', 'flow']) {
    const x = await cursorAt(page.locator(`[data-part=${row}]`));
    expect(Math.abs(x - thumbnail.x - thumbnail.width / 2)).toBeLessThan(1.5);
  }
});

test('the slider is scrubbed between the layers and settles on the nearest', async ({ page }) => {
  await open(page);
  const resting = await pixels(saliencyCanvas(page));
  await pointAt(page, 5);
  await page.mouse.down();
  await pointAt(page, 5.3);
  const between = await pixels(saliencyCanvas(page));
  expect(between).not.toBe(resting);
  await pointAt(page, 6.7);
  await expect(layerSlider(page)).toHaveAttribute('aria-valuetext', 'conv4_1, layer 8 of 12');
  expect(await pixels(saliencyCanvas(page))).not.toBe(between);
  await pointAt(page, 5.3);
  await expect.poll(() => pixels(saliencyCanvas(page)), 'the same place looks the same').toBe(between);
  await page.mouse.up();
  await expect.poll(() => pixels(saliencyCanvas(page)), 'it settles on the layer').toBe(resting);
  await expect(layerSlider(page)).toHaveValue('5');
  await expect(page).toHaveURL(/[?&]layer=conv3_2(&|$)/);
});

test('the chart is scrubbed alike', async ({ page }) => {
  await open(page);
  const chart = await page.locator('[data-part=entropy] [class^=chart]').boundingBox();
  const column = await page.getByRole('radio', { name: /^conv4_2, / }).boundingBox();
  if (!chart || !column) throw new Error('Chart or film strip is not on screen.');
  const [x, y] = [column.x + column.width / 2, chart.y + chart.height / 2];
  await page.mouse.move(x - column.width, y);
  await page.mouse.down();
  await page.mouse.move(x + column.width * 0.3, y);
  expect(Math.abs((await cursorAt(page.locator('[data-part=flow]'))) - x - column.width * 0.3)).toBeLessThan(
    1.5,
  );
  await page.mouse.up();
  await expect(layerSlider(page)).toHaveAttribute('aria-valuetext', 'conv4_2, layer 9 of 12');
  await expect
    .poll(async () => Math.abs((await cursorAt(page.locator('[data-part=flow]'))) - x))
    .toBeLessThan(1.5);
});

test('a layer reached by moving looks as if it had been opened', async ({ page }) => {
  await open(page, 'conv4_3');
  const opened = await pixels(saliencyCanvas(page));
  await open(page, 'conv1_1');
  await expect(layerSlider(page)).toHaveValue('0');
  await pointAt(page, 2.4);
  await page.mouse.down();
  for (const position of [5.5, 8.2, 9.1]) await pointAt(page, position);
  await page.mouse.up();
  await expect(layerSlider(page)).toHaveValue('9');
  await expect.poll(() => pixels(saliencyCanvas(page))).toBe(opened);
});

test('who asks for less motion gets steps', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await open(page, 'conv1_1');
  const first = await pixels(saliencyCanvas(page));
  await pointAt(page, 0);
  await page.mouse.down();
  await pointAt(page, 0.4);
  expect(await pixels(saliencyCanvas(page))).toBe(first);
  await pointAt(page, 0.6);
  await expect(layerSlider(page)).toHaveValue('1');
  const second = await pixels(saliencyCanvas(page));
  await page.mouse.up();
  expect(await pixels(saliencyCanvas(page))).toBe(second);
});

test('outlines are a matter of the look, kept in the address', async ({ page }) => {
  await open(page);
  const outlined = await pixels(saliencyCanvas(page));
  const plain = page.getByRole('checkbox', { name: 'Outlines' });
  await expect(plain).toBeChecked();
  await plain.uncheck();
  expect(await pixels(saliencyCanvas(page))).not.toBe(outlined);
  await expect(page).toHaveURL(/[?&]outlines=0(&|$)/);
  await plain.check();
  expect(await pixels(saliencyCanvas(page))).toBe(outlined);
});

test.describe('saved as a film', () => {
  async function begin(page: Page, kind: string): Promise<void> {
    await button(page, 'Save animation').click();
    await page.getByRole('menuitem', { name: kind, exact: true }).click();
  }

  /** Length in seconds, size, and pictures at some times, all as the browser plays it. */
  const played = (page: Page, { mimeType, buffer }: TestFile, times: number[]) =>
    page.evaluate(
      async ({ url, times }) => {
        const video = document.createElement('video');
        const on = (name: string) =>
          new Promise((resolve, reject) => {
            video.addEventListener(name, resolve, { once: true });
            video.addEventListener('error', () => reject(new Error(video.error?.message)), { once: true });
          });
        const loaded = on('loadeddata');
        video.src = URL.createObjectURL(await (await fetch(url)).blob());
        await loaded;
        const canvas = document.createElement('canvas');
        [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
        const pictures: string[] = [];
        for (const time of times) {
          // On a busy machine a place is found before its picture is there.
          const shown = new Promise((resolve) => video.requestVideoFrameCallback(resolve));
          const sought = on('seeked');
          video.currentTime = time;
          await Promise.all([sought, shown]);
          canvas.getContext('2d')?.drawImage(video, 0, 0);
          pictures.push(canvas.toDataURL());
        }
        return { seconds: video.duration, width: canvas.width, height: canvas.height, pictures };
      },
      { url: `data:${mimeType};base64,${buffer.toString('base64')}`, times },
    );

  /** The film of two layers. */
  async function expectGif(page: Page): Promise<void> {
    let downloads = 0;
    page.on('download', () => downloads++);
    await begin(page, 'GIF');
    await expect(button(page, 'Cancel saving')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(button(page, 'Save animation')).toBeFocused();
    await expect(page.getByRole('alert')).toHaveCount(0);
    const film = await saved(page, () => begin(page, 'GIF'));
    // Had the first gone on, its file would have come before this one.
    expect(downloads).toBe(1);
    expect(film.name).toBe('supersign-French-horn-grad-cam-layers.gif');
    const found = await page.evaluate(async (base64) => {
      const data = await (await fetch(`data:image/gif;base64,${base64}`)).arrayBuffer();
      const decoder = new ImageDecoder({ data, type: 'image/gif' });
      await decoder.tracks.ready;
      await decoder.completed;
      const { frameCount, repetitionCount } = decoder.tracks.selectedTrack as ImageTrack;
      let microseconds = 0;
      for (let frameIndex = 0; frameIndex < frameCount; frameIndex++) {
        const { image } = await decoder.decode({ frameIndex });
        microseconds += image.duration ?? 0;
        image.close();
      }
      const { image } = await decoder.decode({ frameIndex: 0 });
      const { displayWidth, displayHeight } = image;
      return { frameCount, repetitionCount, seconds: microseconds / 1e6, displayWidth, displayHeight };
    }, film.buffer.toString('base64'));
    expect(found.frameCount).toBeGreaterThan(30);
    expect(found.seconds).toBeCloseTo(3, 0);
    expect(found.repetitionCount).toBe(Number.POSITIVE_INFINITY);
    expect([found.displayWidth, found.displayHeight]).toEqual([800, 450]);
  }

  testAlone(
    'codecs are asked for when a format is chosen, and one without any is not offered again; WebM plays, and GIF has a time for every frame',
    async ({ page }) => {
      await page.addInitScript(() => {
        const asked: string[] = [];
        Object.assign(window, { asked });
        const { isConfigSupported } = VideoEncoder;
        VideoEncoder.isConfigSupported = async (config) => {
          asked.push(config.codec);
          return config.codec.startsWith('avc') ? { supported: false, config } : isConfigSupported(config);
        };
      });
      const asked = () => page.evaluate(() => (window as unknown as { asked: string[] }).asked);
      await serveTinyNetwork(page, 'photos10');
      await openPage(page, `#explain?${quick}`);
      await signsFound(page);
      await measured(page);
      await button(page, 'Save animation').click();
      expect(await asked()).toEqual([]);
      await page.getByRole('menuitem', { name: 'MP4', exact: true }).click();
      await expect(page.getByRole('alert')).toContainText(
        'The animation could not be saved: this browser has no codec for MP4; choose another format.',
      );
      expect(await asked()).toEqual(['avc1.640020']);
      await button(page, 'Save animation').click();
      await expect(page.getByRole('menuitem')).toHaveText(['WebM', 'GIF']);
      await page.keyboard.press('Escape');

      await testAlone.step('WebM plays: as long as it says, and moving between two layers', async () => {
        const film = await saved(page, async () => {
          await begin(page, 'WebM');
          await expect(page.getByRole('progressbar', { name: 'Saving the animation' })).toBeVisible();
        });
        expect(film.name).toBe('supersign-French-horn-grad-cam-layers.webm');
        const { seconds, width, height, pictures } = await played(page, film, [0.4, 1, 1.1, 1.2, 2.8]);
        // On the first layer 0.8 s, on the last 1.6 s, and 0.6 s between them.
        expect(seconds).toBeCloseTo(3, 1);
        expect([width, height]).toEqual([1280, 720]);
        expect(new Set(pictures).size).toBe(5);
        await expect(button(page, 'Save animation')).toBeEnabled();
      });
      await testAlone.step(
        'cancelled, it leaves no file and no word; GIF holds more frames than layers',
        () => expectGif(page),
      );
    },
  );
});
