import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../../engine/engine-testing';
import { buildNetwork } from '../build';
import { filesOfBlobs } from '../files/network-files';
import { loadPrepared, prepareNetwork } from '../load-network-files';
import { classifyingOutput, outputCalled, outputName, takesAnySize } from '../plan';
import { predict } from '../run-network';
import { distance, fixture, fixtureText, picture } from './onnx-testing';
import { readOnnxFiles } from './read-onnx';

const expected: Record<string, number[]> = JSON.parse(fixtureText('open.json'));
const read = (size?: number) =>
  readOnnxFiles(filesOfBlobs([{ path: 'open.onnx', blob: new Blob([fixture('open.onnx')]) }], 'open.onnx'), {
    signal: new AbortController().signal,
    onBytes: () => {},
    size,
  });

beforeAll(() => startBackend('wasm'));

describe('a network without a size of its own, with two outputs and notes', () => {
  it.each([
    ['as large as its notes say', undefined, 32],
    ['as large as it is told', 48, 48],
  ])('computes pictures %s', async (_, asked, size) => {
    const { graph } = await read(asked);
    expect(takesAnySize(graph)).toBe(true);
    expect(graph.outputs).toHaveLength(2);
    const output = classifyingOutput(graph);
    const network = buildNetwork(graph, { output });
    expect(network.inputShape).toEqual([size, size, 3]);
    expect(network.head).toBe('softmax');
    const input = picture(size);
    const logits = await predict(network, input, async () => {});
    const mean = logits.reduce((sum, value) => sum + value, 0) / logits.length;
    expect(
      distance(
        logits.map((value) => value - mean),
        expected[size],
      ),
    ).toBeLessThan(1e-4);
    tf.dispose(input);
    network.dispose();
  });

  it('is asked for an output as the file calls it, or its node; another one is told of with those there are', async () => {
    const prepared = (output: string) =>
      prepareNetwork(
        {
          ...({ kind: 'files', id: 'file:open.onnx', main: 'open.onnx' } as const),
          files: [{ path: 'open.onnx', blob: new Blob([fixture('open.onnx')]) }],
        },
        { signal: new AbortController().signal, onBytes() {} },
        { output, size: null, operations: false },
      );
    const boxes = await prepared('boxes');
    expect(boxes.graph.outputNames).toEqual(['boxes', 'probabilities']);
    expect(boxes.build.output).toBe('box');
    expect((await prepared('box')).build.output).toBe('box');
    expect((await prepared('probabilities')).build.output).toBe('/Softmax');
    await expect(prepared('nothing')).rejects.toThrow(
      'This network has no output "nothing"; it has boxes, probabilities.',
    );
    // Loaded, it lists them as the file calls them, however it was asked.
    for (const asked of ['box', 'boxes']) {
      const { network, summary } = await loadPrepared(await prepared(asked));
      expect(summary).toMatchObject({ output: 'boxes', outputs: ['boxes', 'probabilities'] });
      network.dispose();
    }
  });

  it('takes a name for what the file calls so, where a node of another output is called so too', () => {
    const graph = { input: { name: 'x', shape: [null, null, 3] as const }, nodes: [], outputs: ['a', 'b'] };
    const named = { ...graph, outputNames: ['b', 'c'] };
    expect(['a', 'b', 'c'].map((name) => outputCalled(named, name))).toEqual(['a', 'a', 'b']);
    expect(named.outputs.map((node) => outputName(named, node))).toEqual(['b', 'c']);
  });

  it('brings the names of its classes', async () => {
    expect((await read()).labels).toEqual(['ant', "bee's", 'cat']);
  });
});
