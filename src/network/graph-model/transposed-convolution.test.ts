import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { startBackend } from '../../engine/engine-testing';
import { buildNetwork } from '../build';
import { type ModelFile, modelGraph } from '../layers-model';
import { forward } from '../run-network';

const side = 4;
const filter = Float32Array.from({ length: 2 * 2 * 2 * 3 }, (_, i) => ((i * 37) % 23) / 11 - 1);

const node = (name: string, op: string, input: string[], attr = {}) => ({ name, op, input, attr });

/** A graph that enlarges its picture as segmenters do, to `rows` x 2 `side`. */
function enlarging(rows: number) {
  const sizes = Int32Array.of(1, rows, 2 * side, 2);
  const model = {
    format: 'graph-model',
    modelTopology: {
      node: [
        node('x', 'Placeholder', [], {
          dtype: { type: 'DT_FLOAT' },
          shape: { shape: { dim: [1, side, side, 3].map((size) => ({ size: String(size) })) } },
        }),
        node('sizes', 'Const', []),
        node('filter', 'Const', []),
        node('enlarged', 'Conv2DBackpropInput', ['sizes', 'filter', 'x'], {
          padding: { s: btoa('SAME') },
          strides: { list: { i: ['1', '2', '2', '1'] } },
        }),
      ],
    },
    weightsManifest: [
      {
        paths: ['weights.bin'],
        weights: [
          { name: 'sizes', shape: [4], dtype: 'int32' },
          { name: 'filter', shape: [2, 2, 2, 3], dtype: 'float32' },
        ],
      },
    ],
  };
  const bytes = new Uint8Array(sizes.byteLength + filter.byteLength);
  bytes.set(new Uint8Array(sizes.buffer));
  bytes.set(new Uint8Array(filter.buffer), sizes.byteLength);
  return modelGraph(model as unknown as ModelFile, bytes.buffer, side);
}

beforeAll(() => startBackend('cpu'));

it('a map is enlarged by the filter of every place, as TensorFlow does it', async () => {
  const network = buildNetwork(await enlarging(2 * side));
  const values = Float32Array.from({ length: side * side * 3 }, (_, i) => ((i * 7919) % 251) / 125 - 1);
  const x = tf.tensor4d(values, [1, side, side, 3]);
  const all = await forward(network, x, async () => {});
  const found = await all[network.nodes.findIndex(({ name }) => name === 'enlarged')].data();
  // Strides as large as the window: every number of the output is of one place.
  const expected = Float32Array.from({ length: 4 * side * side * 2 }, (_, i) => {
    const [row, column, out] = [Math.floor(i / (4 * side)), Math.floor(i / 2) % (2 * side), i % 2];
    const place = Math.floor(row / 2) * side + Math.floor(column / 2);
    const tap = ((row % 2) * 2 + (column % 2)) * 2 + out;
    return [0, 1, 2].reduce((sum, c) => sum + values[place * 3 + c] * filter[tap * 3 + c], 0);
  });
  for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, 5);
  for (const tensor of [x, ...all]) tensor.dispose();
  network.dispose();
});

it('sizes that its strides do not make are refused', async () => {
  await expect(enlarging(2 * side - 1)).rejects.toThrow(
    /yields a grid of 7 x 8 where its strides make 8 x 8/,
  );
});
