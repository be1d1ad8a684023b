import * as tf from '@tensorflow/tfjs-core';
import { type BackendName, backendTitle } from '../backend/backend-names';
import { assertBuffersHold, BuffersTooSmallError, largestBufferHere } from '../backend/buffers';
import { type BackendLostError, type RunningBackend, startBackend } from '../backend/choose-backend';
import { giveUpBackend, survivingLoss } from '../backend/surviving-loss';
import { loadCode } from '../code/missing-code';
import type { Randomiser } from '../faithfulness/randomisation-steps';
import { buildNetwork } from '../network/build';
import { assertFits, wasmRoom } from '../network/files/fits';
import { loadingProgress } from '../network/files/loading-progress';
import { parseLabels, named as withNames } from '../network/labels/labels';
import {
  hasChosen,
  type LoadedNetwork,
  loadPrepared,
  type PreparedNetwork,
  prepareNetwork,
  sourceKey,
} from '../network/load-network-files';
import type { Network } from '../network/network';
import { assertAffordable, type Device, networkCost } from '../network/network-cost';
import { NetworkError } from '../network/network-errors';
import type { Graph } from '../network/network-graph';
import type { LabelFile, NetworkRequest } from '../network/network-request';
import type { EngineProgress } from '../rpc/engine-progress';
import type { Task } from '../rpc/serve';
import { messageOf } from '../text/message-of';

/** Holds one backend and one network at a time; a lost device is replaced by the next backend. */
export function holdNetwork() {
  const failed = new Map<BackendName, string>();
  /** Backends that cannot hold a network, each with the sentence that says so, by the network's source. */
  const tooSmall = new Map<string, Map<BackendName, string>>();
  let running: { choice: string; backend: RunningBackend } | null = null;
  let loaded: { key: string; network: LoadedNetwork } | null = null;
  /** The loaded network once more, all its weights shuffled by a seed: measures of trust of many pictures ask for it again and again. */
  let randomised: { of: LoadedNetwork; seed: number; network: Network } | null = null;
  /** What shuffles the weights of the loaded network, kept as long as it. */
  let randomiser: { of: LoadedNetwork; randomiser: Randomiser } | null = null;
  /** Networks that whoever opened them wants although they take much. */
  const accepted = new Set<string>();

  const dropNetwork = () => {
    const twin = randomised;
    const held = loaded;
    randomised = null;
    randomiser = null;
    loaded = null;
    twin?.network.dispose();
    held?.network.network.dispose();
  };

  const backendFor = async ({
    backend: preference,
    network,
    reading,
  }: NetworkRequest): Promise<RunningBackend> => {
    const passedOver = tooSmall.get(sourceKey(network, reading)) ?? new Map<BackendName, string>();
    const choice = [preference, ...passedOver.keys()].join(' without ');
    if (running?.choice === choice && !running.backend.isLost()) return running.backend;
    if (!running?.backend.isLost()) dropNetwork();
    running = { choice, backend: await startBackend(preference, new Map([...failed, ...passedOver])) };
    return running.backend;
  };

  const prepared = async (
    { network, reading, labels }: NetworkRequest,
    task: Task<EngineProgress>,
  ): Promise<PreparedNetwork> => {
    const onBytes = loadingProgress(task.report);
    const files = await prepareNetwork(network, { signal: task.signal, onBytes }, reading);
    return labels ? { ...files, build: { ...files.build, names: namesIn(labels).length } } : files;
  };

  /**
   * The network of a source, loaded unless it is there. The one before stays until the files of the new one are read and
   * found to fit, and is freed before the new one takes memory.
   * @param shuffled seed by which its weights are shuffled; null for the network as it was trained
   */
  const networkFor = async (
    backend: RunningBackend,
    request: NetworkRequest,
    task: Task<EngineProgress>,
    shuffled: number | null = null,
  ): Promise<LoadedNetwork> => {
    // Two names make a classifier of one unit, and so another network.
    const names = request.labels && namesIn(request.labels).length === 2 ? ' of two names' : '';
    const weights = shuffled === null ? '' : ` shuffled by ${shuffled}`;
    const key = `${sourceKey(request.network, request.reading)}${names}${weights}`;
    if (loaded?.key === key) return labelled(loaded.network, request);
    const trained = await prepared(request, task);
    const files =
      shuffled === null ? trained : { ...trained, graph: await shuffledGraph(trained.graph, shuffled) };
    const largest = () => networkCost(files.graph, files.build).largest;
    assertBuffersHold({ title: files.title, largest }, largestBufferHere(), backendTitle(backend.report));
    if (backend.report.name === 'wasm') assertFits(files, wasmRoom, backendTitle(backend.report));
    const source = sourceKey(request.network, request.reading);
    if (request.evenIfLarge) accepted.add(source);
    assertAffordable(files, deviceOf(backend), accepted.has(source));
    task.report({ text: `Putting ${files.title} on ${backendTitle(backend.report)}`, fraction: null });
    dropNetwork();
    loaded = { key, network: await upload(files, backend) };
    return labelled(loaded.network, request);
  };

  /** The network that is loaded, all its weights shuffled by a seed; freed with it. */
  const randomisedBeside = async (
    request: NetworkRequest,
    task: Task<EngineProgress>,
    seed: number,
  ): Promise<Network> => {
    if (!loaded) throw new Error('A network is randomised beside the one that is loaded; none is.');
    const { network: of } = loaded;
    if (randomised?.of === of && randomised.seed === seed) return randomised.network;
    const { all, build } = await randomiserOf(request, task);
    const twin = build(all, seed);
    randomised?.network.dispose();
    randomised = { of, seed, network: twin };
    return twin;
  };

  /** What shuffles weights of the network that is loaded. */
  const randomiserOf = async (request: NetworkRequest, task: Task<EngineProgress>): Promise<Randomiser> => {
    if (!loaded) throw new Error('The weights of the network that is loaded are shuffled; none is.');
    const { network: of } = loaded;
    if (randomiser?.of === of) return randomiser.randomiser;
    const { graph, build } = await prepared(request, task);
    const { shuffleWeights, weightedNodes } = await shuffling();
    const { randomisationSteps } = await loadCode(() => import('../faithfulness/randomisation-steps'));
    const made: Randomiser = {
      all: weightedNodes(graph),
      steps: (order) => randomisationSteps(of.network, graph, order),
      build: (parts, seed) => buildNetwork(shuffleWeights(graph, parts, seed), build),
    };
    randomiser = { of, randomiser: made };
    return made;
  };

  /** Ends a backend with all that it holds: WebAssembly's memory grows and never shrinks. */
  const giveBack = (backend: RunningBackend) => {
    tf.removeBackend(backend.report.name);
    loaded = null;
    randomised = null;
    randomiser = null;
    running = null;
  };

  /** A backend that has run out of memory is started anew by the next request. */
  const upload = async (files: PreparedNetwork, backend: RunningBackend): Promise<LoadedNetwork> => {
    try {
      return await loadPrepared(files);
    } catch (error) {
      if (error instanceof NetworkError || backend.isLost()) throw error;
      giveBack(backend);
      const why = messageOf(error);
      throw new NetworkError(
        `${files.title} does not fit into the memory of ${backendTitle(backend.report)} (${why}).`,
      );
    }
  };

  /** Forgets everything that lived on a lost device. */
  const leaveLostBackend = (error: BackendLostError) => {
    if (!running) return;
    try {
      dropNetwork();
    } catch {
      // The device is gone: there is nothing left to free on it.
    }
    giveUpBackend(running.backend, error, failed);
    loaded = null;
    randomised = null;
    randomiser = null;
    running = null;
  };

  /** Does the work on the preferred backend, and on the next one when its device is lost or cannot hold the network. */
  const onBackend = async <Result>(
    request: NetworkRequest,
    task: Task<EngineProgress>,
    work: (backend: RunningBackend) => Promise<Result>,
  ): Promise<Result> => {
    let backend: RunningBackend | null = null;
    const start = async () => {
      task.report({ text: 'Starting the engine', fraction: null });
      backend = await backendFor(request);
      return backend;
    };
    for (;;) {
      try {
        return await survivingLoss(task.signal, start, work, leaveLostBackend);
      } catch (error) {
        if (!(error instanceof BuffersTooSmallError) || !backend) throw error;
        passOver(backend, request, error);
      }
    }
  };

  const passOver = (
    { report }: RunningBackend,
    { network, reading }: NetworkRequest,
    { message }: BuffersTooSmallError,
  ) => {
    const source = sourceKey(network, reading);
    const others = tooSmall.get(source) ?? new Map<BackendName, string>();
    tooSmall.set(source, others.set(report.name, message));
  };

  return { networkFor, prepared, randomisedBeside, randomiserOf, giveBack, onBackend };
}

