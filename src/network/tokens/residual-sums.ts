import type { Plan, PlannedNode } from '../optimise';
import { isOfGrid, type Origin } from './axis-origins';

/** A sum of a value and what was computed from it. */
export interface ResidualSum {
  readonly node: PlannedNode;
  /** What goes on as it was. */
  readonly skip: string;
  /** The same, and what it was before it was laid out anew. */
  readonly from: readonly string[];
  /** Names of all that lies between. */
  readonly branch: ReadonlySet<string>;
  /** Whether the branch joins what lies at different places of the picture: attention, or a dense layer over places. */
  readonly mixes: boolean;
}

/** What hands its input on as it is, laid out anew or scaled. */
const passing = new Set(['affine', 'axes', 'identity', 'reshape', 'transpose']);

/** The residual sums of a network, in order. */
export function residualSums(plan: Plan, origins: ReadonlyMap<string, Origin>): ResidualSum[] {
  const places = new Map(plan.nodes.map((node, index) => [node.name, index]));
  const placeOf = (name: string) => places.get(name) ?? -1;
  const nodeAt = (name: string): PlannedNode | undefined => plan.nodes[placeOf(name)];
  const sumOf = (node: PlannedNode, skip: string, from: readonly string[], branch: ReadonlySet<string>) => ({
    ...{ node, skip, from, branch },
    mixes: [...branch].some((name) => mixes(nodeAt(name), origins)),
  });
  return plan.nodes.flatMap((node) => {
    const { spec, inputs } = node;
    if (spec.type !== 'merge' || spec.by !== 'add' || inputs.length !== 2 || inputs[0] === inputs[1])
      return [];
    // What goes on as it was is either of them; it may have been laid out anew only just before the sum.
    for (const [first, last] of [inputs, inputs.toReversed()]) {
      const from = sourcesOf(first, nodeAt, ({ spec }) => passing.has(spec.type));
      const skip = from.find((name) => between(name, last, placeOf, nodeAt));
      if (skip === undefined) continue;
      return [sumOf(node, skip, from, between(skip, last, placeOf, nodeAt) as Set<string>)];
    }
    // A block that makes the grid coarser pools or projects what it hands on.
    for (const [first, last] of [inputs, inputs.toReversed()]) {
      const from = sourcesOf(first, nodeAt, ({ inputs: read }) => read.length === 1);
      const skip = from.find((name) => between(name, last, placeOf, nodeAt));
      if (skip === undefined) continue;
      return [sumOf(node, skip, [skip], between(skip, last, placeOf, nodeAt) as Set<string>)];
    }
    return [];
  });
}

const MOST_STEPS = 12;

/** A value and what it was made of, as long as `passes` holds of what made it. */
function sourcesOf(
  name: string,
  nodeAt: (name: string) => PlannedNode | undefined,
  passes: (node: PlannedNode) => boolean,
): string[] {
  const sources = [name];
  let node = nodeAt(name);
  while (node && passes(node) && sources.length < MOST_STEPS) {
    sources.push(node.inputs[0]);
    node = nodeAt(node.inputs[0]);
  }
  return sources;
}

/** The nodes on the ways from one to another, the latter included; null where there is no way. */
function between(
  from: string,
  to: string,
  placeOf: (name: string) => number,
  nodeAt: (name: string) => PlannedNode | undefined,
): Set<string> | null {
  const start = placeOf(from);
  const seen = new Set<string>();
  const stack = [to];
  let isReached = false;
  while (stack.length > 0) {
    const name = stack.pop() as string;
    if (name === from) isReached = true;
    if (placeOf(name) <= start || seen.has(name)) continue;
    seen.add(name);
    stack.push(...(nodeAt(name)?.inputs ?? []));
  }
  return isReached && seen.size > 0 ? seen : null;
}

function mixes(node: PlannedNode | undefined, origins: ReadonlyMap<string, Origin>): boolean {
  if (node?.spec.type === 'matrix-product') return true;
  if (node?.spec.type !== 'dense') return false;
  const last = origins.get(node.inputs[0])?.at(-1);
  return last !== undefined && isOfGrid(last);
}
