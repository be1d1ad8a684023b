import type * as tf from '@tensorflow/tfjs-core';
import type { Network } from '../network/network';
import { probabilitiesOf } from '../network/probabilities';
import { type Checkpoint, forward, readerOf } from '../network/run-network';
import { type Explained, explainedOf } from '../network/targets/explained';
import type { Target } from '../network/targets/target';
import { type Random, resizeBilinear, seededRandom, shuffle, shuffledMaps } from '../semiotics';
import { blurred } from './blur-picture';
import { mixedPictures } from './mask';
import type { Curve, CurvePair, CurvesRequest, DecisionCurves } from './questions';
import { inputNode, outputsOfVariants } from './variants';

export interface CurvesOptions extends Pick<CurvesRequest, 'map' | 'steps' | 'shuffles' | 'seed'> {
  target: Target;
  checkpoint: Checkpoint;
  /** Called as runs are done, with the share of all of them. */
  onProgress(share: number): void;
}

/**
 * Deletion and insertion curves of a map (Petsiuk et al. 2018): its pixels, most salient first, are blurred in the
 * picture, and brought back into the blurred picture. The same is done with maps whose pixels are shuffled at
 * the map's own resolution: only what sets the curves apart from those is owed to where the map puts its evidence.
 *
 * @param input the preprocessed picture, [1, h, w, c]
 */
export async function decisionCurves(
  network: Network,
  input: tf.Tensor4D,
  options: CurvesOptions,
): Promise<DecisionCurves> {
  const { map, steps, shuffles, seed, target, checkpoint, onProgress } = options;
  const [, height, width] = input.shape;
  const grid = { width, height };
  const random = seededRandom(seed);
  const orders = [pixelOrder(resizeBilinear(map.values, map.width, map.height, width, height), random)];
  for (const shuffled of shuffledMaps(map.values, map.width, map.height, { grid, shuffles, seed })) {
    orders.push(pixelOrder(shuffled.map, random));
  }
  const runs = 2 + orders.length * 2 * (steps - 1);
  let done = 0;
  const explained = await explainedIn(network, input, target, checkpoint);
  /** The class whose probability is drawn beside the logit; none where something else is explained. */
  const probable = typeof target === 'number' ? target : null;
  const curveOf = curveMaker(network, explained, probable);
  const blur = await blurred(input);
  /** What the network yields with the first pixels of an order taken from `other`, for the given steps. */
  const outputsAt = (picture: tf.Tensor4D, other: tf.Tensor4D, order: Uint32Array, at: number[]) =>
    outputsOfVariants(network, {
      from: inputNode(network),
      outputs: [],
      count: at.length,
      make: (start, end) => mixedPictures(picture, other, firstPixels(order, at.slice(start, end), steps)),
      to: explained.score.node,
      checkpoint,
      onDone(variants) {
        done += variants;
        onProgress(done / runs);
      },
    });
  try {
    const [whole] = await outputsAt(input, blur, orders[0], [0]);
    const [nothing] = await outputsAt(input, blur, orders[0], [steps]);
    const between = Array.from({ length: steps - 1 }, (_, i) => i + 1);
    const pairs: CurvePair[] = [];
    for (const order of orders) {
      const deleted = await outputsAt(input, blur, order, between);
      const inserted = await outputsAt(blur, input, order, between);
      pairs.push({
        deletion: curveOf([whole, ...deleted, nothing]),
        insertion: curveOf([nothing, ...inserted, whole]),
      });
    }
    return { ...pairs[0], shuffled: pairs.slice(1) };
  } finally {
    blur.dispose();
  }
}

/** Pixels by falling value; equal ones in random order, so that no direction of reading is favoured. */
export function pixelOrder(values: Float32Array, random: Random): Uint32Array {
  const tie = Float32Array.from(values, (_, i) => i);
  shuffle(tie, random);
  return Uint32Array.from(values, (_, i) => i).sort((a, b) => values[b] - values[a] || tie[a] - tie[b]);
}

/** Covers, pixels of the picture each: 1 at the first `at / steps` of the order. */
export function firstPixels(order: Uint32Array, at: number[], steps: number): Float32Array {
  const covers = new Float32Array(at.length * order.length);
  at.forEach((step, i) => {
    const count = Math.round((step / steps) * order.length);
    for (let k = 0; k < count; k++) covers[i * order.length + order[k]] = 1;
  });
  return covers;
}

/** What is explained of the picture as it is. */
async function explainedIn(
  network: Network,
  input: tf.Tensor4D,
  target: Target,
  checkpoint: Checkpoint,
): Promise<Explained> {
  const outputs = await forward(network, input, checkpoint);
  try {
    return await explainedOf(network, target, readerOf(outputs));
  } finally {
    for (const output of outputs) output.dispose();
  }
}

/** Makes a curve of what the network yields at each step. */
const curveMaker =
  (network: Network, { score }: Explained, probable: number | null) =>
  (outputs: Float32Array[]): Curve => {
    const logit = outputs.map((numbers) => score.value(numbers));
    const probability = outputs.flatMap((numbers) =>
      probable === null ? [] : (probabilitiesOf(numbers, network)?.[probable] ?? []),
    );
    const isKnown = probability.length > 0;
    return {
      probability: isKnown ? probability : null,
      logit,
      area: { probability: isKnown ? areaUnder(probability) : null, logit: areaUnder(logit) },
    };
  };

/** Trapezoid rule over equal steps from 0 to 1. */
export function areaUnder(values: number[]): number {
  const ends = (values[0] + values[values.length - 1]) / 2;
  return (values.reduce((sum, value) => sum + value, 0) - ends) / (values.length - 1);
}
