import * as tf from '@tensorflow/tfjs-core';
import { loadCode } from '../code/missing-code';
import type { Network } from '../network/network';
import { captureActivations, captureGradients, forward, logitsOf, readerOf } from '../network/run-network';
import { explainedOf } from '../network/targets/explained';
import type { AttentionChoice } from './attention/raw-attention';
import { type ChannelPasses, pictureNode, workBehind } from './channel-passes';
import { componentForClass } from './components/eigen-grad-cam';
import { explainedOnce } from './explained-once';
import type { LayerMaps, LayerMapsOptions } from './layer-maps-options';
import { saliencyMethods } from './map-of-method';
import { type AttentionMethod, isAttentionMethod, isInputMethod, type SaliencyMethod } from './method-names';
import { onePassMap } from './one-pass-map';
import { SaliencyError } from './saliency-error';
import { weightedSum } from './weighted-sum';

/**
 * Maps of all chosen layers by all chosen methods. Those that read activations or gradients share one forward and
 * one backward pass, and there is no backward pass where none reads gradients; Score-CAM and Ablation-CAM then take
 * their passes layer by layer.
 */
export async function layerMaps(
  network: Network,
  input: tf.Tensor4D,
  options: LayerMapsOptions,
): Promise<LayerMaps> {
  const maps = new Map(options.methods.map((method) => [method, new Map<number, tf.Tensor2D>()]));
  const keep = (method: SaliencyMethod, node: number, map: tf.Tensor2D) => maps.get(method)?.set(node, map);
  const chosen = options.methods.map((method) => ({ method, how: saliencyMethods[method] }));
  const onePass = chosen
    .filter(({ how }) => how.reads === 'activation' || how.reads === 'gradient')
    .map(({ method }) => method);
  const atInput = options.methods.filter(isInputMethod);
  const attentive = options.methods.filter(isAttentionMethod);
  const slow = chosen.filter(({ how }) => how.reads === 'passes').map(({ method }) => method);
  try {
    const captured = onePass.length > 0 ? await captureMaps(network, input, options, onePass, keep) : null;
    const passed = slow.length > 0 ? await passMaps(network, input, options, slow, keep) : null;
    const looked = attentive.length > 0 ? await lookedMaps(network, input, options, attentive, keep) : null;
    const seen = atInput.length > 0 ? await inputsSeen(network, input, options, atInput, keep) : null;
    return { ...((captured ?? passed ?? looked ?? seen) as Omit<LayerMaps, 'maps'>), maps };
  } catch (error) {
    for (const byNode of maps.values()) for (const map of byNode.values()) map.dispose();
    throw error;
  }
}

type Keep = (method: SaliencyMethod, node: number, map: tf.Tensor2D) => void;

async function captureMaps(
  network: Network,
  input: tf.Tensor4D,
  { layers, target, checkpoint, onOutputs, eigen }: LayerMapsOptions,
  methods: readonly SaliencyMethod[],
  keep: Keep,
): Promise<Omit<LayerMaps, 'maps'>> {
  const chosen = explainedOnce(network, target, onOutputs);
  const onLayer = async (node: number, activation: tf.Tensor4D, gradient: tf.Tensor4D | null = null) => {
    for (const method of methods) {
      const map = await onePassMap(method, activation, gradient, eigen);
      if (map) keep(method, node, map);
    }
  };
  if (methods.every((method) => saliencyMethods[method].reads === 'activation')) {
    const run = await captureActivations(network, input, {
      layers,
      onLayer,
      onOutputs: async (read) => void (await chosen.choose(read)),
      checkpoint,
    });
    return { ...run, ...chosen.result() };
  }
  const { logits, forwardMs } = await captureGradients(network, input, {
    layers,
    chooseTarget: (_logits, _picture, read) => chosen.choose(read),
    onLayer,
    checkpoint,
  });
  return { logits, forwardMs, ...chosen.result() };
}

