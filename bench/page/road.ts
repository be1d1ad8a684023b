import type * as tf from '@tensorflow/tfjs-core';
import { pixelOrder } from '../../src/faithfulness/curves';
import { askNetwork } from '../../src/faithfulness/trust/asked-network';
import { road } from '../../src/faithfulness/trust/road';
import type { Network } from '../../src/network/network';
import type { Checkpoint } from '../../src/network/run-network';
import { seededRandom } from '../../src/semiotics';
import { noisyLinearImputation } from '../../src/semiotics/trust/noisy-linear-imputation';

const seed = 1;

/** Fills in what a map takes away, at every percentage from either end; the noise counts, and the last picture comes back without it. */
export function imputeAll(
  picture: Float32Array,
  map: Float32Array,
  { side, percentages }: { side: number; percentages: readonly number[] },
): { ms: number; filled: number[] } {
  const order = pixelOrder(map, seededRandom(seed));
  const variants = percentages.flatMap((percentage) => {
    const count = Math.floor((order.length * percentage) / 100);
    return [order.subarray(0, count), order.subarray(order.length - count)];
  });
  const masks = variants.map((pixels) => {
    const removed = new Uint8Array(order.length);
    for (const pixel of pixels) removed[pixel] = 1;
    return removed;
  });
  const size = { width: side, height: side, channels: 3 };
  const random = seededRandom(seed);
  const started = performance.now();
  for (const removed of masks) noisyLinearImputation(picture, { ...size, removed, random });
  const ms = performance.now() - started;
  const filled = noisyLinearImputation(picture, { ...size, removed: masks[masks.length - 1], random: null });
  return { ms, filled: [...filled] };
}

/** The measure as Explain and Study take it, of the class that the network names. */
export async function roadOf(
  network: Network,
  input: tf.Tensor4D,
  map: Float32Array,
  { percentages, checkpoint }: { percentages: readonly number[]; checkpoint: Checkpoint },
): Promise<{ ms: number; score: number }> {
  const asked = await askNetwork(network, input, null, { checkpoint, onDone: () => {} });
  const started = performance.now();
  const { score } = await road(asked, map, { percentages, seed });
  return { ms: performance.now() - started, score };
}
