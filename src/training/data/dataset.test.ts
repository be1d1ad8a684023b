import { describe, expect, it } from 'vitest';
import { pictograph } from '../../pictographs';
import { ImageSetError, type ImageSource } from '../../picture/sets/image-set';
import { DatasetError } from './dataset';
import { type ImageDataOptions, imageData } from './image-data';
import { openDataset } from './open-dataset';
import { pictographData } from './pictograph-data';

const side = 2;

/** A file's text is the grey of its picture; other text is a damaged file. */
const decode: ImageDataOptions['decode'] = async (file) => {
  const grey = Number(await file.text());
  if (Number.isNaN(grey)) throw new Error('is a damaged PNG file.');
  return new Uint8ClampedArray(side * side * 4).fill(grey);
};

const files = (contents: Record<string, string>): ImageSource[] => [
  {
    kind: 'files',
    files: Object.entries(contents).map(([path, text]) => ({ path, blob: new Blob([text]) })),
  },
];

const open = (contents: Record<string, string>, heldOutShare = 0.25, seed = 1) =>
  imageData(files(contents), { side, decode, heldOutShare, seed });

/** `count` pictures of a class, of greys from `first` on. */
const folder = (name: string, count: number, first: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`${name}/${i}.png`, String(first + i)]));

async function greysOf(data: Awaited<ReturnType<typeof open>>, split: 'train' | 'heldOut') {
  const { pixels, labels } = await data.read(
    split,
    Array.from({ length: data.summary[split] }, (_, i) => i),
  );
  return Array.from(labels, (label, i) => ({ label, grey: pixels[i * side * side * 3] }));
}

describe('pictures in class folders', () => {
  it('are read by the decoder of the browser where no other one is given, named or not', async () => {
    const sources = files({ 'a/1.png': 'grey', 'b/1.png': 'grey' });
    const opened = openDataset({ kind: 'images', sources, heldOutShare: 0.5, seed: 1 }, side, {
      decode: undefined,
    });
    await expect(opened).rejects.toThrow(
      'None of the 2 pictures can be read; a/1.png is not a picture this browser can read',
    );
  });

  it('are divided by chance, the same share of every class, and none twice', async () => {
    const contents = { ...folder('set/cat', 8, 0), ...folder('set/dog', 20, 100) };
    const data = await open(contents);
    expect(data.summary).toEqual({ classes: ['cat', 'dog'], train: 21, heldOut: 7, refused: [] });
    const [train, heldOut] = [await greysOf(data, 'train'), await greysOf(data, 'heldOut')];
    expect(heldOut.filter(({ label }) => label === 0)).toHaveLength(2);
    for (const { label, grey } of [...train, ...heldOut]) expect(label).toBe(grey < 100 ? 0 : 1);
    const greys = [...train, ...heldOut].map(({ grey }) => grey).sort((a, b) => a - b);
    expect(greys).toEqual(Object.values(contents).map(Number));
    // The first few are of both classes.
    expect(new Set(heldOut.slice(0, 5).map(({ label }) => label)).size).toBe(2);
    expect(await greysOf(await open(contents), 'heldOut')).toEqual(heldOut);
    expect(await greysOf(await open(contents, 0.25, 2), 'heldOut')).not.toEqual(heldOut);
  });

  it('keep the parts that their folders name; tests are left for later where there is a validation set', async () => {
    const data = await open({
      ...folder('photos/train/a', 3, 0),
      ...folder('photos/train/b', 2, 10),
      ...folder('photos/val/a', 1, 100),
      ...folder('photos/val/b', 1, 110),
      ...folder('photos/test/a', 1, 200),
    });
    expect(data.summary).toMatchObject({ classes: ['a', 'b'], train: 5, heldOut: 2 });
    const heldOut = await greysOf(data, 'heldOut');
    expect(heldOut.map(({ grey }) => grey).sort()).toEqual([100, 110]);
  });

  it('list what cannot be read or has no label, and leave it out', async () => {
    const data = await open({
      ...folder('set/cat', 4, 0),
      ...folder('set/dog', 4, 10),
      'set/dog/broken.png': 'x',
      'loose.png': '5',
    });
    expect(data.summary).toMatchObject({ train: 6, heldOut: 2 });
    expect(data.summary.refused).toEqual([
      { path: 'loose.png', reason: 'lies in no class folder.' },
      { path: 'set/dog/broken.png', reason: 'is a damaged PNG file.' },
    ]);
  });

  it.each([
    [
      'of one class only',
      folder('set/cat', 4, 0),
      /^All pictures are of one class, "cat".*at least two folders/,
    ],
    ['without labels', { 'a.png': '1', 'b.png': '2' }, /^These pictures have no labels.*folder of its own/],
    [
      'with a single picture of a class',
      { ...folder('set/cat', 4, 0), ...folder('set/dog', 1, 9) },
      /^The class "dog" has a single picture; at least two/,
    ],
    [
      'with a single picture of a class that can be read',
      { ...folder('set/cat', 4, 0), ...folder('set/dog', 1, 9), 'set/dog/x.png': 'x' },
      /^The class "dog" has a single picture/,
    ],
    [
      'of which none can be read',
      { 'set/cat/1.png': 'x', 'set/dog/1.png': 'y' },
      /^None of the 2 pictures can be read; set\/cat\/1.png is a damaged PNG file\.$/,
    ],
    [
      'of a class that is only tested',
      { ...folder('train/a', 2, 0), ...folder('train/b', 2, 5), ...folder('val/c', 2, 9) },
      /^The class "c" has no picture for training: add some to its folder in "train"/,
    ],
  ])('%s are refused with what to do', async (_, contents: Record<string, string>, message) => {
    await expect(open(contents)).rejects.toThrow(DatasetError);
    await expect(open(contents)).rejects.toThrow(message);
  });

  it('are refused where there are none', async () => {
    await expect(open({ 'notes.txt': 'x' })).rejects.toThrow(ImageSetError);
  });

  it('are refused where they do not fit into memory', async () => {
    const data = imageData(files(folder('a', 600, 0)), {
      side: 1024,
      decode,
      heldOutShare: 0.1,
      seed: 1,
    });
    await expect(data).rejects.toThrow(/600 pictures of 1024 pixels a side take 1800 MB; at most 1536 MB/);
  });
});

