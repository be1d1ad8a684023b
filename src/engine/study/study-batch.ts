import * as tf from '@tensorflow/tfjs-core';
import type { BackendReport } from '../../backend/backend-names';
import type { LoadedNetwork } from '../../network/load-network-files';
import { explainedKinds, featureLayers, layerName, type Network, noMaps } from '../../network/network';
import { probabilitiesOf } from '../../network/probabilities';
import type { Checkpoint } from '../../network/run-network';
import { usedScaling } from '../../network/scaling/chosen-scaling';
import { scalePicture } from '../../network/scaling/scaling';
import { blocksFor, whyNoAttention } from '../../saliency/attention/attention-maps';
import { pictureNode } from '../../saliency/channel-passes';
import { isAttentionMethod, isInputMethod } from '../../saliency/method-names';
import { SaliencyError } from '../../saliency/saliency-error';
import { type ExplainedPicture, explainBatch, takesPicturesAlone } from './explain-batch';
import type { StudiedPicture, StudyBatchRequest, StudyPlan } from './study-methods';

/**
 * Bytes that the activations of one batch may take, and how many pictures it may hold: they are all kept until the gradient
 * has passed them. A GPU fills only when much is computed at once.
 */
const limits: Record<string, { bytes: number; pictures: number }> = {
  webgpu: { bytes: 1e9, pictures: 64 },
  webgl: { bytes: 400e6, pictures: 16 },
  wasm: { bytes: 300e6, pictures: 16 },
  cpu: { bytes: 64e6, pictures: 4 },
};

/** Pictures that run together. */
export function studyBatchSize(
  network: Network,
  { method, smooth }: Pick<StudyBatchRequest, 'method' | 'smooth'>,
  backend = tf.getBackend(),
): number {
  if (takesPicturesAlone(method, smooth)) return 1;
  const { bytes, pictures } = limits[backend] ?? limits.cpu;
  const floats = network.nodes.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
  return Math.max(1, Math.min(pictures, Math.floor(bytes / (4 * floats))));
}

/** A layer of a study: its node, and the size of its maps. */
interface StudiedLayer {
  readonly node: number;
  readonly size: readonly [number, number];
}

/** The layers a method has maps of: of attention, those of the blocks that hold it. */
function layersOf(
  network: Network,
  { method, pooling }: Pick<StudyBatchRequest, 'method' | 'pooling'>,
): StudiedLayer[] {
  if (isAttentionMethod(method)) {
    return blocksFor(network, method).map(({ layer, places }) => ({ node: layer, size: places.grid }));
  }
  const shown = isInputMethod(method)
    ? [pictureNode(network)]
    : featureLayers(network, explainedKinds(pooling));
  return shown.map((node) => {
    const [rows, columns] = network.nodes[node].shape;
    return { node, size: [rows, columns] };
  });
}

/** @throws SaliencyError where the network has no such maps, nothing to set a class against, or no boxes */
function assertExplains(
  network: Network,
  request: Parameters<typeof layersOf>[1] & Pick<StudyBatchRequest, 'against' | 'box'>,
) {
  const { method, against, box } = request;
  const problem = isAttentionMethod(method)
    ? whyNoAttention(network, blocksFor(network, method), method)
    : null;
  if (problem) throw new SaliencyError(problem);
  if (layersOf(network, request).length === 0) throw new SaliencyError(noMaps);
  if (box && network.detail?.kind !== 'boxes') {
    throw new SaliencyError('This network finds no boxes. Choose one of its classes or numbers.');
  }
  if ((against === 'rest' || against === 'similar') && network.nodes[network.output].shape[0] < 2) {
    throw new SaliencyError(
      'There is nothing to set a class against: the network yields one number. Choose what speaks against it.',
    );
  }
}

export function studyPlan(
  { network, summary, scaling }: LoadedNetwork,
  backend: BackendReport,
  {
    scaling: chosen,
    ...request
  }: Pick<StudyBatchRequest, 'method' | 'smooth' | 'pooling' | 'scaling' | 'against' | 'box'>,
): StudyPlan {
  assertExplains(network, request);
  return {
    backend,
    network: request.box ? { ...summary, labels: namesOfBoxes(summary) } : summary,
    scaling: usedScaling(scaling, chosen),
    layers: layersOf(network, request).map(({ node, size: [rows, columns] }) => {
      const { kind, shape } = network.nodes[node];
      return { name: layerName(network.nodes[node]), kind, shape: [rows, columns, shape[shape.length - 1]] };
    }),
    batch: studyBatchSize(network, request),
  };
}

/** What the network makes of each picture of a batch; one whose numbers are not finite fails alone. */
export async function studyBatch(
  { network, summary, scaling }: LoadedNetwork,
  { pictures, trueClasses, ...request }: StudyBatchRequest,
  checkpoint: Checkpoint,
): Promise<(StudiedPicture | { failure: string })[]> {
  const [height, width, channels] = network.inputShape;
  const values = new Float32Array(pictures.length * height * width * channels);
  const scaled = usedScaling(scaling, request.scaling);
  pictures.forEach((picture, index) => {
    values.set(scalePicture(picture, scaled), index * height * width * channels);
  });
  const input = tf.tensor4d(values, [pictures.length, height, width, channels]);
  const layers = layersOf(network, request).map(({ node }) => node);
  try {
    const { method, smooth, against, box } = request;
    const options = { method, smooth, layers, trueClasses, against, box, checkpoint };
    const explained = await explainBatch(network, input, options);
    const names = namesOfBoxes(summary).length;
    return explained.map((picture, index) =>
      judged(withNamed(picture, names), network, layers, trueClasses[index]),
    );
  } finally {
    input.dispose();
  }
}

const namesOfBoxes = ({ things = [], labels }: LoadedNetwork['summary']) =>
  things.length > 0 ? things : labels;

/** A class that nobody names is that of the output as a whole. */
const withNamed = (picture: ExplainedPicture, names: number): ExplainedPicture =>
  picture.predicted < names ? picture : { ...picture, predicted: 0 };

function judged(
  { logits, predicted, value, failure, maps, trueMaps }: ExplainedPicture,
  network: Network,
  layers: readonly number[],
  trueClass: number | null,
): StudiedPicture | { failure: string } {
  if (failure !== undefined) return { failure };
  if (!logits.every(Number.isFinite)) return { failure: 'The network’s logits for it are not finite.' };
  for (const each of [maps, trueMaps ?? []]) {
    const bad = each.findIndex(({ values }) => !values.every(Number.isFinite));
    if (bad >= 0) return { failure: `Its map of "${layerName(network.nodes[layers[bad]])}" is not finite.` };
  }
  const probabilities = probabilitiesOf(logits, network);
  return {
    predicted,
    ...(probabilities ? { doubt: doubtOf(logits, probabilities) } : {}),
    probability: probabilities?.[predicted] ?? null,
    trueProbability: trueClass === null ? null : (probabilities?.[trueClass] ?? null),
    ...(probabilities ? {} : { value: value ?? logits[predicted] }),
    maps,
    trueMaps,
  };
}

/** Entropy of the probabilities, in bits, and the energy of the logits: `log sum exp`, high where some class is meant (Liu et al. 2020). */
function doubtOf(
  logits: Float32Array,
  probabilities: readonly number[],
): { entropy: number; energy: number } {
  const highest = logits.reduce((a, b) => Math.max(a, b));
  const sum = logits.reduce((total, logit) => total + Math.exp(logit - highest), 0);
  const entropy = probabilities.reduce((bits, p) => (p > 0 ? bits - p * Math.log2(p) : bits), 0);
  return { entropy, energy: highest + Math.log(sum) };
}
