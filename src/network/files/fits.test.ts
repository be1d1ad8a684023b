import { describe, expect, it } from 'vitest';
import type { Graph } from '../network-graph';
import { assertFits, wasmRoom } from './fits';

/** Dense layers by the shapes of their kernels, whose numbers nobody may ask for. */
const networkOf = (...kernels: [number, number][]) => ({
  title: 'wide',
  graph: {
    input: { name: 'input', shape: [1, 1, 3] },
    nodes: kernels.map((shape, i) => ({
      name: `dense ${i}`,
      inputs: [i === 0 ? 'input' : `dense ${i - 1}`],
      spec: {
        type: 'dense',
        kernel: {
          shape,
          read: () => {
            throw new Error('read');
          },
        },
        bias: null,
        activation: { name: 'linear' },
      },
    })),
    outputs: [`dense ${kernels.length - 1}`],
  } satisfies Graph,
});

describe('what a backend can hold', () => {
  it('is 138 million parameters on WebAssembly, and not 600 million', () => {
    expect(() => assertFits(networkOf([25_088, 4096], [4096, 8600]), wasmRoom, 'WebAssembly')).not.toThrow();
    expect(() => assertFits(networkOf([20_000, 20_000], [20_000, 10_000]), wasmRoom, 'WebAssembly')).toThrow(
      'wide takes 2400 MB of weights, and at most 2147 MB fit on WebAssembly.',
    );
  });

  it('is limited weight by weight on a GPU', () => {
    const room = { total: Number.POSITIVE_INFINITY, largest: 2 ** 27 };
    expect(() => assertFits(networkOf([4096, 4096], [4096, 4096]), room, 'WebGPU')).not.toThrow();
    expect(() => assertFits(networkOf([25_088, 4096]), room, 'WebGPU')).toThrow(
      'wide has a weight of 411 MB, and at most 134 MB fit on WebGPU.',
    );
  });
});
