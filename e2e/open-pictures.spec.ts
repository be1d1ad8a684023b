import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { test as testCleared } from './support/cleared-page';
import {
  alert,
  caption,
  measured,
  openExample,
  openPage,
  predictions,
  quick,
  ready,
  type ShownPrediction,
  saliencyCanvas,
  shown,
} from './support/explain-page';
import { drop, file, fileFrom, pick, root, shared } from './support/files';
import { test } from './support/picture-host';
import { pngOfSize } from './support/png';
import { scene, sceneAs, sceneOnWhite, transparentScene } from './support/scene';
import { expect } from './support/shared-page';
import { serveTinyNetwork } from './support/tiny-network';

const all: { network: string; id: string; title: string; label: string }[] = JSON.parse(
  readFileSync(path.join(root, 'public/examples/index.json'), 'utf8'),
);
const examples = all.filter(({ network }) => network === 'photos10');

/** A PNG of one grey. */
function flatGrey(width: number, height: number): Buffer {
  const rows = Buffer.alloc(height * (1 + width), 0x88);
  // Each row begins with the number of its filter: none.
  for (let row = 0; row < height; row++) rows[row * (1 + width)] = 0;
  return pngOfSize(width, height, rows);
}

/** The share of each class of `expected`, within so many percentage points, in the same order at the top. */
function expectSame(actual: ShownPrediction[], expected: ShownPrediction[], points: number): void {
  expect(actual[0].label).toBe(expected[0].label);
  expect(Math.abs(actual[0].share - expected[0].share), 'share of the winner').toBeLessThanOrEqual(points);
}

/** The page as it is quick to measure, with whatever picture a test before left on it. */
async function openQuickly(page: Page): Promise<void> {
  const { hash } = new URL(page.url());
  const parameters = new URLSearchParams(hash.split('?')[1]);
  const asked = Object.entries({ model: 'photos10', levels: '16', grid: 'native' });
  if (!asked.every(([name, value]) => parameters.get(name) === value))
    await openPage(page, `#explain?${quick}`);
}

// Of every example: command-line.spec.ts.
test('examples get their own labels', async ({ page }) => {
  await openPage(page, `#explain?${quick}`);
  for (const { title, label } of examples.slice(-2)) {
    await openExample(page, title);
    expect((await predictions(page))[0].label, title).toBe(label);
    await expect(page.getByRole('button', { name: `Example: ${title}` })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
  }
});

testCleared(
  'a picture may be dropped anywhere, picked or pasted, and is there after a reload, alone and in a tray',
  async ({ page, context, baseURL }) => {
    // Which network reads it is not asked: the tiny one reads it sooner.
    await serveTinyNetwork(page, 'photos10');
    const picture = await sceneAs('png');
    await openPage(page, `#explain?${quick}`);

    await drop(page, { ...picture, name: 'dropped.png' });
    await shown(page, 'dropped.png');
    const dropped = await predictions(page);
    await expect(caption(page)).toContainText('dropped.png, 320 × 320');

    await openExample(page, 'French horn');
    await pick(page, { ...picture, name: 'picked.png' });
    await shown(page, 'picked.png');
    expect(await predictions(page)).toEqual(dropped);

    await openExample(page, 'French horn');
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: baseURL });
    await page.evaluate(async (base64) => {
      const blob = await (await fetch(`data:image/png;base64,${base64}`)).blob();
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })]);
    }, picture.buffer.toString('base64'));
    await page.keyboard.press('ControlOrMeta+V');
    await expect(caption(page)).toContainText('320 × 320');
    await ready(page);
    expect(await predictions(page)).toEqual(dropped);

    await drop(page, { ...picture, name: 'kept.png' });
    await shown(page, 'kept.png');
    await page.reload();
    await shown(page, 'kept.png');
    expect(await predictions(page), 'a reload keeps it').toEqual(dropped);
    await expectTray(page);
    // An example then is what a reload brings back.
    await openExample(page, 'Parachute');
    await page.reload();
    await shown(page, 'Parachute');
  },
);

/** Several dropped pictures become a tray that keys walk, and that is there after a reload. */
async function expectTray(page: Page): Promise<void> {
  const picture = await sceneAs('png');
  await drop(page, { ...picture, name: 'one.png' }, { ...(await sceneAs('webp')), name: 'two.webp' });
  await shown(page, 'one.png');
  const tray = page.getByRole('radiogroup', { name: 'Pictures in the tray' });
  await expect(tray.getByRole('radio', { name: 'one.png, 1 of 2' })).toBeChecked();
  await page.keyboard.press(']');
  await shown(page, 'two.webp');
  await expect(tray.getByRole('radio', { name: 'two.webp, 2 of 2' })).toBeChecked();
  await drop(page, file('empty.png', ''));
  await expect(alert(page)).toContainText('empty.png is empty');
  await page.reload();
  await shown(page, 'two.webp');
  await expect(tray.getByRole('radio', { name: 'two.webp, 2 of 2' })).toBeChecked();
  await page.getByRole('button', { name: 'Remove all' }).click();
  await expect(tray).toBeHidden();
}

test('a picture comes by address, when its host lets other pages read it', async ({ page, hostOf }) => {
  const host = await hostOf((await sceneAs('png')).buffer);
  await openPage(page, `#explain?image=${encodeURIComponent(host.open)}&${quick}`);
  await shown(page, 'canopy.png');
  const byAddress = await predictions(page);
  await drop(page, { ...(await sceneAs('png')), name: 'dropped.png' });
  await shown(page, 'dropped.png');
  expect(await predictions(page)).toEqual(byAddress);
});

