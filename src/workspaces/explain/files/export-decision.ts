import type { FigureExport } from '../../../export';
import { nothing } from '../../../export/nothing-to-draw';
import {
  DECISION_CARD_WIDTH,
  decisionCard,
  decisionCardHeight,
  decisionCurves,
  decisionCurvesHeight,
  randomisedWeights,
  randomisedWeightsHeight,
} from '../../../figures';
import { useDecision } from '../../../state/decision-store';
import type { ExplainState } from '../../../state/explain-store';
import {
  carriedBy,
  curveRows,
  curvesCaption,
  curvesData,
  decisionCardData,
  randomisedCaption,
  randomisedData,
  randomisedRows,
} from '../decision/decision-view';
import { curvesInWords, randomisedInWords } from '../decision/trust-words';
import { explainedInWords } from '../view-model';
import { complete } from './explain-figures';

/** Width of the charts in a file, in CSS pixels. */
const chartWidth = 720;

/** The decision on one sheet, with the numbers of its signs. */
export const exportDecisionCard = (state: ExplainState): Promise<FigureExport> => {
  const data = decisionCardData(state);
  if (!data) return nothing();
  return complete(state, 'decision-card', {
    title: 'Decision card',
    size: { width: DECISION_CARD_WIDTH, height: decisionCardHeight(data) },
    svg: (owner, theme) => decisionCard(owner, data, theme),
    rows: () =>
      (carriedBy(state)?.signs ?? []).map(
        ({ id, form, order, mass, share, weight, weightAtInput }, rank) => ({
          number: rank + 1,
          layer: data.layer,
          sign: id,
          form,
          order,
          mass,
          share,
          weight,
          weight_at_input: weightAtInput,
        }),
      ),
  });
};

/** Deletion and insertion curves as they were drawn last. */
export const exportCurves = (state: ExplainState): Promise<FigureExport> => {
  const decision = useDecision.getState();
  const data = curvesData(state, decision);
  if (!data) return nothing();
  const captioned = {
    ...data,
    caption: `${explainedInWords(state)} ${curvesInWords(data)} ${curvesCaption(data)}`,
  };
  const size = { width: chartWidth, height: decisionCurvesHeight(chartWidth, captioned) };
  return complete(state, `deletion-insertion-${data.layer}`, {
    title: 'Deletion and insertion',
    size,
    svg: (owner, theme) => decisionCurves(owner, captioned, size, theme),
    rows: () => curveRows(decision),
  });
};

/** The randomised-weights check as it ran last. */
export const exportRandomised = (state: ExplainState): Promise<FigureExport> => {
  const decision = useDecision.getState();
  const data = randomisedData(state, decision);
  if (!data) return nothing();
  const captioned = {
    ...data,
    caption: `${explainedInWords(state)} ${randomisedInWords(data)} ${randomisedCaption}`,
  };
  const size = { width: chartWidth, height: randomisedWeightsHeight(chartWidth, captioned) };
  return complete(state, 'randomised-weights', {
    title: 'Randomised weights',
    size,
    svg: (owner, theme) => randomisedWeights(owner, captioned, size, theme),
    rows: () => randomisedRows(decision),
  });
};
