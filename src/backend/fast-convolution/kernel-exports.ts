/** Kinds of jobs, as in `assembly/index.ts`. */
export const JobKind = {
  winograd: 0,
  transformFilter: 1,
  patches: 2,
  packFilter: 3,
  pool: 4,
  filterGradientTiles: 5,
  sumTiles: 6,
  filterGradientPatches: 7,
  sumPatches: 8,
  maxPoolGradient: 9,
  statistics: 10,
  normalise: 11,
  normaliseSums: 12,
  normaliseGradient: 13,
  adam: 14,
  descent: 15,
  gate: 16,
  depthwise: 17,
  depthwiseFilterGradient: 18,
  matrixVector: 19,
  vectorMatrix: 20,
  activate: 21,
  columnSums: 22,
  product: 23,
  function: 24,
  slope: 25,
  softmax: 26,
  softmaxGradient: 27,
  layerNorm: 28,
  layerNormGradient: 29,
  binary: 30,
  copy: 31,
  turn: 32,
  reduce: 33,
  resize: 34,
  select: 35,
  grouped: 36,
  packTaps: 37,
  gradientSums: 38,
  channelSum: 39,
  attention: 40,
} as const;
export type JobKind = (typeof JobKind)[keyof typeof JobKind];

/** What the compiled kernels offer; addresses are bytes from the start of memory. */
export interface KernelExports {
  /** Gives the number of tasks that a thread began and does not end; all others are done. */
  run(board: number, kind: JobKind, record: number, tasks: number, threads: number): number;
  serve(board: number, thread: number): never;
  scratchBytes(kind: JobKind, record: number): number;
  /** The greatest of so many whole numbers behind a mask, and of 0; at once, on the thread that asks. */
  greatest(address: number, count: number, mask: number): number;
}

export async function instantiate(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
): Promise<KernelExports> {
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  return exports as unknown as KernelExports;
}