async function passMaps(
  network: Network,
  input: tf.Tensor4D,
  options: LayerMapsOptions,
  methods: readonly SaliencyMethod[],
  keep: Keep,
): Promise<Omit<LayerMaps, 'maps'>> {
  const { layers, checkpoint } = options;
  const started = performance.now();
  const outputs = await forward(network, input, checkpoint);
  try {
    const logits = await logitsOf(network, outputs);
    const forwardMs = performance.now() - started;
    const explained = await explainedOf(network, options.target, readerOf(outputs));
    // Where other methods share their pass it has been called.
    if (options.methods.length === methods.length) await options.onOutputs?.(readerOf(outputs));
    const isLogit =
      network.reading.kind === 'classes' && (options.target === null || typeof options.target === 'number');
    const passes = (node: number, onChannels: ChannelPasses['onChannels']): ChannelPasses => ({
      network,
      node,
      activation: outputs[node] as tf.Tensor4D,
      outputs,
      score: explained.score,
      value: explained.value,
      isLogit,
      checkpoint,
      onChannels,
    });
    for (const method of methods) {
      const report = progressOf(network, method, options);
      for (const [layer, node] of layers.entries()) {
        report(layer, 0);
        const weights = await weightsBy(
          method,
          passes(node, (done, of) => report(layer, done / of)),
        );
        keep(method, node, await mapOfWeights(outputs[node] as tf.Tensor4D, weights, options.eigen));
      }
    }
    return { logits, forwardMs, target: explained.index, value: explained.value };
  } finally {
    for (const output of outputs) output.dispose();
  }
}

async function mapOfWeights(
  activation: tf.Tensor4D,
  numbers: Float32Array,
  eigen = false,
): Promise<tf.Tensor2D> {
  const weights = tf.tensor1d(numbers);
  const evidence = eigen ? (tf.mul(activation, weights) as tf.Tensor4D) : null;
  try {
    return evidence ? await componentForClass(evidence) : weightedSum(activation, weights);
  } finally {
    weights.dispose();
    evidence?.dispose();
  }
}

/** Maps of the layers that are behind a block of attention each. */
async function lookedMaps(
  network: Network,
  input: tf.Tensor4D,
  { layers, target, checkpoint, onOutputs, attention: choice = everyHead }: LayerMapsOptions,
  methods: readonly AttentionMethod[],
  keep: Keep,
): Promise<Omit<LayerMaps, 'maps'>> {
  const attention = await loadCode(() => import('./attention/attention-maps'));
  let run: Omit<LayerMaps, 'maps'> | null = null;
  for (const method of methods) {
    const blocks = attention.blocksFor(network, method);
    const problem = attention.whyNoAttention(network, blocks, method);
    if (problem) throw new SaliencyError(problem);
    const { maps, ...own } = await attention.attentionMaps(network, input, method, {
      ...{ blocks, choice, target, checkpoint },
      onOutputs: run ? undefined : onOutputs,
    });
    blocks.forEach(({ layer }, i) => {
      if (layers.includes(layer)) keep(method, layer, maps[i]);
      else maps[i].dispose();
    });
    run ??= own;
  }
  return run as Omit<LayerMaps, 'maps'>;
}

/** Maps at the picture itself. */
async function inputsSeen(
  ...asked: Parameters<typeof import('./at-input/input-maps').inputMaps>
): Promise<Omit<LayerMaps, 'maps'>> {
  const { inputMaps } = await loadCode(() => import('./at-input/input-maps'));
  return inputMaps(...asked);
}

const everyHead: AttentionChoice = { token: null, head: null };

function weightsBy(method: SaliencyMethod, passes: ChannelPasses): Promise<Float32Array> {
  const how = saliencyMethods[method];
  if (how.reads !== 'passes') throw new TypeError(`${method} takes no passes.`);
  return how.weights(passes);
}

/** Reports a layer and the share of it that is done, with the time left from the pace so far. */
function progressOf(
  network: Network,
  method: SaliencyMethod,
  { layers, onProgress }: LayerMapsOptions,
): (layer: number, share: number) => void {
  // Score-CAM starts at the picture again for every channel, Ablation-CAM at the layer.
  const work = layers.map(
    (node) =>
      (network.nodes[node].shape[2] ?? 1) *
      workBehind(network, method === 'score-cam' ? pictureNode(network) : node),
  );
  const total = work.reduce((a, b) => a + b, 0);
  const started = performance.now();
  return (layer, share) => {
    const done = work.slice(0, layer).reduce((a, b) => a + b, 0) + share * work[layer];
    const fraction = done / total;
    const elapsed = performance.now() - started;
    onProgress?.({
      method,
      layer,
      layers: layers.length,
      name: network.nodes[layers[layer]].name,
      fraction,
      left: fraction > 0 ? (elapsed * (1 - fraction)) / fraction : null,
    });
  };
}
