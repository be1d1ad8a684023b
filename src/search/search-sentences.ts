import { counted } from '../text/counted';
import { listed } from '../text/listed';
import { say } from '../text/say';
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
  const blocks = blockCount(architecture);
  if (role === 'reference') {
    return options.referenceEpochs === 0
      ? say('The whole architecture, {blocks}, with the weights it has, as the reference.', { blocks })
      : say('The whole architecture, {blocks}, as the reference.', { blocks });
  }
  if (role === 'final')
    return say('{epochs} more of what was found.', { epochs: counted(recipe.epochs, 'epoch') });
  if (role === 'start' || !change || !order)
    return say('One block a stage, {blocks}, to begin with.', { blocks });
  const why = reason(order, change.candidates[0], change.step, options);
  if (change.filters) {
    return say('Take out {filters}: {reason}.', { filters: filtersInWords(change.filters), reason: why });
  }
  const words = {
    block: change.block,
    among:
      change.candidates.length === 1
        ? say('the only candidate')
        : say('first of {candidates} candidates', { candidates: change.candidates.length }),
    reason: why,
  };
  return change.kind === 'remove'
    ? say('Take out {block}, {among}: {reason}.', words)
    : say('Add {block}, {among}: {reason}.', words);
}

/** "34 filters of conv4_1 and 12 of conv4_2". */
function filtersInWords(groups: readonly ShrunkGroup[]): string {
  const parts = groups.map(({ group, filters }, i) =>
    i === 0
      ? say('{filters} of {group}', { filters: counted(filters.length, 'filter'), group })
      : say('{count} of {group}', { count: filters.length, group }),
  );
  return listed(parts);
}

function reason(
  order: SearchOrder,
  { rank }: Candidate,
  step: NonNullable<Move['change']>['step'],
  options: SearchOptions,
): string {
  const removes = options.direction === 'prune';
  if (order === 'random') return say('drawn at random');
  if (order === 'uniform') return say('the same share of every layer, the smallest mean weights first');
  if (rank === null) return say('nothing was measured that speaks for another');
  const value = Math.abs(rank).toPrecision(3);
  if (order === 'l1') {
    return removes
      ? say('the smallest mean weight, {value}', { value })
      : say('behind the largest mean weight, {value}', { value });
  }
  if (order === 'parameters') {
    const parameters = Math.abs(rank).toLocaleString('en-GB');
    return removes
      ? say('the most parameters, {parameters}', { parameters })
      : say('the fewest parameters, {parameters}', { parameters });
  }
  if (order === 'taylor') {
    return removes
      ? say('the least first-order change of the loss, {value}', { value })
      : say('behind the largest first-order change of the loss, {value}', { value });
  }
  if (order === 'scale') {
    return removes
      ? say('the smallest scale of batch normalisation, {value}', { value })
      : say('behind the largest scale of batch normalisation, {value}', { value });
  }
  const superization = step && superizationOf(step, options.beyondNull);
  if (!step || superization === null) return say('nothing was measured that speaks for another');
  const words = {
    extent: removes
      ? say('least superization')
      : say('most superization in its stage, at {block}', { block: step.block }),
    fall: moves(step.fall as number),
    nullFall: moves(step.nullFall as number),
  };
  return options.beyondNull
    ? say('{extent}; its entropy {fall}, that of its null model {nullFall}', words)
    : say('{extent}; its entropy {fall}', words);
}

function moves(fall: number): string {
  const value = Math.abs(fall).toFixed(3);
  return fall < 0 ? say('rises by {value}', { value }) : say('falls by {value}', { value });
}

/** What came of a network, one sentence. */
export function outcomeWords(
  { verdict, validation, change }: Pick<TriedNetwork, 'verdict' | 'validation' | 'change'>,
  reference: Pick<TriedNetwork, 'validation'> | null,
): string {
  const accuracy = say('{share} of the validation pictures are named right', {
    share: percent(validation.accuracy),
  });
  const isFinal = !change && (verdict === 'kept' || verdict === 'rejected');
  if (!reference || (!change && !isFinal)) return say('{sentence}.', { sentence: accuracy });
  const judged = say('{accuracy}, {distance} against the reference', {
    accuracy,
    distance: points(validation.accuracy - reference.validation.accuracy),
  });
  const kept = verdict === 'kept';
  if (!change) {
    return kept
      ? say('{judged}: taken.', { judged })
      : say('{judged}: no gain, the weights before it stay.', { judged });
  }
  if (change.kind === 'shrink') {
    return kept
      ? say('{judged}: they stay out.', { judged })
      : say('{judged}: they are needed, and put back.', { judged });
  }
  if (change.kind === 'remove') {
    return kept
      ? say('{judged}: it stays out.', { judged })
      : say('{judged}: it is needed, and put back.', { judged });
  }
  return kept
    ? say('{judged}: it stays in.', { judged })
    : say('{judged}: no gain, it is taken out again.', { judged });
}

