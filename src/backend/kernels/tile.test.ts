import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { kernelOn, noise, startBackend } from '../../engine/engine-testing';
import { seeds } from '../testing/convolutions';

describe('repetition of a tensor on WebAssembly', () => {
  beforeAll(async () => {
    await startBackend('cpu');
    await startBackend('wasm');
  });

  it('equals the CPU backend for any shape and number of copies', async () => {
    const axes = fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 4 })), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(axes, seeds, async (sizes, seed) => {
        const shape = sizes.map(([size]) => size);
        const reps = sizes.map(([, copies]) => copies);
        const on = (backend: 'cpu' | 'wasm') =>
          kernelOn(backend, tf.Tile, () => ({ x: noise(shape, seed) }), { reps });
        expect(await on('wasm')).toEqual(await on('cpu'));
      }),
      { numRuns: 80 },
    );
  });

  it('repeats numbers of other types, too', async () => {
    await tf.setBackend('wasm');
    const x = tf.tensor1d([1, 2], 'int32');
    const tiled = tf.tile(x, [2]);
    expect(Array.from(await tiled.data())).toEqual([1, 2, 1, 2]);
    expect(tiled.dtype).toBe('int32');
    tf.dispose([x, tiled]);
  });
});
