import * as tf from '@tensorflow/tfjs-core';
import { TensorMemory } from '../../src/backend/memory/tensor-memory';
import type { Network, NetworkNode } from '../../src/network/network';
import type { Checkpoint } from '../../src/network/run-network';
import { explain } from '../../src/saliency/explain-layers';
import type { KernelTime } from './methods';

/**
 * Where the time of an analysis goes. Every kernel of the backend is replaced by one that keeps the time of its call, and
 * every node by one that says whether it runs forward or backward; what is left over (JavaScript, reading back,
 * hand-over between threads) is a row of its own. The network must not be timed after this: the kernels stay wrapped.
 */
export async function profile(
  network: Network,
  input: tf.Tensor4D,
  options: { layers: number[]; analyses: number; checkpoint: Checkpoint },
): Promise<KernelTime[]> {
  const times = new Map<string, KernelTime>();
  let phase = 'saliency';
  const add = (kernel: string, ms: number, calls: number, during = phase) => {
    const key = `${during} ${kernel}`;
    const row = times.get(key) ?? { phase: during, kernel, calls: 0, ms: 0 };
    row.calls += calls;
    row.ms += ms;
    times.set(key, row);
  };
  const during =
    <Arguments extends unknown[], Result>(name: string, work: (...args: Arguments) => Result) =>
    (...args: Arguments): Result => {
      phase = name;
      try {
        return work(...args);
      } finally {
        phase = 'saliency';
      }
    };
  const nodes = network.nodes.map((node): NetworkNode => {
    const phased = {
      forward: during('forward', node.forward.bind(node)),
      backward: during('backward', node.backward.bind(node)),
    };
    return Object.create(node, {
      forward: { value: phased.forward },
      backward: { value: phased.backward },
    });
  });
  const timed: Network = Object.create(network, { nodes: { value: nodes } });
  const analyse = () => explain(timed, input, { ...options, method: 'grad-cam', target: null });
  wrapKernels(add);
  await analyse();
  times.clear();
  const started = performance.now();
  for (let run = 0; run < options.analyses; run++) await analyse();
  const total = performance.now() - started;
  const inKernels = [...times.values()].reduce((sum, { ms }) => sum + ms, 0);
  add('outside kernels', total - inKernels, 0, 'all');
  return [...times.values()]
    .map((row) => ({ ...row, ms: row.ms / options.analyses, calls: row.calls / options.analyses }))
    .sort((a, b) => b.ms - a.ms);
}

function wrapKernels(add: (kernel: string, ms: number, calls: number) => void): void {
  /** Time of inner kernels, one entry for each kernel under way. */
  const inner: number[] = [];
  for (const config of tf.getKernelsForBackend(tf.getBackend())) {
    const { kernelName, backendName, kernelFunc } = config;
    tf.unregisterKernel(kernelName, backendName);
    tf.registerKernel({
      ...config,
      kernelFunc: (call) => {
        inner.push(0);
        const started = performance.now();
        try {
          const result = kernelFunc(call);
          // Else its work would be counted where somebody looks at it.
          const backend = tf.backend();
          if (backend instanceof TensorMemory) backend.settle();
          return result;
        } finally {
          const ms = performance.now() - started;
          add(kernelName, ms - (inner.pop() as number), 1);
          if (inner.length > 0) inner[inner.length - 1] += ms;
        }
      },
    });
  }
}
