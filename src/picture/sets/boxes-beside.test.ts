import { describe, expect, it } from 'vitest';
import { zipOf } from '../../codecs/zip/zip-testing';
import { boxesInFile } from '../boxes/boxes';
import { openImageSet } from './open-image-set';

const voc = (...objects: [name: string, xmax: number][]) =>
  `<annotation>${objects
    .map(
      ([name, xmax]) =>
        `<object><name>${name}</name><bndbox><xmin>1</xmin><ymin>1</ymin><xmax>${xmax}</xmax><ymax>9</ymax></bndbox></object>`,
    )
    .join('')}</annotation>`;
const coco = (...names: string[]) =>
  JSON.stringify({
    images: names.map((file_name, id) => ({ id, file_name, width: 20, height: 10 })),
    annotations: names.map((_, image_id) => ({ image_id, category_id: 1, bbox: [0, 0, 5, 5] })),
    categories: [{ id: 1, name: 'cat' }],
  });

const open = (files: Record<string, string>) =>
  openImageSet([
    {
      kind: 'files',
      files: Object.entries(files).map(([path, text]) => ({ path, blob: new Blob([text]) })),
    },
  ]);
const boxesOf = async (files: Record<string, string>) => {
  const { entries, refused } = await open(files);
  const boxes = await Promise.all(
    entries.map(async ({ path, mask }) => {
      const found = mask && (await boxesInFile(await mask.read()));
      return [path, found ? found.boxes.map(({ label, right }) => `${label} ${right}`) : null];
    }),
  );
  return { boxes: Object.fromEntries(boxes), refused };
};

describe('boxes among pictures', () => {
  it('are found beside a picture, in a folder of annotations, and as PASCAL VOC lays them out', async () => {
    const { boxes, refused } = await boxesOf({
      'cats/a.jpg': 'x',
      'cats/a.xml': voc(['cat', 4]),
      'dogs/b.jpg': 'x',
      'Annotations/dogs/b.xml': voc(['dog', 5]),
      'VOC/JPEGImages/c.jpg': 'x',
      'VOC/Annotations/c.xml': voc(['bird', 6]),
      'birds/d.jpg': 'x',
      'anywhere/d.xml': voc(['bird', 7]),
      'cats/e.jpg': 'x',
    });
    expect(boxes).toEqual({
      'cats/a.jpg': ['cat 4'],
      'dogs/b.jpg': ['dog 5'],
      'VOC/JPEGImages/c.jpg': ['bird 6'],
      'birds/d.jpg': ['bird 7'],
      'cats/e.jpg': null,
    });
    expect(refused).toEqual([]);
  });

  it('are those of the picture’s class where any are, else all', async () => {
    const { boxes } = await boxesOf({
      'cats/a.jpg': 'x',
      'cats/a.xml': voc(['dog', 4], ['Cats', 6]),
      'n02123045_tabby/b.jpg': 'x',
      'n02123045_tabby/b.xml': voc(['n02123045', 2], ['n01440764', 3]),
      'cats/c.jpg': 'x',
      'cats/c.xml': voc(['dog', 4], ['sofa', 5]),
    });
    expect(boxes).toEqual({
      'cats/a.jpg': ['Cats 6'],
      'n02123045_tabby/b.jpg': ['n02123045 2'],
      'cats/c.jpg': ['dog 4', 'sofa 5'],
    });
  });

  it('are found in one file for all, by path or by a name that only one picture has', async () => {
    const { boxes, refused } = await boxesOf({
      'val/cats/a.jpg': 'x',
      'val/dogs/a.jpg': 'x',
      'val/dogs/b.jpg': 'x',
      'annotations/instances.json': coco('val/cats/a.jpg', 'b.jpg', 'a.jpg', 'z.jpg'),
    });
    expect(boxes).toEqual({
      'val/cats/a.jpg': ['cat 5'],
      'val/dogs/a.jpg': null,
      'val/dogs/b.jpg': ['cat 5'],
    });
    expect(refused).toEqual([
      {
        path: 'annotations/instances.json',
        reason: 'holds boxes of 4 pictures, 2 of which are not in the set.',
      },
    ]);
  });

  it('that are of no picture are told of, and no picture is lost', async () => {
    const { boxes, refused } = await boxesOf({
      'a.jpg': 'x',
      'a.xml': voc(['cat', 4]),
      'z.xml': voc(['cat', 4]),
      'other.json': coco('y.jpg'),
      'broken.json': '{"annotations": [',
      'notes.json': '{"remember": "the milk"}',
    });
    expect(boxes).toEqual({ 'a.jpg': ['cat 4'] });
    expect(refused).toEqual([
      { path: 'broken.json', reason: 'is no JSON that can be read, or it breaks off.' },
      { path: 'other.json', reason: 'holds boxes, but none of the pictures it names is in the set.' },
      { path: 'z.xml', reason: 'holds boxes, but no picture has its name.' },
    ]);
    // XML that has nothing to do with the pictures is not spoken of.
    expect((await open({ 'a.jpg': 'x', 'pom.xml': '<project/>' })).refused).toEqual([]);
  });

  it('give way to a mask, and say what is wrong with them when they are read', async () => {
    const { entries } = await open({
      'cats/a.jpg': 'x',
      'cats/masks/a.png': 'x',
      'cats/a.xml': voc(['cat', 4]),
      'cats/b.jpg': 'x',
      'cats/b.xml': '<annotation><object>',
    });
    expect(entries.map(({ mask }) => mask?.path)).toEqual(['cats/masks/a.png', 'cats/b.xml']);
    const packed = await openImageSet([
      {
        ...{ kind: 'zip', name: 'set.zip' },
        blob: new Blob([
          zipOf([
            { name: 'cats/a.jpg', content: new Uint8Array(3) },
            { name: 'cats/a.xml', content: new TextEncoder().encode(voc(['cat', 4])) },
          ]),
        ]),
      },
    ]);
    expect(await packed.entries[0].mask?.read().then(boxesInFile)).toMatchObject({ boxes: [{ right: 4 }] });
    await expect(entries[1].mask?.read()).rejects.toThrow('breaks off: “object” does not end.');
  });
});
