import type * as tf from '@tensorflow/tfjs-core';
import type { Network } from '../network/network';
import { type Checkpoint, captureGradients } from '../network/run';
import { type SaliencyLayer, type SaliencyMethod, saliencyLayer } from '../protocol';
import { saliencyMethods } from './methods';

export interface ExplainOptions {
  method: SaliencyMethod;
  /** Nodes to explain, in order. */
  layers: readonly number[];
  /** Class to explain; null for the one with the highest logit. */
  target: number | null;
  checkpoint: Checkpoint;
}

export interface Explanation {
  logits: Float32Array;
  target: number;
  layers: SaliencyLayer[];
  /** Milliseconds. */
  timings: { forward: number; saliency: number };
}

/** A saliency map that is no number somewhere; names the layer. */
export class SaliencyError extends Error {
  override name = 'SaliencyError';
}

/**
 * Saliency of every chosen layer, in one forward and one backward pass.
 * @param input the preprocessed picture, [1, h, w, c]
 * @throws SaliencyError where a map holds NaN or infinite values
 */
export async function explain(
  network: Network,
  input: tf.Tensor4D,
  options: ExplainOptions,
): Promise<Explanation> {
  const started = performance.now();
  const saliency = saliencyMethods[options.method];
  const maps = new Map<number, tf.Tensor2D>();
  try {
    const { logits, target, forwardMs } = await captureGradients(network, input, {
      layers: options.layers,
      chooseTarget: (values) => options.target ?? values.indexOf(Math.max(...values)),
      onLayer: (node, activation, gradient) => maps.set(node, saliency(activation, gradient)),
      checkpoint: options.checkpoint,
    });
    if (!logits.every(Number.isFinite)) {
      throw new SaliencyError("The network's logits are not finite for this picture.");
    }
    const layers = await Promise.all(
      options.layers.map((node, index) => readLayer(network, node, index, maps.get(node) as tf.Tensor2D)),
    );
    return {
      logits,
      target,
      layers,
      timings: { forward: forwardMs, saliency: performance.now() - started - forwardMs },
    };
  } finally {
    for (const map of maps.values()) map.dispose();
  }
}

async function readLayer(
  network: Network,
  node: number,
  index: number,
  map: tf.Tensor2D,
): Promise<SaliencyLayer> {
  const { name, kind, shape } = network.nodes[node];
  const values = Float32Array.from(await map.data());
  if (!values.every(Number.isFinite)) {
    throw new SaliencyError(`The saliency map of layer "${name}" holds values that are not finite.`);
  }
  const [height, width] = map.shape;
  return saliencyLayer({
    index,
    name,
    kind,
    shape: [shape[0], shape[1], shape[2]],
    map: { values, width, height },
  });
}
