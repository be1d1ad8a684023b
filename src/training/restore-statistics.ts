import * as tf from '@tensorflow/tfjs-core';
import { seededRandom } from '../semiotics';
import type { Architecture } from './architecture/architecture';
import type { NamedWeight } from './architecture/named-weight';
import { batchNormalisation, type Layer, layoutOf } from './architecture/parameter-layout';
import { networkInput } from './data/augment';
import type { Dataset } from './data/dataset';
import { planOf, runLayer, type TrainingPlan } from './pass';

/** Pictures that the statistics are taken over. */
const PICTURES = 64;

type Weights = Map<string, NamedWeight>;

interface Moments {
  mean: Float32Array;
  variance: Float32Array;
}

/** What `weightsFromGraph` gives for a normalisation that is folded into its convolution. */
const foldedVariance = Math.fround(1 - batchNormalisation.epsilon);

/** True for a normalisation whose statistics are folded into its scale and offset. */
function isFolded(layer: Layer, weights: ReadonlyMap<string, NamedWeight>): boolean {
  if (layer.kind !== 'normalisation') return false;
  const [mean, variance] = ['mean', 'variance'].map((role) => weightOf(layer, role, weights).values);
  return mean.every((value) => value === 0) && variance.every((value) => value === foldedVariance);
}

const weightOf = (layer: Layer, role: string, weights: ReadonlyMap<string, NamedWeight>): NamedWeight =>
  weights.get(layer.weights.find((each) => each.role === role)?.name as string) as NamedWeight;

function setWeight(layer: Layer, role: string, values: Float32Array, weights: Weights): void {
  const before = weightOf(layer, role, weights);
  weights.set(before.name, { ...before, values });
}

/**
 * Gives normalisations that are folded into scale and offset, as in a loaded network, the statistics that their inputs have on some
 * training pictures, and turns scale and offset so that they still compute the same. Without it the first step of a training, which
 * normalises by its batch, would tear the network's numbers apart.
 * @param weights of all layers
 * @returns the weights, those of such normalisations new
 */
export async function restoreStatistics(
  architecture: Architecture,
  weights: readonly NamedWeight[],
  data: Dataset,
): Promise<NamedWeight[]> {
  return statisticsOf(architecture, weights, data, isFolded, restoreLayer);
}

/**
 * Gives every normalisation the mean and variance that its input has on some training pictures now, layer after layer: those it had
 * are of a network that has lost channels since.
 * @param weights of all layers
 * @returns the weights, running statistics new
 */
export async function renewStatistics(
  architecture: Architecture,
  weights: readonly NamedWeight[],
  data: Dataset,
): Promise<NamedWeight[]> {
  return statisticsOf(architecture, weights, data, ({ kind }) => kind === 'normalisation', renewLayer);
}

/** Gives the layers that are meant new statistics, one after the other, each from what those before it make of the pictures. */
async function statisticsOf(
  architecture: Architecture,
  weights: readonly NamedWeight[],
  data: Dataset,
  isMeant: (layer: Layer, byName: Weights) => boolean,
  give: (layer: Layer, x: tf.Tensor, byName: Weights) => Promise<unknown>,
): Promise<NamedWeight[]> {
  const byName: Weights = new Map(weights.map((weight) => [weight.name, weight]));
  const plan = planOf(layoutOf(architecture));
  if (!plan.some(({ layer }) => isMeant(layer, byName))) return [...weights];
  await alongPictures(plan, data, byName, async (layer, x) => {
    if (isMeant(layer, byName)) await give(layer, x, byName);
  });
  return weights.map(({ name }) => byName.get(name) as NamedWeight);
}

/** Gives a layer the statistics of its input. */
async function renewLayer(layer: Layer, x: tf.Tensor, byName: Weights): Promise<Moments> {
  const moments = await momentsOf(x);
  setWeight(layer, 'mean', moments.mean, byName);
  setWeight(layer, 'variance', moments.variance, byName);
  return moments;
}

/** Called before a layer runs, with the first of its inputs. */
type BeforeLayer = (layer: Layer, x: tf.Tensor) => Promise<void>;

/** Runs layers by the batch's own statistics over pictures spread over those to train on. */
async function alongPictures(
  plan: TrainingPlan,
  data: Dataset,
  weights: Weights,
  before: BeforeLayer,
): Promise<void> {
  const count = Math.min(PICTURES, data.summary.train);
  const spread = Array.from({ length: count }, (_, i) => Math.floor((i * data.summary.train) / count));
  const { pixels } = await data.read('train', spread);
  const input = networkInput(pixels, data.side, null, seededRandom(0));
  const x = tf.tensor4d(input, [count, data.side, data.side, 3]);
  try {
    await alongLayers(plan, x, weights, before);
  } finally {
    x.dispose();
  }
}

/** One forward pass; `before` may change a layer's weights. */
async function alongLayers(plan: TrainingPlan, x: tf.Tensor4D, weights: Weights, before: BeforeLayer) {
  const outputs: tf.Tensor[] = [];
  const lastReader = new Map<number, number>();
  plan.forEach(({ inputs }, index) => {
    for (const input of inputs) lastReader.set(input, index);
  });
  try {
    for (const [index, planned] of plan.entries()) {
      const { layer } = planned;
      const inputs = planned.inputs.map((input) => (input < 0 ? x : outputs[input]));
      await before(layer, inputs[0]);
      if (layer.kind === 'dropout') {
        outputs.push(inputs[0].clone());
      } else {
        const tensors = new Map(
          layer.weights.map(({ name, shape }) => {
            const { values } = weights.get(name) as NamedWeight;
            return [name, tf.tensor(values, shape) as tf.Tensor];
          }),
        );
        const run = runLayer(planned, inputs, tensors, seededRandom(0));
        outputs.push(run.output);
        tf.dispose([[...tensors.values()], run.kept ?? [], run.statistics ? { ...run.statistics } : []]);
      }
      for (const input of planned.inputs) if (lastReader.get(input) === index) outputs[input]?.dispose();
    }
  } finally {
    tf.dispose(outputs);
  }
}

/** The same, and turns scale and offset so that the layer still computes what it did. */
async function restoreLayer(layer: Layer, x: tf.Tensor, weights: Weights): Promise<void> {
  const { mean, variance } = await renewLayer(layer, x, weights);
  const scale = weightOf(layer, 'scale', weights);
  const offset = weightOf(layer, 'offset', weights);
  const { epsilon } = batchNormalisation;
  const set = (role: string, values: Float32Array) => setWeight(layer, role, values, weights);
  set(
    'scale',
    scale.values.map((value, c) => value * Math.sqrt(variance[c] + epsilon)),
  );
  set(
    'offset',
    offset.values.map((value, c) => value + scale.values[c] * mean[c]),
  );
}

/** Of the channels, over all pictures and places. */
async function momentsOf(x: tf.Tensor): Promise<Moments> {
  const moments = tf.tidy(() => ({ ...tf.moments(x, [0, 1, 2]) }));
  try {
    const [mean, variance] = await Promise.all([moments.mean.data(), moments.variance.data()]);
    return { mean: Float32Array.from(mean), variance: Float32Array.from(variance) };
  } finally {
    tf.dispose(moments);
  }
}
