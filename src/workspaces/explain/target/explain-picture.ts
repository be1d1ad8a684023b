import { engine } from '../../../engine/engine-client';
import { networkRequest } from '../../../models/networks';
import type { EngineProgress } from '../../../rpc/engine-progress';
import type { AnalyseResult } from '../../../saliency/analysis';
import { attentionMethodsFor, isAttentionMethod, saliencyMethodNames } from '../../../saliency/method-names';
import { settle, warn } from '../../../state/alerts';
import { type KnownNetwork, type OpenPicture, useExplain } from '../../../state/explain-store';
import { type ExplainSettings, theWinner } from '../../../state/settings';
import { messageOf } from '../../../text/message-of';
import { say } from '../../../text/say';
import { attentionRequest } from '../layers/attention-words';
import { askedTarget } from './asked-target';
import { readSecondPicture, secondOf } from './second-picture';

/** An analysis, and what took the place of settings that it did not follow. */
interface Run {
  analysis: AnalyseResult;
  instead: Partial<ExplainSettings>;
}

/**
 * Runs the network on a picture. What was chosen on one picture another one may not have: then the winner is explained; nor has
 * every network attention: then Grad-CAM is shown. The page says so. On the picture and network on screen it is an error, and what
 * is there stays.
 */
export async function explained(
  settings: ExplainSettings,
  picture: OpenPicture,
  network: KnownNetwork,
  signal: AbortSignal,
  onProgress: (progress: EngineProgress) => void,
): Promise<Run> {
  const { picture: shown, manifest, analysis: before } = useExplain.getState();
  const run = (instead: Partial<ExplainSettings>) =>
    analysed({ ...settings, ...instead }, picture, signal, onProgress);
  const isOtherNetwork = !before || manifest !== network;
  const without = isOtherNetwork ? methodInstead(settings, network) : {};
  const told = without.method
    ? [
        say('{id} has no {saliencyMethodName}. Here Grad-CAM is shown.', {
          id: network.id,
          saliencyMethodName: saliencyMethodNames[settings.method],
        }),
      ]
    : [];
  const tell = () => (told.length > 0 ? warn('target', told.join(' ')) : settle('target'));
  try {
    if (settings.alike) await readSecondPicture(settings.alike, network, signal);
    const analysis = await run(without);
    tell();
    return { analysis, instead: without };
  } catch (error) {
    const isMissing = error instanceof Error && error.name === 'TargetError';
    if (!isMissing || (before && shown === picture)) throw error;
    const instead = { ...without, ...theWinner };
    const analysis = await run(instead);
    told.push(
      say('{name}: {reason} Here the winner is explained.', { name: picture.name, reason: messageOf(error) }),
    );
    tell();
    return { analysis, instead };
  }
}

/** Grad-CAM where a network has no such attention as a method reads. */
function methodInstead({ method }: ExplainSettings, { attention }: KnownNetwork): Partial<ExplainSettings> {
  const isMissing = isAttentionMethod(method) && !attentionMethodsFor(attention).includes(method);
  return isMissing ? { method: 'grad-cam' } : {};
}

/** The analysis of one picture, as the settings ask for it. */
export async function analysed(
  settings: ExplainSettings,
  { input }: OpenPicture,
  signal: AbortSignal,
  onProgress: (progress: EngineProgress) => void,
): Promise<AnalyseResult> {
  const target = askedTarget(settings);
  // Another may be chosen while the network runs.
  const second = secondOf(target);
  const result = await engine.call(
    'analyse',
    {
      ...networkRequest(settings),
      input,
      method: settings.method,
      smooth: settings.smooth,
      target,
      pooling: settings.pooling,
      ...attentionRequest(settings),
    },
    { signal, onProgress },
  );
  return { ...result, target: { ...result.target, ...second } };
}
