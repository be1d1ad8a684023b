import type { Prediction } from '../../../network/prediction';
import { counted } from '../../../text/counted';
import { say } from '../../../text/say';
import { percent } from '../../../text/value-in-words';
import { type Carried, effect, inWords } from '../decision/decision-words';

/** What a clause is about, and so where its evidence is. */
export type ClauseSubject = 'naming' | 'signs' | 'order' | 'masking';

/** One sentence of the verdict. */
export interface Clause {
  subject: ClauseSubject;
  text: string;
}

/** A layer as far as the verdict goes. */
export interface VerdictLayer {
  name: string;
  /** Whether its map holds any positive evidence. */
  evidence: boolean;
  /** Shares of the map's mass, one a sign; null before signs are found. */
  signs: readonly number[] | null;
  /** How many signs its shuffled maps have; null while that is not known. */
  nullSigns: { mean: number; sd: number } | null;
}

/** The step from one layer to the next: changes of the joint aura entropy, bits. */
export interface VerdictStep {
  change: number;
  /** Mean and standard deviation of the same over shuffled maps; null while they are measured. */
  null: { change: number; sd: number } | null;
}

/** The numbers that the verdict is read from. */
export interface VerdictFacts {
  /** What the maps explain; its value in words is empty where its label has none. */
  explained: { label: string; value: string };
  /** By falling probability; the first is what the network decides for. */
  predictions: readonly Pick<Prediction, 'label' | 'probability'>[];
  /** Whether what is explained is that first class, by itself. */
  explainsFirst: boolean;
  layers: readonly VerdictLayer[];
  /** One fewer than layers, in their order, each null where one of its two holds no evidence; null before layers are measured. */
  steps: readonly (VerdictStep | null)[] | null;
  /** What masking the signs of the last layer does; null before they are found. */
  carried: Carried | null;
}

/** So many signs at most are "few". */
export const FEW = 3;
/** Evidence "lies in" signs that hold at least this share of the map's mass. */
export const HELD = 0.5;
/** What is told from chance lies this many standard deviations of its null beyond the null's mean. */
export const BEYOND = 2;
/** Above this share a class is named without the one that comes second. */
const SURE = 0.9;

/**
 * What can be said of one picture read by one network: what is named and how surely, where the evidence comes to lie in few signs, in
 * how many steps order grows beyond chance, and what masking costs. It ends before the first clause whose numbers are not all there yet:
 * what is said once stays, and is only gone on with. What the numbers do not carry is said to be so.
 */
export const verdict = (facts: VerdictFacts): Clause[] => told(facts).clauses;

const subjects: readonly ClauseSubject[] = ['naming', 'signs', 'order', 'masking'];

/** The verdict, and the first subject whose numbers are not all there yet: it ends before that one. */
export function told(facts: VerdictFacts): { clauses: Clause[]; awaited: ClauseSubject | null } {
  const clauses: Clause[] = [];
  for (const subject of subjects) {
    const text = clause(facts, subject);
    if (text === null || (subject === 'signs' && !isChanceKnown(facts))) return { clauses, awaited: subject };
    if (text !== '') clauses.push({ subject, text });
  }
  return { clauses, awaited: null };
}

/** What can be said of one subject alone: null while its numbers are not known, empty where there is nothing to say. */
export function clause(facts: VerdictFacts, subject: ClauseSubject): string | null {
  if (subject === 'naming') return naming(facts);
  if (facts.layers.some(({ evidence }) => evidence))
    return { signs: gathering, order: ordering, masking }[subject](facts);
  return subject === 'signs'
    ? say('No layer holds positive evidence for “{label}”: nothing more can be said.', {
        label: facts.explained.label,
      })
    : '';
}

/** Whether what is said of signs will not grow any more. */
const isChanceKnown = ({ layers }: VerdictFacts) =>
  layers.every(({ evidence, nullSigns }) => !evidence || nullSigns !== null);

function naming({ predictions, explained, explainsFirst }: VerdictFacts): string {
  const what = `“${explained.label}”${explained.value ? ` (${explained.value})` : ''}`;
  const [first, second] = predictions;
  if (!first || first.probability === null) return say('What is explained is {what}.', { what });
  const before = (next: typeof second | undefined, joint: string) =>
    next?.probability == null ? '' : `${say(joint)} “${next.label}” (${percent(next.probability)})`;
  const leads = `“${first.label}” (${percent(first.probability)})`;
  const named =
    first.probability >= SURE
      ? say('It is named {leads}.', { leads })
      : first.probability >= 0.5
        ? say('It is named {leads}{second}.', { leads, second: before(second, ', before') })
        : say('No class is more likely than all others together: {leads} comes first{second}.', {
            leads,
            second: before(second, ', before'),
          });
  return explainsFirst ? named : say('{named} Explained is {what}.', { named, what });
}

/** Whether the evidence of a layer lies in at most so many signs. */
const liesIn = ({ evidence, signs }: VerdictLayer, most: number): boolean =>
  evidence && signs !== null && signs.length > 0 && signs.length <= most && total(signs) >= HELD;

/** What signs of these shares hold together. */
export const total = (shares: readonly number[]) => shares.reduce((sum, share) => sum + share, 0);

