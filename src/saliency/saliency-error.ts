import * as tf from '@tensorflow/tfjs-core';
import { counted } from '../text/counted';
import { type SaliencyMethod, saliencyMethodNames } from './method-names';
import type { SaliencyLayer } from './saliency-layer';

/** Saliency that is no number somewhere; names every layer and method where that is so. */
export class SaliencyError extends Error {
  override name = 'SaliencyError';
}

/** Layers that one message names; beyond, it would not be read. */
const NAMED = 4;

/**
 * Looks at every value that was read back, unless all are known to be finite. WGSL may assume that there is no NaN, so no kernel of a GPU can be asked.
 * @throws SaliencyError with the layers, how many of their values are bad, and where to look
 */
export function assertFinite(
  logits: Float32Array,
  methods: readonly { method: SaliencyMethod; layers: readonly SaliencyLayer[] }[],
  areMapsFinite: boolean,
): void {
  const sentences = (areMapsFinite ? [] : methods).flatMap(({ method, layers }) => {
    const bad = layers.flatMap((layer) => badValuesOf(layer) ?? []);
    if (bad.length === 0) return [];
    const named = bad.slice(0, NAMED).join(', ');
    const rest = bad.length > NAMED ? ` and ${bad.length - NAMED} more` : '';
    const maps = bad.length === 1 ? 'map' : 'maps';
    return [
      `${saliencyMethodNames[method]}: the ${maps} of ${bad.length} of ${counted(layers.length, 'layer')} hold values that are not finite: ${named}${rest}.`,
    ];
  });
  const badLogits = logits.filter((value) => !Number.isFinite(value)).length;
  if (badLogits > 0) {
    const scores = `The network's logits are not finite for this picture (${badLogits} of ${logits.length}).`;
    throw new SaliencyError(
      `${scores} ${sentences.join(' ')} The forward pass itself overflows or the weights hold such values; ${otherBackend()}`.replace(
        / {2,}/g,
        ' ',
      ),
    );
  }
  if (sentences.length > 0) {
    throw new SaliencyError(
      `${sentences.join(' ')} The logits are finite, so look at the gradients or the method; ${otherBackend()}`,
    );
  }
}

/** `"conv3_2" (12 of 784 values, 3 of them infinite)`; null where every value is a number. */
function badValuesOf({ name, map: { values } }: SaliencyLayer): string | null {
  let [bad, infinite] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue;
    bad++;
    if (!Number.isNaN(values[i])) infinite++;
  }
  if (bad === 0) return null;
  const kinds = infinite === 0 ? '' : `, ${infinite} of them infinite`;
  return `"${name}" (${bad} of ${counted(values.length, 'value')}${kinds})`;
}

const otherBackend = () => {
  const [here, other] = tf.getBackend() === 'cpu' ? ['cpu', 'wasm'] : [tf.getBackend(), 'cpu'];
  return `if backend=${other} shows the same, it is not the backend (${here}).`;
};
