import * as tf from '@tensorflow/tfjs-core';
import type { Random } from '../semiotics';
import { IMAGE, type Layer, type Layout } from './architecture/parameter-layout';
import { runConvolution } from './layers/convolution-layer';
import { runDense } from './layers/dense-layer';
import { runDepthwise } from './layers/depthwise-layer';
import { runNormalisation } from './layers/normalisation-layer';
import { runAddition, runDropout, runJoin } from './layers/plain-layer';
import { runPooling } from './layers/pooling-layer';
import type { Activation, LayerRun, WeightOf } from './layers/run-layers';

/** A layer with the activation behind it, which is computed with it. */
interface PlannedLayer {
  layer: Layer;
  /** Indices of the planned layers it reads; -1 for the picture. */
  inputs: number[];
  activation: Activation;
}

export type TrainingPlan = readonly PlannedLayer[];

/** Layers in order; an activation goes into the layer before it, which nobody else reads. */
export function planOf({ layers }: Layout): TrainingPlan {
  const plan: PlannedLayer[] = [];
  const place = new Map([[IMAGE, -1]]);
  for (const layer of layers) {
    const inputs = layer.inputs.map((name) => place.get(name) as number);
    if (layer.kind === 'activation') {
      plan[inputs[0]].activation = layer.by;
      place.set(layer.name, inputs[0]);
    } else {
      place.set(layer.name, plan.length);
      plan.push({ layer, inputs, activation: null });
    }
  }
  return plan;
}

/** Tensors by the names of weights, owned by the caller. */
export interface PassResult {
  /** [batch, classes] */
  logits: tf.Tensor2D;
  gradients: Map<string, tf.Tensor>;
  /** Mean and biased variance of the batch by the names of the running statistics. */
  statistics: Map<string, tf.Tensor>;
}

/**
 * One forward and one backward pass over a batch, without a tape: every output is freed as soon as the gradient has passed it.
 * @param x pictures [batch, side, side, 3]; stay the caller's
 * @param weights by name; stay the caller's
 * @param lossGradient the gradient towards the logits from the logits
 * @param random of dropout
 */
export function trainingPass(
  plan: TrainingPlan,
  x: tf.Tensor4D,
  weights: ReadonlyMap<string, tf.Tensor>,
  lossGradient: (logits: tf.Tensor2D) => tf.Tensor2D,
  random: Random,
): PassResult {
  const runs: LayerRun[] = [];
  const statistics = new Map<string, tf.Tensor>();
  const gradients = new Map<string, tf.Tensor>();
  const towards = new Map<number, tf.Tensor>();
  let logits: tf.Tensor2D | null = null;
  try {
    for (const planned of plan) {
      const inputs = planned.inputs.map((index) => (index < 0 ? x : runs[index].output));
      const run = runLayer(planned, inputs, weights, random);
      runs.push(run);
      for (const role of ['mean', 'variance'] as const) {
        if (run.statistics) statistics.set(nameOf(planned.layer, role), run.statistics[role]);
      }
    }
    const last = plan.length - 1;
    logits = runs[last].output.clone() as tf.Tensor2D;
    towards.set(last, lossGradient(logits));
    for (let index = last; index >= 0; index--) pullBack(plan[index], index, runs[index], towards, gradients);
    return { logits, gradients, statistics };
  } catch (error) {
    tf.dispose([...gradients.values(), ...statistics.values(), ...towards.values()]);
    for (const { output, kept } of runs) tf.dispose([output, kept ?? []]);
    logits?.dispose();
    throw error;
  }
}

const nameOf = ({ weights }: Layer, role: string) =>
  (weights.find((weight) => weight.role === role) as { name: string }).name;

function pullBack(
  { layer, inputs }: PlannedLayer,
  index: number,
  run: LayerRun,
  towards: Map<number, tf.Tensor>,
  gradients: Map<string, tf.Tensor>,
): void {
  const dy = towards.get(index) as tf.Tensor;
  const pulled = run.pull(
    dy,
    inputs.some((input) => input >= 0),
  );
  dy.dispose();
  towards.delete(index);
  for (const [role, gradient] of Object.entries(pulled.weights)) gradients.set(nameOf(layer, role), gradient);
  pulled.inputs.forEach((gradient, i) => {
    if (!gradient) return;
    const input = inputs[i];
    const sum = towards.get(input);
    if (input < 0) {
      gradient.dispose();
    } else if (sum) {
      towards.set(input, tf.add(sum, gradient));
      tf.dispose([sum, gradient]);
    } else {
      towards.set(input, gradient);
    }
  });
  tf.dispose([run.output, run.kept ?? []]);
}

/** Forward through one layer by the batch's own statistics, and what goes back. @param weights by name */
export function runLayer(
  { layer, activation }: PlannedLayer,
  inputs: tf.Tensor[],
  weights: ReadonlyMap<string, tf.Tensor>,
  random: Random,
): LayerRun {
  const weight: WeightOf = (role) => weights.get(nameOf(layer, role)) as tf.Tensor;
  const [x] = inputs;
  switch (layer.kind) {
    case 'convolution':
      return runConvolution(layer, x as tf.Tensor4D, weight, activation);
    case 'depthwise':
      return runDepthwise(layer, x as tf.Tensor4D, weight, activation);
    case 'normalisation':
      return runNormalisation(x as tf.Tensor4D, weight, activation);
    case 'pooling':
      return runPooling(layer.by, x as tf.Tensor4D);
    case 'addition':
      return runAddition(x, inputs[1], activation);
    case 'join':
      return runJoin(layer.by, x as tf.Tensor4D);
    case 'dropout':
      return runDropout(layer.rate, x, random);
    case 'dense':
      return runDense(x as tf.Tensor2D, weight, activation);
    case 'activation':
      throw new Error(`The plan leaves ${layer.name} by itself.`);
  }
}
