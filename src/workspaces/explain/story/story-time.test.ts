import { describe, expect, it } from 'vitest';
import type { StoryStep } from './story-steps';
import { secondsOf, storyTime } from './story-time';

const step = (picture: StoryStep['picture'], words: number): StoryStep => ({
  ...{ id: `${picture}`, title: 'Title', picture, chart: null },
  says: [Array(words).fill('word').join(' ')],
});

describe('the time of a story', () => {
  it('is as long as its words are read aloud, within limits', () => {
    expect(secondsOf(step(null, 1))).toBe(4);
    expect(secondsOf(step(null, 21))).toBe(2 + 22 / 4);
    expect(secondsOf(step(null, 500))).toBe(11);
  });

  it('stays at every step in turn, and moves the map from one layer to the next', () => {
    const { seconds, at } = storyTime([step('plain', 1), step(0, 1), step(4, 27), step(null, 1)]);
    expect(seconds).toBe(4 + 4 + 9 + 4);
    expect([0, 3.9, 4, 7.9].map((time) => at(time))).toEqual([
      { step: 0, position: 0 },
      { step: 0, position: 0 },
      { step: 1, position: 0 },
      { step: 1, position: 0 },
    ]);
    expect(at(8).position).toBe(0);
    expect(at(8 + 0.55)).toEqual({ step: 2, position: expect.closeTo(2, 9) });
    expect(at(9.2)).toEqual({ step: 2, position: 4 });
    expect([at(17).step, at(100).step]).toEqual([3, 3]);
  });
});
