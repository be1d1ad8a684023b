import * as tf from '@tensorflow/tfjs-core';
import { buildNetwork } from '../network/build';
import type { Network } from '../network/network';
import { predict } from '../network/run-network';
import { architectureGraph } from '../training/architecture/architecture-graph';
import { startingWeights } from '../training/architecture/initial-weights';
import type { NamedWeight } from '../training/architecture/named-weight';
import { layoutOf } from '../training/architecture/parameter-layout';
import type { Dataset } from '../training/data/dataset';
import { profileNetwork } from '../training/entropy-profile';
import { evaluateNetwork, pictureTensor } from '../training/evaluate';
import { renewStatistics, restoreStatistics } from '../training/restore-statistics';
import { runWithinStep } from '../training/run-within-step';
import { createTrainingSession, type TrainingSession } from '../training/session';
import type { Evaluation } from '../training/training-methods';
import type { Teacher } from '../training/training-session';
import { type MeasuredNetwork, measureFilters } from './filters/measure-filters';
import { heldOutPart } from './held-out-part';
import { interleavedLatency } from './interleaved-latency';
import type { MoveHooks, SearchTrainer } from './search';
import { type Measurement, type Move, type Score, SearchError, type SearchOptions } from './search-state';

/** Shares of a move's time that training, and with the profile all but the rest, are told to take. */
const TRAINED = 0.85;
const PROFILED = 0.95;

/** What of a search its trainer must know. */
export type TrainerOptions = Pick<SearchOptions, 'profile' | 'unit' | 'orders' | 'distillation'>;

const goOn = async () => {};

/**
 * Trains with real sessions on the current backend.
 * @param data the held-out pictures are parted: one half chooses, the other one reports
 * @throws SearchError where there are too few held-out pictures to part
 */
export function sessionTrainer(data: Dataset, options: TrainerOptions): SearchTrainer {
  const [validation, test] = [heldOutPart(data, 'validation'), heldOutPart(data, 'test')];
  if (test.summary.heldOut < 1) {
    throw new SearchError(
      'A search needs at least two held-out pictures: one half to choose networks by, one to report them by.',
    );
  }
  return {
    async train(move, start, hooks, given) {
      const begun = performance.now();
      const reference = given && { ...given.network, network: networkOf(given.network, given.weights) };
      let session: TrainingSession | null = null;
      try {
        session = createTrainingSession({
          data: validation,
          architecture: move.architecture,
          recipe: move.recipe,
          weights: start && (await readyWeights(move, start, validation)),
          teacher: reference && teacherOf(reference.network, validation.side, options),
        });
        await trained(session, move, hooks);
        const weights = await session.weights();
        const network = buildNetwork(await session.graph());
        try {
          const means = { validation, test, options, reference };
          const measured = await measure({ move, network, weights, data: validation }, means, hooks);
          const measurement: Measurement = {
            ...measured,
            filterNorms: filterNorms(move, weights),
            milliseconds: performance.now() - begun,
          };
          return { measurement, weights };
        } finally {
          network.dispose();
        }
      } finally {
        session?.dispose();
        reference?.network.dispose();
      }
    },
  };
}

const networkOf = ({ architecture }: Pick<Move, 'architecture'>, weights: readonly NamedWeight[]) =>
  buildNetwork(architectureGraph(architecture, weights));

/** Weights that are taken over, with batch normalisations by the statistics that their inputs have now. */
async function readyWeights(
  { architecture, change, recipe }: Move,
  start: readonly NamedWeight[],
  data: Dataset,
): Promise<NamedWeight[]> {
  const weights = await restoreStatistics(
    architecture,
    startingWeights(architecture, recipe.seed, start),
    data,
  );
  return change?.filters ? renewStatistics(architecture, weights, data) : weights;
}

function teacherOf(network: Network, side: number, { distillation }: TrainerOptions): Teacher | null {
  if (!distillation) return null;
  return {
    ...distillation,
    async logits(input, count) {
      const x = tf.tensor4d(input, [count, side, side, 3]);
      const answers = runWithinStep(network, network.output, x);
      x.dispose();
      try {
        return (await answers.data()) as Float32Array;
      } finally {
        answers.dispose();
      }
    },
  };
}

