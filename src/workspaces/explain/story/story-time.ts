import type { StoryStep } from './story-steps';

/** Words that are read in a second, without haste. */
const wordsASecond = 4;
/** Seconds for the figure, whatever is said. */
const looking = 2;
/** Least and most seconds that a step stays. */
const limits = [4, 11] as const;

/** How long a step stays when the story goes on by itself, in seconds. */
export function secondsOf({ title, says }: Pick<StoryStep, 'title' | 'says'>): number {
  const words = [title, ...says].join(' ').split(/\s+/).length;
  const [least, most] = limits;
  return Math.max(least, Math.min(most, Math.round((looking + words / wordsASecond) * 10) / 10));
}

/** Seconds that the map of one layer takes to become that of another. */
const gliding = 1.1;

/** Where a story that goes on by itself stands after so many seconds. */
export interface StoryMoment {
  /** Index of the step. */
  step: number;
  /** Place between the layers, of steps that show one. */
  position: number;
}

/** All of the story in its time: its length, and where it stands. */
export function storyTime(steps: readonly StoryStep[]) {
  const seconds = steps.map(secondsOf);
  const starts = seconds.map((_, i) => seconds.slice(0, i).reduce((sum, own) => sum + own, 0));
  const layers = steps.map(({ picture }) => (typeof picture === 'number' ? picture : null));
  return {
    seconds: seconds.reduce((sum, own) => sum + own, 0),
    at(time: number): StoryMoment {
      const step = Math.max(
        0,
        starts.findLastIndex((start) => start <= time),
      );
      const to = layers[step] ?? 0;
      const from = (step > 0 ? layers[step - 1] : null) ?? to;
      const share = Math.max(0, Math.min(1, (time - starts[step]) / gliding));
      return { step, position: share === 1 ? to : from + (to - from) * share * share * (3 - 2 * share) };
    },
  };
}
