import { counted } from '../text/counted';
import { superizationOf } from './block-steps';
import type { ShrunkGroup } from './filters/shrunk-groups';
import { runEnd } from './next-move';
import type { PairedInterval } from './paired-interval';
import type { Quantity } from './search-results';
import { runsOf } from './search-runs';
import type { Candidate, Move, SearchOptions, SearchOrder, SearchState, TriedNetwork } from './search-state';
import { type Comparison, comparisons } from './verdict';

/** Orders by what they try first, when removing. */
export const searchOrderNames: Record<SearchOrder, string> = {
  semiotic: 'least superization',
  random: 'random order',
  l1: 'smallest L1 norm',
  parameters: 'most parameters',
  taylor: 'first-order Taylor',
  scale: 'smallest batch-norm scale',
  uniform: 'all widths alike',
};

/** Accuracies that differ by less are the same. */
const EQUIVALENCE = 0.01;

const quantityNames: Record<Quantity, string> = {
  parameters: 'parameters',
  multiplyAdds: 'multiply-adds',
  latency: 'latency',
};

/** Why a network is tried: which block, and what spoke for it. One sentence. */
export function whyWords(
  { change, role, order, architecture, recipe }: Move,
  options: SearchOptions,
): string {
  if (role === 'reference') {
    const given = options.referenceEpochs === 0 ? ' with the weights it has,' : '';
    return `The whole architecture, ${blockCount(architecture)},${given} as the reference.`;
  }
  if (role === 'final') return `${counted(recipe.epochs, 'epoch')} more of what was found.`;
  if (role === 'start' || !change || !order)
    return `One block a stage, ${blockCount(architecture)}, to begin with.`;
  if (change.filters) {
    return `Take out ${filtersInWords(change.filters)}: ${reason(order, change.candidates[0], change.step, options)}.`;
  }
  const among =
    change.candidates.length === 1 ? 'the only candidate' : `first of ${change.candidates.length} candidates`;
  const does = change.kind === 'remove' ? `Take out ${change.block}` : `Add ${change.block}`;
  return `${does}, ${among}: ${reason(order, change.candidates[0], change.step, options)}.`;
}

/** "34 filters of conv4_1 and 12 of conv4_2". */
function filtersInWords(groups: readonly ShrunkGroup[]): string {
  const parts = groups.map(({ group, filters }, i) =>
    i === 0 ? `${counted(filters.length, 'filter')} of ${group}` : `${filters.length} of ${group}`,
  );
  const last = parts.pop();
  return parts.length === 0 ? `${last}` : `${parts.join(', ')} and ${last}`;
}

function reason(
  order: SearchOrder,
  { rank }: Candidate,
  step: NonNullable<Move['change']>['step'],
  options: SearchOptions,
): string {
  const removes = options.direction === 'prune';
  if (order === 'random') return 'drawn at random';
  if (order === 'uniform') return 'the same share of every layer, the smallest mean weights first';
  if (rank === null) return 'nothing was measured that speaks for another';
  if (order === 'l1') {
    return `${removes ? 'the smallest' : 'behind the largest'} mean weight, ${Math.abs(rank).toPrecision(3)}`;
  }
  if (order === 'parameters') {
    return `${removes ? 'the most' : 'the fewest'} parameters, ${Math.abs(rank).toLocaleString('en-GB')}`;
  }
  if (order === 'taylor') {
    return `${removes ? 'the least' : 'behind the largest'} first-order change of the loss, ${Math.abs(rank).toPrecision(3)}`;
  }
  if (order === 'scale') {
    return `${removes ? 'the smallest' : 'behind the largest'} scale of batch normalisation, ${Math.abs(rank).toPrecision(3)}`;
  }
  const superization = step && superizationOf(step, options.beyondNull);
  if (!step || superization === null) return 'nothing was measured that speaks for another';
  const [fall, nullFall] = [step.fall as number, step.nullFall as number];
  const extent = removes ? 'least superization' : `most superization in its stage, at ${step.block}`;
  const beside = options.beyondNull
    ? `its entropy ${moves(fall)}, that of its null model ${moves(nullFall)}`
    : `its entropy ${moves(fall)}`;
  return `${extent}; ${beside}`;
}

const moves = (fall: number) => `${fall < 0 ? 'rises' : 'falls'} by ${Math.abs(fall).toFixed(3)}`;

/** What came of a network, one sentence. */
export function outcomeWords(
  { verdict, validation, change }: Pick<TriedNetwork, 'verdict' | 'validation' | 'change'>,
  reference: Pick<TriedNetwork, 'validation'> | null,
): string {
  const accuracy = `${percent(validation.accuracy)} of the validation pictures are named right`;
  const isFinal = !change && (verdict === 'kept' || verdict === 'rejected');
  if (!reference || (!change && !isFinal)) return `${accuracy}.`;
  const distance = points(validation.accuracy - reference.validation.accuracy);
  const judged = `${accuracy}, ${distance} against the reference`;
  if (!change) {
    return verdict === 'kept' ? `${judged}: taken.` : `${judged}: no gain, the weights before it stay.`;
  }
  if (change.kind === 'shrink') {
    return verdict === 'kept' ? `${judged}: they stay out.` : `${judged}: they are needed, and put back.`;
  }
  if (change.kind === 'remove') {
    return verdict === 'kept' ? `${judged}: it stays out.` : `${judged}: it is needed, and put back.`;
  }
  return verdict === 'kept' ? `${judged}: it stays in.` : `${judged}: no gain, it is taken out again.`;
}

