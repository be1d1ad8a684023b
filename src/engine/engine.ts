import * as tf from '@tensorflow/tfjs-core';
import { backendTitle } from '../backend/backend-names';
import type { RunningBackend } from '../backend/choose-backend';
import { loadCode } from '../code/missing-code';
import type {
  CurvesRequest,
  DecisionCurves,
  RandomisedWeights,
  RandomiseRequest,
  SignWeights,
  WeighRequest,
} from '../faithfulness/questions';
import type { TrustRequest, TrustResult } from '../faithfulness/trust/trust-questions';
import { layerColumns } from '../network/layer-columns';
import type { LoadedNetwork } from '../network/load-network-files';
import {
  explainedKinds,
  featureLayers,
  layerName,
  type Network,
  noMaps,
  operationLayers,
} from '../network/network';
import { isOutOfMemory, NetworkTooLargeError } from '../network/network-cost';
import { NetworkError } from '../network/network-errors';
import type { NetworkRequest } from '../network/network-request';
import type { NetworkSummary } from '../network/network-summary';
import type { Prediction } from '../network/prediction';
import { probabilitiesOf } from '../network/probabilities';
import { type Checkpoint, predict, type ReadNode } from '../network/run-network';
import { usedScaling } from '../network/scaling/chosen-scaling';
import { scalePicture } from '../network/scaling/scaling';
import type { ScalingTrial, TryScalingsRequest } from '../network/scaling/scaling-trial';
import { detectionsIn } from '../network/targets/detections';
import { type ExplainedTarget, explainedTarget } from '../network/targets/explained-target';
import { classesOfPlaces } from '../network/targets/regions';
import { type AskedTarget, type Target, TargetError } from '../network/targets/target';
import type { InputPicture } from '../picture/picture';
import type { EngineProgress } from '../rpc/engine-progress';
import type { Task } from '../rpc/serve';
import type { AnalyseRequest, AnalyseResult, CompareRequest, CompareResult } from '../saliency/analysis';
import { pictureNode } from '../saliency/channel-passes';
import type { ConceptsRequest, LayerConcepts } from '../saliency/concepts/concepts';
import { type CompareOptions, compare, explain } from '../saliency/explain-layers';
import type { PassesProgress } from '../saliency/layer-maps-options';
import {
  isAttentionMethod,
  isInputMethod,
  type SaliencyMethod,
  saliencyMethodNames,
} from '../saliency/method-names';
import type { SaliencyLayer } from '../saliency/saliency-layer';
import { smoothingOf } from '../saliency/smoothing/map-smoothing';
import { holdNetwork } from './held-network';
import type { ConceptsProgress } from './methods';
import type { StudyBatchRequest, StudyBatchResult, StudyPlan, StudyRun } from './study/study-methods';

export interface Engine {
  prepare(request: NetworkRequest, task: Task<EngineProgress>): Promise<NetworkSummary>;
  analyse(request: AnalyseRequest, task: Task<EngineProgress>): Promise<AnalyseResult>;
  tryScalings(request: TryScalingsRequest, task: Task<EngineProgress>): Promise<ScalingTrial[]>;
  compare(request: CompareRequest, task: Task<EngineProgress>): Promise<CompareResult>;
  concepts(request: ConceptsRequest, task: Task<ConceptsProgress>): Promise<LayerConcepts[]>;
  weighSigns(request: WeighRequest, task: Task<EngineProgress>): Promise<SignWeights>;
  curves(request: CurvesRequest, task: Task<EngineProgress>): Promise<DecisionCurves>;
  randomise(request: RandomiseRequest, task: Task<EngineProgress>): Promise<RandomisedWeights>;
  trust(request: TrustRequest, task: Task<EngineProgress>): Promise<TrustResult>;
  planStudy(request: StudyRun, task: Task<EngineProgress>): Promise<StudyPlan>;
  studyBatch(request: StudyBatchRequest, task: Task<EngineProgress>): Promise<StudyBatchResult>;
}

/**
 * Holds one backend and one network, and runs analyses on them; a lost device is replaced by the next one. The code of what is asked besides
 * comes with the first question.
 */
