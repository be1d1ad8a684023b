// @vitest-environment page
import { expect, it } from 'vitest';
import { createBeforePaint } from './first-sizes';

/** Frames that begin when they are told to. */
function createFrames() {
  const waiting: (() => void)[] = [];
  return {
    next: (work: () => void) => void waiting.push(work),
    begin: () => {
      for (const work of waiting.splice(0)) work();
    },
    get asked() {
      return waiting.length;
    },
  };
}

it('all that is asked for before a frame is done when it begins, and once', () => {
  const frames = createFrames();
  const beforePaint = createBeforePaint(frames.next);
  const done: string[] = [];
  for (const name of ['picture', 'axis', 'chart']) beforePaint.ask(() => done.push(name));
  expect([done, frames.asked]).toEqual([[], 1]);
  frames.begin();
  frames.begin();
  expect(done).toEqual(['picture', 'axis', 'chart']);
});

it('what has gone before the frame is left alone, and what comes later has the next', () => {
  const frames = createFrames();
  const beforePaint = createBeforePaint(frames.next);
  const done: string[] = [];
  beforePaint.ask(() => done.push('gone'))();
  frames.begin();
  beforePaint.ask(() => done.push('later'));
  expect(done).toEqual([]);
  frames.begin();
  expect(done).toEqual(['later']);
});
