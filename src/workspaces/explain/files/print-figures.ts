import type { FigureExport } from '../../../export';
import type { PrintLook } from '../../../export/print-look';
import { useConcepts } from '../../../state/concepts-store';
import { useDecision } from '../../../state/decision-store';
import type { ExplainState } from '../../../state/explain-store';
import { useTrust } from '../../../state/trust-store';
import { say } from '../../../text/say';
import { conceptsOfLayer } from '../concepts/concepts-view';
import { exportConceptsOnScreen } from '../concepts/export-concepts';
import { greatestTree, treeUnder } from '../signs/tree-view';
import { exportTrust } from '../trust/export-trust';
import { trustByLayerData } from '../trust/trust-view';
import { isVersusThere, versusExporters, versusFigures } from '../versus/export-versus';
import { exportWithin } from '../within/export-within';
import { withinData } from '../within/within-view';
import { exportEntropy, exportFilmStrip, exportSaliency } from './explain-figures';
import { exportCurves, exportDecisionCard, exportRandomised } from './export-decision';
import { exportChange, exportFlow } from './export-flow';
import { exportTree } from './export-tree';
import { sheetFigures } from './sheet-figures';

/** Figures that are laid out anew for print, in the order of the page. */
export const printFigures = {
  ...sheetFigures,
  within: 'Share of evidence inside',
  trust: 'Trust by layer',
  concepts: 'Concepts of the selected layer',
  curves: 'Deletion and insertion',
  randomised: 'Randomised weights',
} as const;

export type PrintFigure = keyof typeof printFigures;

export const printFigureIds = Object.keys(printFigures) as PrintFigure[];

/** Whether there is such a figure now. */
export function isThere(state: ExplainState, figure: PrintFigure): boolean {
  const { curves, randomised } = useDecision.getState();
  if (figure === 'concepts') return conceptsOfLayer(state, useConcepts.getState()) !== null;
  if (figure === 'curves') return curves !== null;
  if (figure === 'randomised') return randomised !== null;
  if (figure === 'trust') return trustByLayerData(state, useTrust.getState()) !== null;
  if (figure === 'within') return withinData(state) !== null;
  if (figure === 'tree') return rootOf(state) !== null;
  if (figure in versusFigures) return isVersusThere(state);
  return state.measurement !== null && state.signs !== null;
}

/** The sign whose tree is drawn: the one that is followed, else the greatest. */
function rootOf({ signs, followed }: ExplainState) {
  if (!signs) return null;
  return followed && treeUnder(signs, followed) ? followed : greatestTree(signs);
}

/** A figure as it is laid out for print. */
export function printed(state: ExplainState, figure: PrintFigure, look: PrintLook): Promise<FigureExport> {
  if (figure === 'tree') {
    const root = rootOf(state);
    if (!root) throw new Error(say('there is no sign'));
    return exportTree(state, root, look);
  }
  return exporters[figure](state, look);
}

const exporters: Record<
  Exclude<PrintFigure, 'tree'>,
  (state: ExplainState, look: PrintLook) => Promise<FigureExport>
> = {
  saliency: exportSaliency,
  layers: exportFilmStrip,
  entropy: exportEntropy,
  change: exportChange,
  flow: exportFlow,
  card: exportDecisionCard,
  within: exportWithin,
  trust: exportTrust,
  concepts: exportConceptsOnScreen,
  curves: exportCurves,
  randomised: exportRandomised,
  ...versusExporters,
};
