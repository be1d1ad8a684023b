import { expect, it } from 'vitest';
import { someImages, studyWith } from '../study-testing';
import { seriesOf } from '../summary/number-columns';
import { type StudyChunk, type StudyHead, studyOf } from './chunks';
import { createGrowingStudy } from './growing-study';

const layers = ['conv1', 'conv2', 'conv3'];

/** Some of ten pictures, as a chunk: the number of signs is ten times the picture's number and one more a layer. */
function chunk(...pictures: number[]): StudyChunk {
  const images = someImages(pictures.length, (i) => ({ path: `fish/${pictures[i]}.jpg` }));
  const signs = (i: number, layer: number) => 10 * pictures[i] + layer;
  const { numbers, images: whole } = studyWith({ images, layers, numbers: { signs } });
  return { images: whole, numbers, failures: [{ path: `fish/bad ${pictures[0]}.jpg`, reason: 'is empty.' }] };
}

const { images: _, numbers: __, failures: ___, ...head } = studyWith({ images: [], layers, numbers: {} });

it('is a study at any time, and stays one while more is added', () => {
  const growing = createGrowingStudy(head as StudyHead, 10, [{ path: 'note.txt', reason: 'is a text.' }]);
  expect(growing.study(head).images).toEqual([]);
  const chunks = [chunk(3), chunk(0, 1), chunk(2)];
  growing.add(chunks[0]);
  growing.add(chunks[1]);
  const early = growing.study(head);
  const before = seriesOf(early, 'signs', 'predicted');
  expect(before.map((series) => [...series])).toEqual([
    [30, 0, 10],
    [31, 1, 11],
    [32, 2, 12],
  ]);
  growing.add(chunks[2]);
  const late = growing.study({ ...head, of: 12 });
  const after = seriesOf(late, 'signs', 'predicted');
  expect([...after[1]]).toEqual([31, 1, 11, 21]);
  // What was taken from the column is not taken once more, and what was handed out is as it was.
  expect(after[1].buffer).toBe(before[1].buffer);
  expect([...before[1]]).toEqual([31, 1, 11]);
  expect(early.images).toHaveLength(3);
  expect(late.of).toBe(12);
  expect(late.failures.map(({ path }) => path)).toEqual([
    'note.txt',
    ...['fish/bad 3.jpg', 'fish/bad 0.jpg', 'fish/bad 2.jpg'],
  ]);

  // The whole study has the same numbers in the order of the paths.
  const whole = seriesOf(studyOf(head as StudyHead, chunks), 'signs', 'predicted');
  expect([...whole[1]]).toEqual([1, 11, 21, 31]);
  expect([...seriesOf(late, 'signs', 'true', [1, 3])[2]]).toEqual([2, 22]);
});
