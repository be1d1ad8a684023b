import type { Carried, CarryingSign } from '../decision/decision-words';
import {
  type ClauseSubject,
  FEW,
  type VerdictFacts,
  type VerdictLayer,
  type VerdictStep,
  verdict,
} from './picture-verdict';

/**
 * A text that no verdict of this picture and network is longer than, before anything but the prediction is known: room for it is kept
 * free, so that clauses that come later move nothing. It is the longest of each clause, by the longest names and the largest counts.
 */
export function verdictRoom(facts: VerdictFacts): string {
  const longest = new Map<ClauseSubject, string>();
  for (const clauses of extremes(facts).map(verdict))
    for (const { subject, text } of clauses)
      if (text.length >= (longest.get(subject)?.length ?? 0)) longest.set(subject, text);
  return [...longest.values()].join(' ');
}

/** The same picture and network with all that is not known at its longest. */
function extremes(facts: VerdictFacts): VerdictFacts[] {
  const { layers } = facts;
  const count = layers.length;
  if (!layers.some(({ evidence }) => evidence)) return [facts];
  const name = layers.reduce((long, layer) => (layer.name.length > long.length ? layer.name : long), '');
  const last = layers[count - 1].name;
  const named = (signs: (index: number) => readonly number[]): VerdictLayer[] =>
    layers.map((_, i) => ({
      name: i === count - 1 ? last : name,
      evidence: true,
      signs: signs(i),
      // Chance would give more in all layers but the last.
      nullSigns: i === count - 1 && count > 1 ? { mean: 0, sd: 0 } : { mean: 99, sd: 0 },
    }));
  /** None in so many layers, few in others, and one in the last ones. */
  const gathered = (few: number, one: number) =>
    named((i) => (i < few ? [] : Array<number>(i < one ? FEW : 1).fill(i < one ? 0.33 : 0.99)));
  const told: VerdictLayer[][] = [
    gathered(0, count - 1),
    gathered(Math.min(1, count - 1), count - 1),
    gathered(0, Math.max(0, count - 2)),
    gathered(Math.min(1, count - 1), Math.max(0, count - 2)),
    gathered(count - 1, count),
    named(() => Array<number>(manySigns).fill(0.09)),
    named(() => [0.1]),
    layers.map((layer, i) => ({
      ...{ ...layer, evidence: i < count - 1, signs: [] },
      nullSigns: { mean: 99, sd: 0 },
    })),
  ];
  const steps = count < 2 ? [] : orders(count - 1);
  return [
    ...told.map((each) => ({ ...facts, layers: each, steps: null })),
    ...steps.map((each) => ({ ...facts, layers: told[0], steps: each, carried: null })),
    ...maskings.map((carried) => ({ ...facts, layers: told[0], steps: [], carried })),
  ];
}

/** Signs whose number is the longest word: eleven. */
const manySigns = 11;

/** So many steps, with the longest that can be said of their order. */
function orders(count: number): (VerdictStep | null)[][] {
  const chance = { change: -0.1, sd: 0.1 };
  const steps = (beyond: number) =>
    Array.from({ length: count }, (_, i) => ({ change: i < beyond ? -9 : -0.2, null: chance }));
  const all = Array<null>(count).fill(null);
  // Two numbers that together are the count are longest where one is a power of ten.
  return [all, ...[0, 1, 10, 100].filter((beyond) => beyond < count).map(steps)];
}

const carrying = (count: number): Carried => ({
  ...{ label: '', probability: 1, logit: -88.8, preferred: null, layer: '', together: -11.1 },
  signs: Array.from(
    { length: count },
    (_, id): CarryingSign => ({
      ...{ id, form: 'carried', order: 0, mass: 1, share: 0.1, weight: -11.1, weightAtInput: null },
    }),
  ),
});

const maskings: Carried[] = [
  carrying(1),
  carrying(2),
  carrying(manySigns),
  { ...carrying(manySigns), together: null },
];
