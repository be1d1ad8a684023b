import * as tf from '@tensorflow/tfjs-core';
import type { Kept } from '../../network/targets/explained';
import { type Box, type Region, type Target, TargetError } from '../../network/targets/target';
import type { Comparison } from '../explanation';
import type { LayerMapsOptions } from '../layer-maps-options';
import { hasOwnLayers } from '../method-names';
import { saliencyLayer } from '../saliency-layer';

/** Factors of the values a network reads, and whether left and right change places: the test-time augmentation of pytorch-grad-cam. */
const VARIANTS = [false, true].flatMap((flipped) => [1, 0.9, 1.1].map((factor) => ({ flipped, factor })));

/**
 * Maps of a picture as the mean over six variants of it (`aug_smooth` of pytorch-grad-cam): as it is and mirrored, each with its values times 1,
 * 0.9 and 1.1. Every map is scaled to 0..1 between its own extremes first, or one bright variant would be all that is seen; a map that is
 * the same everywhere counts as 0. What is explained is found in the picture itself; logits and value are its own.
 * Attention and maps at the input are left as they are.
 * @param run makes the maps of one variant
 * @throws TargetError where what is explained is a place of the picture, which is elsewhere in its mirror image
 */
export async function meanOverVariants(
  input: tf.Tensor4D,
  options: LayerMapsOptions,
  run: (variant: tf.Tensor4D, options: LayerMapsOptions) => Promise<Comparison>,
): Promise<Comparison> {
  assertMovable(options.target);
  const progress = progressOver(options);
  const own = await run(input, { ...options, onProgress: progress(0) });
  const target = targetOfAll(options.target, own.target);
  const methods = options.methods.filter((method) => !hasOwnLayers(method));
  const sums = new Map(
    own.methods.map(({ method, layers }) => [method, layers.map(({ map }) => scaled(map.values))]),
  );
  const started = performance.now();
  for (const [index, { flipped, factor }] of VARIANTS.entries()) {
    if (index === 0 || methods.length === 0) continue;
    await options.checkpoint();
    const picture = tf.tidy(() => tf.mul(flipped ? tf.reverse(input, 2) : input, factor) as tf.Tensor4D);
    try {
      const { layers, checkpoint, attention } = options;
      const asked = { methods, layers, checkpoint, attention, target, onProgress: progress(index) };
      const variant = await run(picture, asked);
      for (const { method, layers: made } of variant.methods) {
        made.forEach(({ map }, layer) => {
          add(sums.get(method)?.[layer] as Float32Array, scaled(map.values), flipped ? map.width : null);
        });
      }
    } finally {
      picture.dispose();
    }
    options.onVariant?.(index + 1, VARIANTS.length);
  }
  return {
    ...own,
    methods: own.methods.map(({ method, layers }) => ({
      method,
      layers: hasOwnLayers(method)
        ? layers
        : layers.map((layer, i) => {
            const sum = sums.get(method)?.[i] as Float32Array;
            const values = sum.map((value) => value / VARIANTS.length);
            return saliencyLayer({ ...layer, map: { ...layer.map, values } });
          }),
    })),
    timings: { ...own.timings, saliency: own.timings.saliency + performance.now() - started },
  };
}

function assertMovable(target: Target | Kept): asserts target is Exclude<Target, Box | Region> {
  if (target === null || typeof target === 'number') return;
  if (target.kind === 'contrast' || target.kind === 'similarity') return;
  throw new TargetError(
    'What is explained lies at a place of the picture, and is elsewhere in its mirror image: maps of it are not smoothed over flips. Explain a class, or choose another smoothing.',
  );
}

/** The target with the winner of the picture itself, whichever class wins in a variant. */
function targetOfAll(target: Target, winner: number | null): Target {
  if (target === null) return winner;
  return typeof target === 'object' && target.kind === 'contrast' ? { ...target, index: winner } : target;
}

/** Values between 0 and 1, over their own extremes. */
function scaled(values: Float32Array): Float32Array {
  const lowest = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const range = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY) - lowest;
  return values.map((value) => (range > 0 ? (value - lowest) / range : 0));
}

/** @param mirrored width of a map whose rows are read backwards; null for one that is taken as it is */
function add(sums: Float32Array, values: Float32Array, mirrored: number | null): void {
  for (let i = 0; i < sums.length; i++) {
    const column = mirrored === null ? 0 : i % mirrored;
    sums[i] += values[mirrored === null ? i : i - column + (mirrored - 1 - column)];
  }
}

/** What is told of one variant's passes is a part of all. */
function progressOver({ onProgress }: LayerMapsOptions) {
  const started = performance.now();
  return (variant: number): LayerMapsOptions['onProgress'] =>
    onProgress &&
    ((progress) => {
      const fraction = (variant + progress.fraction) / VARIANTS.length;
      const elapsed = performance.now() - started;
      onProgress({
        ...progress,
        fraction,
        left: fraction > 0 ? (elapsed * (1 - fraction)) / fraction : null,
      });
    });
}
