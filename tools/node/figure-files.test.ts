import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FigureExport, renderFigure } from '../../src/export/figure-export';
import { printedSvg } from '../../src/export/print-figure';
import { layoutWidth, type PrintLook, type PrintSize, printSizes } from '../../src/export/print-look';
import type { ExplainState } from '../../src/state/explain-store';
import { analysed, picture } from '../../src/workspaces/explain/explain-testing';
import {
  exportEntropy,
  exportFilmStrip,
  exportSaliency,
} from '../../src/workspaces/explain/files/explain-figures';
import { exportDecisionCard } from '../../src/workspaces/explain/files/export-decision';
import { exportChange, exportFlow } from '../../src/workspaces/explain/files/export-flow';
import { exportTree } from '../../src/workspaces/explain/files/export-tree';
import { greatestTree } from '../../src/workspaces/explain/signs/tree-view';
import { becomeHost } from './host';
import { Pixels } from './raster-canvas';

const poppler = spawnSync('pdftotext', ['-v']).error === undefined;
const root = path.resolve(import.meta.dirname, '../..');
let folder: string;
let state: ExplainState;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'supersign-'));
  becomeHost();
  const fetchOthers = globalThis.fetch;
  // Vite gives files of packages addresses on its own server.
  globalThis.fetch = (address, options) =>
    String(address).startsWith('/')
      ? Promise.resolve(new Response(readFileSync(path.join(root, String(address)))))
      : fetchOthers(address, options);
  const { width, height, rgba } = picture.input;
  const display = new Pixels(
    rgba.map((_, i) => (i % 4 === 3 ? 255 : (i * 7) % 256)),
    width,
    height,
  );
  // Greek letters, which another part of the typeface has, and one that none has.
  const named = { ...picture, name: 'σαλπιγξ球', display: display as unknown as ImageBitmap };
  state = { ...(await analysed()), picture: named } as ExplainState;
});
afterAll(() => rmSync(folder, { recursive: true }));

const figures: Record<string, (print?: PrintLook) => Promise<FigureExport>> = {
  heat: (print) => exportSaliency(state, print),
  strip: (print) => exportFilmStrip(state, print),
  entropy: (print) => exportEntropy(state, print),
  change: (print) => exportChange(state, print),
  flow: (print) => exportFlow(state, print),
  tree: (print) => exportTree(state, greatestTree(state.signs!)!, print),
  card: (print) => exportDecisionCard(state, print),
};

/** Points that the letters of a text have in print: its size, by every scale between it and the paper. */
function pointsOfLetters(text: Element): number {
  const size = Number.parseFloat(text.closest('[font-size]')?.getAttribute('font-size') ?? '');
  let scale = 1;
  for (let node: Element | null = text; node; node = node.parentElement) {
    for (const [, by] of (node.getAttribute('transform') ?? '').matchAll(/scale\(([\d.]+)/g))
      scale *= Number(by);
    const box = node.getAttribute('viewBox')?.split(' ').map(Number);
    if (box && node.localName === 'svg')
      scale *= Number.parseFloat(node.getAttribute('width') ?? '') / box[2];
  }
  return size * scale;
}

describe('letters in the SVG of print', () => {
  const sizes: [string, PrintSize][] = [
    ...Object.entries(printSizes),
    ['own', { width: 12.3, letters: 8.5 }],
  ];
  for (const [size, print] of sizes) {
    it.each(Object.keys(figures))(`are as large as is said, at the width "${size}": %s`, async (name) => {
      const figure = await figures[name]({ width: layoutWidth(print), caption: true });
      const svg = printedSvg(figure, { ...print, paper: 'white', dpi: 150 });
      // 72 points are an inch of 2.54 cm.
      expect(svg.getAttribute('width')).toMatch(/^[\d.]+pt$/);
      expect(Number.parseFloat(svg.getAttribute('width') ?? '')).toBeCloseTo((print.width / 2.54) * 72, 2);
      const texts = [...svg.querySelectorAll('text')].filter((text) => text.textContent);
      expect(texts.length).toBeGreaterThan(5);
      for (const text of texts) {
        expect(pointsOfLetters(text), text.textContent ?? '').toBeGreaterThanOrEqual(print.letters - 1e-3);
      }
    });
  }

  it('stand on white, or on nothing where paper is to be transparent', async () => {
    const print = printSizes.column;
    const options = { ...print, dpi: 150 };
    const look = { width: layoutWidth(print), caption: false };
    for (const name of Object.keys(figures)) {
      const figure = await figures[name](look);
      const grounds = (paper: 'white' | 'transparent') =>
        [...printedSvg(figure, { ...options, paper }).querySelectorAll('rect')].filter(
          (rect) =>
            rect.getAttribute('fill') === '#ffffff' &&
            Number(rect.getAttribute('width')) > figure.size.width - 1,
        ).length;
      expect(grounds('white'), name).toBeGreaterThan(0);
      expect(grounds('transparent'), name).toBe(0);
    }
  });

  it('say nothing of the caption where it is left out, and have it for the text beside', async () => {
    const look = { width: 344, caption: false };
    for (const name of Object.keys(figures)) {
      const figure = await figures[name](look);
      const svg = printedSvg(figure, { ...printSizes.column, paper: 'white', dpi: 150 });
      expect(svg.textContent, name).not.toContain('by photos10 in');
      expect(figure.caption, name).toContain('Grad-CAM for horn (90.0 %) by photos10 in');
    }
  });
});

describe.skipIf(!poppler)(
  'a figure as PDF, read by poppler (skipped where pdftotext is not installed)',
  () => {
    it.each(Object.keys(figures))('%s', async (name) => {
      const figure = await figures[name]();
      const { bytes, mime, fileName } = await renderFigure(figure, 'pdf');
      expect(mime).toBe('application/pdf');
      expect(fileName).toMatch(/^supersign-.*\.pdf$/);
      const file = path.join(folder, `${name}.pdf`);
      writeFileSync(file, bytes);
      const tell = (tool: string, ...args: string[]) =>
        execFileSync(tool, [...args, file], { encoding: 'utf8' });

      // 96 pixels of the page are 72 points.
      const [, width, height] = /Page size: +([\d.]+) x ([\d.]+) pts/.exec(tell('pdfinfo'))!.map(Number);
      expect(Math.abs(width - figure.size.width * 0.75)).toBeLessThan(0.1);
      expect(Math.abs(height - figure.size.height * 0.75)).toBeLessThan(0.1);

      const letters = execFileSync('pdftotext', [file, '-'], { encoding: 'utf8' }).replaceAll(/\s+/g, '');
      for (const word of ['Grad-CAM', 'σαλπιγξ?', 'horn', name === 'heat' ? 'conv5_2' : 'conv4_1'])
        expect(letters).toContain(word);

      const fonts = tell('pdffonts').trim().split('\n').slice(2);
      expect(fonts.join('\n')).toMatch(/Inter latin .*\n(.*\n)*.*Inter greek/);
      for (const font of fonts)
        expect(font, 'embedded, with what its glyphs mean').toMatch(/ yes +(yes|no) +yes /);

      const images = tell('pdfimages', '-list')
        .trim()
        .split('\n')
        .slice(2)
        .map((line) => line.trim().split(/\s+/));
      const objects = new Set(images.map((columns) => columns[10]));
      // Heat on the picture's own; the picture itself once, however often it is shown.
      const expected = { heat: 2, strip: 13, flow: 1, tree: 1, card: 1 }[name] ?? 0;
      expect(objects.size).toBe(expected);
      if (name === 'strip' || name === 'tree') expect(images.length).toBeGreaterThan(objects.size);
    });
  },
);
