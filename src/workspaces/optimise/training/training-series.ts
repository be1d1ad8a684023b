import type { CurvePoint, TrainingCurveData } from '../../../figures';
import { say } from '../../../text/say';
import type { StepReport, TrainingHistory } from '../../../training/training-methods';

/** Share of a step's own value in the smoothed one, for a time constant of about a third of an epoch. */
const shareOf = (stepsPerEpoch: number) => Math.min(1, 3 / Math.max(1, stepsPerEpoch));

/**
 * An exponential moving mean that is not drawn towards 0 at its beginning: the weights of what it has seen add up to 1
 * (Kingma and Ba 2015, section 3).
 */
export function smoothed(points: readonly CurvePoint[], share: number): CurvePoint[] {
  let mean = 0;
  let weight = 0;
  return points.map(({ x, y }) => {
    mean = (1 - share) * mean + share * y;
    weight = (1 - share) * weight + share;
    return { x, y: mean / weight };
  });
}

/** What the curves are called, in files as well. */
export const curveNames = { loss: 'Loss', accuracy: 'Accuracy', learningRate: 'Learning rate' } as const;
const unit = { loss: 'number', accuracy: 'share', learningRate: 'rate' } as const;

/** One of the curves of a training, as its figure takes it. */
export function curveData(
  quantity: 'loss' | 'accuracy' | 'learningRate',
  { steps, epochs }: TrainingHistory,
  { stepsPerEpoch, epochs: length }: { stepsPerEpoch: number; epochs: number },
): TrainingCurveData {
  const at = (step: number) => step / Math.max(1, stepsPerEpoch);
  const own = steps.map((step) => ({ x: at(step.step), y: step[quantity] }));
  const common = { title: say(curveNames[quantity]), unit: unit[quantity], epochs: length };
  if (quantity === 'learningRate') {
    return { ...common, series: [{ name: say('per step'), role: 'training', points: own }] };
  }
  return {
    ...common,
    series: [
      { name: say('training'), role: 'training', points: smoothed(own, shareOf(stepsPerEpoch)), raw: own },
      {
        name: say('held out'),
        role: 'held out',
        points: epochs.map((epoch) => ({ x: at(epoch.step), y: epoch[quantity] })),
      },
    ],
  };
}

/** The numbers behind a curve, a record each step. */
export function curveRows(
  quantity: 'loss' | 'accuracy' | 'learningRate',
  { steps, epochs }: TrainingHistory,
): Record<string, string | number | null>[] {
  const heldOut = new Map(epochs.map((epoch) => [epoch.step, epoch]));
  const rows = steps.map((step) => {
    const epoch = heldOut.get(step.step);
    const beside =
      quantity === 'learningRate' ? {} : { [`held-out ${quantity}`]: epoch ? epoch[quantity] : null };
    return { step: step.step, [curveNames[quantity].toLowerCase()]: step[quantity], ...beside };
  });
  const first = heldOut.get(0);
  if (!first || quantity === 'learningRate') return rows;
  return [{ step: 0, [quantity]: null, [`held-out ${quantity}`]: first[quantity] }, ...rows];
}

/** Milliseconds of a step now: the median of the last ones, which a pause between does not move. */
export function stepTime(steps: readonly StepReport[]): number | null {
  const times = steps
    .slice(-40)
    .map(({ time }) => time)
    .sort((a, b) => a - b);
  return times.length > 0 ? times[times.length >> 1] : null;
}

export interface Pace {
  stepsPerSecond: number;
  imagesPerSecond: number;
  /** Seconds to the end, tests at the ends of epochs included. */
  left: number;
}

/** How fast a training goes and when it ends; null before its first step. */
export function paceOf(
  { steps, epochs }: TrainingHistory,
  run: { steps: number; recipe: { batch: number; epochs: number } },
  epochEnd: number,
): Pace | null {
  const time = stepTime(steps);
  if (time === null || time <= 0) return null;
  const done = steps.at(-1)?.step ?? 0;
  const ends = Math.max(0, run.recipe.epochs - epochs.filter(({ epoch }) => epoch > 0).length);
  return {
    stepsPerSecond: 1000 / time,
    imagesPerSecond: (1000 * run.recipe.batch) / time,
    left: ((run.steps - done) * time + ends * epochEnd) / 1000,
  };
}
