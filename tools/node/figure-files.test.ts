import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FigureExport, renderFigure } from '../../src/export/figure-export';
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

const figures: Record<string, () => Promise<FigureExport>> = {
  heat: () => exportSaliency(state),
  strip: () => exportFilmStrip(state),
  entropy: () => exportEntropy(state),
  change: () => exportChange(state),
  flow: () => exportFlow(state),
  tree: () => exportTree(state, greatestTree(state.signs!)!),
  card: () => exportDecisionCard(state),
};

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
      const expected = { heat: 2, strip: 13, tree: 1, card: 1 }[name] ?? 0;
      expect(objects.size).toBe(expected);
      if (name === 'strip' || name === 'tree') expect(images.length).toBeGreaterThan(objects.size);
    });
  },
);
