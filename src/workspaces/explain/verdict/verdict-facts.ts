import type { AnalyseResult } from '../../../saliency/analysis';
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
  const known = factsOf(analysis);
  return {
    ...known,
    layers: known.layers.map((layer, i) => ({
      ...layer,
      signs: signs?.layers[i]?.signs.map(({ share }) => share) ?? null,
      nullSigns: nullSigns?.[i] ?? null,
    })),
    steps: state.measurement && analysis.layers.slice(1).map(({ index }) => stepOf(state, index)),
    carried: carriedBy(state),
  };
}

/** What an analysis tells by itself, before anything of it is measured. */
export function factsOf(analysis: AnalyseResult): VerdictFacts {
  const { predictions, target, layers } = analysis;
  const kind = target.kind ?? 'class';
  return {
    explained: {
      label: explainedThing(analysis)?.label ?? target.label,
      value: targetValueInWords(analysis),
    },
    predictions,
    explainsFirst: kind === 'class' && target.index === predictions[0]?.index,
    layers: layers.map(({ name, outcome }) => ({
      ...{ name, evidence: outcome === 'evidence' },
      ...{ signs: null, nullSigns: null },
    })),
    steps: null,
    carried: null,
  };
}

function stepOf(state: Judged, index: number): VerdictStep | null {
  const step = stepTo(state, index);
  if (!step) return null;
  const { change, null: chance, nullSd } = step;
  return { change, null: chance && nullSd !== null ? { change: chance.change, sd: nullSd } : null };
}
