import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ImageEntry } from '../../picture/sets/image-set';
import { duplicatesIn, findDuplicates, leftOutOf } from './duplicates';

const read: string[] = [];

const entry = (path: string, content: string, split: string | null = null): ImageEntry => ({
  ...{ path, split, folder: null, bytes: content.length },
  async read() {
    read.push(path);
    if (content === 'gone') throw new Error('The archive is damaged.');
    return new Blob([content]);
  },
});

const digest = async (file: Blob) =>
  createHash('sha256')
    .update(Buffer.from(await file.arrayBuffer()))
    .digest('hex');

const entries = [
  entry('a/1.png', 'pear'),
  entry('a/2.png', 'quince'),
  entry('b/3.png', 'pear'),
  entry('b/4.png', 'plum'),
  entry('b/5.png', 'pear', 'val'),
  entry('c/6.png', 'gone'),
  entry('c/7.png', 'gone'),
];

describe('duplicates among the images', () => {
  it('are those with the same bytes; only what has the size of another one is read', async () => {
    read.length = 0;
    const told: [number, number][] = [];
    const groups = await findDuplicates(entries, digest, (done, of) => told.push([done, of]));
    expect(groups).toEqual([['a/1.png', 'b/3.png', 'b/5.png']]);
    expect(read).not.toContain('a/2.png');
    expect(told).toEqual([0, 1, 2, 3, 4, 5].map((done) => [done, 6]));
  });

  it('are left out but for the first of those that are studied', () => {
    const groups = [['a/1.png', 'b/3.png', 'b/5.png']];
    expect(leftOutOf(groups, entries)).toEqual([
      { path: 'b/3.png', sameAs: 'a/1.png' },
      { path: 'b/5.png', sameAs: 'a/1.png' },
    ]);
    expect(leftOutOf(groups, entries.slice(1))).toEqual([{ path: 'b/5.png', sameAs: 'b/3.png' }]);
    expect(leftOutOf(groups, entries.slice(3))).toEqual([]);
  });

  it('cannot be told where the browser has no digests', async () => {
    await expect(findDuplicates(entries, async () => '')).rejects.toThrow('not served securely');
  });

  it('can be given up', async () => {
    const controller = new AbortController();
    const search = findDuplicates(entries, digest, () => controller.abort(), controller.signal);
    await expect(search).rejects.toThrow(/abort/i);
  });

  it('are told of a study by what it knows of its files', () => {
    const image = (path: string, sha256: string) => ({ path, sha256 });
    expect(duplicatesIn([image('1', 'f0'), image('2', 'f1'), image('3', 'f0')])).toEqual([
      { path: '3', sameAs: '1' },
    ]);
    expect(duplicatesIn([image('1', ''), image('2', '')])).toEqual([]);
  });
});
