import { describe, expect, it } from 'vitest';
import { networkCost } from '../network/network-cost';
import type { Graph, Weight } from '../network/network-graph';
import { linear } from '../network/ops/activation';
import { assertBuffersHold, BuffersTooSmallError, largestBuffer } from './buffers';

const MEBIBYTE = 2 ** 20;

/** The numbers of a weight are not to be read before it is known that there is room for them. */
const weight = (...shape: number[]): Weight => ({
  shape,
  read: () => {
    throw new Error('A weight was read.');
  },
});

/** The end of VGG-16: 7 x 7 places of 512 channels in 4096 units. Their weights are 25,088 x 4096 numbers of 4 bytes: 411 MB. */
const endOfVgg: Graph = {
  input: { name: 'maps', shape: [7, 7, 512] },
  nodes: [
    { name: 'flat', inputs: ['maps'], spec: { type: 'reshape', shape: [25_088] } },
    {
      name: 'units',
      inputs: ['flat'],
      spec: { type: 'dense', kernel: weight(25_088, 4096), bias: null, activation: linear },
    },
  ],
  outputs: ['units'],
};
const network = { title: 'VGG-16', largest: () => networkCost(endOfVgg).largest };

describe('what a device of WebGPU holds at once', () => {
  it('is the smaller of its two limits', () => {
    expect(largestBuffer({ maxBufferSize: 8, maxStorageBufferBindingSize: 4 })).toBe(4);
    expect(largestBuffer({ maxBufferSize: 3, maxStorageBufferBindingSize: 4 })).toBe(3);
  });

  it('may be too little for a layer, which is said before any weight is read', () => {
    const least = () => assertBuffersHold(network, 128 * MEBIBYTE, 'WebGPU (some adapter)');
    expect(least).toThrow(BuffersTooSmallError);
    expect(least).toThrow(
      'WebGPU (some adapter) holds at most 134 MB at once, and VGG-16 has a layer of 411 MB.',
    );
  });

  it('is enough from the size of the layer on', () => {
    const bytes = 4 * 25_088 * 4096;
    expect(() => assertBuffersHold(network, bytes, 'WebGPU')).not.toThrow();
    expect(() => assertBuffersHold(network, bytes - 1, 'WebGPU')).toThrow(BuffersTooSmallError);
    expect(() => assertBuffersHold(network, Number.POSITIVE_INFINITY, 'WebAssembly')).not.toThrow();
  });
});
