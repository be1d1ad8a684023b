import { createEngine } from '../../src/engine/engine';
import { measure } from '../../src/engine/measure/measure-maps';
import { nullSignCounts, signs as signsOf } from '../../src/engine/measure/measure-signs';
import { nullShuffles } from '../../src/engine/measure/null-shuffles';
import type { LabelFile, NetworkRequest } from '../../src/network/network-request';
import type { NetworkSummary } from '../../src/network/network-summary';
import { PictureError } from '../../src/picture/picture-error';
import type { EngineProgress } from '../../src/rpc/engine-progress';
import type { Task } from '../../src/rpc/serve';
import type { SaliencyMethod } from '../../src/saliency/method-names';
import type { ExplainState } from '../../src/state/explain-store';
import { useExplain } from '../../src/state/explain-store';
import type { ExplainSettings } from '../../src/state/settings';
import { messageOf } from '../../src/text/message-of';
import { attentionRequest } from '../../src/workspaces/explain/layers/attention-words';
import { measuredAs, nullSeed } from '../../src/workspaces/explain/layers/measure-layers';
import { askedTarget, shownTarget } from '../../src/workspaces/explain/target/asked-target';
import { secondOf, takeSecondPicture } from '../../src/workspaces/explain/target/second-picture';
import { decodeInNode } from '../node/decode';
import { compareMethods } from './compare-methods';
import type { Drawn } from './draw-figures';

/** A network as the command line names it. */
export interface NamedNetwork {
  source: NetworkRequest['network'];
  /** What files call it, as the page does. */
  name: string;
  /** What figures call it. */
  shownName: string;
  labels: LabelFile | null;
}

/** A second picture, where Node finds it. */
export interface SecondPicture {
  name: string;
  address: string;
}

/** What is explained, and how far. */
export interface ExplainOrder {
  network: NamedNetwork;
  settings: ExplainSettings;
  /** The picture that likeness is to; null where something else is explained. */
  second: SecondPicture | null;
  /** Whether the signs of every layer are weighed: none, those of the last, all. */
  weigh: 'none' | 'last' | 'all';
  /** Methods that are set side by side; null where pictures are explained by one. */
  compare: readonly SaliencyMethod[] | null;
  /** Whether layers are factorised into concepts. */
  concepts: boolean;
}

const never = new AbortController().signal;
const task: Task<never> = { signal: never, report: () => {}, checkpoint: async () => {} };

/** An engine of this process, with one network. */
export function createExplainer({ network, settings, second, weigh, compare, concepts }: ExplainOrder) {
  const engine = createEngine();
  const { inputScaling, backend, output, reads, size, operations } = settings;
  const request = {
    backend,
    network: network.source,
    reading: { output: output || null, reads, size, operations },
    labels: network.labels,
    // Whoever starts a command has decided.
    evenIfLarge: true,
  };
  const scaling = inputScaling === 'auto' ? null : inputScaling;
  const named = (summary: NetworkSummary) => ({ ...summary, id: network.name });

  /** The second picture as the network reads it, taken to where the target is put together. */
  const readSecond = async ({ inputShape }: NetworkSummary) => {
    if (!second) return;
    const [height, width] = inputShape;
    try {
      const file = await (await fetch(second.address)).blob();
      const { input } = await decodeInNode(file, second.name, { width, height });
      takeSecondPicture({
        ...{ source: settings.alike, name: second.name },
        ...{ size: inputShape.join(), picture: input },
      });
    } catch (error) {
      throw new Error(`The second picture, ${second.name}, ${reasonOf(error)}`);
    }
  };

  return {
    /** @throws NetworkError, or Error where the second picture cannot be read */
    async prepare() {
      const summary = await engine.prepare(request, task);
      await readSecond(summary);
      return named(summary);
    },

    /**
     * Everything that the workspace has of a picture once it has come to rest, and its methods compared where that is asked.
     * @param file the picture
     * @param name what it is called
     * @param onProgress told how far the engine is
     * @throws PictureError, NetworkError, TargetError
     */
    async explain(
      file: Blob,
      name: string,
      onProgress: (progress: EngineProgress) => void = () => {},
    ): Promise<Drawn> {
      const told: Task<EngineProgress> = { ...task, report: onProgress };
      const { inputShape } = await engine.prepare(request, task);
      const [height, width] = inputShape;
      const picture = await decodeInNode(file, name, { width, height });
      const { method, smooth, pooling } = settings;
      const target = askedTarget(settings);
      const result = await engine.analyse(
        {
          ...{ ...request, scaling, input: picture.input, method, smooth, pooling },
          ...{ target, ...attentionRequest(settings) },
        },
        told,
      );
      const analysis = {
        ...result,
        network: named(result.network),
        target: { ...result.target, ...secondOf(target) },
      };
      const maps = analysis.layers.map(({ map }) => map);
      const shuffled = { shuffles: nullShuffles, seed: nullSeed };
      const measurement = await measure(
        { maps, ...measuredAs(settings, { width, height }), ...shuffled },
        task,
      );
      const asked = { maps, grid: { width, height }, tau: settings.tau, theta: settings.theta };
      const signs = signsOf(asked);
      const nullSigns = await nullSignCounts({ ...asked, ...shuffled }, task);
      const last = analysis.layers.length - 1;
      const state: ExplainState = {
        ...useExplain.getInitialState(),
        ...{ settings, picture, analysis, measurement, signs, nullSigns },
        ...{ layer: last, position: last, progress: null, networkName: network.shownName },
      };
      if (compare) {
        const asked = { ...request, scaling, input: picture.input, smooth, pooling };
        const comparison = await compareMethods(engine, asked, { analysis, settings }, compare);
        return { state, comparison, concepts: null };
      }
      const decision = {
        ...{ ...request, scaling, input: picture.input, pooling },
        target: shownTarget(analysis, settings),
      };
      const factorised = concepts
        ? await engine.concepts({ ...decision, layers: null, count: settings.concepts }, told)
        : null;
      const known = factorised && {
        of: analysis,
        layers: Object.fromEntries(factorised.map((layer) => [layer.name, layer])),
      };
      const weighed = analysis.layers
        .map(({ index }) => index)
        .filter((index) => weigh === 'all' || (weigh === 'last' && index === last))
        .filter((index) => signs.layers[index].signs.length > 0);
      if (weighed.length === 0) return { state, comparison: null, concepts: known };
      const { layers } = await engine.weighSigns(
        {
          ...decision,
          layers: weighed.map((index) => ({
            name: analysis.layers[index].name,
            labels: signs.layers[index].labels,
            masses: signs.layers[index].signs.map(({ mass }) => mass),
          })),
          atInput: weigh === 'all',
        },
        told,
      );
      const weights = analysis.layers.map(({ index }) => layers[weighed.indexOf(index)] ?? null);
      return { state: { ...state, weights }, comparison: null, concepts: known };
    },
  };
}

export type Explainer = ReturnType<typeof createExplainer>;

/** A picture's error goes on from the picture's name; another stands alone. */
const reasonOf = (error: unknown) =>
  error instanceof PictureError ? error.message : `cannot be read: ${messageOf(error)}`;
