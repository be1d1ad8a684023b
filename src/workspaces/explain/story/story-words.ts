import { counted } from '../../../text/counted';
import { say } from '../../../text/say';
import { inWords } from '../decision/decision-words';
import {
  type ClauseSubject,
  clause as clauseOf,
  FEW,
  liesFrom,
  percentDown,
  since,
  total,
} from '../verdict/picture-verdict';
import type { StoryFacts, StoryLayer } from './story-facts';

/** What the verdict says of one subject; null where it says nothing. */
const clause = (facts: StoryFacts, subject: ClauseSubject): string | null => clauseOf(facts, subject) || null;

/** Who reads what. */
export function opening({ picture, network, layers }: StoryFacts): string {
  return say('“{picture}”, read by {network} in {layers}.', {
    picture,
    network,
    layers: counted(layers.length, 'layer'),
  });
}

/** What the colours of the maps are. */
export const reading = ({ explained, method }: StoryFacts): string =>
  say('The brighter, the more this layer speaks for “{label}”, as {method} has it.', {
    label: explained.label,
    method,
  });

/** The same where the map says where tokens look. */
export const looking = ({ method }: StoryFacts): string =>
  say('The brighter, the more this layer looks there, as {method} has it.', { method });

const NUMBER = { minus: '−', digits: 2 };
const twoDigits = (value: number) =>
  value
    .toFixed(NUMBER.digits)
    .replace('-', NUMBER.minus)
    .replace(/^−(?=0\.00$)/, '');

/** As the counter of the page writes them. */
const nullCount = ({ mean, sd }: { mean: number; sd: number }): string =>
  mean < 10 ? `${mean.toFixed(1)} ± ${sd.toFixed(1)}` : `${mean.toFixed(0)} ± ${sd.toFixed(0)}`;

/** A layer's size and its signs beside those of chance. */
export function layerInWords({ explained }: StoryFacts, layer: StoryLayer): string {
  const { name, width, height, evidence, signs, nullSigns } = layer;
  if (!evidence)
    return say('{name} holds no positive evidence for “{label}”.', { name, label: explained.label });
  const count = signs?.length ?? 0;
  if (!signs || count === 0) return say('{name}, {width} × {height} values.', { name, width, height });
  const held = say('which {part} {signs} of its evidence', {
    part: count === 1 ? say('holds') : say('hold'),
    signs: percentDown(total(signs)),
  });
  const chance = nullSigns
    ? say('; with its pixels shuffled it has {nullSigns}', { nullSigns: nullCount(nullSigns) })
    : '';
  return say('{name}, {width} × {height} values, has {signs}, {held}{chance}.', {
    name,
    width,
    height,
    signs: counted(count, 'sign'),
    held,
    chance,
  });
}

/** The layer whose supersigns take in the most signs; -1 where none takes in two. */
export function mostMerging({ layers }: StoryFacts): number {
  const taken = layers.map(({ merging }) => merging?.taken ?? 0);
  const most = Math.max(...taken);
  return most > 0 ? taken.indexOf(most) : -1;
}

/** What comes together in the layer where the most does. */
export function mergingInWords(_: StoryFacts, { name, merging }: StoryLayer): string {
  const { supersigns, taken } = merging ?? { supersigns: 0, taken: 0 };
  const count = inWords(supersigns);
  const who =
    supersigns === 1 ? say('{count} supersign takes', { count }) : say('{count} supersigns take', { count });
  return say('No layer takes in more at once than {name}: {who} in {signs} of layers before it.', {
    name,
    who,
    signs: counted(taken, 'sign'),
  });
}

/** From which layer on the evidence lies in few signs, or that it does not. */
export const gathering = (facts: StoryFacts): string | null => clause(facts, 'signs');

/** The layer from which on the evidence lies in few signs, and in one; -1 for none. */
export const fewSince = ({ layers }: StoryFacts): number => since(layers, FEW);
export const oneSince = ({ layers }: StoryFacts): number => since(layers, 1);

/** From which layer on the evidence lies in one sign. */
export const inOne = (facts: StoryFacts): string => liesFrom(facts.layers, oneSince(facts), -1);

/** All signs of all layers, and what becomes of them. */
export function signsInWords({ layers }: StoryFacts): string {
  const sum = (of: (layer: StoryLayer) => number) => layers.reduce((all, layer) => all + of(layer), 0);
  const all = sum(({ signs }) => signs?.length ?? 0);
  const supersigns = sum(({ merging }) => merging?.supersigns ?? 0);
  const dissolving = sum(({ dissolving }) => dissolving ?? 0);
  if (all === 0) return say('No layer has a sign: there is nothing to take in.');
  const made =
    supersigns === 0
      ? say('none takes in two or more of layers before')
      : say('{areSupersigns}, made of two or more of layers before', {
          areSupersigns: counted(supersigns, 'is a supersign', 'are supersigns'),
        });
  const gone =
    dissolving === 0
      ? ''
      : say(' {dissolve}: no later sign holds half of {part}.', {
          dissolve: counted(dissolving, 'dissolves', 'dissolve'),
          part: dissolving === 1 ? say('it') : say('any of them'),
        });
  return say('{signs} in {layers}: {made}.{gone}', {
    signs: counted(all, 'sign'),
    layers: counted(layers.length, 'layer'),
    made,
    gone,
  });
}

/** Where the measure begins and where it ends, beside chance; null where no two layers are measured. */
export function entropyInWords({ layers, measure }: StoryFacts): string | null {
  const measured = layers.filter(({ entropy }) => entropy !== null);
  const [first, last] = [measured[0], measured[measured.length - 1]];
  if (measured.length < 2 || !first.entropy || !last.entropy) return null;
  const [from, to] = [first.entropy, last.entropy];
  const unit = measure.unit === 'bits' ? ' bits' : '';
  const own = say('{name} {value}{unit} between {name2} and {name3}', {
    name: measure.name,
    value: way(from.value, to.value),
    unit,
    name2: first.name,
    name3: last.name,
  });
  const chance =
    from.null && to.null ? say('; shuffled, it {mean}', { mean: way(from.null.mean, to.null.mean) }) : '';
  return say('{own}{chance}.', { own, chance });
}

/** "falls from 0.53 to 0.11" */
function way(from: number, to: number): string {
  const [before, after] = [twoDigits(from), twoDigits(to)];
  if (before === after) return say('stays at {before}', { before });
  return say('{part} from {before} to {after}', {
    part: to < from ? say('falls') : say('rises'),
    before,
    after,
  });
}

/** In how many steps order grows by more than chance. */
export const ordering = (facts: StoryFacts): string | null => clause(facts, 'order');

/** What the network says. */
export const naming = (facts: StoryFacts): string | null => clause(facts, 'naming');

/** What masking the signs of the last layer does. */
export function masking(facts: StoryFacts): string {
  const said = clause(facts, 'masking');
  if (said) return said;
  if (facts.carried?.signs.length === 0) return say('The last layer has no sign: there is nothing to mask.');
  return say('What masking costs is not computed yet.');
}

/** Whether weights of several signs are known, which somebody might add up. */
export const hasWeights = ({ carried }: StoryFacts): boolean =>
  carried !== null && carried.signs.filter(({ weight }) => weight !== null).length > 1;
