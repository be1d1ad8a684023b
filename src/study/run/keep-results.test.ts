import { describe, expect, it } from 'vitest';
import { someImages, studyWith } from '../study-testing';
import { chunkOf, packChunks, type StudyChunk, studyOf } from './chunks';
import { createKeeper } from './keep-results';

const whole = studyWith({
  images: someImages(9),
  layers: ['a', 'b'],
  numbers: { signs: (image, layer) => 10 * image + layer },
});

/** One picture of the study. */
const chunk = (image: number): StudyChunk => ({
  images: [whole.images[image]],
  numbers: Object.fromEntries(
    Object.entries(whole.numbers).map(([name, values]) => [name, values.slice(image * 4, image * 4 + 4)]),
  ),
  failures: [],
});

const failure = (path: string): StudyChunk => chunkOf(whole, [], [{ path, reason: 'is cut off.' }]);

/** A disk that answers when it is told to. */
function disk() {
  const kept: StudyChunk[] = [];
  const answers: ((error?: Error) => void)[] = [];
  const put = (given: StudyChunk) =>
    new Promise<void>((resolve, reject) => {
      answers.push((error) => {
        if (error) return reject(error);
        kept.push(given);
        resolve();
      });
    });
  return { kept, put, answer: (error?: Error) => answers.shift()?.(error), asked: () => answers.length };
}

const paths = (chunks: StudyChunk[]) =>
  chunks.map(({ images, failures }) => [...images, ...failures].map(({ path }) => path));

describe('the keeper of results', () => {
  it('puts away at once what comes, and together what comes while the disk is busy', async () => {
    const { kept, put, answer, asked } = disk();
    const keeper = createKeeper(put, () => {});
    const first = keeper.take(chunk(0));
    await expect.poll(asked).toBe(1);
    void keeper.take(chunk(1));
    void keeper.take(failure('torn.jpg'));
    const last = keeper.take(chunk(2));
    expect(keeper.unkept()).toBe(4);
    answer();
    await expect.poll(asked).toBe(1);
    expect(keeper.unkept()).toBe(3);
    answer();
    await Promise.all([first, last]);
    expect(keeper.unkept()).toBe(0);
    expect(paths(kept)).toEqual([['fish/0.jpg'], ['fish/1.jpg', 'fish/2.jpg', 'torn.jpg']]);
  });

  it('holds what could not be kept, rests, and tries again with what comes later', async () => {
    const { kept, put, answer, asked } = disk();
    let time = 0;
    const failures: unknown[] = [];
    const keeper = createKeeper(
      put,
      (error) => failures.push(error),
      () => time,
    );
    const first = keeper.take(chunk(0));
    await expect.poll(asked).toBe(1);
    answer(new Error('No room.'));
    await first;
    expect(failures).toHaveLength(1);
    await keeper.take(chunk(1));
    expect(asked()).toBe(0);
    expect(keeper.unkept()).toBe(2);
    time = 10_000;
    const third = keeper.take(chunk(2));
    await expect.poll(asked).toBe(1);
    answer();
    await third;
    expect(paths(kept)).toEqual([['fish/0.jpg', 'fish/1.jpg', 'fish/2.jpg']]);
    expect(keeper.unkept()).toBe(0);
  });

  it('tries at once when it is asked to', async () => {
    const { kept, put, answer, asked } = disk();
    const keeper = createKeeper(
      put,
      () => {},
      () => 0,
    );
    const first = keeper.take(chunk(0));
    await expect.poll(asked).toBe(1);
    answer(new Error('No room.'));
    await first;
    const again = keeper.flush();
    await expect.poll(asked).toBe(1);
    answer();
    await again;
    expect(paths(kept)).toEqual([['fish/0.jpg']]);
  });
});

it('packs many chunks into few, the study staying what it is', () => {
  const single = Array.from({ length: 9 }, (_, image) => chunk(image));
  const { images: _, numbers: __, failures: ___, ...head } = whole;
  const packed = packChunks(single, 4);
  expect(paths(packed).map(({ length }) => length)).toEqual([4, 4, 1]);
  expect(studyOf(head, packed)).toEqual(whole);
  expect(studyOf(head, single)).toEqual(whole);
});