export function createEngine(): Engine {
  const { networkFor, randomisedBeside, randomiserOf, giveBack, onBackend } = holdNetwork();

  /** Calls `work` with the network, the picture as it reads it, and what every kind of run takes. */
  const withInput = async <Result>(
    backend: RunningBackend,
    request: Omit<AnalyseRequest, 'method'> & { shuffled?: number | null },
    task: Task<EngineProgress>,
    work: (loaded: LoadedNetwork, input: tf.Tensor4D, options: RunOptions) => Promise<Result>,
  ): Promise<Result> => {
    const loadedNetwork = await networkFor(backend, request, task, request.shuffled);
    const { network, summary, scaling } = loadedNetwork;
    const on = backendTitle(backend.report);
    task.report({ text: `Explaining on ${on}`, fraction: null });
    const pictureOf = (picture: InputPicture) =>
      tf.tensor4d(scalePicture(picture, usedScaling(scaling, request.scaling)), [1, ...network.inputShape]);
    const checkpoint = checkpointOn(backend, task);
    const input = pictureOf(request.input);
    let gone = false;
    try {
      return await work(loadedNetwork, input, {
        layers: await shownLayers(network, request),
        target: await targetOf(request.target, network, pictureOf, checkpoint),
        attention: request.attention,
        checkpoint,
        smooth: request.smooth,
        onProgress: (progress) => task.report(passesInWords(progress)),
        onVariant: (done, of) =>
          task.report({ text: `Smoothing: variant ${done} of ${of}`, fraction: done / of }),
      });
    } catch (error) {
      if (!isOutOfMemory(error) || backend.isLost()) throw error;
      gone = true;
      giveBack(backend);
      throw new NetworkTooLargeError(`${summary.title} took more memory for one picture than ${on} has.`);
    } finally {
      if (!gone) input.dispose();
    }
  };

  return {
    prepare: (request, task) =>
      onBackend(request, task, async (backend) => (await networkFor(backend, request, task)).summary),
    analyse: (request, task) =>
      onBackend(request, task, (backend) =>
        withInput(backend, request, task, async ({ network, summary, scaling, probe }, input, options) => {
          const { method } = request;
          const { checkpoint } = options;
          let seen: Pick<AnalyseResult, 'places' | 'boxes'> = {};
          const onOutputs = async (read: ReadNode) => {
            seen = await seenBy(network, read);
          };
          const wanted = named(network, options.layers, request.only ?? null);
          const run = await explain(network, input, { ...options, layers: wanted, method, onOutputs });
          const { logits, target: index, value, layers, timings } = run;
          const smooth = smoothingOf(method, request.smooth);
          return {
            method,
            ...(smooth === 'none' ? {} : { smooth }),
            backend: backend.report,
            network: summary,
            predictions: predictionsOf(logits, summary.labels, network),
            ...seen,
            target: thingNamed(
              explainedTarget(request.target, { index, value }, summary.labels, seen.boxes?.[0]?.box),
              summary,
              seen,
            ),
            scaling: usedScaling(scaling, request.scaling),
            // Who has chosen a scaling knows better.
            scalingDoubt:
              request.scaling || request.only ? null : await probe?.check(request.input, scaling, checkpoint),
            layers: inColumns(network, wanted, layers),
            timings,
          };
        }),
      ),
    tryScalings: (request, task) =>
      onBackend(request, task, async (backend) => {
        const { network, summary } = await networkFor(backend, request, task);
        const { tryScalings } = await loadCode(() => import('./scaling-trials'));
        return tryScalings(network, request, {
          checkpoint: checkpointOn(backend, task),
          answer: (logits) => predictionsOf(logits, summary.labels, network)[0],
          onTrial: (done, of) => task.report({ text: 'Trying other scalings', fraction: done / of }),
        });
      }),
    compare: (request, task) =>
      onBackend(request, task, (backend) =>
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
    concepts: (request, task) =>
      onBackend(request, task, (backend) =>
        withInput(backend, request, task, async ({ network }, input, { layers, target, checkpoint }) => {
          const { conceptsOfLayers } = await loadCode(
            () => import('../saliency/concepts/concepts-of-layers'),
          );
          const wanted = named(network, layers, request.layers);
          return conceptsOfLayers(network, input, {
            ...{ layers: wanted, target, checkpoint, count: request.count },
            onLayer: (layer, done) =>
              task.report({
                text: `Concepts of ${layer.name}, layer ${done} of ${wanted.length}`,
                fraction: done / wanted.length,
                layer,
              }),
          });
        }),
      ),
    weighSigns: (request, task) =>
      onBackend(request, task, (backend) =>
        withInput(backend, request, task, async ({ network }, input, { checkpoint, target }) => {
          const { weighSigns } = await loadCode(() => import('../faithfulness/weigh-signs'));
          return weighSigns(network, input, {
            ...{ ...request, target, checkpoint },
            onProgress: (fraction) => task.report({ text: 'Weighing signs', fraction }),
          });
        }),
      ),
    curves: (request, task) =>
      onBackend(request, task, (backend) =>
        withInput(backend, request, task, async ({ network }, input, { checkpoint, target }) => {
          const { decisionCurves } = await loadCode(() => import('../faithfulness/curves'));
          return decisionCurves(network, input, {
            ...{ ...request, target, checkpoint },
            onProgress: (fraction) => task.report({ text: 'Deleting and inserting', fraction }),
          });
        }),
      ),
    randomise: (request, task) =>
      onBackend(request, task, (backend) =>
        withInput(backend, request, task, async ({ network }, input, options) => {
          const randomiser = await randomiserOf(request, task);
          const { randomisedWeights } = await loadCode(() => import('../faithfulness/randomised-weights'));
          const { askNetwork } = await loadCode(() => import('../faithfulness/trust/asked-network'));
          const order = request.order ?? 'cascading';
          const { checkpoint } = options;
          const { target } = await askNetwork(network, input, options.target, { checkpoint, onDone() {} });
          const mapsOptions = {
            ...{ ...options, target },
            method: request.method,
            layers: named(network, options.layers, request.layers),
            onProgress: () => {},
            onVariant: () => {},
          };
          const mapsOf = async (explained: Network) => (await explain(explained, input, mapsOptions)).layers;
          return randomisedWeights({
            ...{ network, order, steps: randomiser.steps(order), build: randomiser.build, explain: mapsOf },
            draws: request.draws,
            seed: request.seed,
            onProgress: (done, of) =>
              task.report({ text: `Randomised network ${done + 1} of ${of}`, fraction: done / of }),
          });
        }),
      ),
    trust: (request, task) =>
      onBackend(request, task, (backend) =>
        withInput(backend, ofMethod(request), task, async ({ network }, input, options) => {
          const { measureTrust } = await loadCode(() => import('../faithfulness/trust/measure-trust'));
          const { layers, checkpoint, target } = options;
          return measureTrust(network, input, {
            ...{ ...request, mask: request.mask ?? null, target, checkpoint },
            layers: named(network, layers, request.layers),
            randomised: () => randomisedBeside(request, task, request.seed),
            randomiser: () => randomiserOf(request, task),
            onProgress: (fraction) => task.report({ text: 'Measuring trust', fraction }),
          });
        }),
      ),
    planStudy: (request, task) =>
      onBackend(request, task, async (backend) => {
        const network = await networkFor(backend, request, task, request.shuffled);
        const { studyPlan } = await loadCode(() => import('./study/study-batch'));
        return studyPlan(network, backend.report, request);
      }),
    studyBatch: (request, task) =>
      onBackend(request, task, async (backend) => {
        const network = await networkFor(backend, request, task, request.shuffled);
        const { studyBatch } = await loadCode(() => import('./study/study-batch'));
        const pictures = await studyBatch(network, request, checkpointOn(backend, task));
        return { backend: backend.report, pictures };
      }),
  };
}

/** Lets messages in, and throws when the task was cancelled or the device is lost. */
const checkpointOn = (backend: RunningBackend, task: Task<EngineProgress>) => async () => {
  await task.checkpoint();
  if (backend.isLost()) await backend.lost;
};

/** What a segmenter sees where, or what a detector finds. */
async function seenBy(
  { detail, nodes, inputShape }: Network,
  read: ReadNode,
): Promise<Pick<AnalyseResult, 'places' | 'boxes'>> {
  if (!detail) return {};
  const numbers = await read(detail.node);
  return detail.kind === 'places'
    ? { places: classesOfPlaces(numbers, nodes[detail.node].shape) }
    : { boxes: detectionsIn(numbers, detail.layout, inputShape) };
}

/** A box that its network has given a class bears the name of that. */
function thingNamed(
  target: ExplainedTarget,
  { things }: NetworkSummary,
  { boxes = [] }: Pick<AnalyseResult, 'boxes'>,
): ExplainedTarget {
  if (target.kind !== 'box' || !things) return target;
  const found = boxes.find(({ box }) => box === target.box);
  return found ? { ...target, label: things[found.index] ?? `class ${found.index}` } : target;
}

/** What is explained; of a second picture the network says what it is likened to. */
async function targetOf(
  asked: AskedTarget,
  network: Network,
  pictureOf: (picture: InputPicture) => tf.Tensor4D,
  checkpoint: Checkpoint,
): Promise<Target> {
  if (asked === null || typeof asked === 'number' || asked.kind !== 'similarity') return asked;
  const { width, height } = asked.picture;
  const [rows, columns] = network.inputShape;
  if (width !== columns || height !== rows) {
    throw new TargetError(
      `The second picture was read at ${width} × ${height}, but the network reads ${columns} × ${rows}. Choose the second picture again.`,
    );
  }
  const other = pictureOf(asked.picture);
  try {
    return { kind: 'similarity', to: await predict(network, other, checkpoint) };
  } finally {
    other.dispose();
  }
}

/** What an analysis shows: convolutions, pooling beside them, or whatever yields a feature map. */
async function shownLayers(
  network: Network,
  { method, pooling, reading }: Omit<AnalyseRequest, 'method'> & { method?: SaliencyMethod },
): Promise<number[]> {
  if (method && isAttentionMethod(method)) {
    const { blocksFor } = await loadCode(() => import('../saliency/attention/attention-maps'));
    return blocksFor(network, method).map(({ layer }) => layer);
  }
  if (method && isInputMethod(method)) return [pictureNode(network)];
  const layers = reading?.operations
    ? operationLayers(network)
    : featureLayers(network, explainedKinds(pooling));
  if (layers.length === 0) throw new NetworkError(noMaps);
  return layers;
}

/** The layers shown, each with the column that it can be folded into. */
function inColumns(network: Network, shown: number[], layers: SaliencyLayer[]): SaliencyLayer[] {
  const { pair, block } = layerColumns(network, shown);
  return layers.map((layer, k) =>
    block[k] === k ? layer : { ...layer, column: { pair: pair[k], block: block[k] } },
  );
}

/** The request with its first method, which says what its layers are. */
const ofMethod = (request: TrustRequest) => ({ ...request, method: request.methods[0] });

/** The nodes among `layers` that have one of these names; all of them where no names are given. */
const named = ({ nodes }: Network, layers: readonly number[], names: string[] | null): number[] =>
  layers.filter((node) => names?.includes(layerName(nodes[node])) ?? true);

/** What an analysis and a comparison have in common. */
type RunOptions = Omit<CompareOptions, 'methods' | 'target'> & { target: Target };

/** "Score-CAM of conv3_2, layer 6 of 12, about 41 s left" */
function passesInWords({ method, name, layer, layers, fraction, left }: PassesProgress): EngineProgress {
  const where = layers === 1 ? name : `${name}, layer ${layer + 1} of ${layers}`;
  const rest = left === null ? '' : `, about ${Math.ceil(left / 1000)} s left`;
  return { text: `${saliencyMethodNames[method]} of ${where}${rest}`, fraction };
}

/** All classes, most probable first; all numbers, the highest first, where they are no classes. */
function predictionsOf(logits: Float32Array, labels: string[], network: Network): Prediction[] {
  const probabilities = probabilitiesOf(logits, network);
  return labels
    .map((label, index) => ({
      ...{ index, label, logit: logits[index] },
      probability: probabilities?.[index] ?? null,
    }))
    .sort((a, b) => b.logit - a.logit);
}
