import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { expect, test } from './support/cleared-page';
import { type Analysis, analysisIn, saveAnalysis, saveFigure } from './support/downloads';
import {
  alert,
  caption,
  openPage,
  predictions,
  quick,
  readyText,
  status,
  view,
} from './support/explain-page';
import { drop, file, root, type TestFile } from './support/files';
import { pngOfSize } from './support/png';
import { scene } from './support/scene';
import { serveTinyNetwork } from './support/tiny-network';

const photograph = readFileSync(path.join(root, 'public/examples/golf-ball.jpg'));
const photographAs = () => sharp(photograph).resize(200, 200);
const half = (bytes: Buffer) => bytes.subarray(0, bytes.length / 2);

/** Turns bits over in the middle of the compressed pixels. */
function damaged(png: Buffer): Buffer {
  const bytes = Buffer.from(png);
  const middle = bytes.indexOf('IDAT') + Math.floor((bytes.length - bytes.indexOf('IDAT')) / 2);
  for (let i = 0; i < 16; i++) bytes[middle + i] ^= 0xff;
  return bytes;
}

/** Files that are no picture to read, each with what the page is to say of it. */
const hostile: Record<string, { name: string; content: () => Promise<Buffer | string>; says: RegExp }[]> = {
  'that are no pictures': [
    { name: 'empty.png', content: async () => '', says: /empty/ },
    { name: 'letter.png', content: async () => 'Dear Sir or Madam,\n', says: /not a picture/ },
    {
      name: 'paper.pdf',
      content: async () => '%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n',
      says: /not a picture/,
    },
    {
      name: 'album.zip',
      content: async () => Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), Buffer.alloc(60, 7)]),
      says: /not a picture/,
    },
    { name: 'notes.json', content: async () => '{"remember": "the milk"}', says: /no Supersign analysis/ },
    {
      name: 'torn.json',
      content: async () => '{"schema": "supersign/ana',
      says: /not JSON, or it breaks off/,
    },
  ],
  'that were cut off': [
    { name: 'cut.png', content: async () => half(await photographAs().png().toBuffer()), says: /cut off/ },
    { name: 'cut.jpg', content: async () => half(photograph), says: /cut off/ },
    { name: 'cut.gif', content: async () => half(await photographAs().gif().toBuffer()), says: /cut off/ },
    { name: 'cut.webp', content: async () => half(await photographAs().webp().toBuffer()), says: /cut off/ },
    {
      name: 'cut.avif',
      content: async () => half(await photographAs().avif({ effort: 2 }).toBuffer()),
      says: /cut off/,
    },
  ],
  'that are damaged, or of an impossible size': [
    {
      name: 'damaged.png',
      content: async () => damaged(await photographAs().png().toBuffer()),
      says: /damaged PNG/,
    },
    {
      name: 'giant.png',
      content: async () => pngOfSize(100_000, 100_000),
      says: /too large: 100000 × 100000 pixels/,
    },
    { name: 'nothing.png', content: async () => pngOfSize(0, 0), says: /without any pixels/ },
    {
      name: 'broken.svg',
      content: async () => '<svg xmlns="http://www.w3.org/2000/svg"><circle r="4"></rect></svg>',
      says: /damaged SVG/,
    },
  ],
};

/** The alert names the file and why; what was on screen is still there; the page goes on working. */
async function expectRefused(
  page: Page,
  { name }: TestFile,
  says: RegExp,
  before: Awaited<ReturnType<typeof view>>,
) {
  await expect(alert(page)).toContainText(name);
  await expect(alert(page)).toContainText(says);
  await expect(status(page)).toHaveText(readyText);
  expect(await view(page)).toEqual(before);
}

/** Drops a file of 257 MB; the bytes are the page's own. */
const dropFilm = (page: Page) =>
  page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    const megabyte = new Uint8Array(2 ** 20);
    dataTransfer.items.add(new File(Array(257).fill(megabyte), 'film.png', { type: 'image/png' }));
    document.body
      .querySelector('main')
      ?.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  });

async function closeMessage(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Close message' }).click();
  await expect(alert(page)).toBeHidden();
}

test('files that are no picture to read are refused with a reason, and the last analysis stays', async ({
  page,
}) => {
  await serveTinyNetwork(page, 'photos10');
  await openPage(page, `#explain?${quick}`);
  const figure = await saveFigure(page, 'All layers', 'PNG');
  const before = await view(page);
  for (const [kind, files] of Object.entries(hostile)) {
    for (const { name, content, says } of files) {
      await test.step(`${kind}: ${name}`, async () => {
        const refused = file(name, await content());
        await drop(page, refused);
        await expectRefused(page, refused, says, before);
        await closeMessage(page);
      });
    }
  }
  await test.step('of more than 256 MB, before it is read', async () => {
    await dropFilm(page);
    await expectRefused(page, file('film.png', ''), /too large: 257 MB/, before);
    await closeMessage(page);
  });
  await test.step('an exported figure that was cut off, as a cut picture', async () => {
    const cut = file('cut-figure.png', half(figure.buffer));
    await drop(page, cut);
    await expectRefused(page, cut, /cut off/, before);
    await closeMessage(page);
  });
  await test.step('analysis files that cannot be right, with the place that is wrong', () =>
    expectAnalysesRefused(page, before));
  await drop(page, file('good.png', await scene().png().toBuffer()));
  await expect(caption(page)).toContainText('good.png');
  await expect(alert(page)).toBeHidden();
  expect(await predictions(page)).not.toEqual(before.predictions);
});

async function expectAnalysesRefused(page: Page, before: Awaited<ReturnType<typeof view>>): Promise<void> {
  const good = analysisIn(await saveAnalysis(page));
  const changed = (name: string, change: (analysis: Analysis) => void): TestFile => {
    const copy = structuredClone(good);
    change(copy);
    return file(name, JSON.stringify(copy));
  };
  // What else is wrong in a file: analysis-file.test.ts.
  const cases: [TestFile, RegExp][] = [
    [
      changed('short.json', (analysis) => {
        analysis.layers[1].map.width += 1;
      }),
      /layers\[1\]\.map\.float32 holds 144 values, but a map of 13 x 12 has 156/,
    ],
    [
      changed('stranger.json', (analysis) => {
        analysis.model.name = 'resnet-9000';
      }),
      /network "resnet-9000", which is not open here/,
    ],
    [
      changed('elsewhere.json', (analysis) => {
        analysis.image.input = 'https://pictures.invalid/secret.png';
      }),
      /image\.input is no PNG picture within the file/,
    ],
    [
      changed('unreadable.json', (analysis) => {
        analysis.image.input = 'data:image/png;base64,AAAA';
      }),
      /picture in this file \(image\.input\) is not a picture/,
    ],
    [
      changed('smaller.json', (analysis) => {
        analysis.model.inputShape = [64, 64, 3];
      }),
      /inputs of 64 × 64 × 3.*24 × 24 × 3/,
    ],
  ];
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  for (const [refused, says] of cases) {
    await drop(page, refused);
    await expectRefused(page, refused, says, before);
  }
  // The page's own code for opening analyses comes when it is needed; nothing else is asked for.
  expect(asked.filter((url) => !/^data:|\/assets\/[\w-]+\.js$/.test(url))).toEqual([]);
}
