import { describe, expect, it } from 'vitest';
import { insideOf } from '../picture-mask';
import { withoutMasks } from './masks-beside';
import { openImageSet } from './open-image-set';

const files = (...paths: string[]) => paths.map((path) => ({ path }));
const told = (...paths: string[]) => {
  const { pictures, masks, alone } = withoutMasks(files(...paths));
  return {
    pictures: pictures.map(({ path }) => path),
    masks: Object.fromEntries([...masks].map(([picture, { path }]) => [picture, path])),
    alone,
  };
};

describe('masks of a set', () => {
  it('lie in a folder of their name, inside a class or before it', () => {
    expect(told('cats/a.jpg', 'cats/masks/a.png', 'dogs/b.png', 'masks/dogs/b.png')).toEqual({
      pictures: ['cats/a.jpg', 'dogs/b.png'],
      masks: { 'cats/a.jpg': 'cats/masks/a.png', 'dogs/b.png': 'masks/dogs/b.png' },
      alone: [],
    });
  });

  it('or beside pictures in another format, where none of them stands alone', () => {
    expect(told('a.jpg', 'a.png', 'b.jpg', 'b.PNG', 'c.webp')).toEqual({
      pictures: ['a.jpg', 'b.jpg', 'c.webp'],
      masks: { 'a.jpg': 'a.png', 'b.jpg': 'b.PNG' },
      alone: [],
    });
    // One PNG without a picture: PNGs are pictures here.
    expect(told('a.jpg', 'a.png', 'd.png').pictures).toEqual(['a.jpg', 'a.png', 'd.png']);
  });

  it('are told of where they belong to no picture, and nothing is lost where none of them does', async () => {
    expect(told('cats/a.jpg', 'masks/cats/a.png', 'masks/cats/z.png').alone).toEqual(['masks/cats/z.png']);
    // A class that is called so.
    expect(told('faces/a.jpg', 'masks/b.png')).toEqual({
      ...{ pictures: ['faces/a.jpg', 'masks/b.png'], masks: {}, alone: [] },
    });
    const blob = new Blob(['x']);
    const paths = ['val/cats/a.jpg', 'val/dogs/b.jpg', 'masks/val/cats/a.png', 'masks/val/cats/z.png'];
    const set = await openImageSet([{ kind: 'files', files: paths.map((path) => ({ path, blob })) }]);
    expect(set.entries.map(({ path, folder, mask }) => [path, folder, mask?.path])).toEqual([
      ['val/cats/a.jpg', 'cats', 'masks/val/cats/a.png'],
      ['val/dogs/b.jpg', 'dogs', undefined],
    ]);
    expect(set.refused).toEqual([
      { path: 'masks/val/cats/z.png', reason: 'is a mask, but no picture has its name.' },
    ]);
  });
});

it('a mask is what is brighter than half of its brightest pixel; a black one is empty', () => {
  const grey = (...values: number[]) =>
    Uint8Array.from(values.flatMap((value) => [value, value, value, 255]));
  expect([...insideOf(grey(0, 255, 130, 120))]).toEqual([0, 1, 1, 0]);
  expect([...insideOf(grey(0, 1, 1, 0))]).toEqual([0, 1, 1, 0]);
  expect([...insideOf(grey(0, 0))]).toEqual([0, 0]);
  expect([...insideOf(Uint8Array.of(200, 0, 0, 255, 0, 0, 90, 255))]).toEqual([1, 0]);
});
