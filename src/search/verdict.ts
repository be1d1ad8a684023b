import { runEnd } from './next-move';
import { type PairedInterval, pairedInterval } from './paired-interval';
import { type Quantity, quantities, resultOf } from './search-results';
import { runsOf } from './search-runs';
import type { SearchOrder, SearchState } from './search-state';

/**
 * How the semiotic order did beside a control: `better` where it is smaller and not less accurate, or more accurate and not
 * larger; `mixed` where it won in the one and lost in the other; `same` where every seed came to the same size and accuracy;
 * `noise` where the 95 % intervals hold zero.
 */
export type Outcome = 'unfinished' | 'one-seed' | 'better' | 'worse' | 'mixed' | 'same' | 'noise';

export interface Comparison {
  control: SearchOrder;
  outcome: Outcome;
  /** Seeds whose runs of both orders are over. */
  seeds: number[];
  /** Ratio of sizes less 1, semiotic to control: geometric mean over the seeds; null for fewer than two seeds. */
  size: PairedInterval | null;
  /** Difference of accuracies on the test part, semiotic less control; null for fewer than two seeds. */
  accuracy: PairedInterval | null;
}

/**
 * Compares what the semiotic order came to with what each control did, seed by seed: both began with the same reference. Sizes
 * are those of the networks that the validation part chose, accuracies those of the test part.
 */
export function comparisons(state: SearchState, quantity: Quantity): Comparison[] {
  const over = runsOf(state).filter((run) => runEnd(state, run) !== null);
  const controls = state.options.orders.filter((order) => order !== 'semiotic');
  return controls.map((control) => {
    const pairs = state.options.seeds.flatMap((seed) => {
      const find = (order: SearchOrder) => over.find((run) => run.seed === seed && run.order === order);
      const [semiotic, other] = [find('semiotic'), find(control)];
      return semiotic && other ? [{ seed, semiotic: resultOf(semiotic), other: resultOf(other) }] : [];
    });
    const seeds = pairs.map(({ seed }) => seed);
    if (pairs.length < 2) {
      const outcome = pairs.length === 0 ? 'unfinished' : 'one-seed';
      return { control, outcome, seeds, size: null, accuracy: null };
    }
    const cost = quantities[quantity];
    const logarithms = pairedInterval(
      pairs.map(({ semiotic, other }) => Math.log(cost(semiotic) / cost(other))),
    );
    const accuracy = pairedInterval(
      pairs.map(({ semiotic, other }) => semiotic.test.accuracy - other.test.accuracy),
    );
    return {
      control,
      outcome: outcomeOf(logarithms, accuracy),
      seeds,
      size: {
        mean: Math.expm1(logarithms.mean),
        low: Math.expm1(logarithms.low),
        high: Math.expm1(logarithms.high),
      },
      accuracy,
    };
  });
}

function outcomeOf(size: PairedInterval, accuracy: PairedInterval): Outcome {
  const gains = [-signOf(size), signOf(accuracy)];
  const [wins, losses] = [gains.includes(1), gains.includes(-1)];
  if (wins || losses) return wins && losses ? 'mixed' : wins ? 'better' : 'worse';
  const isPoint = ({ low, high }: PairedInterval) => low === 0 && high === 0;
  return isPoint(size) && isPoint(accuracy) ? 'same' : 'noise';
}

/** 1 or -1 where the interval lies to one side of zero, 0 where it holds it. */
const signOf = ({ low, high }: PairedInterval) => (low > 0 ? 1 : high < 0 ? -1 : 0);
