import type { Weight } from '../network-graph';
import type { OperationSpec } from '../ops';
import { batchNormalisation, combinedWeight, reshapedWeight, weightOf } from '../weights';
import { axesOf } from './keras-axes';
import type { LayerConfig } from './layer-config';
import type { Steps } from './steps';

type Spec = OperationSpec<Weight>;

export function batchNorm(layer: LayerConfig): Spec {
  layer.alongChannels().expect('renorm', false);
  layer.ignore(
    'momentum',
    'renorm_momentum',
    'renorm_clipping',
    'virtual_batch_size',
    'fused',
    'synchronized',
    'mode',
  );
  const [gamma, beta, mean, variance] = layer.variables(
    layer.flag('scale', true) && 'gamma',
    layer.flag('center', true) && 'beta',
    'moving_mean',
    'moving_variance',
  );
  return batchNormalisation({ gamma, beta, mean, variance, epsilon: layer.number('epsilon', 1e-3) });
}

export function groupNorm(layer: LayerConfig): Spec {
  layer.alongChannels();
  const [scale, shift] = layer.variables(
    layer.flag('scale', true) && 'gamma',
    layer.flag('center', true) && 'beta',
  );
  const channels = (scale ?? shift)?.shape[0];
  const groups = layer.number('groups', 32);
  if (groups === -1 && channels === undefined) throw layer.fail('does not tell its number of channels.');
  return {
    type: 'group-normalisation',
    // -1 stands for a group a channel.
    groups: groups === -1 ? (channels as number) : groups,
    scale,
    shift,
    epsilon: layer.number('epsilon', 1e-3),
  };
}

/** One factor a channel, as the ConvNeXt of keras.applications has it. */
export function layerScale(layer: LayerConfig): Spec {
  layer.ignore('init_values', 'projection_dim');
  const [scale] = layer.variables(['variable', 'gamma', 'layer_scale']);
  return { type: 'affine', scale, shift: null };
}

/** (x - mean) / sqrt(variance), with the statistics in the weights or in the configuration. */
export function normalization(layer: LayerConfig): Spec {
  layer.alongChannels().ignore('mean', 'variance');
  // How many batches it was adapted to.
  layer.optional('count', 2);
  const statistic = (key: 'mean' | 'variance', position: number): Weight => {
    const stored = layer.optional(key, position);
    if (stored) return stored;
    const given = layer.value(key);
    const values = [given].flat(4).filter((value): value is number => typeof value === 'number');
    if (values.length === 0) throw layer.fail(`has no ${key} in this file: it was never adapted.`);
    return weightOf([values.length], Float32Array.from(values));
  };
  const [mean, variance] = [statistic('mean', 0), statistic('variance', 1)].map((weight) =>
    reshapedWeight(weight, [weight.shape.reduce((product, size) => product * size, 1)]),
  );
  if (layer.flag('invert', false)) throw layer.fail('is inverted, which cannot be read.');
  // Keras divides by at least 1e-7.
  const deviation = (v: number) => Math.max(Math.sqrt(v), 1e-7);
  return {
    type: 'affine',
    scale: combinedWeight(variance.shape, [variance], ([v]) => 1 / deviation(v), [1]),
    shift: combinedWeight(variance.shape, [variance, mean], ([v, m]) => -m / deviation(v), [1, 0]),
  };
}

/** No activation of a network comes near; infinity would be undone by kernels that subtract it. */
export const LARGEST = 3e38;

/**
 * x divided by its length along some axes. Keras 3 keeps the length above `epsilon`, TensorFlow, by which Keras 2 computes, its
 * square.
 */
export function unitLength(layer: LayerConfig, epsilon: number): Steps {
  const least = layer.generation === 3 ? epsilon ** 2 : epsilon;
  const axes = layer.has('axis') ? axesOf(layer, 'axis') : [layer.rank - 1];
  return {
    each: [
      [],
      [
        { type: 'activation', activation: { name: 'square' } },
        { type: 'reduce', by: 'sum', axes, keep: true },
        { type: 'activation', activation: { name: 'clip', minimum: least, maximum: LARGEST } },
        { type: 'activation', activation: { name: 'power', exponent: -0.5 } },
      ],
    ],
    times: 2,
    joined: [{ type: 'merge', by: 'multiply' }],
  };
}
