import * as tf from '@tensorflow/tfjs-core';
import { backendTitle } from '../../src/backend/backend-names';
import { startBackend } from '../../src/backend/choose-backend';
import { loadPrepared, prepareNetwork } from '../../src/network/load-network-files';
import { explainedKinds, featureLayers, type Network } from '../../src/network/network';
import { predict } from '../../src/network/run-network';
import { serve, type Task } from '../../src/rpc/serve';
import { pictureNode } from '../../src/saliency/channel-passes';
import { explain } from '../../src/saliency/explain-layers';
import type { Explanation } from '../../src/saliency/explanation';
import { isInputMethod, type SaliencyMethod } from '../../src/saliency/method-names';
import { entropyScalar } from '../../src/semiotics';
import { timeTrainingSteps } from '../training-step';
import { countGpu } from './gpu-counts';
import type { BenchMemory, BenchMethods, OpenRequest } from './methods';
import { profile } from './profile';
import { imputeAll, roadOf } from './road';

interface Session {
  network: Network;
  input: tf.Tensor4D;
  layers: number[];
}

let session: Session | null = null;
const maps = new Map<string, Float32Array>();

function opened(): Session {
  if (!session) throw new Error('No network is open.');
  return session;
}

async function open({ backend, network: address, input }: OpenRequest) {
  const { report } = await startBackend(backend, new Map());
  if (report.name !== backend) throw new Error(report.reason);
  const network = await loadNetwork(address);
  const [height, width, channels] = network.inputShape;
  const shape: [number, number, number, number] = [1, height, width, channels];
  session = {
    network,
    input: input
      ? tf.tensor4d(await float32(input), shape)
      : tf.randomUniform<tf.Rank.R4>(shape, -1, 1, 'float32', 7),
    // Convolutions, and of a transformer its blocks.
    layers: featureLayers(network, explainedKinds()),
  };
  return {
    backend: backendTitle(report),
    threads: report.threads,
    tfjs: tf.version_core,
    layers: session.layers.map((node) => network.nodes[node].name),
  };
}

async function loadNetwork(address: string): Promise<Network> {
  const prepared = await prepareNetwork(
    { kind: 'bundled', address },
    { signal: new AbortController().signal, onBytes: () => {} },
  );
  return (await loadPrepared(prepared)).network;
}

const float32 = async (address: string) => new Float32Array(await (await fetch(address)).arrayBuffer());

const analyse = ({ checkpoint }: Task<never>, method: SaliencyMethod = 'grad-cam'): Promise<Explanation> => {
  const { network, input, layers } = opened();
  const own = isInputMethod(method) ? [pictureNode(network)] : layers;
  return explain(network, input, { method, layers: own, target: null, checkpoint });
};

async function milliseconds(work: () => Promise<unknown>): Promise<{ result: number }> {
  const started = performance.now();
  await work();
  return { result: performance.now() - started };
}

function readMemory(): BenchMemory {
  const { numTensors, numBytes, ...rest } = tf.memory() as tf.MemoryInfo & {
    numBytesAllocatedInGPU?: number;
  };
  return { tensors: numTensors, bytes: numBytes, gpuBytes: rest.numBytesAllocatedInGPU ?? null };
}

serve<BenchMethods>({
  open: async (request) => ({ result: await open(request) }),
  forward: (_, { checkpoint }) => milliseconds(() => predict(opened().network, opened().input, checkpoint)),
  analyse: (_, task) => milliseconds(() => analyse(task)),
  answers: async (_, task) => {
    const { logits, layers } = await analyse(task);
    const sums = layers.map(({ map }) => map.values.reduce((a, b) => a + b, 0));
    return { result: { logits: [...logits], sums } };
  },
  maps: async ({ method }, task) => {
    const { layers } = await analyse(task, method);
    return { result: layers.map(({ map }) => map.values) };
  },
  soak: async ({ analyses }, task) => {
    for (let done = 0; done < analyses; done++) await analyse(task);
    return { result: readMemory() };
  },
  profile: async ({ analyses }, { checkpoint }) => {
    const { network, input, layers } = opened();
    return { result: await profile(network, input, { layers, analyses, checkpoint }) };
  },
  gpuCounts: async (_, task) => ({ result: await countGpu(() => analyse(task)) }),
  entropy: async ({ measure, maps: address, side }) => {
    const all = maps.get(address) ?? (await float32(address));
    maps.set(address, all);
    const started = performance.now();
    const values: number[] = [];
    for (let at = 0; at < all.length; at += side * side) {
      const map = all.subarray(at, at + side * side);
      values.push(entropyScalar(map, side, side, { measure, levels: 256 }));
    }
    return { result: { ms: performance.now() - started, values } };
  },
  impute: async ({ picture, map, ...how }) => ({
    result: imputeAll(await float32(picture), await float32(map), how),
  }),
  road: async ({ map, percentages }, { checkpoint }) => {
    const { network, input } = opened();
    return { result: await roadOf(network, input, await float32(map), { percentages, checkpoint }) };
  },
  train: async (request) => {
    // The first step warms up.
    const [, second] = await timeTrainingSteps(2, request);
    return { result: second };
  },
});
