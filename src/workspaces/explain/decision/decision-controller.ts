import { engine } from '../../../engine/engine-client';
import type { DecisionRequest, LayerWeights } from '../../../faithfulness/questions';
import type { RandomisationOrder } from '../../../faithfulness/randomisation-steps';
import { networkRequest } from '../../../models/networks';
import type { EngineProgress } from '../../../rpc/engine-progress';
import { slowSaliencyMethods } from '../../../saliency/method-names';
import { type DecisionTask, useDecision } from '../../../state/decision-store';
import { type ExplainState, useExplain } from '../../../state/explain-store';
import { createLatestWork } from '../../../state/latest-work';
import { createNextCall } from '../../../state/next-call';
import { messageOf } from '../../../text/message-of';
import { say } from '../../../text/say';
import { shownTarget } from '../target/asked-target';

/** Steps of the deletion and insertion curves, shuffled maps beside them, and draws of randomised weights. */
export const curveSteps = 32;
export const curveShuffles = 4;
export const randomDraws = 3;
const seed = 1;

/** How long thresholds and layer stay as they are before their signs are weighed, in milliseconds. */
const settledAfter = 400;

/** What the engine is doing for a decision, asked for or not. */
const work = createLatestWork();
const next = createNextCall();
/** Signs whose weighing failed: not tried again by itself. */
const failed = new WeakSet<NonNullable<ExplainState['signs']>>();

const { setState } = useDecision;

/** Weighs signs as they are found, and forgets what belongs to an analysis that is gone; call the result to end it. */
export function watchDecisions(): () => void {
  // The signs may have been there first.
  next.after(settledAfter, () => void weighWhatIsShown());
  return useExplain.subscribe((state, before) => {
    const { analysis, signs, layer, progress } = state;
    if (analysis !== before.analysis) setState({ curves: null, randomised: null, problem: null });
    // The engine answers one request after the other: an analysis must not wait for a decision.
    if (analysis !== before.analysis || (progress && !before.progress)) stop();
    else if (signs !== before.signs && isAboutWeights()) stop();
    else if (layer === before.layer && progress === before.progress) return;
    next.after(settledAfter, () => void weighWhatIsShown());
  });
}

/** What nobody asked for weighs signs. */
const isAboutWeights = () => (useDecision.getState().running?.task ?? 'weights') === 'weights';

/** Ends what is under way for a decision. */
export function stop(): void {
  work.end();
  setState({ running: null });
}

/** The layers with signs that are not weighed yet: the last, which the decision rests on, and the selected one. */
function unweighed({ signs, weights, layer }: ExplainState): number[] {
  const last = (signs?.layers.length ?? 0) - 1;
  return [...new Set([last, layer])].filter(
    (index) => signs && !weights?.[index] && signs.layers[index]?.signs.length > 0,
  );
}

async function weighWhatIsShown(): Promise<void> {
  const state = useExplain.getState();
  if (work.isUnderWay || state.progress || !state.signs || failed.has(state.signs)) return;
  const layers = unweighed(state);
  if (layers.length === 0) return;
  const asked = state.signs;
  try {
    await run((signal) => weigh(layers, false, signal, () => {}));
  } catch (error) {
    failed.add(asked);
    setState({ problem: say('The signs could not be weighed: {reason}', { reason: messageOf(error) }) });
  }
}

/** Weighs the signs of all layers, at the layers and at the input. */
export const weighAllLayers = (): Promise<void> =>
  ask('weights', (signal, report) => {
    const { signs } = useExplain.getState();
    const layers = (signs?.layers ?? []).flatMap((layer, index) => (layer.signs.length > 0 ? [index] : []));
    return weigh(layers.reverse(), true, signal, report);
  });

/** Draws the deletion and insertion curves of the selected layer's map. */
export const drawCurves = (): Promise<void> =>
  ask('curves', async (signal, report) => {
    const { analysis, layer } = useExplain.getState();
    const request = decisionRequest();
    const map = analysis?.layers[layer]?.map;
    if (!map || !request) return;
    const result = await engine.call(
      'curves',
      { ...request, map, steps: curveSteps, shuffles: curveShuffles, seed },
      { signal, onProgress: report },
    );
    setState({ curves: { layer, result } });
  });

