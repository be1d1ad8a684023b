import * as tf from '@tensorflow/tfjs-core';
import { type BackendLostError, type RunningBackend, startBackend } from './backend/choose';
import { decisionCurves } from './decision/curves';
import type {
  CurvesRequest,
  DecisionCurves,
  RandomisedWeights,
  RandomiseRequest,
  SignWeights,
  WeighRequest,
} from './decision/protocol';
import { randomisedWeights } from './decision/randomised-weights';
import { weighSigns } from './decision/weigh-signs';
import { fetchBundledNetwork, type LoadedNetwork, loadBundledNetwork } from './network/bundled';
import { readLayersModel } from './network/layers-model';
import { featureLayers, type Network } from './network/network';
import {
  type AnalyseRequest,
  type AnalyseResult,
  type BackendName,
  type BackendPreference,
  backendTitle,
  type CompareRequest,
  type CompareResult,
  type EngineProgress,
  type InputPicture,
  type NetworkManifest,
  type Prediction,
  saliencyMethodNames,
} from './protocol';
import { compare, explain } from './saliency/explain';
import type { LayerMapsOptions, PassesProgress } from './saliency/layer-maps';
import type { Task } from './serve';

export interface Engine {
  prepare(request: Pick<AnalyseRequest, 'backend' | 'network'>, task: Task<EngineProgress>): Promise<null>;
  analyse(request: AnalyseRequest, task: Task<EngineProgress>): Promise<AnalyseResult>;
  compare(request: CompareRequest, task: Task<EngineProgress>): Promise<CompareResult>;
  weighSigns(request: WeighRequest, task: Task<EngineProgress>): Promise<SignWeights>;
  curves(request: CurvesRequest, task: Task<EngineProgress>): Promise<DecisionCurves>;
  randomise(request: RandomiseRequest, task: Task<EngineProgress>): Promise<RandomisedWeights>;
}

