import type { Study } from '../../../study/study-data';
import { toldApart } from '../../../study/study-words';
import { type Step, superizationParts, superizationSteps } from '../../../study/summary/change';
import {
  answerDifference,
  ComparisonError,
  matchLayers,
  pairedDifference,
} from '../../../study/summary/difference';
import { type Evidence, evidenceOf } from '../../../study/summary/evidence';
import { type Grouping, groupsOf } from '../../../study/summary/groups';
import { profileOf } from '../../../study/summary/layer-profile';
import { seriesOf, type Target } from '../../../study/summary/number-columns';
import type { Comparison } from '../run/study-store';
import { columnOf } from './figure-data';
import type { ChangeFigure, DifferenceFigure, SpreadFigure } from './layer-figures';
import type { MultiplesFigure, ProfileFigure } from './profile-figures';
import { type Progress, progressOf, remembered } from './remembered';

/** What each figure of a study draws, computed once however many ask for it. `id` is that of a number. */

/** Most groups that small panels are drawn for: of more the largest. */
const mostPanels = 24;

export const profileSummary = (study: Study, id: string, target: Target): Promise<ProfileFigure> =>
  remembered(study, `profile ${id} ${target}`, async (ask) => {
    const column = columnOf(study, id);
    return { study, column, target, profile: await profileOf(study, column, target, ask) };
  });

export const multiplesSummary = (
  study: Study,
  id: string,
  target: Target,
  grouping: Grouping,
): Promise<MultiplesFigure & { groups: number }> =>
  remembered(study, `profile ${id} ${target} by ${grouping}`, async (ask) => {
    const all = await profileSummary(study, id, target);
    const groups = groupsOf(study, grouping);
    const largest = new Set(
      [...groups].sort((a, b) => b.images.length - a.images.length).slice(0, mostPanels),
    );
    const panels = await Promise.all(
      groups
        .filter((group) => largest.has(group))
        .map(async ({ name, images }) => ({
          name,
          ...(await profileOf(study, all.column, target, ask, images)),
        })),
    );
    return { ...all, grouping, panels, groups: groups.length };
  });

const superizationKey = (target: Target) => `superization ${target}`;

const superizationSummary = (study: Study, target: Target): Promise<(Step | null)[]> =>
  remembered(study, superizationKey(target), (ask) => superizationSteps(study, target, ask));

export const changeSummary = (study: Study, target: Target): Promise<ChangeFigure> =>
  remembered(study, `change ${target}`, async (ask) => {
    const steps = await superizationSummary(study, target);
    return { study, target, steps, parts: await superizationParts(study, target, steps, ask) };
  });

export const spreadSummary = (study: Study, id: string, target: Target): Promise<SpreadFigure> =>
  remembered(study, `spread ${id} ${target}`, async (ask) => ({
    study,
    column: columnOf(study, id),
    target,
    spreads: await ask('spreads', { series: seriesOf(study, id, target) }),
  }));

const answersKey = (id: string, target: Target) => `answers ${id} ${target}`;

/** Wrong against right; null where one of the two is missing. */
export const answerSummary = (study: Study, id: string, target: Target): Promise<DifferenceFigure | null> =>
  remembered(study, answersKey(id, target), async (ask) => {
    const column = columnOf(study, id);
    const difference = await answerDifference(study, column, target, ask);
    const words = { first: 'wrong', second: 'right', by: 'name' as const };
    return difference && { study, other: null, column, target, difference, ...words };
  });

const evidenceKey = (id: string, target: Target) => `evidence ${id} ${target}`;

export const evidenceSummary = (study: Study, id: string, target: Target): Promise<Evidence> =>
  remembered(study, evidenceKey(id, target), (ask) =>
    evidenceOf(study, id, target, ask, {
      superization: superizationSummary(study, target),
      answers: answerSummary(study, id, target).then((answers) => answers?.difference ?? null),
    }),
  );

/** How many of the tests behind the findings are made. */
export const evidenceProgress = (study: Study, id: string, target: Target): Progress =>
  progressOf(study, [evidenceKey(id, target), superizationKey(target), answersKey(id, target)]);

/** @throws ComparisonError where the two cannot be compared */
export const comparisonSummary = (
  study: Study,
  { study: other }: Comparison,
  id: string,
  target: Target,
): Promise<DifferenceFigure> => {
  const key = `against ${other.model.sha256} ${JSON.stringify(other.settings)} ${other.images.length} ${id} ${target}`;
  const compared = remembered(study, key, async (ask) => {
    const column = columnOf(study, id);
    if (!other.numbers[id]) {
      throw new ComparisonError(`The other study has no ${column.name}: it was made with other measures.`);
    }
    const difference = await pairedDifference(study, other, column, target, ask);
    return { study, other, column, target, difference, by: matchLayers(study, other).by };
  });
  // What the two are called depends on the language, which may change.
  return compared.then((figure) => ({ ...figure, ...toldApart(study, other) }));
};
