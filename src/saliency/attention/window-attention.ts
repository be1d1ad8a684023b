import * as tf from '@tensorflow/tfjs-core';
import type { Network } from '../../network/network';
import type { WindowSteps } from '../../network/tokens/window-steps';
import { type AttentionChoice, tokenAt } from './raw-attention';

/** Place on the grid, row by row from 0, of every token of every window; -1 where a window hangs over the edge of the map. */
export async function windowPlaces(
  { nodes }: Pick<Network, 'nodes'>,
  { from, steps, grid: [rows, columns] }: WindowSteps<number>,
): Promise<Int32Array> {
  const channels = nodes[from].shape[2];
  const places = tf.tidy(() => {
    // From 1, so that frames of zeros stand for no place. Whole numbers up to 2^24 are exact in float32.
    const map = tf.reshape(tf.range(1, rows * columns + 1), [1, rows, columns, 1]);
    const outputs = new Map<number, tf.Tensor>([[from, tf.tile(map, [1, 1, 1, channels])]]);
    for (const step of steps) {
      const given = nodes[step].inputs.map((input) => outputs.get(input) as tf.Tensor);
      outputs.set(step, nodes[step].forward(given));
    }
    const last = outputs.get(steps[steps.length - 1]) as tf.Tensor;
    return tf.slice(tf.reshape(last, [-1, channels]), [0, 0], [-1, 1]);
  });
  const values = await places.data();
  places.dispose();
  return Int32Array.from(values, (value) => Math.round(value) - 1);
}

/**
 * Where a token looks within its window: its row of P, zero outside of the window, which it cannot read. Without a token, what all tokens of
 * each window read of it on average.
 * @param probabilities P, [1, windows, heads, N, N]
 * @param places of `windowPlaces`
 * @returns [rows, columns], not normalised
 */
export async function windowAttention(
  probabilities: tf.Tensor,
  places: Int32Array,
  grid: readonly [number, number],
  { token, head }: AttentionChoice,
): Promise<tf.Tensor2D> {
  const [windows, heads, tokens] = probabilities.shape.slice(-4);
  const matrices = tf.tidy(() => {
    const all = tf.reshape(probabilities, [windows, heads, tokens, tokens]);
    return head === null || head >= heads ? tf.mean(all, 1) : tf.slice(all, [0, head, 0, 0], [-1, 1, -1, -1]);
  });
  const values = await matrices.data();
  matrices.dispose();
  const map = new Float32Array(grid[0] * grid[1]);
  const asked = token === null ? null : tokenAt(token, grid);
  for (let window = 0; window < windows; window++) {
    const own = places.subarray(window * tokens, (window + 1) * tokens);
    const rows = Array.from(own.keys()).filter((row) =>
      asked === null ? own[row] >= 0 : own[row] === asked,
    );
    for (const row of rows) {
      const start = (window * tokens + row) * tokens;
      own.forEach((place, column) => {
        if (place >= 0) map[place] += values[start + column] / rows.length;
      });
    }
  }
  return tf.tensor2d(map, [grid[0], grid[1]]);
}