/**
 * What the search says of superization as an order, in sentences: one for each control, then what so few seeds can tell at all. Plain about
 * noise: no difference is claimed that the seeds do not bear out.
 */
export function verdictWords(state: SearchState, quantity: Quantity): string[] {
  const spent = spentWords(state);
  if (!state.options.orders.includes('semiotic'))
    return [...spent, say('The order by superization was not tried.')];
  const all = comparisons(state, quantity);
  if (all.length === 0) return [...spent, say('No control was run: nothing can be said about the order.')];
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
      say(
        'Seed {seed}: its {share} were spent on the reference, which took {minutes}; nothing smaller could be tried. Give more minutes, or a number of trainings instead.',
        { seed, share: minutesInWords(share), minutes: minutesInWords(minutes) },
      ),
    ];
  });
}

function minutesInWords(minutes: number): string {
  const number = minutes.toLocaleString('en-GB', { maximumFractionDigits: minutes < 10 ? 1 : 0 });
  return number === '1' ? say('1 minute') : say('{number} minutes', { number });
}

function comparisonWords(
  { control, outcome, seeds, size, accuracy }: Comparison,
  quantity: Quantity,
): string {
  const order = say(searchOrderNames[control]);
  if (outcome === 'unfinished') return say('Against {order}: not finished, nothing can be said.', { order });
  if (outcome === 'one-seed' || !size || !accuracy) {
    return say('Against {order}: only one seed ({seeds}), so that chance cannot be told from the order.', {
      order,
      seeds: seeds.join(),
    });
  }
  const said = {
    better: say('better'),
    worse: say('worse'),
    mixed: size.mean < 0 ? say('smaller, but less accurate') : say('larger, but more accurate'),
    same: say('no difference, every seed came to the same size and accuracy'),
    noise: say('no difference beyond noise'),
  }[outcome];
  return say(
    'Against {order}: {said}. {size} {quantity} (95 % interval {sizeLow} to {sizeHigh}) and {accuracy} of test accuracy ({low} to {high}), {seeds}.',
    {
      order,
      said,
      size: signedPercent(size.mean),
      quantity: say(quantityNames[quantity]),
      sizeLow: signedPercent(size.low),
      sizeHigh: signedPercent(size.high),
      accuracy: points(accuracy.mean),
      low: points(accuracy.low),
      high: points(accuracy.high),
      seeds: counted(seeds.length, 'seed'),
    },
  );
}

/**
 * Whether the accuracies are the same as far as the bounds go that are set beforehand: both ends of the interval within them (two one-sided
 * tests, Schuirmann 1987, at 2.5 % each), or the lower one alone.
 */
function equivalenceWords({ control, accuracy }: Comparison): string {
  const { low, high } = accuracy as PairedInterval;
  const words = { order: say(searchOrderNames[control]), bound: (100 * EQUIVALENCE).toFixed(0) };
  if (low > -EQUIVALENCE && high < EQUIVALENCE)
    return say('Test accuracy against {order}: the same within {bound} point.', words);
  if (low > -EQUIVALENCE) return say('Test accuracy against {order}: no worse than by {bound} point.', words);
  if (high < -EQUIVALENCE)
    return say('Test accuracy against {order}: worse by more than {bound} point.', words);
  return say(
    'Test accuracy against {order}: that it is no worse than by {bound} point cannot be said.',
    words,
  );
}

function limits(compared: readonly Comparison[]): string {
  const words = {
    count: compared.length,
    seeds: counted(Math.min(...compared.map((comparison) => comparison.seeds.length)), 'seed'),
  };
  return compared.length === 1
    ? say("This interval is of {seeds}, by Student's t: small advantages cannot be seen so.", words)
    : say(
        "These {count} intervals are of {seeds}, by Student's t, and not corrected for being several: small advantages cannot be seen so.",
        words,
      );
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
/** With its sign; a verdict hangs on the side of zero that a value lies on, so no digits hide that. */
const signed = (value: number, digits: number): string => {
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) !== 0) return `${value < 0 ? '-' : '+'}${text}`;
  return Math.abs(value) < 1e-6 ? `±${text}` : signed(value, digits + 1);
};
const signedPercent = (share: number) => `${signed(100 * share, 0)} %`;
const points = (share: number) => say('{value} points', { value: signed(100 * share, 1) });

function blockCount({ stages }: Move['architecture']): string {
  const count = stages.reduce((sum, { blocks }) => sum + blocks.length, 0);
  return count === 1 ? say('1 block') : say('{count} blocks', { count });
}
