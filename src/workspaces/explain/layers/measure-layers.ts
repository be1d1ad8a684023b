import { measures, signFinder } from '../../../engine/engine-client';
import type { Measurement, NullSignCounts } from '../../../engine/measure/measure-methods';
import { nullShuffles } from '../../../engine/measure/null-shuffles';
import { warn } from '../../../state/alerts';
import { useExplain } from '../../../state/explain-store';
import type { ExplainSettings } from '../../../state/settings';
import { messageOf } from '../../../text/message-of';
import { paced } from './paced';

const nullSeed = 1;
/** Every report of a null model draws all figures anew: so many milliseconds lie between two of them. */
const pause = 150;

const { getState, setState } = useExplain;

let measuring: AbortController | null = null;
let findingSigns: AbortController | null = null;

/** The settings of the measure as the measuring worker takes them. */
export const measuredAs = (
  { grid, measure, levels, neighbourhood, torus }: ExplainSettings,
  input: { width: number; height: number },
) => ({
  grid: grid === 'input' ? input : null,
  entropy: { measure, levels, neighbourhood, torus },
});

/** Measures the maps on screen in the current measure; values come first, null models one by one. */
export function measureMaps(): void {
  measuring?.abort();
  const { analysis, manifest, settings } = getState();
  if (!analysis || !manifest) return;
  const controller = new AbortController();
  measuring = controller;
  const [height, width] = analysis.network.inputShape;
  const apply = paced<Measurement>((measurement) => {
    if (!controller.signal.aborted) setState({ measurement });
  }, pause);
  measures
    .call(
      'measure',
      {
        maps: analysis.layers.map((layer) => layer.map),
        ...measuredAs(settings, { width, height }),
        shuffles: nullShuffles,
        seed: nullSeed,
      },
      { signal: controller.signal, onProgress: apply.soon },
    )
    .then(apply.now)
    .catch((error) => {
      if (!controller.signal.aborted) warn('explain', `The maps could not be measured: ${messageOf(error)}`);
    });
}

/** Finds the signs of the maps on screen by the current thresholds; how many chance would give comes layer by layer. */
export async function findSigns(): Promise<void> {
  findingSigns?.abort();
  const { analysis, settings } = getState();
  if (!analysis) return;
  const controller = new AbortController();
  findingSigns = controller;
  const { signal } = controller;
  const [height, width] = analysis.network.inputShape;
  const request = {
    maps: analysis.layers.map((layer) => layer.map),
    grid: { width, height },
    tau: settings.tau,
    theta: settings.theta,
  };
  try {
    const signs = await signFinder.call('signs', request, { signal });
    setState({ signs, nullSigns: null, followed: null, held: false });
    const apply = paced<NullSignCounts>((nullSigns) => {
      if (!signal.aborted) setState({ nullSigns });
    }, pause);
    const shuffles = { shuffles: nullShuffles, seed: nullSeed };
    apply.now(
      await signFinder.call('nullSigns', { ...request, ...shuffles }, { signal, onProgress: apply.soon }),
    );
  } catch (error) {
    if (!signal.aborted) warn('explain', `The signs could not be found: ${messageOf(error)}`);
  }
}
