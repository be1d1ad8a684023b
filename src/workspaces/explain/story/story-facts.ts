import type { MeasureLabel } from '../../../figures';
import { isAttentionMethod, saliencyMethodNames } from '../../../saliency/method-names';
import type { ExplainState } from '../../../state/explain-store';
import { networkCalled } from '../network/network-called';
import type { VerdictFacts, VerdictLayer } from '../verdict/picture-verdict';
import { type Judged, verdictFacts } from '../verdict/verdict-facts';
import { measuredAt, measureLabel } from '../view-model';

/** A layer as far as the story goes. */
export interface StoryLayer extends VerdictLayer {
  /** Of its map. */
  width: number;
  height: number;
  /** How many of its signs take in two or more, and how many those take in; null before signs are found. */
  merging: { supersigns: number; taken: number } | null;
  /** How many of its signs no later sign holds half of; null before signs are found. */
  dissolving: number | null;
  /** In the measure of the settings; null where the map holds no evidence or is not measured. */
  entropy: { value: number; null: { mean: number; sd: number } | null } | null;
}

/** The numbers that the story is told from. */
export interface StoryFacts extends VerdictFacts {
  picture: string;
  network: string;
  /** Name of the saliency method, and whether it reads attention only. */
  method: string;
  isAttention: boolean;
  measure: MeasureLabel;
  layers: readonly StoryLayer[];
}

/** What the story is told from, of what is on screen; null before there are signs. */
export function storyFacts(state: Judged & Pick<ExplainState, 'networkName'>): StoryFacts | null {
  const { analysis, picture, signs, settings } = state;
  const facts = verdictFacts(state);
  if (!facts || !analysis || !picture || !signs) return null;
  return {
    ...facts,
    picture: picture.name,
    network: networkCalled(state),
    method: saliencyMethodNames[analysis.method],
    isAttention: isAttentionMethod(analysis.method),
    measure: measureLabel(settings),
    layers: facts.layers.map((layer, i): StoryLayer => {
      const { width, height } = analysis.layers[i].map;
      const linked = signs.linked.layers[i];
      const supersigns = linked.filter(({ form }) => form === 'supersign');
      const measured = measuredAt(state, i);
      return {
        ...layer,
        width,
        height,
        merging: {
          supersigns: supersigns.length,
          taken: supersigns.reduce((sum, { order }) => sum + order, 0),
        },
        dissolving: linked.filter(({ fate }) => fate === 'dissolves').length,
        entropy: measured && { value: measured.value, null: measured.null },
      };
    }),
  };
}
