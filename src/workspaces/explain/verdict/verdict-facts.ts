import type { ExplainState, Still } from '../../../state/explain-store';
import { carriedBy } from '../decision/decision-view';
import { stepTo } from '../layers/change-view';
import { explainedThing, targetValueInWords } from '../target/target-words';
import type { VerdictFacts, VerdictStep } from './picture-verdict';

export type Judged = Pick<ExplainState, 'signs' | 'nullSigns' | 'weights'> &
  Pick<Still, 'settings' | 'picture' | 'analysis' | 'measurement' | 'layer'>;

/** What the verdict is read from, of what is on screen; null before the first analysis. */
export function verdictFacts(state: Judged): VerdictFacts | null {
  const { analysis, signs, nullSigns } = state;
  if (!analysis) return null;
  const { predictions, target } = analysis;
  const kind = target.kind ?? 'class';
  return {
    explained: {
      label: explainedThing(analysis)?.label ?? target.label,
      value: targetValueInWords(analysis),
    },
    predictions,
    explainsFirst: kind === 'class' && target.index === predictions[0]?.index,
    layers: analysis.layers.map(({ name, outcome }, i) => ({
      name,
      evidence: outcome === 'evidence',
      signs: signs?.layers[i]?.signs.map(({ share }) => share) ?? null,
      nullSigns: nullSigns?.[i] ?? null,
    })),
    steps: state.measurement && analysis.layers.slice(1).map(({ index }) => stepOf(state, index)),
    carried: carriedBy(state),
  };
}

function stepOf(state: Judged, index: number): VerdictStep | null {
  const step = stepTo(state, index);
  if (!step) return null;
  const { change, null: chance, nullSd } = step;
  return { change, null: chance && nullSd !== null ? { change: chance.change, sd: nullSd } : null };
}
