import { columnsOf } from '../engine/study/measured-columns';
import type { TrustMeasure } from '../faithfulness/trust/trust-measures';
import type { SaliencyMethod } from '../saliency/method-names';
import type { StudySettings } from './study-data';

/** The name under which a measure of trust stands, of the maps that one method makes. */
export const trustColumn = (method: SaliencyMethod, measure: TrustMeasure): string =>
  `trust ${method} ${measure}`;

/** Every column of a study, in order: entropies and signs of its method, then trust, method by method. */
export const studyColumnsOf = ({ measures, trust }: Pick<StudySettings, 'measures' | 'trust'>): string[] => [
  ...columnsOf(measures),
  ...(trust?.methods ?? []).flatMap((method) =>
    (trust?.measures ?? []).map((measure) => trustColumn(method, measure)),
  ),
];
