import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { startBackend } from '../engine/engine-testing';
import { buildNetwork } from './build';
import type { StoredBytes } from './files/stored-bytes';
import { bytesInMemory } from './files/stored-bytes';
import type { Graph, Weight } from './network-graph';
import { reshapedWeight } from './weights';

beforeAll(() => startBackend('cpu'));

/** A part of a file that notes what is done with it. */
function part(name: string, notes: string[]): StoredBytes {
  const bytes = bytesInMemory(new Uint8Array(4));
  return {
    ...bytes,
    hold: () => notes.push(`hold ${name}`),
    letGoAsRead: () => notes.push(`${name} goes`),
    letGo: () => notes.push(`let go ${name}`),
  };
}

/** Two dense layers with the same kernel under two shapes, and a bias of its own. */
function network(notes: string[], isKnown: boolean): Graph {
  const weight = (name: string, shape: number[], from?: readonly StoredBytes[]): Weight => ({
    shape,
    from,
    read() {
      notes.push(`read ${name}`);
      return new Float32Array(shape.reduce((product, size) => product * size, 1)).fill(0.5);
    },
  });
  const kernel = weight('kernel', [2, 2], [part('kernel', notes)]);
  const bias = weight('bias', [2], isKnown ? [part('bias', notes)] : undefined);
  const dense = (name: string, input: string, own: Weight, added: Weight | null) => ({
    ...{ name, inputs: [input] },
    spec: { type: 'dense' as const, kernel: own, bias: added, activation: { name: 'linear' as const } },
  });
  return {
    input: { name: 'picture', shape: [1, 1, 2] },
    nodes: [
      { name: 'flat', inputs: ['picture'], spec: { type: 'reshape', shape: [2] } },
      dense('first', 'flat', kernel, bias),
      dense('second', 'first', reshapedWeight(kernel, [2, 2]), null),
    ],
    outputs: ['second'],
  };
}

it('lets a part of a file go when the last weight that reads it is uploaded', () => {
  const notes: string[] = [];
  buildNetwork(network(notes, true), {}, true).dispose();
  expect(notes).toEqual([
    ...['hold kernel', 'hold bias'],
    ...['read kernel', 'bias goes', 'read bias', 'let go bias'],
    ...['kernel goes', 'read kernel', 'let go kernel'],
  ]);
});

it('keeps all where somebody may read on, or nobody knows what a weight reads', () => {
  const notes: string[] = [];
  buildNetwork(network(notes, true)).dispose();
  buildNetwork(network(notes, false), {}, true).dispose();
  expect(notes.filter((note) => !note.startsWith('read'))).toEqual([]);
});

it('on our own backend reads weights into their places, and refuses numbers that are none', async () => {
  await startBackend('wasm');
  const graph = (numbers: readonly number[]) => {
    const given = network([], true);
    const [flat, first] = given.nodes;
    const kernel: Weight = {
      shape: [2, 2],
      from: [],
      read: () => {
        throw new Error('There are two copies now.');
      },
      readInto: (target) => target.set(numbers),
    };
    return {
      ...given,
      nodes: [flat, { ...first, spec: { ...first.spec, kernel, bias: null } }],
      outputs: ['first'],
    };
  };
  const before = tf.memory();
  const built = buildNetwork(graph([1, 2, 3, 4]) as Graph, {}, true);
  const y = built.nodes[2].forward([tf.tensor2d([[1, 10]])]);
  // [1 10] times [[1 2] [3 4]]
  expect(Array.from(y.dataSync())).toEqual([31, 42]);
  y.dispose();
  built.dispose();
  expect(() => buildNetwork(graph([1, 2, Number.NaN, 4]) as Graph, {}, true)).toThrow(
    'A weight of layer "first" holds NaN',
  );
  expect(tf.memory().numBytes - before.numBytes).toBe(8);
  await startBackend('cpu');
});
