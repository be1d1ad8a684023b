import { openAsBlob, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { zipOf } from '../../codecs/zip/zip-testing';
import { hasShared, sharedFolder } from '../../engine/engine-testing';
import { openImageSet } from './open-image-set';

const bytes = (text: string) => new TextEncoder().encode(text);
const textOf = async (blob: Blob) => new TextDecoder().decode(await blob.arrayBuffer());
const zip = (...members: Parameters<typeof zipOf>[0]) => new Blob([zipOf(members)]);
const asZip = (blob: Blob) => [{ kind: 'zip' as const, name: 'set.zip', blob }];
const asFiles = (...paths: string[]) => [
  { kind: 'files' as const, files: paths.map((path) => ({ path, blob: new Blob([path]) })) },
];

/** A blob that counts the bytes which are read from it. */
class CountingBlob extends Blob {
  read = 0;
  override slice(start: number, end: number) {
    this.read += end - start;
    return super.slice(start, end);
  }
  override arrayBuffer(): Promise<ArrayBuffer> {
    throw new Error('The whole archive was read.');
  }
}

/** By Python's zipfile with its limits set so low that all numbers stand in the records of Zip64. */
const zip64 =
  'UEsDBC0AAAAIAAAAIVxSJROo//////////8PABQAdmFsL3RlbmNoL2EuanBnAQAQAGMAAAAAAAAAEAAAAAAAAADLz0tVKMhMLiktSs2nERMAUEsDBC0AAAAIAAAAIVweU9IU//////////8QABQAdmFsL2NodXJjaC9iLmpwZwEAEAAPAAAAAAAAABEAAAAAAAAAS8zLL8lILVIoyEwuKS1KBQBQSwECLQMtAAAACAAAACFcUiUTqP//////////DwAUAAAAAAAAAAAAgAEAAAAAdmFsL3RlbmNoL2EuanBnAQAQAGMAAAAAAAAAEAAAAAAAAABQSwECLQMtAAAACAAAACFcHlPSFP//////////EAAcAAAAAAAAAAAAgAH/////dmFsL2NodXJjaC9iLmpwZwEAGAAPAAAAAAAAABEAAAAAAAAAUQAAAAAAAABQSwYGLAAAAAAAAAAtAC0AAAAAAAAAAAACAAAAAAAAAAIAAAAAAAAAqwAAAAAAAACkAAAAAAAAAFBLBgcAAAAATwEAAAAAAAABAAAAUEsFBgAAAAACAAIAqwAAAKQAAAAAAA==';

describe('sets of pictures in archives', () => {
  it('read ten thousand entries by their directory alone, and each picture from its own place', async () => {
    const members = Array.from({ length: 10_000 }, (_, index) => ({
      name: `set/val/class ${index % 10}/${String(index).padStart(5, '0')}.jpg`,
      content: bytes(`picture ${index} `.repeat(40)),
      method: index % 2 === 0 ? 8 : 0,
    }));
    const archive = new CountingBlob([zipOf(members)]);
    const { entries, refused } = await openImageSet(asZip(archive));
    expect(entries).toHaveLength(10_000);
    expect(refused).toEqual([]);
    // 46 bytes and a name of 27 for each, and the end record with the longest comment that may be.
    expect(archive.read).toBeLessThanOrEqual(2 + 10_000 * 73 + 65_577);
    const entry = entries.find(({ path }) => path.endsWith('/07654.jpg'));
    expect(entry).toMatchObject({ split: 'val', folder: 'class 4', bytes: 520 });
    const before = archive.read;
    expect(await textOf((await entry?.read()) as Blob)).toBe('picture 7654 '.repeat(40));
    expect(archive.read - before).toBeLessThanOrEqual(30 + 520);
  });

  it('read archives of the large kind', async () => {
    const { entries } = await openImageSet(asZip(new Blob([Buffer.from(zip64, 'base64')])));
    expect(entries.map(({ path, split, folder }) => [path, split, folder])).toEqual([
      ['val/church/b.jpg', 'val', 'church'],
      ['val/tench/a.jpg', 'val', 'tench'],
    ]);
    expect(await textOf(await entries[0].read())).toBe('another picture');
    expect(await textOf(await entries[1].read())).toBe('one picture'.repeat(9));
  });

  it('leave out what is no picture, and list with reasons what was meant as one', async () => {
    const content = bytes('x');
    const { entries, refused } = await openImageSet(
      asZip(
        zip(
          { name: 'tench/', content: new Uint8Array() },
          { name: 'tench/b.JPEG', content },
          { name: 'tench\\a.png', content },
          { name: 'tench/empty.jpg', content: new Uint8Array() },
          { name: 'tench/scan.tiff', content },
          { name: 'tench/secret.jpg', content, flags: 1 },
          { name: 'tench/odd.jpg', content, method: 12 },
          { name: '../../etc/out.jpg', content },
          { name: '/root.jpg', content },
          { name: 'tench/bomb.bmp', content: new Uint8Array(1e6), method: 8, told: 2e8 },
          { name: '__MACOSX/tench/._b.JPEG', content },
          { name: 'tench/.hidden.jpg', content },
          { name: 'LICENSE.txt', content },
        ),
      ),
    );
    expect(entries.map(({ path, folder }) => [path, folder])).toEqual([
      ['tench/a.png', 'tench'],
      ['tench/b.JPEG', 'tench'],
    ]);
    const reasons = Object.fromEntries(refused.map(({ path, reason }) => [path, reason]));
    expect(reasons).toEqual({
      '../../etc/out.jpg': 'has a path that leads out of the archive.',
      '/root.jpg': 'has a path that leads out of the archive.',
      'tench/bomb.bmp': expect.stringMatching(/^would unpack from \d+ to 200000000 bytes/),
      'tench/empty.jpg': 'is empty (0 bytes).',
      'tench/odd.jpg': expect.stringMatching(/^is packed in a way that browsers cannot undo/),
      'tench/scan.tiff': expect.stringMatching(/^is a TIFF file/),
      'tench/secret.jpg': expect.stringMatching(/^is encrypted/),
    });
  });

  it('refuse damaged archives by name, and a damaged picture when it is read', async () => {
    const whole = zipOf([{ name: 'a.jpg', content: bytes('a picture') }]);
    const cut = asZip(new Blob([whole.subarray(0, 60)]));
    await expect(openImageSet(cut)).rejects.toThrow(
      '"set.zip": This archive is damaged or cut off. Save or download it again.',
    );
    await expect(openImageSet(asZip(new Blob(['no archive'])))).rejects.toThrow(
      '"set.zip" is no zip archive.',
    );
    const flipped = whole.slice();
    flipped[38] ^= 1;
    const { entries } = await openImageSet(asZip(new Blob([flipped])));
    await expect(entries[0].read()).rejects.toThrow('does not match its checksum');
    const lying = zipOf([{ name: 'a.jpg', content: new Uint8Array(3e5), method: 8, told: 1000 }]);
    const [liar] = (await openImageSet(asZip(new Blob([lying])))).entries;
    await expect(liar.read()).rejects.toThrow('damaged or cut off');
  });

  it.skipIf(!hasShared)('read the photographs of ten classes (skipped without ../shared)', async () => {
    const blob = await openAsBlob(path.join(sharedFolder, 'data/imagenette-128.zip'));
    const { entries, refused } = await openImageSet([{ kind: 'zip', name: 'imagenette-128.zip', blob }]);
    expect(refused).toEqual([]);
    expect(entries).toHaveLength(13_394);
    const held = entries.filter(({ split }) => split === 'val');
    expect(held).toHaveLength(3925);
    expect(held.filter(({ folder }) => folder === 'gas-pump')).toHaveLength(419);
    const first = new Uint8Array(await (await entries[0].read()).arrayBuffer());
    expect([first[0], first[1], first.at(-2), first.at(-1)]).toEqual([0xff, 0xd8, 0xff, 0xd9]);
  });
});

describe('sets of pictures in files', () => {
  it.skipIf(!hasShared)(
    'take the class of photographs from their names (skipped without ../shared)',
    async () => {
      const names = readdirSync(path.join(sharedFolder, 'photos')).filter((name) => /\.jpe?g$/i.test(name));
      const { entries } = await openImageSet(asFiles(...names.map((name) => `photos/${name}`)));
      expect(entries).toHaveLength(29);
      for (const { path: at, folder } of entries) expect(at).toContain(`/${folder}_`);
    },
  );

  it('take class folders, splits, and no folders', async () => {
    const of = async (...paths: string[]) =>
      (await openImageSet(asFiles(...paths))).entries.map(({ path, split, folder }) => [path, split, folder]);
    expect(await of('set/val/tench/2.jpg', 'set/train/church/1.jpg')).toEqual([
      ['set/train/church/1.jpg', 'train', 'church'],
      ['set/val/tench/2.jpg', 'val', 'tench'],
    ]);
    expect(await of('train/n01/images/1.jpg')).toEqual([['train/n01/images/1.jpg', 'train', 'n01']]);
    // A class may be called like a split.
    expect(await of('vehicles/train/1.jpg', 'vehicles/bus/1.jpg')).toEqual([
      ['vehicles/bus/1.jpg', null, 'bus'],
      ['vehicles/train/1.jpg', null, 'train'],
    ]);
    expect(await of('b.jpg', 'B.jpg', 'a/1.jpg')).toEqual([
      ['B.jpg', null, null],
      ['a/1.jpg', null, 'a'],
      ['b.jpg', null, null],
    ]);
    expect(await of('test/1.jpg')).toEqual([['test/1.jpg', 'test', null]]);
  });

  it('take the class from ids of WordNet in the names where no folder tells it', async () => {
    const of = async (...paths: string[]) =>
      (await openImageSet(asFiles(...paths))).entries.map(({ path, split, folder }) => [path, split, folder]);
    // As ImageNet, its validation set on Kaggle, and people name them.
    expect(
      await of(
        'ILSVRC2012_val_00000293_n01440764.JPEG',
        'cat.jpg',
        'n02106030_10.JPEG',
        'n02106030_collie.jpg',
      ),
    ).toEqual([
      ['ILSVRC2012_val_00000293_n01440764.JPEG', null, 'n01440764'],
      ['cat.jpg', null, null],
      ['n02106030_10.JPEG', null, 'n02106030'],
      ['n02106030_collie.jpg', null, 'n02106030'],
    ]);
    expect(await of('photos/n02106030_collie.jpg', 'photos/n01440764_tench.jpg')).toEqual([
      ['photos/n01440764_tench.jpg', null, 'n01440764'],
      ['photos/n02106030_collie.jpg', null, 'n02106030'],
    ]);
    expect(await of('val/n02106030_1.jpg', 'train/n01440764_2.jpg')).toEqual([
      ['train/n01440764_2.jpg', 'train', 'n01440764'],
      ['val/n02106030_1.jpg', 'val', 'n02106030'],
    ]);
    // Folders of classes tell more than names.
    expect(await of('dogs/n02106030_1.jpg', 'fish/n01440764_2.jpg', 'fish/x.jpg')).toEqual([
      ['dogs/n02106030_1.jpg', null, 'dogs'],
      ['fish/n01440764_2.jpg', null, 'fish'],
      ['fish/x.jpg', null, 'fish'],
    ]);
    expect(await of('n02106030-collie/n02106030_1.jpg', 'n02106030-collie/n02106030_2.jpg')).toEqual([
      ['n02106030-collie/n02106030_1.jpg', null, 'n02106030-collie'],
      ['n02106030-collie/n02106030_2.jpg', null, 'n02106030-collie'],
    ]);
    expect(await of('dogs/n1234567.jpg', 'n123456789.jpg')).toEqual([
      ['dogs/n1234567.jpg', null, 'dogs'],
      ['n123456789.jpg', null, null],
    ]);
  });

  it('open archives among them, and list a picture that comes twice', async () => {
    const set = await openImageSet([
      {
        kind: 'files',
        files: [
          { path: 'tench/a.jpg', blob: new Blob(['first']) },
          { path: 'more.zip', blob: zip({ name: 'tench/a.jpg', content: bytes('second') }) },
        ],
      },
    ]);
    expect(await textOf(await set.entries[0].read())).toBe('first');
    expect(set.refused).toEqual([{ path: 'tench/a.jpg', reason: 'lies in the set a second time.' }]);
  });

  it('say so where there are no pictures', async () => {
    await expect(openImageSet(asFiles('notes.txt'))).rejects.toThrow('There are no pictures in it.');
    await expect(openImageSet(asFiles('a.heic', 'b.tif'))).rejects.toThrow('None of its 2 pictures');
  });
});
