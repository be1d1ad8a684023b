import { readFileSync } from 'node:fs';
import path from 'node:path';
import { constants, deflateRawSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { readPngChunks, writePngChunks } from '../src/codecs/png-chunks';
import { zipOf } from '../src/codecs/zip/zip-testing';
import { alert, caption, openPage, ready, readyText, shown, status } from './support/explain-page';
import { drop, file, root, type TestFile } from './support/files';
import { scene } from './support/scene';
import { openStudyPage } from './support/study-page';
import { expect, test } from './support/test';
import { tinyNetworkFiles } from './support/tiny-network';

const model = (page: Page) => page.getByRole('combobox', { name: 'Model' });

const svg = (inner: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="1000" height="1000">${inner}</svg>`;

/** Seven groups of ten references each to the group before: ten million rectangles in two kilobytes. */
const tenMillion = svg(
  [
    '<defs><rect id="g0" width="9" height="9"/>',
    ...Array.from(
      { length: 7 },
      (_, i) => `<g id="g${i + 1}">${`<use href="#g${i}" x="1"/>`.repeat(10)}</g>`,
    ),
    '</defs><use href="#g7"/>',
  ].join(''),
);

/** Few elements, of which each takes long. */
const clouds = svg(
  `<filter id="f"><feTurbulence baseFrequency=".05" numOctaves="20"/></filter>${'<rect width="1000" height="1000" filter="url(#f)"/>'.repeat(3000)}`,
);

/** An exported figure whose text unpacks to 400 MB of blanks. */
async function figureBomb(): Promise<Buffer> {
  const [header, ...rest] = readPngChunks(await scene().png().toBuffer());
  const megabyte = deflateRawSync(Buffer.alloc(1e6, ' '), { finishFlush: constants.Z_FULL_FLUSH });
  const packed = Buffer.concat([Buffer.from([0x78, 0x9c]), ...Array(400).fill(megabyte)]);
  const data = Uint8Array.from(Buffer.concat([Buffer.from('supersign\0\x01\0\0\0', 'latin1'), packed]));
  return Buffer.from(writePngChunks([header, { type: 'iTXt', data }, ...rest]));
}

const emptyPictures = () =>
  Buffer.from(
    zipOf(['a', 'b', 'c'].map((name) => ({ name: `cats/${name}.png`, content: new Uint8Array() }))),
  );

/** Longest time in milliseconds that the page's own thread was taken while something was done. */
async function longestBreak(page: Page, act: () => Promise<void>): Promise<number> {
  const beats = await page.evaluateHandle(() => {
    const state = { last: performance.now(), longest: 0, timer: 0 };
    state.timer = window.setInterval(() => {
      const now = performance.now();
      state.longest = Math.max(state.longest, now - state.last);
      state.last = now;
    }, 10);
    return state;
  });
  await act();
  return beats.evaluate((state) => {
    clearInterval(state.timer);
    return Math.max(state.longest, performance.now() - state.last);
  });
}

async function expectRefused(page: Page, refused: TestFile, says: RegExp, within = 30_000): Promise<void> {
  await drop(page, refused);
  await expect(alert(page)).toContainText(says, { timeout: within });
  await expect(status(page)).toHaveText(readyText);
  await page.getByRole('button', { name: 'Close message' }).click();
}

test('files made to fill the memory are refused in a sentence, and the page goes on meanwhile', async ({
  page,
}) => {
  test.slow();
  await openPage(page, '#explain?image=church');
  const longest = await longestBreak(page, async () => {
    await expectRefused(
      page,
      file('lace.svg', tenMillion),
      /^lace\.svg is a drawing of more than 200,000 elements, each counted as often as others refer to it.*Save it as PNG/,
    );
    await expectRefused(
      page,
      file('clouds.svg', clouds),
      /^clouds\.svg takes longer than 5 s to draw\. Save it as PNG in the program it comes from, and open that\./,
    );
    await expectRefused(
      page,
      file('figure.png', await figureBomb()),
      /^figure\.png: The compressed text "supersign" of this PNG file unpacks to more than 64 MB: .*Export the figure again\./,
    );
    await expectRefused(
      page,
      file('cats.zip', emptyPictures()),
      /^cats\.zip: It holds no picture: all its 3 files are empty \(0 bytes\)\. Save or pack the pictures again\./,
    );
  });
  // It was taken for 3.6 s by the figure, and for minutes by the drawing.
  expect(longest).toBeLessThan(3000);
  await expect(page.locator('iframe')).toHaveCount(0);
  await expect(caption(page)).toContainText('Church');

  await drop(
    page,
    file('small.svg', svg('<rect id="a" width="500" height="500" fill="#2a6"/><use href="#a" x="500"/>')),
  );
  await shown(page, 'small.svg');
  await expect(caption(page)).toContainText('1024 × 1024');
});

test('an address of a hundred kilobytes is answered in some lines', async ({ page }) => {
  const long = 'x'.repeat(25_000);
  await page.goto(`/#explain?measure=${long}&levels=${long}&image=${long}&${long}=1`);
  await expect(alert(page).first()).toBeVisible();
  await expect(status(page)).not.toHaveText(/Reading|Loading/);
  const said = await page.locator('body').innerText();
  expect(said).not.toContain('x'.repeat(200));
  for (const text of await alert(page).allTextContents()) expect(text.length).toBeLessThan(1000);
});

