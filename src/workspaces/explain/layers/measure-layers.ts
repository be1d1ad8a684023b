import { measures, signFinder } from '../../../engine/engine-client';
import type { Measurement, NullSignCounts } from '../../../engine/measure/measure-methods';
import { nullShuffles } from '../../../engine/measure/null-shuffles';
import { warn } from '../../../state/alerts';
import { type MeasuredPart, measuringKeys, useExplain } from '../../../state/explain-store';
import { createLatestWork } from '../../../state/latest-work';
import { partOf } from '../../../state/setting-table';
import type { ExplainSettings, SettingKey } from '../../../state/settings';
import { messageOf } from '../../../text/message-of';
import { say } from '../../../text/say';
import { paced } from './paced';

export const nullSeed = 1;
/** Every report of a null model draws all figures anew: so many milliseconds lie between two of them. */
const pause = 150;

const { getState, setState } = useExplain;

const measuring = createLatestWork();
const findingSigns = createLatestWork();

/** The settings of the measure as the measuring worker takes them. */
export const measuredAs = (
  { grid, measure, levels, neighbourhood, torus }: ExplainSettings,
  input: { width: number; height: number },
) => ({
  grid: grid === 'input' ? input : null,
  entropy: { measure, levels, neighbourhood, torus },
});

/** Nothing is known to fail of what begins anew. */
const begin = (part: MeasuredPart) =>
  setState(({ failed }) => (failed.includes(part) ? { failed: failed.filter((each) => each !== part) } : {}));

/** What numbers of this part came by, beside what those of the other did. */
const nowMeasuredBy = (part: MeasuredPart, settings: ExplainSettings) => ({
  ...getState().measuredBy,
  ...partOf<ExplainSettings, SettingKey>(settings, measuringKeys[part]),
});

/** Says what could not be measured; nothing waits for it any longer, and what was measured otherwise does not stand in its place. */
function fail(part: MeasuredPart, text: string, error: unknown): void {
  setState(({ failed, settings, measuredBy }) => {
    const isOther = measuringKeys[part].some((key) => key in measuredBy && measuredBy[key] !== settings[key]);
    const gone = part === 'maps' ? { measurement: null } : { signs: null, nullSigns: null, weights: null };
    return { failed: [...failed, part], ...(isOther ? gone : {}) };
  });
  warn('explain', say(text, { reason: messageOf(error) }));
}

/** Measures the maps on screen in the current measure; values come first, null models one by one. */
export function measureMaps(): void {
  measuring.end();
  begin('maps');
  const { analysis, manifest, settings } = getState();
  if (!analysis || !manifest) return;
  const [height, width] = analysis.network.inputShape;
  const request = {
    maps: analysis.layers.map((layer) => layer.map),
    ...measuredAs(settings, { width, height }),
    shuffles: nullShuffles,
    seed: nullSeed,
  };
  measuring
    .run(async (signal) => {
      const apply = paced<Measurement>((measurement) => {
        if (!signal.aborted) setState({ measurement, measuredBy: nowMeasuredBy('maps', settings) });
      }, pause);
      apply.now(await measures.call('measure', request, { signal, onProgress: apply.soon }));
    })
    .catch((error) => fail('maps', 'The maps could not be measured: {reason}', error));
}

/** Finds the signs of the maps on screen by the current thresholds; how many chance would give comes layer by layer. */
export async function findSigns(): Promise<void> {
  findingSigns.end();
  begin('signs');
  const { analysis, settings } = getState();
  if (!analysis) return;
  const [height, width] = analysis.network.inputShape;
  const request = {
    maps: analysis.layers.map((layer) => layer.map),
    grid: { width, height },
    tau: settings.tau,
    theta: settings.theta,
  };
  try {
    await findingSigns.run(async (signal) => {
      const signs = await signFinder.call('signs', request, { signal });
      setState((before) => ({
        ...{
          signs,
          measuredBy: nowMeasuredBy('signs', settings),
          nullSigns: null,
          followed: null,
          held: false,
        },
        // Those of other signs may have come meanwhile. Where there were none, they came with a file and are of these.
        weights: before.signs ? null : before.weights,
      }));
      const apply = paced<NullSignCounts>((nullSigns) => {
        if (!signal.aborted) setState({ nullSigns });
      }, pause);
      const shuffles = { shuffles: nullShuffles, seed: nullSeed };
      apply.now(
        await signFinder.call('nullSigns', { ...request, ...shuffles }, { signal, onProgress: apply.soon }),
      );
    });
  } catch (error) {
    fail('signs', 'The signs could not be found: {reason}', error);
  }
}
