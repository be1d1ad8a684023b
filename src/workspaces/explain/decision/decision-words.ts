import type { SignForm } from '../../../semiotics';
import { say } from '../../../text/say';
import { numberInWords, percent } from '../../../text/value-in-words';

/** A sign of the last layer: what it gathers and what it is worth. */
export interface CarryingSign {
  id: number;
  form: SignForm;
  /** How many signs it takes in. */
  order: number;
  /** Sum of saliency, and its share of the map's. */
  mass: number;
  share: number;
  /** What the class logit loses without it; null while that is not known. */
  weight: number | null;
  weightAtInput: number | null;
}

/** What the explained class rests on. */
export interface Carried {
  label: string;
  /** Null where what is explained is a number and no class. */
  probability: number | null;
  /** That number, where it is none. */
  logit: number;
  /** The most probable class, where it is not the explained one. */
  preferred: { label: string; probability: number } | null;
  /** Name of the last layer. */
  layer: string;
  /** By falling mass. */
  signs: CarryingSign[];
  /** What the logit loses without all of them; null where that is not known. */
  together: number | null;
}

const MINUS = '−';
const numbers = [
  'no',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];
/** "no", "one", … "twelve", "13". */
export const inWords = (count: number) => say(numbers[count] ?? String(count));
const ordinals = ['largest', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth'];
const ordinal = (rank: number) =>
  ordinals[rank] ? say(ordinals[rank]) : say('{rank}th', { rank: rank + 1 });

/** "9.8", "−0.04": one decimal, two where one would hide the number. */
export function logitInWords(value: number): string {
  const size = Math.abs(value);
  if (size < 0.005) return '0.0';
  return `${value < 0 ? MINUS : ''}${size.toFixed(size < 0.095 ? 2 : 1)}`;
}

/** What a sign is worth, in logits, or in the number that is explained where there is no class. */
export const weightInWords = (value: number, { probability }: Pick<Carried, 'probability'>): string =>
  probability === null ? numberInWords(value, 3) : logitInWords(value);

/** "The network rests its “golf ball” on two supersigns; masking the larger one costs 4.1 of 9.8 logits." */
export function carriedInWords(carried: Carried): string {
  const { signs } = carried;
  if (signs.length === 0) return withoutSigns(carried);
  return `${opening(carried)}${effects(carried)}`;
}

function withoutSigns({ label, probability, logit, preferred, layer }: Carried): string {
  if (probability === null) {
    return say(
      'The last layer, {layer}, holds no positive evidence for “{label}” ({logit}): there is no sign to mask.',
      { layer, label, logit: numberInWords(logit) },
    );
  }
  const nothing = say(
    'the last layer, {layer}, holds no positive evidence for it: there is no sign to mask.',
    { layer },
  );
  return preferred
    ? say('“{label}” ({probability}) is not what the network decides for, and {nothing}', {
        label,
        probability: percent(probability),
        nothing,
      })
    : say('The network decides for “{label}”, but {nothing}', { label, nothing });
}

/** A change of the logit below that is none; of a number that is no logit, that share of it. */
const trifle = 0.005;

/** Whether the class loses anything with its signs; what is not known does not speak against it. */
function rests({ signs, together, probability, logit }: Carried): boolean {
  const weights = [together, ...signs.map(({ weight }) => weight)].filter((weight) => weight !== null);
  return (
    weights.length === 0 ||
    weights.some((weight) => weight >= (probability === null ? trifle * Math.abs(logit) : trifle))
  );
}

function opening(carried: Carried): string {
  const { label, probability, logit, preferred, signs, layer } = carried;
  if (probability === null) {
    const rest = rests(carried) ? say('rests on') : say('does not rest on the map:');
    const shows = rests(carried) ? '' : say(' the last layer, {layer}, shows', { layer });
    return `“${label}” (${numberInWords(logit)}) ${rest}${shows} ${counted(signs)}`;
  }
  if (!rests(carried)) {
    const decision = preferred
      ? say('The network decides for “{label}” ({probability}). For “{label2}” ({probability2})', {
          label: preferred.label,
          probability: percent(preferred.probability),
          label2: label,
          probability2: percent(probability),
        })
      : say('The network decides for “{label}”, but its logit does not rest on the map:', { label });
    return say('{decision} the last layer, {layer}, shows {signs}', {
      decision,
      layer,
      signs: counted(signs),
    });
  }
  if (!preferred) return say('The network rests its “{label}” on {signs}', { label, signs: counted(signs) });
  const decision = say('The network decides for “{label}” ({probability}).', {
    label: preferred.label,
    probability: percent(preferred.probability),
  });
  return say('{decision} What speaks for “{label}” ({probability}) {part} {signs}', {
    decision,
    label,
    probability: percent(probability),
    part: signs.length === 1 ? say('is') : say('are'),
    signs: counted(signs),
  });
}

/** "two supersigns", "one sign", "five signs, two of them supersigns" */
function counted(signs: CarryingSign[]): string {
  const count = signs.length;
  const gathered = signs.filter(({ form }) => form === 'supersign').length;
  if (gathered === count)
    return say('{count} supersign{plural}', { count: inWords(count), plural: count === 1 ? '' : 's' });
  const all = say('{count} sign{plural}', { count: inWords(count), plural: count === 1 ? '' : 's' });
  return gathered === 0
    ? all
    : say('{all}, {gathered} of them {part}', {
        all,
        gathered: inWords(gathered),
        part: gathered === 1 ? say('a supersign') : say('supersigns'),
      });
}

function effects(carried: Carried): string {
  const { signs, together } = carried;
  const [largest] = signs;
  const { weight } = largest;
  if (weight === null) return '.';
  if (signs.length === 1) return say('; masking it {weight}.', { weight: effect(weight, carried) });
  const name = signs.length === 2 ? say('the larger one') : say('the largest');
  let text = say('; masking {name} {weight}', { name, weight: effect(weight, carried) });
  const weightiest = heaviestOf(carried);
  if (weightiest > 0) {
    const other =
      signs.length === 2
        ? say('the smaller one')
        : say('the {weightiest}', { weightiest: ordinal(weightiest) });
    text += say(', masking {other} {weight}', {
      other,
      weight: effect(signs[weightiest].weight ?? 0, carried),
    });
  }
  text = say('{sentence}.', { sentence: text });
  if (together === null) return text;
  const all = signs.length === 2 ? say('both') : say('all {signs}', { signs: inWords(signs.length) });
  return say('{text} Masking {all} at once {together}.', { text, all, together: effect(together, carried) });
}

/** Logits at the end of a bar: the whole logit, so that a bar shows how much of it a sign carries; at least one. */
export function barEnd({ probability, logit, signs }: Carried): number {
  const weights = signs.map(({ weight }) => Math.abs(weight ?? 0));
  if (probability !== null) return Math.max(1, logit, ...weights);
  return Math.max(Math.abs(logit), ...weights) || 1;
}

/** Which sign the logit loses most by; the first where it is not clearly another. */
function heaviestOf(carried: Carried): number {
  const { signs } = carried;
  const written = (weight: number) => weightInWords(weight, carried);
  let best = 0;
  signs.forEach(({ weight }, i) => {
    const most = signs[best].weight;
    if (weight !== null && most !== null && written(weight) !== written(most) && weight > most) best = i;
  });
  return best;
}

/** Two logits with as many decimals as tell them apart. */
function apart(first: number, second: number): [string, string] {
  const words = [first, second].map(logitInWords);
  if (words[0] !== words[1]) return [words[0], words[1]];
  const [a, b] = [first, second].map((value) => value.toFixed(2).replace('-', MINUS));
  return a === b ? [first.toFixed(3).replace('-', MINUS), second.toFixed(3).replace('-', MINUS)] : [a, b];
}

/** What happens to the logit: "costs 4.1 of 9.8 logits", "raises the logit from 9.8 to 10.1"; or to the number explained. */
export function effect(weight: number, carried: Carried): string {
  const { logit, probability } = carried;
  const [written, after] = [(value: number) => weightInWords(value, carried), logit - weight];
  if (probability === null) {
    const [from, to] = [numberInWords(logit), numberInWords(after)];
    return from === to
      ? say('leaves it at {from}', { from })
      : say('{part} it to {to}', { part: weight > 0 ? say('lowers') : say('raises'), to });
  }
  if (Math.abs(weight) < trifle) return say('leaves the logit at {logit}', { logit: written(logit) });
  if (weight > 0 && after >= 0)
    return say('costs {weight} of {logit} logits', { weight: written(weight), logit: written(logit) });
  const [from, to] = apart(logit, after);
  return say('{part} the logit from {from} to {to}', {
    part: weight > 0 ? say('lowers') : say('raises'),
    from,
    to,
  });
}
