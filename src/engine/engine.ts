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
import { featureLayers } from './network/network';
import {
  type AnalyseRequest,
  type AnalyseResult,
  type BackendName,
  type BackendPreference,
  backendTitle,
  type EngineProgress,
  type InputPicture,
  type NetworkManifest,
  type Prediction,
} from './protocol';
import { type ExplainOptions, explain } from './saliency/explain';
import type { Task } from './serve';

export interface Engine {
  prepare(request: Pick<AnalyseRequest, 'backend' | 'network'>, task: Task<EngineProgress>): Promise<null>;
  analyse(request: AnalyseRequest, task: Task<EngineProgress>): Promise<AnalyseResult>;
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
    task.report({ text: `Explaining on ${backendTitle(backend.report)}`, fraction: null });
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
          const { logits, target, layers, timings } = await explain(network, input, {
            ...options,
            method: request.method,
          });
          return {
            backend: backend.report,
            network: summary,
            predictions: predictionsOf(logits, manifest.labels),
            target: { index: target, label: manifest.labels[target] },
            layers,
            timings,
          };
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
          const mapsOf = async (explained: typeof network) =>
            (await explain(explained, input, { ...options, method: request.method })).layers;
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

/** What every kind of run takes. */
type RunOptions = Omit<ExplainOptions, 'method'>;

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
