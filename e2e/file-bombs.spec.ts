import { readFileSync } from 'node:fs';
import path from 'node:path';
import { constants, deflateRawSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { readPngChunks, writePngChunks } from '../src/codecs/png-chunks';
import { zipOf } from '../src/codecs/zip/zip-testing';
import { expect, test } from './support/cleared-page';
import { alert, atRest, caption, openPage, ready, readyText, shown, status } from './support/explain-page';
import { drop, file, root, type TestFile } from './support/files';
import { scene } from './support/scene';
import { openStudyPage } from './support/study-page';
import { serveTinyNetwork, tinyNetworkFiles } from './support/tiny-network';

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

/** Seconds for which the page's own thread computed while something was done: no matter what else the machine does. */
async function computed(page: Page, act: () => Promise<void>): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const seconds = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
  };
  const before = await seconds();
  await act();
  const after = await seconds();
  await session.detach();
  return after - before;
}

async function expectRefused(page: Page, refused: TestFile, says: RegExp): Promise<void> {
  await drop(page, refused);
  await expect(alert(page)).toContainText(says);
  await expect(status(page)).toHaveText(readyText);
  await page.getByRole('button', { name: 'Close message' }).click();
}

test('addresses and files made to fill the memory are answered in a sentence, and the page goes on meanwhile', async ({
  page,
}) => {
  await serveTinyNetwork(page, 'photos10');
  await test.step('the address', async () => {
    const long = 'x'.repeat(25_000);
    await page.goto(`/#explain?measure=${long}&levels=${long}&image=${long}&${long}=1`);
    await expect(alert(page).first()).toBeVisible();
    await expect(status(page)).not.toHaveText(/Reading|Loading/);
    const said = await page.locator('body').innerText();
    expect(said).not.toContain('x'.repeat(200));
    for (const text of await alert(page).allTextContents()) expect(text.length).toBeLessThan(1000);
  });
  await atRest(page);
  await openPage(page, '#explain?image=church');
  await test.step('the page goes on meanwhile', async () => {
    // The figure alone took 3.6 s, and the drawing minutes.
    expect(await computed(page, () => expectBombsRefused(page))).toBeLessThan(3);
    await expect(page.locator('iframe')).toHaveCount(0);
    await expect(caption(page)).toContainText('Church');
  });
  await test.step('a drawing that refers to its parts is shown', async () => {
    await drop(
      page,
      file('small.svg', svg('<rect id="a" width="500" height="500" fill="#2a6"/><use href="#a" x="500"/>')),
    );
    await shown(page, 'small.svg');
    await expect(caption(page)).toContainText('1024 × 1024');
  });
  await test.step('of a network it is said of its file by name, also of the second of one name', () =>
    expectNetworksRefused(page));
  await test.step('Study says of an archive what is in it, and takes classes from names of pictures', async () => {
    await page.unrouteAll();
    await atRest(page);
    await expectStudyReads(page);
  });
});

async function expectBombsRefused(page: Page): Promise<void> {
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
}

async function expectNetworksRefused(page: Page): Promise<void> {
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
}

async function expectStudyReads(page: Page): Promise<void> {
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
}
