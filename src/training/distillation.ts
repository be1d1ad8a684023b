import * as tf from '@tensorflow/tfjs-core';
import { targetShares } from './loss';

/** How much of what a network learns comes from another one's answers (Hinton, Vinyals and Dean 2015, section 2). */
export interface Distillation {
  /** Share of the teacher in the loss, 0 .. 1; the labels have the rest. */
  weight: number;
  /** What the logits of both are divided by before they become probabilities. */
  temperature: number;
}

/** The teacher's answers for one batch. */
export interface Taught extends Distillation {
  /** [batch, classes], row-major */
  logits: Float32Array;
}

/**
 * Mean of `(1 - w) CE(labels, softmax(s)) + w T^2 KL(softmax(t / T) || softmax(s / T))` over a batch, nats: by T^2 the gradients of the
 * second term are as large as those of the first, whatever the temperature.
 * @param logits s, of the network that learns, [batch, classes]
 * @param smoothing of the labels, as in {@link targetShares}
 */
export function distillationLoss(
  logits: Float32Array,
  labels: ArrayLike<number>,
  smoothing: number,
  { logits: teacher, weight, temperature }: Taught,
): number {
  const classes = logits.length / labels.length;
  const shares = targetShares(classes, smoothing);
  let loss = 0;
  for (let row = 0; row < labels.length; row++) {
    const own = logits.subarray(row * classes, (row + 1) * classes);
    const plain = logSoftmax(own, 1);
    const [soft, taught] = [
      logSoftmax(own, temperature),
      logSoftmax(teacher.subarray(row * classes, (row + 1) * classes), temperature),
    ];
    for (let k = 0; k < classes; k++) {
      loss -= (1 - weight) * (k === labels[row] ? shares.label : shares.other) * plain[k];
      loss += weight * temperature ** 2 * Math.exp(taught[k]) * (taught[k] - soft[k]);
    }
  }
  return loss / labels.length;
}

/** Gradient of {@link distillationLoss} towards the logits [batch, classes]. */
export function distillationGradient(
  logits: tf.Tensor2D,
  labels: ArrayLike<number>,
  smoothing: number,
  { logits: teacher, weight, temperature }: Taught,
): tf.Tensor2D {
  const [batch, classes] = logits.shape;
  const shares = targetShares(classes, smoothing);
  const [ofLabels, ofTeacher] = [(1 - weight) / batch, (weight * temperature) / batch];
  const targets = new Float32Array(batch * classes);
  for (let row = 0; row < batch; row++) {
    const start = row * classes;
    const taught = logSoftmax(teacher.subarray(start, start + classes), temperature);
    for (let k = 0; k < classes; k++) {
      const share = k === labels[row] ? shares.label : shares.other;
      targets[start + k] = ofLabels * share + ofTeacher * Math.exp(taught[k]);
    }
  }
  return tf.tidy(() => {
    const plain = tf.mul(tf.softmax(logits), ofLabels);
    const soft = tf.mul(tf.softmax(tf.div(logits, temperature)), ofTeacher);
    return tf.sub(tf.add(plain, soft), tf.tensor2d(targets, [batch, classes]));
  });
}

function logSoftmax(logits: Float32Array, temperature: number): Float64Array {
  const highest = logits.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  let sum = 0;
  for (const logit of logits) sum += Math.exp((logit - highest) / temperature);
  const normaliser = highest / temperature + Math.log(sum);
  return Float64Array.from(logits, (logit) => logit / temperature - normaliser);
}
