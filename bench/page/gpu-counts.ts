import type { GpuCounts } from './methods';

type Prototype = { prototype: object };

/**
 * Counts what is asked of WebGPU in this worker while some work is done: every call is looked at on its way to the device.
 * @throws Error where there is no WebGPU
 */
export async function countGpu(work: () => Promise<unknown>): Promise<GpuCounts> {
  const counts: GpuCounts = { dispatches: 0, submissions: 0, buffers: 0, reads: 0, bytesRead: 0 };
  const restore = [
    watch(GPUComputePassEncoder, ['dispatchWorkgroups', 'dispatchWorkgroupsIndirect'], () => {
      counts.dispatches++;
    }),
    watch(GPUQueue, ['submit'], () => {
      counts.submissions++;
    }),
    watch(GPUDevice, ['createBuffer'], () => {
      counts.buffers++;
    }),
    watch(GPUBuffer, ['mapAsync'], (buffer, [mode, , size]) => {
      if (mode !== GPUMapMode.READ) return;
      counts.reads++;
      counts.bytesRead += (size as number | undefined) ?? (buffer as GPUBuffer).size;
    }),
  ];
  try {
    await work();
  } finally {
    for (const each of restore) each();
  }
  return counts;
}

/** Has `see` look at every call of some methods; what is given back takes it away again. */
function watch(
  { prototype }: Prototype,
  names: string[],
  see: (of: object, given: unknown[]) => void,
): () => void {
  const methods = prototype as Record<string, (...given: unknown[]) => unknown>;
  const before = names.map((name) => methods[name]);
  names.forEach((name, i) => {
    methods[name] = function (this: object, ...given) {
      see(this, given);
      return before[i].apply(this, given);
    };
  });
  return () =>
    names.forEach((name, i) => {
      methods[name] = before[i];
    });
}
