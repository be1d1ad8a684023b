import type { AskStatistics } from '../statistics/statistics-methods';
import type { Study } from '../study-data';
import { measureSteps, type Step, superizationSteps } from './change';
import { answerDifference, type Difference } from './difference';
import { type Level, levelsOf } from './null-level';
import { type StudyColumn, studyColumns, type Target } from './number-columns';

/** What the findings about a measure rest on. */
export interface Evidence {
  study: Study;
  column: StudyColumn;
  target: Target;
  levels: (Level | null)[];
  /** Steps of the measure itself. */
  steps: (Step | null)[];
  /** Steps of the joint aura entropy, by which superization is told. */
  superization: (Step | null)[];
  /** Wrong against right; null where one of the two is missing. */
  answers: Difference | null;
}

/** @param known what other figures ask for too, where it is computed or under way already */
export async function evidenceOf(
  study: Study,
  measure: string,
  target: Target,
  ask: AskStatistics,
  known?: { superization: Promise<(Step | null)[]>; answers: Promise<Difference | null> },
): Promise<Evidence> {
  const column = studyColumns(study).find(({ id }) => id === measure) as StudyColumn;
  const [levels, steps, superization, answers] = await Promise.all([
    levelsOf(study, column, target, ask),
    measureSteps(study, column, target, ask),
    known?.superization ?? superizationSteps(study, target, ask),
    known ? known.answers : answerDifference(study, column, target, ask),
  ]);
  return { study, column, target, levels, steps, superization, answers };
}
