import type { Shape } from '../ops/operation';
import type { Plan, PlannedNode } from '../optimise';
import { isMap, isOfGrid, type Origin } from './axis-origins';

/**
 * How the tokens of windows come to lie where they do: by steps that only lay numbers out anew, cyclic shifts and frames among them. A map
 * of place numbers that goes through them tells where in the picture each token of each window lies.
 */
export interface WindowSteps<Node> {
  /** What yields the map [h, w, c] that is cut into windows. */
  readonly from: Node;
  /** What lays it out, in order; the last one yields [windows, N, c], whatever its axes. */
  readonly steps: readonly Node[];
  /** Rows and columns of the map. */
  readonly grid: readonly [number, number];
}

/** What lays numbers out anew and computes nothing with them. */
const layout = new Set([
  'axes',
  'concatenate',
  'gather',
  'identity',
  'padding',
  'reshape',
  'slice',
  'transpose',
]);

/** What may lie between the tokens and the product of queries and keys. */
const towardsScores = new Set([
  'affine',
  'activation',
  'axes',
  'layer-normalisation',
  'merge',
  'reshape',
  'slice',
  'transpose',
]);

const MOST_STEPS = 24;

/**
 * The steps that cut a map into the windows of attention probabilities [windows, heads, N, N]; null where that is not what they are of.
 */
export function windowSteps(
  probabilities: PlannedNode,
  plan: Plan,
  shapes: ReadonlyMap<string, Shape>,
  origins: ReadonlyMap<string, Origin>,
): WindowSteps<string> | null {
  const [windows, , queries, keys] = shapes.get(probabilities.name) as Shape;
  const [outer, heads] = origins.get(probabilities.name) as Origin;
  if (shapes.get(probabilities.name)?.length !== 4 || queries !== keys) return null;
  if (!isOfGrid(outer) || isOfGrid(heads)) return null;
  const nodes = new Map(plan.nodes.map((node) => [node.name, node]));
  const tokens = tokensBehind(probabilities, nodes);
  if (tokens === undefined) return null;
  const own = shapes.get(tokens) as Shape;
  if (own.slice(0, -1).reduce((product, size) => product * size, 1) !== windows * keys) return null;
  const steps: PlannedNode[] = [];
  const from = mapBehind(tokens, nodes, steps);
  const shape = from === null ? undefined : shapes.get(from);
  if (from === null || shape?.length !== 3 || !isMap(origins.get(from) as Origin)) return null;
  const between = new Set(steps.map(({ name }) => name));
  return {
    from,
    steps: plan.nodes.flatMap(({ name }) => (between.has(name) ? [name] : [])),
    grid: [shape[0], shape[1]],
  };
}

/** The tokens of which queries are made: what the last dense layer before the scores reads. */
function tokensBehind(
  { inputs: [first] }: PlannedNode,
  nodes: ReadonlyMap<string, PlannedNode>,
): string | undefined {
  let node = nodes.get(first);
  for (let step = 0; node && step < MOST_STEPS; step++) {
    const { type } = node.spec;
    if (type === 'dense') return node.inputs[0];
    if (type !== 'matrix-product' && !towardsScores.has(type)) return undefined;
    node = nodes.get(node.inputs[0]);
  }
  return undefined;
}

/** What the first step that only lays out reads, all steps put among `steps`; null where they read several things. */
function mapBehind(
  tokens: string,
  nodes: ReadonlyMap<string, PlannedNode>,
  steps: PlannedNode[],
): string | null {
  const sources = new Set<string>();
  const seen = new Set<string>();
  const stack = [tokens];
  while (stack.length > 0) {
    const name = stack.pop() as string;
    const node = nodes.get(name);
    if (seen.has(name)) continue;
    seen.add(name);
    if (!node || !layout.has(node.spec.type)) sources.add(name);
    else {
      steps.push(node);
      stack.push(...node.inputs);
    }
  }
  const [source] = sources;
  return sources.size === 1 ? source : null;
}
