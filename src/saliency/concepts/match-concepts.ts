import { resizeBilinear } from '../../semiotics';
import { conceptCounts } from './layer-concepts';

/** What matching reads of a layer's concepts. */
export interface MatchedLayer {
  readonly width: number;
  readonly height: number;
  readonly concepts: readonly { readonly map: Float32Array }[];
}

/** Concepts that overlap by less than this have different colours. */
const least = 0.3;

/**
 * A number for every concept of every layer, 0 to 7, the same for concepts of neighbouring layers that lie in the same places: from the
 * last layer on, whose concepts are numbered in their order. Of two neighbours those pairs go together whose overlaps sum to the most;
 * what overlaps with nothing takes a number that the layer behind it does not use, as far as there is one. Layers that are not known
 * yet are passed over.
 */
export function matchConcepts(layers: readonly (MatchedLayer | null)[]): (number[] | null)[] {
  const numbers: (number[] | null)[] = layers.map(() => null);
  let behind: { layer: MatchedLayer; own: readonly number[] } | null = null;
  for (let at = layers.length - 1; at >= 0; at--) {
    const layer = layers[at];
    if (!layer) continue;
    const own: number[] = behind ? numbersLike(layer, behind) : layer.concepts.map((_, k) => k);
    numbers[at] = own;
    behind = { layer, own };
  }
  return numbers;
}

function numbersLike(layer: MatchedLayer, behind: { layer: MatchedLayer; own: readonly number[] }): number[] {
  const numbers = knownPartners(layer, behind.layer).map((j) => (j === null ? null : behind.own[j]));
  const taken = new Set(numbers);
  const all = Array.from({ length: conceptCounts.most }, (_, number) => number);
  const free = [
    ...all.filter((number) => !taken.has(number) && !behind.own.includes(number)),
    ...all.filter((number) => !taken.has(number) && behind.own.includes(number)),
  ];
  return numbers.map((number) => number ?? (free.shift() as number));
}

/** Partners of two layers, each pair computed once: layers come one after the other, and all are matched anew whenever one is shown. */
const known = new WeakMap<MatchedLayer, WeakMap<MatchedLayer, (number | null)[]>>();

/** By concept of one layer that of another which goes with it; null where it overlaps with none, or with too little. */
function knownPartners(a: MatchedLayer, b: MatchedLayer): (number | null)[] {
  const ofFirst = known.get(a) ?? new WeakMap<MatchedLayer, (number | null)[]>();
  known.set(a, ofFirst);
  const partners = ofFirst.get(b) ?? partnersOf(a, b);
  ofFirst.set(b, partners);
  return partners;
}

function partnersOf(a: MatchedLayer, b: MatchedLayer): (number | null)[] {
  const overlaps = overlapsOf(a, b);
  return bestPairs(overlaps).map((j, i) => (j !== null && overlaps[i][j] >= least ? j : null));
}

/** By concept of one layer and of another: the share of their activation that lies in the same places, 0..1. */
export function overlapsOf(a: MatchedLayer, b: MatchedLayer): number[][] {
  const width = Math.max(a.width, b.width);
  const height = Math.max(a.height, b.height);
  const spread = ({ concepts, ...own }: MatchedLayer) =>
    concepts.map(({ map }) => {
      const values = resizeBilinear(map, own.width, own.height, width, height);
      const sum = values.reduce((total, value) => total + value, 0);
      return values.map((value) => value / sum);
    });
  const others = spread(b);
  return spread(a).map((own) =>
    others.map((other) => own.reduce((sum, value, i) => sum + Math.min(value, other[i]), 0)),
  );
}

/**
 * The partner of every row, each column once, so that the chosen numbers sum to the most: all assignments are compared, by the sets
 * of columns that are taken (at most eight of them).
 * @returns by row its column; null where all columns are taken
 */
export function bestPairs(worth: readonly (readonly number[])[]): (number | null)[] {
  const columns = worth[0]?.length ?? 0;
  type Way = { sum: number; pairs: (number | null)[] };
  let ways = new Map<number, Way>([[0, { sum: 0, pairs: [] }]]);
  for (const row of worth) {
    const next = new Map<number, Way>();
    const offer = (taken: number, sum: number, pairs: (number | null)[]) => {
      if (sum > (next.get(taken)?.sum ?? Number.NEGATIVE_INFINITY)) next.set(taken, { sum, pairs });
    };
    for (const [taken, { sum, pairs }] of ways) {
      offer(taken, sum, [...pairs, null]);
      for (let j = 0; j < columns; j++) {
        if (!(taken & (1 << j))) offer(taken | (1 << j), sum + row[j], [...pairs, j]);
      }
    }
    ways = next;
  }
  return [...ways.values()].reduce((a, b) => (b.sum > a.sum ? b : a)).pairs;
}
