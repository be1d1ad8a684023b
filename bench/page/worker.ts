import * as tf from '@tensorflow/tfjs-core';
import { startBackend } from '../../src/engine/backend/choose';
import { loadPrepared, prepareNetwork } from '../../src/engine/network/load';
import { featureLayers } from '../../src/engine/network/network';
import { predict } from '../../src/engine/network/run';
import type { BackendName } from '../../src/engine/protocol';
import { backendTitle } from '../../src/engine/protocol';
import { explain } from '../../src/engine/saliency/explain';

export interface BenchRequest {
  backend: BackendName;
  /** Address of the network's manifest. */
  network: string;
  /** Timed pairs of forward pass and analysis, interleaved. */
  runs: number;
  /** Analyses before memory is read for the first and for the second time. */
  soak: [number, number];
}

export interface BenchMemory {
  tensors: number;
  bytes: number;
  /** Bytes of GPU buffers, where the backend has any. */
  gpuBytes: number | null;
}

export interface BenchResult {
  backend: string;
  /** Milliseconds, one a run. */
  forward: number[];
  analysis: number[];
  memory: [BenchMemory, BenchMemory];
}

const unhurried = async () => {};

async function bench(request: BenchRequest): Promise<BenchResult> {
  const { report } = await startBackend(request.backend, new Map());
  if (report.name !== request.backend) throw new Error(report.reason);
  const prepared = await prepareNetwork(
    { kind: 'bundled', address: request.network },
    { signal: new AbortController().signal, onBytes: () => {} },
  );
  const { network } = await loadPrepared(prepared);
  const [height, width, channels] = network.inputShape;
  const input = tf.randomUniform<tf.Rank.R4>([1, height, width, channels], -1, 1, 'float32', 7);
  const layers = featureLayers(network, ['convolution']);
  const analyse = () =>
    explain(network, input, { method: 'grad-cam', layers, target: null, checkpoint: unhurried });
  const forward: number[] = [];
  const analysis: number[] = [];
  await predict(network, input, unhurried);
  await analyse();
  for (let run = 0; run < request.runs; run++) {
    forward.push(await milliseconds(() => predict(network, input, unhurried)));
    analysis.push(await milliseconds(analyse));
  }
  const memory: BenchMemory[] = [];
  for (let done = 0; memory.length < request.soak.length; ) {
    await analyse();
    done += 1;
    while (done === request.soak[memory.length]) memory.push(readMemory());
  }
  return { backend: backendTitle(report), forward, analysis, memory: memory as BenchResult['memory'] };
}

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function readMemory(): BenchMemory {
  const { numTensors, numBytes, ...rest } = tf.memory() as tf.MemoryInfo & {
    numBytesAllocatedInGPU?: number;
  };
  return { tensors: numTensors, bytes: numBytes, gpuBytes: rest.numBytesAllocatedInGPU ?? null };
}

self.onmessage = async ({ data }: MessageEvent<BenchRequest>) => {
  try {
    self.postMessage({ result: await bench(data) });
  } catch (error) {
    self.postMessage({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
};
