import { engine } from '../../../engine/engine-client';
import { networkRequest } from '../../../models/networks';
import { isDoubtful, verdictOf } from '../../../models/scaling/scaling-words';
import { scalingsFor } from '../../../network/scaling/chosen-scaling';
import { type OpenPicture, useExplain } from '../../../state/explain-store';
import { createLatestWork } from '../../../state/latest-work';
import { useScalingTrials } from '../../../state/scaling-store';
import type { ExplainSettings } from '../../../state/settings';
import { messageOf } from '../../../text/message-of';

const { getState, setState } = useScalingTrials;

/** What the engine is trying just now. */
const work = createLatestWork();

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
    if (state.progress) work.end();
    else refresh();
  });
  if (!useExplain.getState().progress) refresh();
  return () => {
    unsubscribe();
    work.end();
  };
}

/** Tries them although nothing speaks against the scaling. */
export function askForTrials(): void {
  setState({ asked: true });
  if (!useExplain.getState().progress) refresh();
}

function refresh(): void {
  const { analysis, picture, settings } = useExplain.getState();
  if (!analysis || !picture) return;
  const network = networkOf(settings);
  const { of } = getState();
  if (of?.picture !== picture || of.network !== network) {
    work.end();
    setState({ of: { picture, network }, trials: null, problem: null, asked: false });
  }
  const { trials, problem, asked } = getState();
  const wanted = asked || isDoubtful(verdictOf(analysis));
  if (wanted && !work.isUnderWay && !trials && !problem) {
    void tryOn(picture, settings, scalingsFor(analysis.network.inputShape[2]));
  }
}

async function tryOn(
  picture: OpenPicture,
  settings: ExplainSettings,
  scalings: ReturnType<typeof scalingsFor>,
): Promise<void> {
  try {
    const { backend, network, reading, labels } = networkRequest(settings);
    const request = { backend, network, reading, labels, inputs: [picture.input], scalings };
    const trials = await work.run((signal) => engine.call('tryScalings', request, { signal }));
    if (trials) setState({ trials });
  } catch (error) {
    setState({ problem: messageOf(error) });
  }
}
