import { isAttentionMethod } from '../../../saliency/method-names';
import type { ExplainState } from '../../../state/explain-store';
import { say } from '../../../text/say';

/** Why the selected layer is the one it is, in a sentence; null where its name says enough. */
export function layerNote({ analysis, layer }: Pick<ExplainState, 'analysis' | 'layer'>): string | null {
  const shown = analysis?.layers[layer];
  if (shown?.kind !== 'block-input' || !analysis || isAttentionMethod(analysis.method)) return null;
  return say(
    '{name} is what the last block reads. Of what that block yields only the class token goes on to the classes, so nothing depends on its patches, and a map of them would be empty.',
    { name: shown.name },
  );
}
