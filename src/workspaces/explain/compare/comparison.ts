import { engine, measures } from '../../../engine/engine-client';
import { networkRequest } from '../../../models/networks';
import type { AnalyseResult } from '../../../saliency/analysis';
import { type SaliencyMethod, slowSaliencyMethods } from '../../../saliency/method-names';
import type { SaliencyLayer } from '../../../saliency/saliency-layer';
import { type ComparedLayer, emptyComparison, useComparison } from '../../../state/comparison-store';
import { useExplain } from '../../../state/explain-store';
import { createLatestWork } from '../../../state/latest-work';
import { messageOf } from '../../../text/message-of';
import { say } from '../../../text/say';
import { change } from '../explain-controller';
import { measuredAs } from '../layers/measure-layers';
import { shownTarget } from '../target/asked-target';
import { comparedMethods, onePassMethods, referenceMethod } from './compared-methods';

const { getState, setState } = useComparison;

const computing = createLatestWork();

export function openComparison(): void {
  setState({ open: true, problem: null });
}

/** Compares for what is on screen: computes what one pass gives unless it is there, and measures it. */
export async function compareShown(): Promise<void> {
  const { analysis } = useExplain.getState();
  if (!analysis) return;
  const { of, methods } = getState();
  // Without the reference an earlier attempt was cancelled.
  if (of && methods[referenceMethod] && subjectOf(of) === subjectOf(analysis)) {
    takeWorkspaceMaps(analysis);
    await measureComparison();
    return;
  }
  setState({ ...emptyComparison, of: analysis });
  takeWorkspaceMaps(analysis);
  await compute(onePassMethods, null);
}

/** Closes the panel; what is under way ends. */
export function closeComparison(): void {
  cancelComparison();
  setState({ open: false });
}

/** Computes a slow method for one layer. */
export const addMethod = (method: SaliencyMethod, layer: number): Promise<void> => compute([method], layer);

export function cancelComparison(): void {
  computing.end();
  setState({ progress: null });
}

/** Takes method and layer over to the workspace. */
export function takeOver(method: SaliencyMethod, layer: number): void {
  const { of } = getState();
  closeComparison();
  const chosen = of?.layers[layer];
  if (chosen) change({ method, layer: chosen.name });
}

/** What a comparison is about. Two analyses of one subject differ in their method only. */
const subjectOf = ({
  network,
  backend,
  smooth = 'none',
  target,
  layers,
  predictions,
}: AnalyseResult): string =>
  JSON.stringify([
    network.sha256,
    backend.name,
    smooth,
    [
      target.kind ?? 'class',
      target.index,
      target.against,
      target.place,
      target.box,
      target.part,
      target.kind === 'similarity' ? target.value : null,
    ],
    layers.map(({ name }) => name),
    // The logits stand for the picture: other pixels give other logits.
    predictions.map(({ index, logit }) => [index, logit]),
  ]);

/** The workspace may hold maps of a slow method already. */
function takeWorkspaceMaps({ method, layers }: AnalyseResult): void {
  if (slowSaliencyMethods.includes(method)) keep(method, layers);
}

/** @param layer position of the one layer wanted; null for all */
async function compute(methods: SaliencyMethod[], layer: number | null): Promise<void> {
  const { of } = getState();
  const { picture, settings } = useExplain.getState();
  if (!of || !picture) return;
  setState({ progress: { text: say('Comparing'), fraction: null }, problem: null });
  try {
    const result = await computing.run((signal) =>
      engine.call(
        'compare',
        {
          ...networkRequest(settings),
          input: picture.input,
          methods,
          layers: layer === null ? null : [of.layers[layer].name],
          target: shownTarget(of, settings),
          ...(of.smooth ? { smooth: of.smooth } : {}),
          pooling: of.layers.some(({ kind }) => kind === 'pooling'),
        },
        { signal, onProgress: (progress) => !signal.aborted && setState({ progress }) },
      ),
    );
    if (!result) return;
    for (const { method, layers } of result.methods) keep(method, layers, layer ?? 0);
    setState({ progress: null });
    await measureComparison();
  } catch (error) {
    setState({ progress: null, problem: messageOf(error) });
  }
}

function keep(method: SaliencyMethod, layers: readonly SaliencyLayer[], first = 0): void {
  const { methods } = getState();
  const kept = [...(methods[method] ?? [])];
  layers.forEach((saliency, i) => {
    kept[first + i] = { saliency, measured: null };
  });
  setState({ methods: { ...methods, [method]: kept } });
}

/** Measures what has no numbers yet, or everything where the measure has changed. */
async function measureComparison(): Promise<void> {
  const { of, methods } = getState();
  const { settings } = useExplain.getState();
  if (!of) return;
  const [height, width] = of.network.inputShape;
  const options = measuredAs(settings, { width, height });
  const measuredBy = JSON.stringify(options);
  const again = getState().measuredBy !== measuredBy;
  setState({ measuredBy });
  const asked = comparedMethods.flatMap((method) =>
    Object.entries(methods[method] ?? []).flatMap(([at, layer]) =>
      layer && (again || !layer.measured) ? [{ method, at: Number(at), layer }] : [],
    ),
  );
  if (asked.length === 0) return;
  const numbers = await measures
    .call('compare', {
      maps: asked.map(({ layer }) => layer.saliency.map),
      references: asked.map(({ method, at }) =>
        method === referenceMethod ? null : (methods[referenceMethod]?.[at]?.saliency.map ?? null),
      ),
      ...options,
    })
    .catch((error) => {
      setState({ problem: say('The maps could not be measured: {reason}', { reason: messageOf(error) }) });
      return null;
    });
  if (!numbers || getState().of !== of) return;
  const now = { ...getState().methods };
  asked.forEach(({ method, at, layer }, i) => {
    const layers: (ComparedLayer | undefined)[] = [...(now[method] ?? [])];
    // A layer computed again meanwhile has other maps; its own numbers follow.
    if (layers[at]?.saliency !== layer.saliency) return;
    layers[at] = { ...layer, measured: numbers[i] };
    now[method] = layers;
  });
  setState({ methods: now });
}