/** The first layer from which on, to the last, the evidence lies in at most so many signs; -1 for none. */
export function since(layers: readonly VerdictLayer[], most: number): number {
  let from = -1;
  for (let i = layers.length - 1; i >= 0 && liesIn(layers[i], most); i--) from = i;
  return from;
}

function gathering({ layers }: VerdictFacts): string | null {
  if (layers.some(({ signs }) => signs === null)) return null;
  const last = layers[layers.length - 1];
  const signs = last.signs ?? [];
  if (!last.evidence || signs.length === 0)
    return say('The last layer, {name}, holds no positive evidence: where it comes to lie cannot be said.', {
      name: last.name,
    });
  const few = since(layers, FEW);
  if (few < 0) {
    return total(signs) < HELD
      ? say('Most of the evidence of the last layer, {name}, lies outside its signs.', { name: last.name })
      : say('The evidence does not come to lie in few signs: the last layer, {name}, has {signs}.', {
          name: last.name,
          signs: inWords(signs.length),
        });
  }
  return liesFrom(layers, few, since(layers, 1));
}

/**
 * That from a layer on, to the last, the evidence lies in few signs, which it does.
 * @param one the layer from which on it lies in one; said where it comes later
 */
export function liesFrom(layers: readonly VerdictLayer[], few: number, one: number): string {
  const last = layers[layers.length - 1];
  const run = layers.slice(few);
  const most = Math.max(...run.map((layer) => layer.signs?.length ?? 0));
  const least = Math.min(...run.map((layer) => total(layer.signs ?? [])));
  const from = (index: number) =>
    index === layers.length - 1
      ? say('in the last layer, {name},', { name: last.name })
      : say('from {name} on', { name: layers[index].name });
  const where = few === 0 ? say('In every layer') : capitalised(from(few));
  const atMost = run.length === 1 || most === 1 ? '' : say('at most ');
  const narrower = one > few ? say(', {one} in one', { one: from(one) }) : '';
  const lies = say('{where} the evidence lies in {atMost}{signs}{narrower}', {
    where,
    atMost,
    signs:
      most === 1
        ? say('{count} sign', { count: inWords(1) })
        : say('{count} signs', { count: inWords(most) }),
    narrower,
  });
  const atLeast = run.length === 1 ? '' : say('at least ');
  return say('{lies}, which {part} {atLeast}{least} of it{run}.', {
    lies,
    part: most === 1 ? say('holds') : say('hold'),
    atLeast,
    least: percentDown(least),
    run: besideChance(run),
  });
}

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** Whole per cent, never more than there are. */
export const percentDown = (share: number) => `${Math.floor(share * 100 + 1e-9)} %`;

/** Whether a few signs are fewer than the values and the size of a map would give anyhow. */
function besideChance(run: readonly VerdictLayer[]): string {
  if (run.some(({ nullSigns }) => nullSigns === null)) return '';
  const fewer = run.filter(
    ({ signs, nullSigns }) => nullSigns && (signs?.length ?? 0) < nullSigns.mean - BEYOND * nullSigns.sd,
  ).length;
  if (fewer === run.length) return say('; by chance there would be more');
  if (fewer === 0) return say('; by chance there could be as few');
  return say('; by chance there would be more in {fewer} of these {layers}', {
    fewer,
    layers: counted(run.length, 'layer'),
  });
}

function ordering({ steps }: VerdictFacts): string | null {
  if (!steps) return null;
  // One layer alone has no order to speak of.
  if (steps.length === 0) return '';
  const known = steps.filter((step) => step !== null);
  if (known.length === 0)
    return say('No two layers that follow each other can be compared: of order nothing can be said.');
  const judged = known.flatMap(({ change, null: chance }) => (chance ? [{ change, chance }] : []));
  if (judged.length < known.length) return null;
  const falls = judged.filter(({ change, chance }) => change < Math.min(0, chance.change));
  const beyond = falls.filter(({ change, chance }) => change < chance.change - BEYOND * chance.sd).length;
  const hardly = falls.length - beyond;
  const of = counted(judged.length, 'step');
  const grows =
    beyond === 0
      ? say('Order grows beyond chance in none of {of}', { of })
      : say('Order grows beyond chance in {part} of {of}', { part: beyond, of });
  return hardly === 0
    ? say('{sentence}.', { sentence: grows })
    : say('{grows}, hardly beyond it in {hardly}{part}.', {
        grows,
        hardly,
        part: beyond > 0 ? say(' more') : '',
      });
}

function masking({ carried }: VerdictFacts): string | null {
  if (!carried || carried.signs.length === 0) return null;
  const { signs, together } = carried;
  const [{ weight }] = signs;
  const count = signs.length;
  if (count > 1 && together !== null)
    return say('Masking {part} signs of the last layer {together}.', {
      part: count === 2 ? say('both') : say('all {count}', { count: inWords(count) }),
      together: effect(together, carried),
    });
  if (weight === null) return null;
  const cost = { weight: effect(weight, carried) };
  return count === 1
    ? say('Masking the one sign of the last layer {weight}.', cost)
    : say('Masking the largest sign of the last layer {weight}.', cost);
}
