import type * as tf from '@tensorflow/tfjs-core';
import { type Greatest, greatestIn, INFINITE } from '../backend/greatest';
import { greatestInTensors } from '../backend/kernels/greatest-in-tensors';
import { readTogether } from '../backend/read-together';
import { loadCode } from '../code/missing-code';
import { layerName, type Network } from '../network/network';
import type { Comparison, Explanation } from './explanation';
import { layerMaps } from './layer-maps';
import type { LayerMapsOptions } from './layer-maps-options';
import type { SaliencyMethod } from './method-names';
import { assertFinite } from './saliency-error';
import { type SaliencyLayer, saliencyLayer } from './saliency-layer';
import { isByComponent, isOverVariants, type MapSmoothing } from './smoothing/map-smoothing';

export interface CompareOptions extends Omit<LayerMapsOptions, 'eigen'> {
  /** How maps are smoothed, as far as that applies to a method; left out, they are not. */
  smooth?: MapSmoothing;
}

export interface ExplainOptions extends Omit<CompareOptions, 'methods'> {
  method: SaliencyMethod;
}

/**
 * Saliency of every chosen layer by one method.
 * @param input the preprocessed picture, [1, h, w, c]
 * @throws SaliencyError where a map holds NaN or infinite values
 */
export async function explain(
  network: Network,
  input: tf.Tensor4D,
  { method, ...options }: ExplainOptions,
): Promise<Explanation> {
  const { methods, ...run } = await compare(network, input, { ...options, methods: [method] });
  return { ...run, layers: methods[0].layers };
}

/**
 * Saliency of every chosen layer by several methods.
 * @throws SaliencyError where a map holds NaN or infinite values; it names every such layer
 */
export async function compare(
  network: Network,
  input: tf.Tensor4D,
  { smooth, ...options }: CompareOptions,
): Promise<Comparison> {
  const eigen = isByComponent(smooth);
  if (!isOverVariants(smooth)) return compareOnce(network, input, { ...options, eigen });
  const { meanOverVariants } = await loadCode(() => import('./smoothing/over-variants'));
  return meanOverVariants(input, options, (variant, own) => compareOnce(network, variant, { ...own, eigen }));
}

async function compareOnce(
  network: Network,
  input: tf.Tensor4D,
  options: LayerMapsOptions,
): Promise<Comparison> {
  const started = performance.now();
  const { logits, target, value, maps, forwardMs } = await layerMaps(network, input, options);
  try {
    const tensors = options.methods.flatMap((method) =>
      options.layers.map((node) => maps.get(method)?.get(node) as tf.Tensor2D),
    );
    const numbers = await readTogether(tensors);
    const greatest = greatestInTensors(tensors) ?? numbers.map(greatestIn);
    const layerOf = (node: number, index: number, place: number) =>
      describeLayer(network, node, index, tensors[place].shape, numbers[place], greatest[place]);
    const methods = options.methods.map((method, i) => ({
      method,
      layers: options.layers.map((node, index) => layerOf(node, index, i * options.layers.length + index)),
    }));
    assertFinite(
      logits,
      methods,
      greatest.every(({ magnitude }) => magnitude < INFINITE),
    );
    const timings = { forward: forwardMs, saliency: performance.now() - started - forwardMs };
    return { logits, target, value, methods, timings };
  } finally {
    for (const byNode of maps.values()) for (const map of byNode.values()) map.dispose();
  }
}

function describeLayer(
  network: Network,
  node: number,
  index: number,
  [height, width]: [number, number],
  values: Float32Array,
  greatest: Greatest,
): SaliencyLayer {
  const { kind, shape } = network.nodes[node];
  return saliencyLayer(
    {
      index,
      name: layerName(network.nodes[node]),
      kind,
      // Tokens that no map was made of have the places of their attention.
      shape: [height, width, shape[shape.length - 1]],
      map: { values, width, height },
    },
    greatest,
  );
}