test('a host that refuses, or has no such picture, is named in plain words', async ({ page, hostOf }) => {
  const host = await hostOf((await sceneAs('png')).buffer);
  await page.goto(`/#explain?image=${encodeURIComponent(host.closed)}`);
  await expect(alert(page)).toContainText('canopy.png');
  await expect(alert(page)).toContainText(
    /127\.0\.0\.1:\d+ does not let other pages read its pictures \(CORS\).*drop the file/,
  );
  await page.goto(`/#explain?image=${encodeURIComponent(host.missing)}`);
  await expect(alert(page)).toContainText(/127\.0\.0\.1:\d+ answers HTTP 404 for \/missing\/canopy\.png/);
  await openExample(page, 'Parachute');
  await expect(alert(page)).toBeHidden();
});

test('every format gives the same predictions of the same scene', async ({ page }) => {
  await openQuickly(page);
  const seen: Record<string, ShownPrediction[]> = {};
  for (const format of ['png', 'jpg', 'webp', 'avif', 'gif', 'svg', 'bmp']) {
    const picture = await sceneAs(format);
    await drop(page, picture);
    await shown(page, picture.name);
    await expect(caption(page)).toContainText(`scene.${format}, ${format === 'svg' ? '1024' : '320'} × `);
    seen[format] = await predictions(page);
  }
  expect(seen.bmp, 'BMP loses nothing').toEqual(seen.png);
  for (const format of ['jpg', 'webp', 'avif', 'gif', 'svg']) expectSame(seen[format], seen.png, 3);
});

test('the first frame of an animation is read', async ({ page }) => {
  const still = await scene().raw().toBuffer({ resolveWithObject: true });
  const { width, height } = still.info;
  const black = Buffer.alloc(still.data.length);
  const frames = sharp(Buffer.concat([still.data, black]), {
    raw: { width, height: height * 2, channels: 3, pageHeight: height },
  });
  await openQuickly(page);
  await drop(page, await sceneAs('gif'));
  await shown(page, 'scene.gif');
  const expected = await predictions(page);
  await drop(page, file('moving.gif', await frames.gif({ dither: 0, delay: [100, 100] }).toBuffer()));
  await shown(page, 'moving.gif');
  await expect(caption(page)).toContainText('320 × 320');
  expectSame(await predictions(page), expected, 1);
});

test('orientation, 16 bits, CMYK and transparency are read as browsers show them', async ({ page }) => {
  await openQuickly(page);
  const read = async (name: string, content: Buffer) => {
    await drop(page, file(name, content));
    await shown(page, name);
    return predictions(page);
  };
  const wide = sharp(await scene().extend({ left: 80, background: '#7ab0e0' }).png().toBuffer());
  const upright = await read('upright.png', await wide.clone().png().toBuffer());

  // Lying on its side in the file; tag 6 says "turn me by 90 degrees".
  const lying = await wide
    .clone()
    .rotate(270)
    .withMetadata({ orientation: 6 })
    .jpeg({ quality: 97 })
    .toBuffer();
  expect(await sharp(lying).metadata()).toMatchObject({ width: 320, height: 400, orientation: 6 });
  expectSame(await read('turned.jpg', lying), upright, 3);
  await expect(caption(page)).toContainText('turned.jpg, 400 × 320');

  const deep = await wide.clone().toColourspace('rgb16').png().toBuffer();
  expect((await sharp(deep).metadata()).depth).toBe('ushort');
  expectSame(await read('deep.png', deep), upright, 1);

  const printed = await wide.clone().toColourspace('cmyk').jpeg({ quality: 97 }).toBuffer();
  expect((await sharp(printed).metadata()).space).toBe('cmyk');
  expect((await read('printed.jpg', printed))[0].label).toBe(upright[0].label);

  const onWhite = await read('on-white.png', (await sceneOnWhite()).buffer);
  expectSame(await read('transparent.png', (await transparentScene()).buffer), onWhite, 1);
});

test('the smallest and a very large picture', async ({ page }) => {
  await openQuickly(page);
  await drop(page, file('dot.png', flatGrey(1, 1)));
  await shown(page, 'dot.png');
  await expect(caption(page)).toContainText('dot.png, 1 × 1');
  const flat = await predictions(page);

  await drop(page, file('poster.png', flatGrey(12_000, 9000)));
  await expect(caption(page)).toContainText('poster.png, 12000 × 9000');
  await ready(page);
  expect(await predictions(page), 'a flat colour is the same at any size').toEqual(flat);
});

const photographs = path.join(shared, 'photos');

test('real photographs of its classes are named', async ({ page }) => {
  test.skip(!existsSync(photographs), 'The photographs of ../shared/photos are not here.');
  await openQuickly(page);
  const known = readdirSync(photographs).filter((name) => /golf_ball|parachute|gas_pump|church/.test(name));
  expect(known.length).toBe(4);
  let right = 0;
  for (const name of known) {
    await drop(page, fileFrom(name, path.join(photographs, name)));
    await shown(page, name);
    const label = name.replace(/^n\d+_|\.JPEG$/g, '').replaceAll('_', ' ');
    if ((await predictions(page))[0].label === label) right += 1;
  }
  // The network is right about nine times in ten.
  expect(right).toBeGreaterThanOrEqual(3);
  await measured(page);
  await expect(saliencyCanvas(page)).toBeVisible();
});
