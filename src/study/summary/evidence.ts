import type { AskStatistics } from '../statistics/protocol';
import type { Study } from '../study-data';
import { measureSteps, type Step, superizationSteps } from './change';
import { type StudyColumn, studyColumns, type Target } from './columns';
import { answerDifference, type Difference } from './difference';
import { type Level, levelsOf } from './level';

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

/** @param known what other figures ask for too, where it is computed already */
export async function evidenceOf(
  study: Study,
  measure: string,
  target: Target,
  ask: AskStatistics,
  known?: Pick<Evidence, 'superization' | 'answers'>,
): Promise<Evidence> {
  const column = studyColumns(study).find(({ id }) => id === measure) as StudyColumn;
  return {
    study,
    column,
    target,
    levels: await levelsOf(study, column, target, ask),
    steps: await measureSteps(study, column, target, ask),
    superization: known?.superization ?? (await superizationSteps(study, target, ask)).steps,
    answers: known ? known.answers : await answerDifference(study, column, target, ask),
  };
}
