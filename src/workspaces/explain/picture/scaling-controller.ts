import { engine } from '../../../engine/engine-client';
import { networkRequest } from '../../../models/networks';
import { isDoubtful, verdictOf } from '../../../models/scaling/scaling-words';
import { scalingsFor } from '../../../network/scaling/chosen-scaling';
import { type OpenPicture, useExplain } from '../../../state/explain-store';
import { useScalingTrials } from '../../../state/scaling-store';
import type { ExplainSettings } from '../../../state/settings';
import { messageOf } from '../../../text/message-of';

const { getState, setState } = useScalingTrials;

/** What the engine is trying just now. */
let work: AbortController | null = null;
/** What the trials in the store are of. */
let of: { picture: OpenPicture; network: string } | null = null;

const networkOf = ({ model, output, reads, size }: ExplainSettings) =>
  JSON.stringify([model, output, reads, size]);

/**
 * Tries the scalings on every picture whose own scaling is in doubt, once its analysis is on screen, and forgets those of pictures and
 * networks that are gone; call the result to end it.
 */
export function watchScalings(): () => void {
  const unsubscribe = useExplain.subscribe((state, before) => {
    if (state.analysis === before.analysis && state.progress === before.progress) return;
    // The engine answers one request after the other: an analysis must not wait for trials.
    if (state.progress) stop();
    else refresh();
  });
  if (!useExplain.getState().progress) refresh();
  return () => {
    unsubscribe();
    stop();
  };
}

/** Tries them although nothing speaks against the scaling. */
export function askForTrials(): void {
  setState({ asked: true });
  if (!useExplain.getState().progress) refresh();
}

function stop(): void {
  work?.abort();
  work = null;
}

function refresh(): void {
  const { analysis, picture, settings } = useExplain.getState();
  if (!analysis || !picture) return;
  const network = networkOf(settings);
  if (of?.picture !== picture || of.network !== network) {
    stop();
    of = { picture, network };
    setState({ trials: null, problem: null, asked: false });
  }
  const { trials, problem, asked } = getState();
  const wanted = asked || isDoubtful(verdictOf(analysis));
  if (wanted && !work && !trials && !problem) {
    void tryOn(picture, settings, scalingsFor(analysis.network.inputShape[2]));
  }
}

async function tryOn(
  picture: OpenPicture,
  settings: ExplainSettings,
  scalings: ReturnType<typeof scalingsFor>,
): Promise<void> {
  const controller = new AbortController();
  work = controller;
  const { signal } = controller;
  try {
    const { backend, network, reading, labels } = networkRequest(settings);
    const request = { backend, network, reading, labels, inputs: [picture.input], scalings };
    const trials = await engine.call('tryScalings', request, { signal });
    if (!signal.aborted) setState({ trials });
  } catch (error) {
    if (!signal.aborted) setState({ problem: messageOf(error) });
  } finally {
    if (work === controller) work = null;
  }
}
