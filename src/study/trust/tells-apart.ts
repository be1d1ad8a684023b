import { seededRandom } from '../../semiotics';
import { areaUnderRoc } from '../../semiotics/trust/localisation-auc';
import { quantileOfSorted } from '../statistics';

/** How well a number tells one kind of pictures from another: area under the ROC curve, 0.5 for not at all. */
export interface TellsApart {
  /** That a picture of the first kind has the higher number. */
  readonly area: number;
  /** 95 % of the resamples lie between, drawn within each kind. */
  readonly low: number;
  readonly high: number;
  /** Pictures of each kind that have the number. */
  readonly first: number;
  readonly second: number;
}

const resamples = 500;

/** @returns null where one of the kinds has fewer than two pictures with the number */
export function tellsApart(
  values: ArrayLike<number>,
  isFirst: readonly boolean[],
  seed: number,
): TellsApart | null {
  const of = (kind: boolean) =>
    isFirst.flatMap((own, i) => (own === kind && Number.isFinite(values[i]) ? [values[i]] : []));
  const [first, second] = [of(true), of(false)];
  if (first.length < 2 || second.length < 2) return null;
  const marks = [...first.map(() => 1), ...second.map(() => 0)];
  const random = seededRandom(seed);
  const draw = (kind: number[]) => kind.map(() => kind[random.below(kind.length)]);
  const drawn = Float64Array.from({ length: resamples }, () =>
    areaUnderRoc([...draw(first), ...draw(second)], marks),
  ).sort();
  return {
    area: areaUnderRoc([...first, ...second], marks),
    low: quantileOfSorted(drawn, 0.025),
    high: quantileOfSorted(drawn, 0.975),
    first: first.length,
    second: second.length,
  };
}