/** Randomises the network's weights layer by layer and compares the maps. */
export const randomiseWeights = (): Promise<void> =>
  ask('randomised', async (signal, report) => {
    const { analysis, layer } = useExplain.getState();
    const request = decisionRequest();
    if (!analysis || !request) return;
    const { method, layers } = analysis;
    const randomised = await engine.call(
      'randomise',
      {
        ...request,
        method,
        // A pass for every channel of every layer of every network would take hours.
        layers: slowSaliencyMethods.includes(method) ? [layers[layer].name] : null,
        order: useDecision.getState().order,
        draws: randomDraws,
        seed,
      },
      { signal, onProgress: report },
    );
    setState({ randomised });
  });

/** Chooses in which order layers are randomised; what was found in another order goes. */
export function chooseOrder(order: RandomisationOrder): void {
  if (useDecision.getState().order !== order) setState({ order, randomised: null });
}

/** Begins what a question needs for its answer, unless the answer is there. */
export function begin(task: DecisionTask): void {
  const { analysis, signs, weights, layer } = useExplain.getState();
  const { curves, randomised } = useDecision.getState();
  if (task === 'weights') {
    const known = signs?.layers.every(
      (found, i) => found.signs.length === 0 || weights?.[i]?.signs.some((sign) => sign?.atInput != null),
    );
    if (!known) void weighAllLayers();
  } else if (task === 'curves') {
    if (curves?.layer !== layer && analysis?.layers[layer]?.outcome === 'evidence') void drawCurves();
  } else if (!randomised?.layers.some(({ name }) => name === analysis?.layers[layer]?.name)) {
    void randomiseWeights();
  }
}

/** Does what somebody asked for, with progress; one at a time. */
async function ask(
  task: DecisionTask,
  job: (signal: AbortSignal, report: (progress: EngineProgress) => void) => Promise<void>,
): Promise<void> {
  stop();
  setState({
    running: { task, progress: { text: say('Waiting for the engine'), fraction: null } },
    problem: null,
  });
  try {
    await run((signal) =>
      job(signal, (progress) => {
        if (!signal.aborted) setState({ running: { task, progress } });
      }),
    );
  } catch (error) {
    setState({ problem: messageOf(error) });
  }
}

/** Runs a job that `stop` can end; resolves when it was ended. */
const run = (job: (signal: AbortSignal) => Promise<void>): Promise<void> =>
  work.run(async (signal) => {
    try {
      await job(signal);
    } finally {
      if (!signal.aborted) {
        setState({ running: null });
        // A layer that was selected meanwhile.
        next.after(settledAfter, () => void weighWhatIsShown());
      }
    }
  });

async function weigh(
  layers: number[],
  atInput: boolean,
  signal: AbortSignal,
  onProgress: (progress: EngineProgress) => void,
): Promise<void> {
  const { analysis, signs } = useExplain.getState();
  const request = decisionRequest();
  if (!analysis || !signs || !request) return;
  const { layers: weighed } = await engine.call(
    'weighSigns',
    {
      ...request,
      layers: layers.map((index) => ({
        name: analysis.layers[index].name,
        labels: signs.layers[index].labels,
        masses: signs.layers[index].signs.map(({ mass }) => mass),
      })),
      atInput,
    },
    { signal, onProgress },
  );
  if (signal.aborted) return;
  const weights: (LayerWeights | null)[] = analysis.layers.map(
    (_, index) => useExplain.getState().weights?.[index] ?? null,
  );
  layers.forEach((index, i) => {
    weights[index] = weighed[i];
  });
  useExplain.setState({ weights });
}

/** What every question about the decision on screen names; null where there is none. */
export function decisionRequest(): DecisionRequest | null {
  const { analysis, picture, settings } = useExplain.getState();
  if (!analysis || !picture) return null;
  return {
    ...networkRequest(settings),
    input: picture.input,
    target: shownTarget(analysis, settings),
    pooling: settings.pooling,
    ...(analysis.smooth ? { smooth: analysis.smooth } : {}),
  };
}
