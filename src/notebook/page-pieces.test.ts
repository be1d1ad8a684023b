import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createPieces, needed, type Pieces } from './page-pieces';

/** A page of four scripts, two of which are waited for by the third. */
const page: Record<string, string> = {
  'index.html': '<script type="module" crossorigin src="./assets/index.js"></script>',
  'assets/index.js':
    'import{a as x}from"./a.js";import"./b.js";globalThis.later=()=>import(`./late.js`);export const got=x;',
  'assets/a.js': 'export{b as a}from"./b.js";',
  'assets/b.js': 'export const b="é"+import.meta.url;export const text="import(x) from \\"./a.js\\"";',
  'assets/late.js': 'export const late=1;',
  'assets/page.css': '@font-face{src:url(./font.woff2)}p{color:red}',
  'assets/font.woff2': 'font',
  'files.json': '{}',
};

let folder: string;
let pieces: Pieces;
/** What was made into a blob, by its address. */
const made = new Map<string, string>();

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'supersign-pieces-'));
  mkdirSync(path.join(folder, 'assets'));
  for (const [name, text] of Object.entries(page)) writeFileSync(path.join(folder, name), text);
  // @ts-expect-error a script of the build, without types
  const { listPieces } = await import('../../tools/page-pieces.mjs');
  pieces = listPieces(folder);
  vi.stubGlobal(
    'Blob',
    class {
      constructor(readonly parts: (string | Uint8Array)[]) {}
    },
  );
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    const [part] = (blob as unknown as { parts: (string | Uint8Array)[] }).parts;
    const url = `blob:${made.size}`;
    made.set(url, typeof part === 'string' ? part : new TextDecoder().decode(part));
    return url;
  });
});
afterAll(() => rmSync(folder, { recursive: true }));

const open = () =>
  createPieces(
    pieces,
    async (name) => new Uint8Array(readFileSync(path.join(folder, name))),
    async (blob) => URL.createObjectURL(blob),
  );

it('lists what the page is made of, and what a script needs before it runs', () => {
  expect(pieces.script).toBe('assets/index.js');
  expect(pieces.styles).toEqual(['assets/page.css']);
  expect(Object.keys(pieces.files)).not.toContain('files.json');
  expect(needed(pieces, pieces.script)).toEqual(['assets/b.js', 'assets/a.js', 'assets/index.js']);
});

it('puts addresses in the place of names, once for each file, and leaves texts alone', async () => {
  const { urlOf } = open();
  const script = made.get(String(await urlOf('assets/index.js')));
  const [, a] = /from"(blob:\d+)"/.exec(script ?? '') ?? [];
  const [, b] = /;import"(blob:\d+)"/.exec(script ?? '') ?? [];
  expect(script).toContain('globalThis.later=()=>globalThis.supersignImport("assets/late.js")');
  expect(made.get(a)).toBe(`export{b as a}from"${b}";`);
  expect(made.get(b)).toBe(
    'export const b="é"+"https://supersign.invalid/assets/b.js";export const text="import(x) from \\"./a.js\\"";',
  );
});

it('gives fonts to styles, and nothing for what is no file of the page', async () => {
  const { urlOf } = open();
  const style = made.get(String(await urlOf('assets/page.css')));
  const [, font] = /url\((blob:\d+)\)/.exec(style ?? '') ?? [];
  expect(made.get(font)).toBe('font');
  expect(await urlOf('assets/none.js')).toBeNull();
});

it('refuses a build whose scripts import what is not there', async () => {
  writeFileSync(path.join(folder, 'assets/a.js'), 'import"./gone.js";');
  // @ts-expect-error a script of the build, without types
  const { listPieces } = await import('../../tools/page-pieces.mjs');
  expect(() => listPieces(folder)).toThrow('assets/a.js imports ./gone.js, which is no file of the page.');
});
