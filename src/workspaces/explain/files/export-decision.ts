import type { FigureExport } from '../../../export';
import { nothing } from '../../../export/nothing-to-draw';
import type { PrintLook } from '../../../export/print-look';
import {
  decisionCurves,
  decisionCurvesHeight,
  randomisedWeights,
  randomisedWeightsHeight,
} from '../../../figures';
import {
  DECISION_CARD_WIDTH,
  decisionCard,
  decisionCardHeight,
} from '../../../figures/faithfulness/decision-card';
import { useDecision } from '../../../state/decision-store';
import type { ExplainState } from '../../../state/explain-store';
import { say } from '../../../text/say';
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
import { captionIn, complete } from './explain-figures';

/** Width of the charts in a file, in CSS pixels. */
const chartWidth = 720;

/** The decision on one sheet, with the numbers of its signs. */
export const exportDecisionCard = (state: ExplainState, print?: PrintLook): Promise<FigureExport> => {
  const data = decisionCardData(state);
  if (!data) return nothing();
  const width = print?.width ?? DECISION_CARD_WIDTH;
  const captioned = { ...data, caption: captionIn(data.caption ?? '', print) };
  return complete(state, 'decision-card', {
    title: say('Decision card'),
    caption: data.caption,
    size: { width, height: decisionCardHeight(captioned, width) },
    svg: (owner, theme) => decisionCard(owner, captioned, theme, width),
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
export const exportCurves = (state: ExplainState, print?: PrintLook): Promise<FigureExport> => {
  const decision = useDecision.getState();
  const data = curvesData(state, decision);
  if (!data) return nothing();
  const caption = `${explainedInWords(state)} ${curvesInWords(data)} ${curvesCaption(data)}`;
  const captioned = { ...data, caption: captionIn(caption, print) };
  const width = print?.width ?? chartWidth;
  const size = { width, height: decisionCurvesHeight(width, captioned) };
  return complete(state, `deletion-insertion-${data.layer}`, {
    title: say('Deletion and insertion'),
    caption,
    size,
    svg: (owner, theme) => decisionCurves(owner, captioned, size, theme),
    rows: () => curveRows(decision),
  });
};

/** The randomised-weights check as it ran last. */
export const exportRandomised = (state: ExplainState, print?: PrintLook): Promise<FigureExport> => {
  const decision = useDecision.getState();
  const data = randomisedData(state, decision);
  if (!data) return nothing();
  const caption = `${explainedInWords(state)} ${randomisedInWords(data)} ${say(randomisedCaption)}`;
  const captioned = { ...data, caption: captionIn(caption, print) };
  const width = print?.width ?? chartWidth;
  const size = { width, height: randomisedWeightsHeight(width, captioned) };
  return complete(state, 'randomised-weights', {
    title: say('Randomised weights'),
    caption,
    size,
    svg: (owner, theme) => randomisedWeights(owner, captioned, size, theme),
    rows: () => randomisedRows(decision),
  });
};
