import type { StudyPoint, StudyStep } from '../../figures/study/study-figures';
import { type Band, holm, wilsonShare } from '../statistics';
import type { AskStatistics } from '../statistics/statistics-methods';
import type { Study } from '../study-data';
import { minus, plus, type StudyColumn, seriesOf, type Target } from './number-columns';

/** What becomes of an entropy on the step to a layer, over the pictures that have it at both. */
export interface Step {
  from: string;
  to: string;
  /** Mean change and that of the null. */
  change: Band;
  null: Band;
  /** Change minus that of the null. */
  beyond: Band;
  /** Of sign flips of `beyond`, corrected for all steps. */
  p: number;
  /** In how many of the pictures it falls, and by more than its null does. */
  share: ReturnType<typeof wilsonShare>;
  /** Whether it falls, beyond the null, and by more than chance would have it (`askedOfStep`). */
  claimed: boolean;
}

/** What is asked of a step before it is said that the entropy falls on it beyond its null. */
export const askedOfStep = ({ change, beyond, p }: Pick<Step, 'change' | 'beyond' | 'p'>) => ({
  /** That it falls at all. */
  falls: change.high < 0,
  /** That it falls by more than its null. */
  beyondNull: beyond.high < 0,
  /** That this is no chance. */
  told: p < claimLevel,
});

/** Largest corrected p at which a claim is made. */
export const claimLevel = 0.05;

/** Changes and null changes by layer; those of the first layer are of no step. */
async function stepsOf(
  study: Study,
  changes: Float64Array[],
  nulls: Float64Array[],
  ask: AskStatistics,
): Promise<(Step | null)[]> {
  const count = study.layers.length;
  const { seed } = study.settings;
  const beyond = changes.map((change, i) => minus(change, nulls[i]));
  const [bands, raw] = await Promise.all([
    ask('bands', {
      series: [...changes, ...nulls],
      differences: changes.map((_, i) => [count + i, i]),
      seed,
    }),
    ask('paired', { series: beyond.slice(1), seed }),
  ]);
  const p = holm(raw.map((value, i) => (bands[2 * count + i + 1].count > 0 ? value : Number.NaN)));
  return study.layers.map((layer, i) => {
    const own = { change: bands[i], null: bands[count + i], beyond: bands[2 * count + i] };
    if (i === 0 || own.beyond.count === 0) return null;
    const falls = changes[i].reduce(
      (sum, change, image) => sum + (change < Math.min(0, nulls[i][image]) ? 1 : 0),
      0,
    );
    const tested = { ...own, p: p[i - 1] };
    return {
      from: study.layers[i - 1].name,
      to: layer.name,
      ...tested,
      share: wilsonShare(falls, own.beyond.count),
      claimed: Object.values(askedOfStep(tested)).every(Boolean),
    };
  });
}

/** The steps of one measure; null for the first layer, and where no picture has both. */
export function measureSteps(
  study: Study,
  column: StudyColumn,
  target: Target,
  ask: AskStatistics,
): Promise<(Step | null)[]> {
  const changeOf = (id: string) => {
    const series = seriesOf(study, id, target);
    return series.map((values, i) =>
      i === 0 ? new Float64Array(values.length).fill(Number.NaN) : minus(values, series[i - 1]),
    );
  };
  return stepsOf(study, changeOf(column.id), changeOf(column.null as string), ask);
}

/** What the joint aura entropy consists of, and the same of its null. */
function formationsOf(study: Study, target: Target) {
  const of = (id: string) => seriesOf(study, id, target);
  return {
    parts: [of('class formation'), of('complex formation')],
    nulls: [of('class formation null'), of('complex formation null')],
  };
}

/**
 * Superization by step: the change of the joint aura entropy. It happens in a picture when that entropy falls by more than its
 * null does.
 */
export function superizationSteps(
  study: Study,
  target: Target,
  ask: AskStatistics,
): Promise<(Step | null)[]> {
  const { parts, nulls } = formationsOf(study, target);
  const sum = ([first, second]: Float64Array[][]) => first.map((values, i) => plus(values, second[i]));
  return stepsOf(study, sum(parts), sum(nulls), ask);
}

/** The same steps split into class and complex formation. */
export async function superizationParts(
  study: Study,
  target: Target,
  steps: readonly (Step | null)[],
  ask: AskStatistics,
): Promise<(StudyStep | null)[]> {
  const { parts, nulls } = formationsOf(study, target);
  const bands = await ask('bands', { series: [...parts, ...nulls].flat(), seed: study.settings.seed });
  const count = study.layers.length;
  return steps.map((step, i) => {
    if (!step) return null;
    const [classes, complex, classNull, complexNull] = [0, 1, 2, 3].map((part) => bands[part * count + i]);
    return {
      classFormation: point(classes),
      complexFormation: point(complex),
      null: { classFormation: classNull.mean, complexFormation: complexNull.mean },
      share: { mean: step.share.share, low: step.share.low, high: step.share.high },
      claimed: step.claimed,
    };
  });
}

const point = ({ mean, low, high }: Band): StudyPoint => ({ mean, low, high });
