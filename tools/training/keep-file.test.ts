import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { keepFile } from './keep-file';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'supersign-keep-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('a file is replaced as a whole', () => {
  const file = path.join(folder, 'search.json');
  keepFile(file, 'one');
  keepFile(file, 'two');
  expect(readFileSync(file, 'utf8')).toBe('two');
  expect(readdirSync(folder)).toEqual(['search.json']);
});

// A device that is always full.
it.skipIf(!existsSync('/dev/full'))('on a full disk the one before stays, and what to do is said', () => {
  const file = path.join(folder, 'search.json');
  keepFile(file, 'one');
  symlinkSync('/dev/full', `${file}.new`);
  expect(() => keepFile(file, 'two')).toThrow(
    `There is no room left for ${file}. What was there before is whole: make room, and give the same command again`,
  );
  expect(readFileSync(file, 'utf8')).toBe('one');
  expect(readdirSync(folder)).toEqual(['search.json']);
});

it('another failure is told as it is', () => {
  expect(() => keepFile(path.join(folder, 'nowhere', 'search.json'), 'one')).toThrow('ENOENT');
});
