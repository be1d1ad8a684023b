import { columnsOf } from '../engine/study/measured-columns';
import type { TrustMeasure } from '../faithfulness/trust/trust-measures';
import type { SaliencyMethod } from '../saliency/method-names';
import { ENTROPY_MEASURES, type EntropyMeasure } from '../semiotics';
import type { StudySettings } from './study-data';

/** The name under which a measure of trust stands, of the maps that one method makes. */
export const trustColumn = (method: SaliencyMethod, measure: TrustMeasure): string =>
  `trust ${method} ${measure}`;

/** The name under which an entropy of the maps of one method stands: by the trained network for draw 0, else by a randomised twin. */
export const drawColumn = (method: SaliencyMethod, measure: EntropyMeasure, draw: number): string =>
  `weights ${method} ${measure} ${draw === 0 ? 'trained' : draw}`;

/**
 * Every column of a study, in order: entropies and signs of its method, then trust, method by method, then entropies by the network and
 * its randomised twins.
 */
export const studyColumnsOf = ({ measures, trust }: Pick<StudySettings, 'measures' | 'trust'>): string[] => [
  ...columnsOf(measures),
  ...(trust?.methods ?? []).flatMap((method) =>
    (trust?.measures ?? []).map((measure) => trustColumn(method, measure)),
  ),
  ...drawColumnsOf(trust),
];

function drawColumnsOf(trust: StudySettings['trust']): string[] {
  if (!trust?.draws) return [];
  const draws = Array.from({ length: trust.draws + 1 }, (_, draw) => draw);
  return trust.methods.flatMap((method) =>
    ENTROPY_MEASURES.flatMap(({ id }) => draws.map((draw) => drawColumn(method, id, draw))),
  );
}
