import { engine } from '../../../engine/engine-client';
import { networkRequest } from '../../../models/networks';
import type { EngineProgress } from '../../../rpc/engine-progress';
import type { AnalyseResult } from '../../../saliency/analysis';
import { settle, warn } from '../../../state/alerts';
import { type OpenPicture, useExplain } from '../../../state/explain-store';
import { type ExplainSettings, theWinner } from '../../../state/settings';
import { messageOf } from '../../../text/message-of';
import { attentionRequest } from '../layers/attention-words';
import { askedTarget } from './asked-target';
import { readSecondPicture } from './second-picture';

/** An analysis, and what of the settings it did not follow. */
interface Run {
  analysis: AnalyseResult;
  target: Partial<ExplainSettings>;
}

/**
 * Runs the network on a picture. What was chosen on one picture another one may not have: then the winner is explained, and
 * the page says so. On the picture that is on screen it is an error, and what is there stays.
 */
export async function explained(
  settings: ExplainSettings,
  picture: OpenPicture,
  signal: AbortSignal,
  onProgress: (progress: EngineProgress) => void,
): Promise<Run> {
  const run = (chosen: ExplainSettings) =>
    engine.call(
      'analyse',
      {
        ...networkRequest(chosen),
        input: picture.input,
        method: chosen.method,
        target: askedTarget(chosen),
        pooling: chosen.pooling,
        ...attentionRequest(chosen),
      },
      { signal, onProgress },
    );
  try {
    if (settings.alike) await readSecondPicture(settings.alike, signal);
    const analysis = await run(settings);
    settle('target');
    return { analysis, target: {} };
  } catch (error) {
    const isMissing = error instanceof Error && error.name === 'TargetError';
    const { picture: shown, analysis: before } = useExplain.getState();
    if (!isMissing || (before && shown === picture)) throw error;
    const analysis = await run({ ...settings, ...theWinner });
    warn('target', `${picture.name}: ${messageOf(error)} Here the winner is explained.`);
    return { analysis, target: theWinner };
  }
}
