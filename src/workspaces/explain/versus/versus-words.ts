import type { Versus } from '../../../state/versus';
import { counted } from '../../../text/counted';
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
      ? `The layers are not the same: each of A’s ${layers.length} stands beside that of B’s ${layersOfB} which is nearest by its place between the first and the last.`
      : null,
    kind === 'image'
      ? 'These are two pictures: shared is evidence at the same places of the frame, whatever is there.'
      : null,
  ].filter((sentence) => sentence !== null);
}

function layerInWords(layer: VersusLayerFacts, byDepth: boolean): string | null {
  const { name, partner, evidence, shared, correlation, entropy } = layer;
  const where = byDepth ? `At ${name} of A and ${partner} of B` : `At ${name}`;
  if (!evidence.a || !evidence.b) {
    const who = evidence.a ? 'B holds' : evidence.b ? 'A holds' : 'neither holds any';
    return `${where} ${who}${evidence.a || evidence.b ? ' no' : ''} positive evidence: there is nothing to compare.`;
  }
  if (shared === null) return null;
  const alike =
    correlation === null
      ? 'a map is the same everywhere and correlates with nothing'
      : `the maps correlate by ${signed(correlation, 2)}`;
  return `${where} the two share ${shareInWords(shared)} of their evidence, and ${alike}${entropyInWords(layer, entropy)}.`;
}

function entropyInWords(layer: VersusLayerFacts, { a, b }: VersusLayerFacts['entropy']): string {
  const difference = entropyDifference(layer);
  if (difference === null || a === null || b === null) return '';
  const both = `; entropy is ${signed(a, DIGITS)} in A and ${signed(b, DIGITS)} in B`;
  if (isSame(difference)) return `${both}, the same to ${DIGITS} decimals`;
  return `${both}, ${Math.abs(difference).toFixed(DIGITS)} ${difference < 0 ? 'lower' : 'higher'} in A`;
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
      ? `Over ${counted(layers.length, 'layer')}`
      : `Over the ${known.length} of ${counted(layers.length, 'layer')} where both hold evidence`;
  const range =
    shareInWords(least.shared) === shareInWords(most.shared)
      ? `${shareInWords(least.shared)} is shared`
      : `${shareInWords(least.shared)} (${least.name}) to ${shareInWords(most.shared)} (${most.name}) is shared`;
  const differences = layers.flatMap((layer) => entropyDifference(layer) ?? []);
  if (differences.length === 0) return `${of} ${range}.`;
  const same = differences.filter(isSame).length;
  const lower = differences.filter((value) => !isSame(value) && value < 0).length;
  const higher = differences.length - same - lower;
  const parts = [
    `lower in A at ${lower}`,
    `higher at ${higher}`,
    ...(same > 0 ? [`the same to ${DIGITS} decimals at ${same}`] : []),
  ];
  return `${of} ${range}; entropy is ${parts.join(', ')}.`;
}
