import { expect, it } from 'vitest';
import { takenFrames } from './taken-frames';

const asked = (seconds: number[], same: number[]) =>
  seconds.map((each, i) => ({ seconds: each, isSame: same.includes(i) }));
const times = ({ frames }: { frames: readonly { seconds: number }[] }) =>
  frames.map(({ seconds }) => seconds);

it('takes all frames of a video that moves, and of one that stands still for a while', () => {
  expect(takenFrames(asked([1, 3, 5, 7], []))).toEqual({
    frames: asked([1, 3, 5, 7], []),
    stillFrom: null,
  });
  const paused = takenFrames(asked([1, 3, 5, 7], [1, 2]));
  expect(times(paused)).toEqual([1, 3, 5, 7]);
  expect(paused.stillFrom).toBeNull();
});

it('takes the one frame of a video once, and every frame of three once', () => {
  // 25 frames a second: the frame of 0.04 s asked for four times, and three frames six times.
  const one = takenFrames(asked([0.005, 0.015, 0.025, 0.035], [1, 2, 3]));
  expect(times(one)).toEqual([0.005]);
  expect(one.stillFrom).toBeNull();
  const three = takenFrames(asked([0.01, 0.03, 0.05, 0.07, 0.09, 0.11], [1, 3, 5]));
  expect(times(three)).toEqual([0.01, 0.05, 0.09]);
});

it('takes the last picture once where a player shows it to the end, and tells from when', () => {
  const cut = takenFrames(asked([1.25, 3.75, 6.25, 8.75], [2, 3]));
  expect(times(cut)).toEqual([1.25, 3.75]);
  expect(cut.stillFrom).toBe(3.75);
  expect(takenFrames([])).toEqual({ frames: [], stillFrom: null });
});