async function trained(
  session: TrainingSession,
  move: Move,
  { onProgress, pause = goOn }: MoveHooks,
): Promise<void> {
  const { epochs } = move.recipe;
  const onStep = ({ step }: { step: number }) => {
    const epoch = Math.min(epochs, Math.floor((step - 1) / session.stepsPerEpoch) + 1);
    onProgress?.({ fraction: (TRAINED * step) / session.steps, text: `Epoch ${epoch} of ${epochs}` });
  };
  while (session.step < session.steps) {
    const { ended } = await session.advance(session.steps, { onStep, pause });
    if (ended === null) continue;
    // A network that cannot be trained is one more that is not kept; without a reference there is no search.
    if (move.role === 'step') return;
    throw new SearchError(ended);
  }
}

interface Means {
  validation: Dataset;
  test: Dataset;
  options: TrainerOptions;
  /** That networks are timed beside, with what it took when it was measured itself. */
  reference: { network: Network; latency: number } | null;
}

async function measure(
  measured: MeasuredNetwork,
  { validation, test, options, reference }: Means,
  { onProgress, pause = goOn }: MoveHooks,
): Promise<Omit<Measurement, 'filterNorms' | 'milliseconds'>> {
  const { network } = measured;
  onProgress?.({ fraction: TRAINED, text: 'Measuring' });
  const told = (from: number, to: number, text: string) => (fraction: number) =>
    onProgress?.({ fraction: from + (to - from) * fraction, text });
  const score = async (data: Dataset): Promise<Score> =>
    scoreOf(await evaluateNetwork(network, data, { split: 'heldOut', pictures: null, pause }));
  return {
    validation: await score(validation),
    test: await score(test),
    profile: await profileNetwork(network, validation, options.profile, {
      pause,
      onProgress: told(TRAINED, PROFILED, 'Measuring the entropy of layers'),
    }),
    ...(await filtersOf(measured, options, {
      pause,
      onProgress: told(PROFILED, 1, 'Measuring the filters'),
    })),
    latency: await latencyOf(network, validation, reference, pause),
  };
}

async function filtersOf(...asked: Parameters<typeof measureFilters>): Promise<Pick<Measurement, 'filters'>> {
  const filters = await measureFilters(...asked);
  return filters ? { filters } : {};
}

const scoreOf = ({ accuracy, loss }: Evaluation): Score => ({ accuracy, loss });

/**
 * Milliseconds of a forward pass of one picture, the logits read back: as it is timed where the network stands alone, else the reference's
 * own latency times the ratio of passes in turns.
 */
async function latencyOf(
  network: Network,
  data: Dataset,
  reference: Means['reference'],
  pause: () => Promise<void>,
): Promise<number> {
  const { pixels } = await data.read('heldOut', [0]);
  const input = pictureTensor(pixels, 1, data.side);
  const pass = (each: Network) => () => predict(each, input, goOn);
  try {
    await pause();
    const timed = await interleavedLatency(pass(reference?.network ?? network), pass(network));
    return reference ? reference.latency * timed.ratio : timed.reference;
  } finally {
    tf.dispose(input);
  }
}

/** Mean absolute weight of each block's filters (Li et al. 2017 rank single filters so, by the sum). */
function filterNorms({ architecture }: Move, weights: readonly NamedWeight[]): Measurement['filterNorms'] {
  const byName = new Map(weights.map(({ name, values }) => [name, values]));
  const sums = new Map<string, { sum: number; count: number }>();
  for (const { block, weights: own } of layoutOf(architecture).layers) {
    for (const { name, role } of own) {
      const values = byName.get(name);
      if (block === null || role !== 'filter' || !values) continue;
      const total = sums.get(block) ?? { sum: 0, count: 0 };
      total.sum += values.reduce((sum, value) => sum + Math.abs(value), 0);
      total.count += values.length;
      sums.set(block, total);
    }
  }
  return [...sums].map(([block, { sum, count }]) => ({ block, norm: sum / count }));
}