test('what is wrong with a network is said of its file by name, also the second of one name', async ({
  page,
}) => {
  await openPage(page, '#explain?image=church');
  const [description, weights] = tinyNetworkFiles();
  await drop(
    page,
    description,
    weights,
    file('labels.txt', Buffer.from('\ufeffeins\nzwei\ndrei\nKäfer\n', 'utf16le')),
  );
  await expect(model(page)).toHaveValue('file:model');
  await ready(page);
  await expect(page.getByRole('region', { name: 'Prediction' })).toContainText('Käfer');
  await drop(page, description);
  await expect(alert(page)).toHaveText(
    /^model\.json refers to weights\.bin, which is not among the files\. Drop it together with model\.json, or drop their folder\./,
  );
  await drop(page, description, { ...weights, buffer: weights.buffer.subarray(0, 400) });
  await expect(alert(page)).toContainText(
    /^model\.json could not be opened: The weights \(weights\.bin\) are only 400 bytes/,
  );
  await expect(alert(page)).not.toContainText('file:');
  await expect(model(page)).toHaveValue('file:model');
  const archive = zipOf([
    {
      name: 'repository-main/net.onnx',
      content: Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:ab\nsize 9\n'),
    },
    { name: 'repository-main/labels.txt', content: Buffer.from('a\nb') },
  ]);
  await drop(page, file('repository-main.zip', Buffer.from(archive)));
  await expect(alert(page)).toContainText(
    /^repository-main\.zip is a zip archive with another kind of file in it: net\.onnx is a pointer of Git LFS.*git lfs pull/,
  );
});

test('Study takes classes from the names of loose pictures, and says of an archive what is in it', async ({
  page,
}) => {
  const photograph = (name: string) => ({
    ...file(name, readFileSync(path.join(root, 'public/examples/golf-ball.jpg'))),
  });
  await openStudyPage(page);
  await drop(page, file('cats.zip', emptyPictures()));
  await expect(alert(page)).toContainText('all its 3 files are empty (0 bytes)');
  await page.getByRole('button', { name: 'Close message' }).click();
  await drop(
    page,
    photograph('n03445777_golf_ball.jpg'),
    photograph('ILSVRC2012_val_00000293_n01440764.JPEG'),
    photograph('n02106030_collie.jpg'),
  );
  await expect(status(page)).toHaveText('3 images of 3 classes, ready to be studied');
  await expect(page.getByText('Classes: 2 of 3 matched')).toBeVisible();
  await expect(page.getByLabel('Class of n01440764')).toHaveValue('tench');
});