const shuffling = () => loadCode(() => import('../faithfulness/shuffle-weights'));

/** The graph with all weights shuffled. */
async function shuffledGraph(graph: Graph, seed: number): Promise<Graph> {
  const { shuffleWeights, weightedNodes } = await shuffling();
  return shuffleWeights(graph, weightedNodes(graph), seed);
}

const namesIn = ({ text, name }: LabelFile) => parseLabels(text, name);

/**
 * The network with the names of its classes that the request brings, for this request alone. Names of two classes wait while
 * the unit that tells them is read as a number.
 */
function labelled(network: LoadedNetwork, { labels: file, reading }: NetworkRequest): LoadedNetwork {
  if (!file) return network;
  const names = namesIn(file);
  const { kind } = network.summary;
  if (reading?.reads === 'number' && kind === 'number' && names.length === 2) return network;
  if (hasChosen(network.network)) return { ...network, summary: { ...network.summary, things: names } };
  const labels = withNames(names, network.summary, file.name);
  return { ...network, summary: { ...network.summary, labels } };
}

/** Bytes of memory that the browser tells of, in steps up to 8 GiB; null where it tells nothing. */
function toldMemory(): number | null {
  const gibibytes = (globalThis.navigator as { deviceMemory?: unknown } | undefined)?.deviceMemory;
  return typeof gibibytes === 'number' ? gibibytes * 2 ** 30 : null;
}

/** What is known of the machine. */
const deviceOf = ({ report }: RunningBackend): Device => ({
  backend: report.name,
  threads: report.threads ?? 1,
  memory: toldMemory(),
});
