import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { listFiles } from './file-list';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'file-list-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, content: string): void {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), content);
}

it('lists what the page asks for, by path, with size and hash', () => {
  write('networks/a/weights.bin', 'abc');
  write('networks/a/README.md', 'for people');
  write('index.html', '');
  write('headless.html', 'for programs');
  write('service-worker.js', 'kept by the browser itself');
  write('files.json', 'of the build before');
  expect(listFiles(folder)).toEqual({
    files: [
      // SHA-256 of nothing and of "abc": FIPS 180-4.
      { path: 'index.html', bytes: 0, sha256: '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' },
      { path: 'networks/a/weights.bin', bytes: 3, sha256: 'ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=' },
    ],
  });
});
