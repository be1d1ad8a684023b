import { measures } from '../../../engine/engine-client';
import type { Measurement } from '../../../engine/measure/measure-methods';
import { nullShuffles } from '../../../engine/measure/null-shuffles';
import { loadNetwork } from '../../../models/load-network';
import { goOnThoughLarge } from '../../../models/networks';
import { matchLayers } from '../../../semiotics';
import { useExplain } from '../../../state/explain-store';
import { createLatestWork } from '../../../state/latest-work';
import { OWN_PICTURE, type Versus, versusOf } from '../../../state/versus';
import { nothingBeside, useVersus } from '../../../state/versus-store';
import { messageOf } from '../../../text/message-of';
import { say } from '../../../text/say';
import { change } from '../explain-controller';
import { asksToGoOn, complaint } from '../explain-messages';
import { measuredAs, nullSeed } from '../layers/measure-layers';
import { paced } from '../layers/paced';
import { ownPictureName, PictureGoneError } from './own-picture';
import { analyseSide } from './side-b';

/** Every report of a null model draws the figures anew: so many milliseconds lie between two of them. */
const pause = 150;

const { getState, setState } = useVersus;

const analysing = createLatestWork();
const measuring = createLatestWork();

/** Follows the setting `versus` and whatever it is compared with; call the result to end it. */
export function watchVersus(): () => void {
  const end = useExplain.subscribe((state, before) => {
    // One engine, one thing at a time: what is on screen goes first, and what was compared with it is asked for again.
    if (state.progress && !before.progress && getState().progress) {
      analysing.end();
      setState(nothingBeside);
    }
    follow();
    if (!sameMeasure(state, before)) measureSide();
  });
  follow();
  return () => {
    end();
    analysing.end();
    measuring.end();
    setState(nothingBeside);
  };
}

const measureOf = ({ settings }: ReturnType<typeof useExplain.getState>) =>
  JSON.stringify(measuredAs(settings, { width: 0, height: 0 }));

const sameMeasure = (...[a, b]: Parameters<Parameters<typeof useExplain.subscribe>[0]>) =>
  a.settings === b.settings || measureOf(a) === measureOf(b);

function follow(): void {
  const { settings, analysis, progress } = useExplain.getState();
  const { asked, of } = getState();
  if (settings.versus === '') {
    if (asked === '') return;
    analysing.end();
    measuring.end();
    setState(nothingBeside);
    return;
  }
  if (progress || !analysis || (asked === settings.versus && of === analysis)) return;
  void compareAgain();
}

/** Analyses what stands beside, from the beginning. */
export async function compareAgain(): Promise<void> {
  measuring.end();
  const shown = useExplain.getState();
  const { analysis } = shown;
  const asked = shown.settings.versus;
  const versus = versusOf(asked);
  if (!analysis || !versus) return;
  const waiting = { text: say('Waiting for the engine'), fraction: null };
  setState({ ...nothingBeside, asked, of: analysis, progress: waiting });
  try {
    const b = await analysing.run(async (signal) => {
      try {
        return await analyseSide(versus, shown, signal, (progress) => {
          if (!signal.aborted) setState({ progress });
        });
      } finally {
        if (versus.kind === 'model') putBack();
      }
    });
    if (!b) return;
    const names = (layers: readonly { name: string }[]) => layers.map(({ name }) => name);
    const match = matchLayers(names(analysis.layers), names(b.analysis.layers));
    setState({ b, match, progress: null });
    measureSide();
  } catch (error) {
    setState({
      progress: null,
      problem: { text: problemOf(versus, error), asksToGoOn: asksToGoOn(error) },
    });
  }
}

/** The engine holds one network: after a second one that of the page is loaded again, so that the next question need not wait for it. */
function putBack(): void {
  loadNetwork(useExplain.getState().settings, () => {}).catch(() => {
    // What is asked of it next says why it cannot be had.
  });
}

function problemOf(versus: Versus, error: unknown): string {
  if (versus.kind === 'model') return complaint(versus.model.replace(/^file:/, ''), error);
  if (versus.kind === 'image' && !(error instanceof PictureGoneError)) {
    return complaint(versus.image === OWN_PICTURE ? ownPictureName() : versus.image, error);
  }
  return messageOf(error);
}

/** Measures what stands beside in the measure of the page, and its maps against those on screen. */
function measureSide(): void {
  measuring.end();
  const { b, of, match } = getState();
  if (!b || !of || !match) return;
  const { settings } = useExplain.getState();
  const [height, width] = b.analysis.network.inputShape;
  const maps = b.analysis.layers.map(({ map }) => map);
  const request = {
    ...{ maps, shuffles: nullShuffles, seed: nullSeed },
    ...measuredAs(settings, { width, height }),
  };
  const pairs = of.layers.map(({ map }, i) => ({ a: map, b: maps[match.partners[i]] }));
  measuring
    .run(async (signal) => {
      const put = (measurement: Measurement) => {
        const { b: now } = getState();
        if (!signal.aborted && now) setState({ b: { ...now, measurement } });
      };
      if (!getState().differences) {
        const differences = await measures.call('contrast', { pairs }, { signal });
        if (!signal.aborted) setState({ differences });
      }
      const apply = paced(put, pause);
      apply.now(await measures.call('measure', request, { signal, onProgress: apply.soon }));
    })
    .catch((error) =>
      setState({
        problem: {
          text: say('B could not be measured: {reason}', { reason: messageOf(error) }),
          asksToGoOn: false,
        },
      }),
    );
}

/** Ends what is under way; the analysis on screen stays. */
export function cancelVersus(): void {
  analysing.end();
  setState({ progress: null, problem: { text: 'Cancelled.', asksToGoOn: false } });
}

/** Reads a network although it takes much. */
export function goOnBeside(): void {
  const versus = versusOf(getState().asked);
  if (versus?.kind === 'model') goOnThoughLarge(versus.model);
  void compareAgain();
}

/** Takes away what stands beside. */
export const endVersus = (): void => change({ versus: '' });