/** Holds one backend and one network, and runs analyses on them; a lost device is replaced by the next one. */
export function createEngine(): Engine {
  const failed = new Map<BackendName, string>();
  let running: { preference: BackendPreference; backend: RunningBackend } | null = null;
  let loaded: { address: string; network: LoadedNetwork } | null = null;

  const dropNetwork = () => {
    loaded?.network.network.dispose();
    loaded = null;
  };

  const backendFor = async (preference: BackendPreference): Promise<RunningBackend> => {
    if (running?.preference === preference && !running.backend.isLost()) return running.backend;
    if (!running?.backend.isLost()) dropNetwork();
    running = { preference, backend: await startBackend(preference, failed) };
    return running.backend;
  };

  const networkFor = async (address: string, task: Task<EngineProgress>): Promise<LoadedNetwork> => {
    if (loaded?.address === address) return loaded.network;
    dropNetwork();
    const network = await loadBundledNetwork(address, {
      signal: task.signal,
      onBytes: (read, total) =>
        task.report({
          text: `Loading the network, ${megabytes(read)} of ${megabytes(total)} MB`,
          fraction: read / total,
        }),
    });
    loaded = { address, network };
    return network;
  };

  /** Forgets everything that lived on a lost device. */
  const leaveLostBackend = (error: BackendLostError) => {
    if (!running) return;
    const { name } = running.backend.report;
    failed.set(name, error.message);
    try {
      dropNetwork();
      tf.removeBackend(name);
    } catch {
      // The device is gone: there is nothing left to free on it.
    }
    loaded = null;
    running = null;
  };

  /** Calls `work` with the network, the picture as it reads it, and what every kind of run takes. */
  const withInput = async <Result>(
    backend: RunningBackend,
    request: Omit<AnalyseRequest, 'method'>,
    task: Task<EngineProgress>,
    work: (loaded: LoadedNetwork, input: tf.Tensor4D, options: RunOptions) => Promise<Result>,
  ): Promise<Result> => {
    const loadedNetwork = await networkFor(request.network, task);
    const { network, manifest } = loadedNetwork;
    const on = backendTitle(backend.report);
    task.report({ text: `Explaining on ${on}`, fraction: null });
    if (request.target !== null && !(request.target in manifest.labels)) {
      throw new RangeError(
        `${manifest.id} has ${manifest.labels.length} classes; there is no class ${request.target}.`,
      );
    }
    const input = inputTensor(request.input, manifest);
    try {
      return await work(loadedNetwork, input, {
        layers: featureLayers(network, request.pooling ? ['convolution', 'pooling'] : ['convolution']),
        target: request.target,
        checkpoint: async () => {
          await task.checkpoint();
          if (backend.isLost()) await backend.lost;
        },
        onProgress: (progress) => task.report(passesInWords(progress)),
      });
    } finally {
      input.dispose();
    }
  };

  /** Does the work on the preferred backend, and on the next one when its device is lost. */
  const onBackend = async <Result>(
    preference: BackendPreference,
    task: Task<EngineProgress>,
    work: (backend: RunningBackend) => Promise<Result>,
  ): Promise<Result> => {
    for (;;) {
      task.report({ text: 'Starting the engine', fraction: null });
      const backend = await backendFor(preference);
      try {
        return await Promise.race([work(backend), backend.lost]);
      } catch (error) {
        task.signal.throwIfAborted();
        if (await backend.answers()) throw error;
        leaveLostBackend(await backend.lost.catch((lost: BackendLostError) => lost));
      }
    }
  };

  return {
    async prepare(request, task) {
      await backendFor(request.backend);
      await networkFor(request.network, task);
      return null;
    },
    analyse: (request, task) =>
      onBackend(request.backend, task, (backend) =>
        withInput(backend, request, task, async ({ network, manifest, summary }, input, options) => {
          const { method } = request;
          const { logits, target, layers, timings } = await explain(network, input, { ...options, method });
          return {
            method,
            backend: backend.report,
            network: summary,
            predictions: predictionsOf(logits, manifest.labels),
            target: { index: target, label: manifest.labels[target] },
            layers,
            timings,
          };
        }),
      ),
    compare: (request, task) =>
      onBackend(request.backend, task, (backend) =>
        withInput(backend, request, task, async ({ network }, input, options) => {
          const layers = named(network, options.layers, request.layers);
          const { methods, timings } = await compare(network, input, {
            ...options,
            layers,
            methods: request.methods,
          });
          return { methods, timings };
        }),
      ),
    weighSigns: (request, task) =>
      onBackend(request.backend, task, (backend) =>
        withInput(backend, request, task, ({ network }, input, { checkpoint }) =>
          weighSigns(network, input, {
            ...request,
            checkpoint,
            onProgress: (fraction) => task.report({ text: 'Weighing signs', fraction }),
          }),
        ),
      ),
    curves: (request, task) =>
      onBackend(request.backend, task, (backend) =>
        withInput(backend, request, task, ({ network }, input, { checkpoint }) =>
          decisionCurves(network, input, {
            ...request,
            checkpoint,
            onProgress: (fraction) => task.report({ text: 'Deleting and inserting', fraction }),
          }),
        ),
      ),
    randomise: (request, task) =>
      onBackend(request.backend, task, (backend) =>
        withInput(backend, request, task, async ({ network }, input, options) => {
          const { model, weights } = await fetchBundledNetwork(request.network, {
            signal: task.signal,
            onBytes: () => {},
          });
          const mapsOptions = {
            ...options,
            method: request.method,
            layers: named(network, options.layers, request.layers),
            onProgress: () => {},
          };
          const mapsOf = async (explained: Network) => (await explain(explained, input, mapsOptions)).layers;
          return randomisedWeights({
            manifest: model.weightsManifest ?? [],
            weights,
            read: (randomised) => readLayersModel(model, randomised),
            explain: mapsOf,
            trained: await mapsOf(network),
            draws: request.draws,
            seed: request.seed,
            onProgress: (done, of) =>
              task.report({ text: `Randomised network ${done + 1} of ${of}`, fraction: done / of }),
          });
        }),
      ),
  };
}

/** The nodes among `layers` that have one of these names; all of them where no names are given. */
const named = ({ nodes }: Network, layers: readonly number[], names: string[] | null): number[] =>
  layers.filter((node) => names?.includes(nodes[node].name) ?? true);

/** What an analysis and a comparison have in common. */
type RunOptions = Omit<LayerMapsOptions, 'methods'>;

/** "Score-CAM of conv3_2, layer 6 of 12, about 41 s left" */
function passesInWords({ method, name, layer, layers, fraction, left }: PassesProgress): EngineProgress {
  const where = layers === 1 ? name : `${name}, layer ${layer + 1} of ${layers}`;
  const rest = left === null ? '' : `, about ${Math.ceil(left / 1000)} s left`;
  return { text: `${saliencyMethodNames[method]} of ${where}${rest}`, fraction };
}

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);

/** [1, h, w, 3] as the network reads it. */
function inputTensor(picture: InputPicture, { preprocessing }: NetworkManifest): tf.Tensor4D {
  const { rgba, width, height } = picture;
  const values = new Float32Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      values[pixel * 3 + channel] = rgba[pixel * 4 + channel] * preprocessing.scale + preprocessing.offset;
    }
  }
  return tf.tensor4d(values, [1, height, width, 3]);
}

/** All classes, most probable first; the softmax is taken in float64. */
function predictionsOf(logits: Float32Array, labels: string[]): Prediction[] {
  const highest = Math.max(...logits);
  const exponentials = Array.from(logits, (logit) => Math.exp(logit - highest));
  const sum = exponentials.reduce((total, value) => total + value, 0);
  return labels
    .map((label, index) => ({ index, label, probability: exponentials[index] / sum, logit: logits[index] }))
    .sort((a, b) => b.logit - a.logit);
}