describe('pictographs', () => {
  const world = { kind: 'pictographs', seed: 7, train: 20, heldOut: 10 } as const;

  it('are the scenes of a seed, the held-out ones of another world', async () => {
    const data = await openDataset(world, 16);
    expect(data.summary.classes[0]).toBe('face');
    expect(data.summary).toMatchObject({ train: 20, heldOut: 10, refused: [] });
    const { pixels, labels } = await data.read('train', [3, 12]);
    const scenes = [3, 12].map((index) => pictograph({ seed: 7, index, side: 16 }));
    const rgb = scenes.flatMap(({ rgba }) => Array.from(rgba).filter((_, i) => i % 4 < 3));
    expect(Array.from(pixels)).toEqual(rgb);
    expect(Array.from(labels)).toEqual(scenes.map(({ label }) => label));
    expect(await data.read('train', [12])).toEqual({
      pixels: pixels.slice(16 * 16 * 3),
      labels: labels.slice(1),
    });
    const heldOut = await data.read('heldOut', [3]);
    expect(heldOut.pixels).not.toEqual(pixels.slice(0, 16 * 16 * 3));
    const all = await data.read(
      'heldOut',
      Array.from({ length: 10 }, (_, i) => i),
    );
    expect([...all.labels].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it.each([
    [{ ...world, train: 5 }, 16, /At least 10 scenes are needed for training/],
    [{ ...world, heldOut: 0 }, 16, /At least 10 scenes are needed held out/],
    [{ ...world, seed: -1 }, 16, /whole number below 2\^32, not -1/],
    [world, 8, /16 to 512 pixels a side, not 8/],
  ])('are refused for numbers that make no sense', (data, size, message) => {
    expect(() => pictographData(data, size)).toThrow(DatasetError);
    expect(() => pictographData(data, size)).toThrow(message);
  });
});
