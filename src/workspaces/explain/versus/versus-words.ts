import type { Versus } from '../../../state/versus';
import { counted } from '../../../text/counted';
import { say } from '../../../text/say';
import { percent } from '../../../text/value-in-words';

/** One layer beside its partner. */
export interface VersusLayerFacts {
  readonly name: string;
  readonly partner: string;
  /** Whether either map holds positive evidence. */
  readonly evidence: { readonly a: boolean; readonly b: boolean };
  /** Null while it is computed, and where a map has no evidence. */
  readonly shared: number | null;
  readonly correlation: number | null;
  readonly entropy: { readonly a: number | null; readonly b: number | null };
}

/** What the sentences are read from. */
export interface VersusFacts {
  readonly kind: Versus['kind'];
  readonly byDepth: boolean;
  readonly layersOfB: number;
  readonly selected: number | null;
  readonly layers: readonly VersusLayerFacts[];
}

/** A share that is not there at all needs no decimals. */
export const shareInWords = (share: number): string => (share === 0 ? '0 %' : percent(share));

/** What rounds to zero has no sign. */
export const signed = (value: number, digits: number): string => {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−');
};

/** Entropies that agree to so many decimals are said to be the same. */
const DIGITS = 3;

/** The difference of two entropies, first less second; null where one is not known. */
export const entropyDifference = ({ entropy: { a, b } }: VersusLayerFacts): number | null =>
  a === null || b === null ? null : a - b;

const isSame = (difference: number) => Number(Math.abs(difference).toFixed(DIGITS)) === 0;

/** What differs at the selected layer, and over all layers: never more than the numbers say. */
export function versusSentences(facts: VersusFacts): string[] {
  const { layers, selected, kind, byDepth, layersOfB } = facts;
  const at = selected === null ? undefined : layers[selected];
  return [
    at ? layerInWords(at, byDepth) : null,
    overall(layers),
    byDepth
      ? say(
          'The layers are not the same: each of A’s {layers} stands beside that of B’s {layersOfB} which is nearest by its place between the first and the last.',
          { layers: layers.length, layersOfB },
        )
      : null,
    kind === 'image'
      ? say('These are two pictures: shared is evidence at the same places of the frame, whatever is there.')
      : null,
  ].filter((sentence) => sentence !== null);
}

function layerInWords(layer: VersusLayerFacts, byDepth: boolean): string | null {
  const { name, partner, evidence, shared, correlation, entropy } = layer;
  const where = byDepth
    ? say('At {name} of A and {partner} of B', { name, partner })
    : say('At {name}', { name });
  if (!evidence.a || !evidence.b) {
    const who = evidence.a ? say('B holds') : evidence.b ? say('A holds') : say('neither holds any');
    return say('{where} {who}{part} positive evidence: there is nothing to compare.', {
      where,
      who,
      part: evidence.a || evidence.b ? say(' no') : '',
    });
  }
  if (shared === null) return null;
  const alike =
    correlation === null
      ? say('a map is the same everywhere and correlates with nothing')
      : say('the maps correlate by {correlation}', { correlation: signed(correlation, 2) });
  return say('{where} the two share {shared} of their evidence, and {alike}{layer}.', {
    where,
    shared: shareInWords(shared),
    alike,
    layer: entropyInWords(layer, entropy),
  });
}

function entropyInWords(layer: VersusLayerFacts, { a, b }: VersusLayerFacts['entropy']): string {
  const difference = entropyDifference(layer);
  if (difference === null || a === null || b === null) return '';
  const both = say('; entropy is {a} in A and {b} in B', { a: signed(a, DIGITS), b: signed(b, DIGITS) });
  if (isSame(difference)) return say('{both}, the same to {DIGITS} decimals', { both, DIGITS });
  return say('{both}, {difference} {part} in A', {
    both,
    difference: Math.abs(difference).toFixed(DIGITS),
    part: difference < 0 ? say('lower') : say('higher'),
  });
}

function overall(layers: readonly VersusLayerFacts[]): string | null {
  const known = layers.flatMap((layer) =>
    layer.shared === null ? [] : [{ ...layer, shared: layer.shared }],
  );
  if (known.length < 2) return null;
  const least = known.reduce((a, b) => (b.shared < a.shared ? b : a));
  const most = known.reduce((a, b) => (b.shared > a.shared ? b : a));
  const of =
    known.length === layers.length
      ? say('Over {layers}', { layers: counted(layers.length, 'layer') })
      : say('Over the {known} of {layers} where both hold evidence', {
          known: known.length,
          layers: counted(layers.length, 'layer'),
        });
  const range =
    shareInWords(least.shared) === shareInWords(most.shared)
      ? say('{shared} is shared', { shared: shareInWords(least.shared) })
      : say('{shared} ({name}) to {shared2} ({name2}) is shared', {
          shared: shareInWords(least.shared),
          name: least.name,
          shared2: shareInWords(most.shared),
          name2: most.name,
        });
  const differences = layers.flatMap((layer) => entropyDifference(layer) ?? []);
  if (differences.length === 0) return say('{of} {range}.', { of, range });
  const same = differences.filter(isSame).length;
  const lower = differences.filter((value) => !isSame(value) && value < 0).length;
  const higher = differences.length - same - lower;
  const parts = [
    say('lower in A at {lower}', { lower }),
    say('higher at {higher}', { higher }),
    ...(same > 0 ? [say('the same to {DIGITS} decimals at {same}', { DIGITS, same })] : []),
  ];
  return say('{of} {range}; entropy is {parts}.', { of, range, parts: parts.join(say(', ')) });
}
