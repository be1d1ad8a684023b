import * as tf from '@tensorflow/tfjs-core';
import { type LayerKind, layerName, type Network, nodesBehind } from '../../network/network';
import { probabilitiesOf } from '../../network/probabilities';
import { type Checkpoint, captureGradients, forward, runTail } from '../../network/run-network';
import type { Target } from '../../network/targets/target';
import { seededRandom, shuffle } from '../../semiotics';
import { explainedOnce } from '../explained-once';
import type { ConceptClass, LayerConcept, LayerConcepts } from './concepts';
import { type Concept, factorise } from './layer-concepts';

interface ConceptsOptions {
  /** Nodes whose concepts are wanted. */
  layers: readonly number[];
  target: Target;
  /** Most concepts of a layer. */
  count: number;
  checkpoint: Checkpoint;
  /** Told of every layer as it is done, from the last to the first. */
  onLayer?(layer: LayerConcepts, done: number): void;
}

/** Classes that are told of a concept. */
const toldClasses = 2;

/**
 * The concepts of chosen layers for one picture, from one pass forward and back: the activations of each are factorised as they come,
 * on the processor, whichever backend computes the network.
 * @param input the preprocessed picture, [1, h, w, c]
 * @returns in the order asked for
 */
export async function conceptsOfLayers(
  network: Network,
  input: tf.Tensor4D,
  { layers, target, count, checkpoint, onLayer }: ConceptsOptions,
): Promise<LayerConcepts[]> {
  const chosen = explainedOnce(network, target);
  const made = new Map<number, LayerConcepts>();
  await captureGradients(network, input, {
    layers,
    chooseTarget: (_logits, _picture, read) => chosen.choose(read),
    checkpoint,
    async onLayer(node, activation, gradient) {
      const [, height, width, channels] = activation.shape;
      const features = { values: (await activation.data()) as Float32Array, width, height, channels };
      const slopes = (await gradient.data()) as Float32Array;
      const { concepts, explained } = await factorise(features, count, { onRound: checkpoint });
      const at = { node, activation, slopes };
      const classes = await classesOf(network, input, at, concepts, checkpoint);
      const layer: LayerConcepts = {
        ...{ name: layerName(network.nodes[node]), width, height, explained },
        worth: sumOfProducts(features.values, slopes),
        concepts: concepts.map(
          (concept, k): LayerConcept => ({
            ...{ map: concept.map, share: concept.share, classes: classes?.[k] ?? null },
            worth: worthOf(concept, slopes),
          }),
        ),
      };
      made.set(node, layer);
      onLayer?.(layer, made.size);
    },
  });
  return layers.map((node) => made.get(node) as LayerConcepts);
}

function sumOfProducts(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** The sum of slopes times the concept's part of the activation: its map times its vector. */
function worthOf({ map, vector }: Concept, slopes: Float32Array): number {
  const strongest = map.reduce((a, b) => Math.max(a, b), 0);
  let sum = 0;
  map.forEach((value, place) => {
    if (value === 0) return;
    let along = 0;
    for (let c = 0; c < vector.length; c++) along += vector[c] * slopes[place * vector.length + c];
    sum += (value / strongest) * along;
  });
  return sum;
}

/**
 * Which classes the network's end takes each concept for, its vector at every place. Only of a layer behind which nothing reads where
 * things are: shuffling its places must leave every logit as it is.
 */
async function classesOf(
  network: Network,
  input: tf.Tensor4D,
  { node, activation, slopes }: { node: number; activation: tf.Tensor4D; slopes: Float32Array },
  concepts: readonly Concept[],
  checkpoint: Checkpoint,
): Promise<(readonly ConceptClass[])[] | null> {
  const behind = nodesBehind(network, node);
  behind.delete(node);
  const isFar = [...behind].some((index) => reads.includes(network.nodes[index].kind));
  if (isFar || concepts.length === 0 || !slopes.some((slope) => slope !== 0)) return null;
  const beside = new Set([...behind].flatMap((index) => network.nodes[index].inputs));
  for (const index of [node, ...behind]) beside.delete(index);
  const outputs = beside.size > 0 ? await forward(network, input, checkpoint, beside) : [];
  const variants = tf.tidy(() =>
    tf.concat([activation, shuffled(activation), everywhere(activation, concepts)]),
  );
  try {
    const said = await runTail(network, node, variants, outputs, checkpoint);
    const logits = (await said.data()) as Float32Array;
    const size = logits.length / variants.shape[0];
    said.dispose();
    const of = (variant: number) => logits.slice(variant * size, (variant + 1) * size);
    if (!isSame(of(0), of(1))) return null;
    const told = concepts.map((_, k) => probabilitiesOf(of(2 + k), network));
    return told.every((probabilities) => probabilities !== null) ? told.map(likeliest) : null;
  } finally {
    variants.dispose();
    for (const output of outputs) if (!output.isDisposed) output.dispose();
  }
}

/** What looks at neighbours, or at all places, between a layer and the network's end. */
const reads: readonly LayerKind[] = [
  'convolution',
  'block',
  'block-input',
  'padding',
  'cropping',
  'resizing',
];

/** The places of [1, h, w, c] in an order left to chance, the same every time. */
function shuffled(activation: tf.Tensor4D): tf.Tensor4D {
  const [, height, width, channels] = activation.shape;
  const order = Float32Array.from({ length: height * width }, (_, place) => place);
  shuffle(order, seededRandom(1));
  const rows = tf.reshape(activation, [height * width, channels]);
  return tf.reshape(tf.gather(rows, tf.tensor1d(Int32Array.from(order), 'int32')), activation.shape);
}

/** A variant a concept, [k, h, w, c]: its vector at every place. */
function everywhere(activation: tf.Tensor4D, concepts: readonly Concept[]): tf.Tensor4D {
  const [, height, width, channels] = activation.shape;
  const vectors = concepts.map(({ vector }) => tf.tensor4d(vector, [1, 1, 1, channels]));
  return tf.tile(tf.concat(vectors), [1, height, width, 1]);
}

/** Whether logits differ by no more than rounding does. */
function isSame(a: Float32Array, b: Float32Array): boolean {
  const size = a.reduce((most, logit) => Math.max(most, Math.abs(logit)), 0);
  return a.every((logit, i) => Math.abs(logit - b[i]) <= 1e-3 * size);
}

const likeliest = (probabilities: number[] | null): ConceptClass[] =>
  (probabilities ?? [])
    .map((probability, index) => ({ index, probability }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, toldClasses);
