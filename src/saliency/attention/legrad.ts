import * as tf from '@tensorflow/tfjs-core';
import type { TokenPlaces } from '../../network/tokens/attention-probabilities';
import { mapOfRow, ofOnePicture } from './token-places';

/**
 * LeGrad of one block: the mean over heads and over rows of relu(ds/dP), at the places of the grid (Bousselham et al.
 * 2024, "LeGrad", equation 8, before its scaling over all layers).
 * @param gradient ds/dP, [1, heads, N, N]: s is the class score of the block's own tokens, taken through the network's
 *   final pooling, normalisation and head
 * @returns [rows, columns], not normalised
 */
export function legrad(gradient: tf.Tensor, places: TokenPlaces): tf.Tensor2D {
  return tf.tidy(() => mapOfRow(tf.mean(tf.relu(ofOnePicture(gradient)), [0, 1]), places));
}
