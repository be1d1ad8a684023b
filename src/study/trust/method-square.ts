import type { TrustMeasure } from '../../faithfulness/trust/trust-measures';
import type { SaliencyMethod } from '../../saliency/method-names';
import type { Band } from '../statistics';
import { betterOf, differs, type MethodPair, type MethodPairs } from './method-pairs';

/** What methods are set against each other by: one measure, or all that judge. */
export type SquareMeasure = TrustMeasure | 'all';
/** Best first, or as the study has them. */
export type SquareOrder = 'best' | 'study';

/** Methods against each other as a square: the method of a row against that of a column. */
export interface MethodSquare {
  readonly methods: readonly SquareMethod[];
  /** By row and column; null on the diagonal, and where two have nothing in common. */
  readonly cells: readonly (readonly (SquareCell | null)[])[];
}

export interface SquareMethod {
  readonly method: SaliencyMethod;
  /** By one measure, its mean over the pictures and the layer it was taken at; null of all measures. */
  readonly band: Band | null;
  readonly layer: number | null;
  /** Comparisons in which it is better beyond chance, and worse, over all other methods and the measures chosen. */
  readonly wins: number;
  readonly losses: number;
}

export type SquareCell = MeasuredCell | CountedCell;

/** One measure: the pair as seen from the row. */
export interface MeasuredCell {
  readonly pair: MethodPair;
  /** The pair lists the row's method second: numbers change their sign. */
  readonly turned: boolean;
}

/** All measures that call one way better and that both methods have. */
export interface CountedCell {
  readonly wins: number;
  readonly losses: number;
  readonly of: number;
}

/** Sets the methods of a study against each other; methods of which there is nothing to say are left out. */
export function methodSquare(
  { measured, pairs }: MethodPairs,
  measure: SquareMeasure,
  order: SquareOrder,
): MethodSquare {
  const own = pairs.filter((pair) => (measure === 'all' ? pair.better !== null : pair.measure === measure));
  const row = measured.find((one) => one.measure === measure);
  const known = (measured[0]?.methods ?? [])
    .map(({ method }): SquareMethod => {
      const at = row?.methods.find((one) => one.method === method);
      return { method, band: at?.band ?? null, layer: at?.layer ?? null, ...countOf(own, method) };
    })
    .filter(({ method }) => own.some(({ first, second }) => first === method || second === method));
  const sign = row?.better === 'low' ? -1 : 1;
  const worth = ({ band, wins, losses }: SquareMethod) => (band ? sign * band.mean : wins - losses);
  const methods = order === 'best' ? [...known].sort((a, b) => worth(b) - worth(a)) : known;
  return {
    methods,
    cells: methods.map(({ method: first }) =>
      methods.map(({ method: second }) => cellOf(own, measure, first, second)),
    ),
  };
}

const countOf = (pairs: readonly MethodPair[], method: SaliencyMethod) => {
  const decided = pairs.filter(({ first, second }) => first === method || second === method).map(betterOf);
  return {
    wins: decided.filter((best) => best === method).length,
    losses: decided.filter((best) => best !== null && best !== method).length,
  };
};

function cellOf(
  pairs: readonly MethodPair[],
  measure: SquareMeasure,
  row: SaliencyMethod,
  column: SaliencyMethod,
): SquareCell | null {
  const between = pairs.filter(
    ({ first, second }) => (first === row && second === column) || (first === column && second === row),
  );
  if (between.length === 0) return null;
  if (measure !== 'all') return { pair: between[0], turned: between[0].first !== row };
  return { ...countOf(between, row), of: between.length };
}

/** Effect size as seen from the row, above 0 where the row is the better one; by a measure that judges neither way, where it is higher. */
export function effectFor({ pair, turned }: MeasuredCell): number | null {
  if (!pair.effect) return null;
  return pair.effect.effect * (turned ? -1 : 1) * (pair.better === 'low' ? -1 : 1);
}

/** Row less column. */
export const differenceFor = ({ pair: { difference }, turned }: MeasuredCell): Band => {
  if (!turned) return difference;
  const { mean, low, high, count } = difference;
  return { mean: -mean, low: -high, high: -low, count };
};

/** How many of all comparisons of the square differ beyond chance. */
export const differing = (pairs: readonly MethodPair[], measure: SquareMeasure) => {
  const own = pairs.filter((pair) => (measure === 'all' ? pair.better !== null : pair.measure === measure));
  return { differ: own.filter(differs).length, of: own.length };
};
