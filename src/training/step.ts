import * as tf from '@tensorflow/tfjs-core';
import { seededRandom } from '../semiotics';
import type { Architecture } from './architecture/architecture';
import { type Layout, layoutOf } from './architecture/parameter-layout';
import { gathered, type ParameterPlaces, placesOf, sliced } from './architecture/parameters';
import type { TrainingBatch } from './data/batches';
import { distillationGradient, type Taught } from './distillation';
import type { FrozenFront } from './freezing/frozen-front';
import { type FrozenParts, frozenParts, withZeros } from './freezing/frozen-parts';
import { lossGradient } from './loss';
import { optimiserStep } from './optimiser';
import { planOf, type TrainingPlan, trainingPass } from './pass';
import { learningRateAt } from './schedule';
import { seedFor } from './seeds';
import { batchShares, runningStatistics, type TrainingState } from './state';
import type { Recipe } from './training-methods';

export interface StepResult {
  /** Owned by the caller, who keeps the state it was made from. */
  state: TrainingState;
  /** [batch, classes], before the step; owned by the caller. */
  logits: tf.Tensor2D;
  learningRate: number;
}

/** Takes steps on one architecture by one recipe. */
export interface Stepper {
  readonly layout: Layout;
  readonly places: ParameterPlaces;
  readonly plan: TrainingPlan;
  /** @param taught a teacher's answers for the batch, which it then learns from as well */
  step(state: TrainingState, batch: TrainingBatch, taught?: Taught | null): StepResult;
  /** From the next step on these layers learn no more; null for none. They stay the caller's. */
  freeze(front: FrozenFront | null): void;
  dispose(): void;
}

/**
 * @param batch pictures in each batch
 * @param steps of the whole training, for the schedule
 */
export function createStepper(
  architecture: Architecture,
  recipe: Recipe,
  batch: number,
  steps: number,
): Stepper {
  const layout = layoutOf(architecture);
  const places = placesOf(layout);
  const plan = planOf(layout);
  const { side } = architecture;
  let frozen: FrozenParts | null = null;
  const shares = tf.tensor1d(batchShares(layout, places, batch), 'float32');

  const step: Stepper['step'] = (state, { input, labels }, taught = null) => {
    const learningRate = learningRateAt(recipe, state.step, steps);
    const x = tf.tensor4d(input, [labels.length, side, side, 3]);
    const weights = sliced(places.learned, state.learned);
    const random = seededRandom(seedFor(recipe.seed, 'dropout', state.step));
    const { labelSmoothing } = recipe;
    const towardsLogits = (logits: tf.Tensor2D) =>
      taught
        ? distillationGradient(logits, labels, labelSmoothing, taught)
        : lossGradient(logits, labels, labelSmoothing);
    const garbage: tf.Tensor[] = [x, ...weights.values()];
    try {
      const read = frozen ? frozen.front.run(x) : x;
      if (read !== x) garbage.push(read);
      const pass = trainingPass(frozen?.front.rest ?? plan, read, weights, towardsLogits, random);
      if (frozen) withZeros(places.learned, frozen.front, pass.gradients);
      if (frozen) withZeros(places.statistics, frozen.front, pass.statistics);
      garbage.push(...pass.gradients.values(), ...pass.statistics.values());
      const gradient = gathered(places.learned, pass.gradients);
      garbage.push(gradient);
      const after = optimiserStep(state.learned, gradient, state.moments, {
        optimiser: recipe.optimiser,
        learningRate,
        weightDecay: recipe.weightDecay,
        decaying: places.decaying,
        step: state.step + 1,
      });
      const statistics = runningStatistics(places, state.statistics, pass.statistics, shares);
      const next = { step: state.step + 1, learned: after.weights, moments: after.moments, statistics };
      return { state: frozen ? frozen.keep(state, next) : next, logits: pass.logits, learningRate };
    } finally {
      tf.dispose(garbage);
    }
  };

  const thaw = () => {
    frozen?.dispose();
    frozen = null;
  };
  return {
    layout,
    places,
    plan,
    step,
    freeze(front) {
      thaw();
      if (front) frozen = frozenParts(places, front);
    },
    dispose() {
      thaw();
      shares.dispose();
    },
  };
}
