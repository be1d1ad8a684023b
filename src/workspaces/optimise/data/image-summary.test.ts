import { expect, it } from 'vitest';
import { openImageSet } from '../../../picture/sets/open-image-set';
import { imageSummary } from './image-summary';

const summaryOf = async (...paths: string[]) =>
  imageSummary(
    await openImageSet([{ kind: 'files', files: paths.map((path) => ({ path, blob: new Blob(['x']) })) }]),
  );

it('counts the pictures of every class', async () => {
  const { classes, problem, splits } = await summaryOf(
    'set/b/1.png',
    'set/b/2.jpg',
    'set/a/1.png',
    'set/a/2.png',
  );
  expect(classes).toEqual([
    { folder: 'a', pictures: 2 },
    { folder: 'b', pictures: 2 },
  ]);
  expect(problem).toBeNull();
  expect(splits).toEqual([]);
});

it('sees a split in the folders', async () => {
  const { splits, classes } = await summaryOf('train/a/1.png', 'train/b/1.png', 'val/a/2.png', 'val/b/2.png');
  expect(splits).toEqual(['train', 'val']);
  expect(classes.map(({ pictures }) => pictures)).toEqual([2, 2]);
});

it('says why nothing can be learned', async () => {
  expect((await summaryOf('1.png', '2.png')).problem).toMatch(
    /^No picture has a class: none lies in a folder\./,
  );
  expect((await summaryOf('cats/1.png', 'cats/2.png')).problem).toMatch(
    /^All pictures are of one class, "cats"/,
  );
  expect((await summaryOf('a/1.png', 'a/2.png', 'b/1.png')).problem).toMatch(/^"b" has a single picture/);
});

it('leaves out what lies in no folder', async () => {
  const { classes, refused, problem } = await summaryOf('1.png', 'a/1.png', 'a/2.png', 'b/1.png', 'b/2.png');
  expect(classes.map(({ folder }) => folder)).toEqual(['a', 'b']);
  expect(refused).toEqual([{ path: '1.png', reason: 'lies in no class folder.' }]);
  expect(problem).toBeNull();
});
