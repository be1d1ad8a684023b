import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { SaliencyMethod } from '../saliency/method-names';
import { createEngine } from './engine';

vi.mock('../backend/choose-backend', () => import('./cpu-backend-testing'));

beforeEach(async () => {
  await tf.setBackend('cpu');
});

const task = { signal: new AbortController().signal, report: () => {}, checkpoint: async () => {} };
const engine = createEngine();

/** A network of the targets' fixtures, and what the engine is asked of it. */
function asked(name: string, method: SaliencyMethod) {
  const file = readFileSync(path.resolve(import.meta.dirname, `../network/targets/fixtures/${name}.onnx`));
  return {
    ...{ backend: 'auto' as const, pooling: false, method, scaling: 'unit' as const, target: null },
    network: {
      ...{ kind: 'files' as const, id: name, main: `${name}.onnx` },
      files: [{ path: `${name}.onnx`, blob: new Blob([new Uint8Array(file)]) }],
    },
    input: {
      ...{ width: 32, height: 32 },
      rgba: Uint8ClampedArray.from({ length: 32 * 32 * 4 }, (_, i) => (i % 4 === 3 ? 255 : (i * 37) % 251)),
    },
  };
}

describe('tokens whose number makes no grid', () => {
  it('have no maps; the patches before them have', async () => {
    const { layers, predictions } = await engine.analyse(asked('mixed-tokens', 'grad-cam'), task);
    expect(layers.map(({ map: { width, height } }) => [width, height])).toEqual([[4, 4]]);
    expect(layers[0].outcome).toBe('evidence');
    expect(predictions).toHaveLength(5);
  });

  it('are told of where they attend to each other', async () => {
    const fewer = await engine.analyse(asked('fewer-tokens', 'grad-cam'), task);
    expect(fewer.layers.map(({ name }) => name)).toEqual(['patch']);
    expect(fewer.network.withoutGrid).toBe(1);
    expect((await engine.analyse(asked('classifier', 'grad-cam'), task)).network.withoutGrid).toBeUndefined();
  });

  it('attend to each other nowhere in the picture, which is said', async () => {
    await expect(engine.analyse(asked('mixed-tokens', 'rollout'), task)).rejects.toThrow(
      'This network holds no attention between all its tokens. Choose another method.',
    );
  });

  it('are all there is in some networks: that is said, and the picture itself is explained', async () => {
    const refused = () =>
      expect(engine.analyse(asked('no-places', 'grad-cam'), task)).rejects.toThrow(
        'No layer of this network lies in rows and columns over the picture, so no layer has a map. Choose a method at the input',
      );
    await refused();
    const before = tf.memory().numTensors;
    await refused();
    expect(tf.memory().numTensors).toBe(before);
    const { layers } = await engine.analyse(asked('no-places', 'input-x-gradient'), task);
    expect(layers.map(({ name, outcome }) => [name, outcome])).toEqual([['input', 'evidence']]);
  });
});
