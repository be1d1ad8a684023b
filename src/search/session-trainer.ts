import * as tf from '@tensorflow/tfjs-core';
import { buildNetwork } from '../network/build';
import type { Network } from '../network/network';
import { predict } from '../network/run-network';
import type { NamedWeight } from '../training/architecture/named-weight';
import { layoutOf } from '../training/architecture/parameter-layout';
import type { Dataset } from '../training/data/dataset';
import { profileNetwork } from '../training/entropy-profile';
import { evaluateNetwork, pictureTensor } from '../training/evaluate';
import { createTrainingSession, type TrainingSession } from '../training/session';
import type { Evaluation, ProfileOptions } from '../training/training-methods';
import { heldOutPart } from './held-out-part';
import type { MoveHooks, SearchTrainer } from './search';
import { type Measurement, type Move, type Score, SearchError } from './search-state';

/** Forward passes whose median is the latency, and those before them that are not counted. */
const PASSES = 15;
const PASSES_BEFORE = 3;
/** Shares of a move's time that training, and with the profile all but the rest, are told to take. */
const TRAINED = 0.85;

const goOn = async () => {};

/**
 * Trains with real sessions on the current backend.
 * @param data the held-out pictures are parted: one half chooses, the other one reports
 * @throws SearchError where there are too few held-out pictures to part
 */
export function sessionTrainer(data: Dataset, profile: ProfileOptions): SearchTrainer {
  const [validation, test] = [heldOutPart(data, 'validation'), heldOutPart(data, 'test')];
  if (test.summary.heldOut < 1) {
    throw new SearchError(
      'A search needs at least two held-out pictures: one half to choose networks by, one to report them by.',
    );
  }
  return {
    async train(move, start, hooks) {
      const begun = performance.now();
      const session = createTrainingSession({
        data: validation,
        architecture: move.architecture,
        recipe: move.recipe,
        weights: start,
      });
      try {
        await trained(session, move, hooks);
        const weights = await session.weights();
        const network = buildNetwork(await session.graph());
        try {
          const measured = await measure(network, { validation, test, profile }, hooks);
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
        session.dispose();
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
  profile: ProfileOptions;
}

async function measure(
  network: Network,
  { validation, test, profile }: Means,
  { onProgress, pause = goOn }: MoveHooks,
): Promise<Omit<Measurement, 'filterNorms' | 'milliseconds'>> {
  onProgress?.({ fraction: TRAINED, text: 'Measuring' });
  const score = async (data: Dataset): Promise<Score> =>
    scoreOf(await evaluateNetwork(network, data, { split: 'heldOut', pictures: null, pause }));
  return {
    validation: await score(validation),
    test: await score(test),
    profile: await profileNetwork(network, validation, profile, {
      pause,
      onProgress: (fraction) =>
        onProgress?.({
          fraction: TRAINED + (1 - TRAINED) * fraction,
          text: 'Measuring the entropy of layers',
        }),
    }),
    latency: await latencyOf(network, validation, pause),
  };
}

const scoreOf = ({ accuracy, loss }: Evaluation): Score => ({ accuracy, loss });

/** Median milliseconds of a forward pass of one picture, the logits read back. */
async function latencyOf(network: Network, data: Dataset, pause: () => Promise<void>): Promise<number> {
  const { pixels } = await data.read('heldOut', [0]);
  const input = pictureTensor(pixels, 1, data.side);
  const times: number[] = [];
  try {
    for (let pass = 0; pass < PASSES_BEFORE + PASSES; pass++) {
      await pause();
      const begun = performance.now();
      await predict(network, input, goOn);
      if (pass >= PASSES_BEFORE) times.push(performance.now() - begun);
    }
  } finally {
    tf.dispose(input);
  }
  return times.sort((a, b) => a - b)[(PASSES - 1) / 2];
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