/**
 * What the search says of superization as an order, in sentences: one for each control, then what so few seeds can tell at all. Plain about
 * noise: no difference is claimed that the seeds do not bear out.
 */
export function verdictWords(state: SearchState, quantity: Quantity): string[] {
  const spent = spentWords(state);
  if (!state.options.orders.includes('semiotic'))
    return [...spent, 'The order by superization was not tried.'];
  const all = comparisons(state, quantity);
  if (all.length === 0) return [...spent, 'No control was run: nothing can be said about the order.'];
  const compared = all.filter(({ size }) => size !== null);
  const sentences = all.map((comparison) => comparisonWords(comparison, quantity));
  if (compared.length > 0) sentences.push(limits(compared), ...compared.map(equivalenceWords));
  return [...spent, ...sentences];
}

/** Seeds whose minutes went into the reference. */
function spentWords(state: SearchState): string[] {
  const { budget, seeds } = state.options;
  if (budget.kind !== 'minutes') return [];
  const share = budget.minutes / seeds.length;
  return seeds.flatMap((seed) => {
    const own = runsOf(state).filter((run) => run.seed === seed);
    const isSpent =
      own.length > 0 && own.every((run) => run.steps.length === 0 && runEnd(state, run) === 'budget');
    if (!isSpent) return [];
    const minutes = own[0].reference.milliseconds / 60_000;
    return [
      `Seed ${seed}: its ${minutesInWords(share)} were spent on the reference, which took ${minutesInWords(minutes)}; nothing smaller could be tried. Give more minutes, or a number of trainings instead.`,
    ];
  });
}

function minutesInWords(minutes: number): string {
  const number = minutes.toLocaleString('en-GB', { maximumFractionDigits: minutes < 10 ? 1 : 0 });
  return `${number} ${number === '1' ? 'minute' : 'minutes'}`;
}

function comparisonWords(
  { control, outcome, seeds, size, accuracy }: Comparison,
  quantity: Quantity,
): string {
  const against = `Against ${searchOrderNames[control]}`;
  if (outcome === 'unfinished') return `${against}: not finished, nothing can be said.`;
  if (outcome === 'one-seed' || !size || !accuracy) {
    return `${against}: only one seed (${seeds.join()}), so that chance cannot be told from the order.`;
  }
  const said = {
    better: 'better',
    worse: 'worse',
    mixed: size.mean < 0 ? 'smaller, but less accurate' : 'larger, but more accurate',
    same: 'no difference, every seed came to the same size and accuracy',
    noise: 'no difference beyond noise',
  }[outcome];
  const name = quantityNames[quantity];
  return `${against}: ${said}. ${signedPercent(size.mean)} ${name} (95 % interval ${signedPercent(size.low)} to ${signedPercent(size.high)}) and ${points(accuracy.mean)} of test accuracy (${points(accuracy.low)} to ${points(accuracy.high)}), ${counted(seeds.length, 'seed')}.`;
}

/**
 * Whether the accuracies are the same as far as the bounds go that are set beforehand: both ends of the interval within them (two one-sided
 * tests, Schuirmann 1987, at 2.5 % each), or the lower one alone.
 */
function equivalenceWords({ control, accuracy }: Comparison): string {
  const { low, high } = accuracy as PairedInterval;
  const bound = `${(100 * EQUIVALENCE).toFixed(0)} point`;
  const against = `Test accuracy against ${searchOrderNames[control]}`;
  if (low > -EQUIVALENCE && high < EQUIVALENCE) return `${against}: the same within ${bound}.`;
  if (low > -EQUIVALENCE) return `${against}: no worse than by ${bound}.`;
  if (high < -EQUIVALENCE) return `${against}: worse by more than ${bound}.`;
  return `${against}: that it is no worse than by ${bound} cannot be said.`;
}

function limits(compared: readonly Comparison[]): string {
  const seeds = Math.min(...compared.map((comparison) => comparison.seeds.length));
  const count = compared.length === 1 ? 'This interval is' : `These ${compared.length} intervals are`;
  return `${count} of ${counted(seeds, 'seed')}, by Student's t${compared.length > 1 ? ', and not corrected for being several' : ''}: small advantages cannot be seen so.`;
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
/** With its sign; a verdict hangs on the side of zero that a value lies on, so no digits hide that. */
const signed = (value: number, digits: number): string => {
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) !== 0) return `${value < 0 ? '-' : '+'}${text}`;
  return Math.abs(value) < 1e-6 ? `±${text}` : signed(value, digits + 1);
};
const signedPercent = (share: number) => `${signed(100 * share, 0)} %`;
const points = (share: number) => `${signed(100 * share, 1)} points`;

function blockCount({ stages }: Move['architecture']): string {
  const count = stages.reduce((sum, { blocks }) => sum + blocks.length, 0);
  return `${count} ${count === 1 ? 'block' : 'blocks'}`;
}
