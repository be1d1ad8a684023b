import type { StudyDifference, StudyPoint } from '../../figures/study/study-figures';
import { groupEffect, holm, pairedEffect, present, sizeOf } from '../statistics';
import type { AskStatistics } from '../statistics/statistics-methods';
import type { Study } from '../study-data';
import { groupsOf } from './groups';
import { pointOf } from './layer-profile';
import { minus, type StudyColumn, seriesOf, type Target } from './number-columns';

/** Two profiles of one measure and what differs between them, by layer of the first. */
export interface Difference {
  means: { first: (StudyPoint | null)[]; second: (StudyPoint | null)[] };
  differences: (StudyDifference | null)[];
  paired: boolean;
  /** Pictures behind it; of both groups where it is not paired. */
  pictures: number;
}

/** Studies that cannot be compared; a sentence that says why. */
export class ComparisonError extends Error {
  override name = 'ComparisonError';
}

/** How the layers of two studies are set against each other. */
export type LayerMatch = 'name' | 'depth';

/**
 * For every layer of the first study the layer of the second it is compared with: the one of its name where both have the
 * same layers, else the one nearest in relative depth.
 */
export function matchLayers(first: Study, second: Study): { by: LayerMatch; layers: number[] } {
  const names = (study: Study) => study.layers.map(({ name }) => name);
  if (names(first).join('\n') === names(second).join('\n')) {
    return { by: 'name', layers: first.layers.map((_, i) => i) };
  }
  const [steps, otherSteps] = [first.layers.length - 1, second.layers.length - 1];
  return {
    by: 'depth',
    layers: first.layers.map((_, i) => (steps === 0 ? otherSteps : Math.round((i / steps) * otherSteps))),
  };
}

/** Pairs of indices of the pictures that both studies have, told by the bytes of their files. */
export function commonPictures(first: Study, second: Study): [number, number][] {
  const found = new Map(second.images.map(({ sha256, path }, i) => [`${sha256} ${path}`, i]));
  const byBytes = new Map(second.images.map(({ sha256 }, i) => [sha256, i]));
  const taken = new Set<number>();
  return first.images.flatMap(({ sha256, path }, i) => {
    const other = found.get(`${sha256} ${path}`) ?? byBytes.get(sha256);
    if (other === undefined || taken.has(other)) return [];
    taken.add(other);
    return [[i, other] as [number, number]];
  });
}

/**
 * The same pictures measured twice: by two networks, two methods, or with trained and randomised weights.
 * @throws ComparisonError where the two have no picture in common
 */
export async function pairedDifference(
  first: Study,
  second: Study,
  column: StudyColumn,
  target: Target,
  ask: AskStatistics,
): Promise<Difference> {
  const pairs = commonPictures(first, second);
  if (pairs.length === 0) {
    throw new ComparisonError(
      'These two studies have no picture in common: run the second on the images of the first.',
    );
  }
  const { layers } = matchLayers(first, second);
  const { seed } = first.settings;
  const own = seriesOf(
    first,
    column.id,
    target,
    pairs.map(([i]) => i),
  );
  const others = seriesOf(
    second,
    column.id,
    target,
    pairs.map(([, i]) => i),
  );
  const matched = layers.map((layer) => others[layer]);
  const differences = own.map((values, i) => minus(values, matched[i]));
  const [bands, p] = await Promise.all([
    ask('bands', { series: [...own, ...matched, ...differences], seed }),
    ask('paired', { series: differences, seed }),
  ]);
  return {
    ...assembled(own.length, bands.map(pointOf), p, (i) =>
      pairedEffect(present(differences[i]), sizeOf(present(own[i]), present(matched[i]))),
    ),
    paired: true,
    pictures: pairs.length,
  };
}

/** Pictures that were named right against those named wrong; null where one of the two is empty. */
export async function answerDifference(
  study: Study,
  column: StudyColumn,
  target: Target,
  ask: AskStatistics,
): Promise<Difference | null> {
  const groups = groupsOf(study, 'answer');
  if (groups.length < 2) return null;
  const [right, wrong] = groups;
  const { seed } = study.settings;
  const images = [...wrong.images, ...right.images];
  const series = seriesOf(study, column.id, target, images);
  const first = images.map((_, i) => i < wrong.images.length);
  const ofWrong = series.map((values) => values.slice(0, wrong.images.length));
  const ofRight = series.map((values) => values.slice(wrong.images.length));
  const [wrongBands, rightBands, p] = await Promise.all([
    ask('bands', { series: ofWrong, seed }),
    ask('bands', { series: ofRight, seed: seed + 1 }),
    ask('groups', { series, first, seed }),
  ]);
  const difference = series.map((_, i) => {
    const [a, b] = [wrongBands[i], rightBands[i]];
    if (a.count === 0 || b.count === 0) return null;
    const mean = a.mean - b.mean;
    // Two independent bands: their half-widths add in squares (Zou and Donner 2008).
    return {
      mean,
      low: mean - Math.hypot(a.mean - a.low, b.high - b.mean),
      high: mean + Math.hypot(a.high - a.mean, b.mean - b.low),
    };
  });
  return {
    ...assembled(
      series.length,
      [...wrongBands.map(pointOf), ...rightBands.map(pointOf), ...difference],
      p,
      (i) => groupEffect(present(ofWrong[i]), present(ofRight[i])),
    ),
    paired: false,
    pictures: images.length,
  };
}

function assembled(
  count: number,
  points: (StudyPoint | null)[],
  p: number[],
  effectOf: (layer: number) => number,
): Pick<Difference, 'means' | 'differences'> {
  const bands = points.slice(2 * count);
  const corrected = holm(p.map((value, i) => (bands[i] ? value : Number.NaN)));
  return {
    means: { first: points.slice(0, count), second: points.slice(count, 2 * count) },
    differences: bands.map((band, i) => {
      if (!band) return null;
      const effect = effectOf(i);
      return { band, effect: Number.isNaN(effect) ? null : effect, p: corrected[i] };
    }),
  };
}
