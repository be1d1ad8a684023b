import type { BackendName } from '../../src/backend/backend-names';
import type { SaliencyMethod } from '../../src/saliency/method-names';
import type { EntropyMeasure } from '../../src/semiotics';
import type { TrainingOptions } from '../training-step';

export interface OpenRequest {
  backend: BackendName;
  /** Address of the network's manifest. */
  network: string;
  /** Address of the input, [h, w, c] in float32; seeded noise without one. */
  input?: string;
}

export interface Opened {
  /** Backend in words. */
  backend: string;
  threads: number;
  tfjs: string;
  /** Names of the layers that are explained. */
  layers: string[];
}

export interface BenchMemory {
  tensors: number;
  bytes: number;
  /** Bytes of GPU buffers, where the backend has any. */
  gpuBytes: number | null;
}

/** What an analysis gives, to be compared with the peer's. */
export interface Answers {
  logits: number[];
  /** Sum of every layer's map. */
  sums: number[];
}

/** Time of one kernel within one phase of an analysis, without the kernels it calls itself. */
export interface KernelTime {
  phase: string;
  kernel: string;
  calls: number;
  /** Milliseconds. */
  ms: number;
}

/** What was asked of WebGPU. */
export interface GpuCounts {
  dispatches: number;
  submissions: number;
  /** Buffers made anew; others are used again. */
  buffers: number;
  /** Waits for the device, each for a buffer that it copies back. */
  reads: number;
  bytesRead: number;
}

/** What the bench asks of the engine on its bare page; times in milliseconds. */
export interface BenchMethods {
  open: { request: OpenRequest; result: Opened; progress: never };
  forward: { request: null; result: number; progress: never };
  analyse: { request: null; result: number; progress: never };
  answers: { request: null; result: Answers; progress: never };
  /** Every layer's map by a method, row by row. */
  maps: { request: { method: SaliencyMethod }; result: Float32Array[]; progress: never };
  /** Analyses the input so many times, then reads memory. */
  soak: { request: { analyses: number }; result: BenchMemory; progress: never };
  /** Mean times of the kernels over so many analyses; WebAssembly and CPU only, where a kernel ends when its call does. */
  profile: { request: { analyses: number }; result: KernelTime[]; progress: never };
  /** What one analysis asks of WebGPU. */
  gpuCounts: { request: null; result: GpuCounts; progress: never };
  /** Entropy, at 256 levels, of maps given in float32, one behind the other. */
  entropy: {
    request: { measure: EntropyMeasure; maps: string; side: number };
    result: { ms: number; values: number[] };
    progress: never;
  };
  /** ROAD's imputation of the picture of an address, [h, w, c] in float32, for a map: as many pixels, from either end, as the percentages say. */
  impute: {
    request: { picture: string; map: string; side: number; percentages: number[] };
    /** Milliseconds of all of them, and the picture of the last, without noise. */
    result: { ms: number; filled: number[] };
    progress: never;
  };
  /** ROAD of the network's input and a map of its size, for the class that it names: milliseconds and the measure. */
  road: {
    request: { map: string; percentages: number[] };
    result: { ms: number; score: number };
    progress: never;
  };
  /** Milliseconds of one training step of the bundled network's architecture. */
  train: { request: TrainingOptions; result: number; progress: never };
}
