import * as tf from '@tensorflow/tfjs-core';

export interface BatchLoss {
  /** Mean softmax cross entropy in nats, against the smoothed labels. */
  loss: number;
  /** Number of rows whose largest logit is the label's. */
  right: number;
}

/**
 * Share of the probability that each class gets: PyTorch's definition, `(1 - smoothing)` for the label and `smoothing / classes`
 * for every class, the label's own included.
 */
export const targetShares = (classes: number, smoothing: number) => ({
  label: 1 - smoothing + smoothing / classes,
  other: smoothing / classes,
});

/** @param logits [batch, classes], row-major */
export function batchLoss(
  logits: Float32Array,
  labels: ArrayLike<number>,
  classes: number,
  smoothing: number,
): BatchLoss {
  const shares = targetShares(classes, smoothing);
  let loss = 0;
  let right = 0;
  for (let row = 0; row < labels.length; row++) {
    const start = row * classes;
    let winner = 0;
    for (let k = 1; k < classes; k++) if (logits[start + k] > logits[start + winner]) winner = k;
    if (winner === labels[row]) right++;
    const highest = logits[start + winner];
    let sum = 0;
    for (let k = 0; k < classes; k++) sum += Math.exp(logits[start + k] - highest);
    const normaliser = highest + Math.log(sum);
    for (let k = 0; k < classes; k++) {
      loss += (k === labels[row] ? shares.label : shares.other) * (normaliser - logits[start + k]);
    }
  }
  return { loss: loss / labels.length, right };
}

/** Gradient of the mean loss towards the logits [batch, classes]. */
export function lossGradient(logits: tf.Tensor2D, labels: ArrayLike<number>, smoothing: number): tf.Tensor2D {
  const [batch, classes] = logits.shape;
  const shares = targetShares(classes, smoothing);
  const targets = new Float32Array(batch * classes).fill(shares.other / batch);
  for (let row = 0; row < batch; row++) targets[row * classes + labels[row]] = shares.label / batch;
  return tf.tidy(() => tf.sub(tf.mul(tf.softmax(logits), 1 / batch), tf.tensor2d(targets, [batch, classes])));
}
