import type { GraphNode, Weight } from './network-graph';
import type { Activation } from './ops/activation';
import { sizeOf } from './ops/operation';

/**
 * Puts together what exporters take apart, wherever nobody else reads what lies between: x * sigmoid(x) is one swish,
 * x * hard-sigmoid(x) with a slope of 1/6 one hard-swish, x * (1 + erf(x / sqrt 2)) / 2 one gelu, and a reshape of a
 * reshape one reshape. The joined node has the shortest of the names, the one without a number behind it.
 */
export function joinSteps(nodes: readonly GraphNode[], outputs: readonly string[]) {
  const kept = new Map<string, GraphNode>();
  const names = new Map<string, string>();
  const readers = new Map<string, number>(outputs.map((output) => [output, 1]));
  for (const { inputs } of nodes) {
    for (const input of inputs) readers.set(input, (readers.get(input) ?? 0) + 1);
  }
  const find = (name: string) => (readers.get(name) === 1 ? (kept.get(name) ?? null) : null);
  for (const node of nodes) {
    const joined = joinReshapes(node, find) ?? joinGate(node, find) ?? joinHalvedGate(node, find);
    kept.set(node.name, joined?.node ?? node);
    for (const gone of joined?.gone ?? []) {
      kept.delete(gone);
      const name = names.get(gone) ?? gone;
      const own = names.get(node.name) ?? node.name;
      if (name.length < own.length) names.set(node.name, name);
    }
  }
  const named = (name: string) => names.get(name) ?? name;
  return {
    nodes: [...kept.values()].map(
      (node): GraphNode => ({ ...node, name: named(node.name), inputs: node.inputs.map(named) }),
    ),
    outputs: outputs.map(named),
  };
}

/** A node that this one alone reads, or null. */
type Find = (name: string) => GraphNode | null;

interface Joined {
  readonly node: GraphNode;
  /** Names of the nodes it stands for beside its own. */
  readonly gone: readonly string[];
}

function joinReshapes(node: GraphNode, find: Find): Joined | null {
  if (node.spec.type !== 'reshape') return null;
  const before = find(node.inputs[0]);
  if (before?.spec.type !== 'reshape') return null;
  return { node: { ...node, inputs: before.inputs }, gone: [before.name] };
}

/** x times a gate of x. */
function joinGate(node: GraphNode, find: Find): Joined | null {
  if (node.spec.type !== 'merge' || node.spec.by !== 'multiply' || node.inputs.length !== 2) return null;
  for (const [x, gate] of [node.inputs, [...node.inputs].reverse()]) {
    const steps = stepsBetween(x, gate, find);
    const activation = steps && gated(steps);
    if (!activation) continue;
    const spec = { type: 'activation', activation } as const;
    return { node: { name: node.name, inputs: [x], spec }, gone: steps.map(({ name }) => name) };
  }
  return null;
}

/** The same where the half of a gelu is taken last. */
function joinHalvedGate(node: GraphNode, find: Find): Joined | null {
  if (!scalesBy(node, 0.5)) return null;
  const product = find(node.inputs[0]);
  if (product?.spec.type !== 'merge' || product.spec.by !== 'multiply' || product.inputs.length !== 2) {
    return null;
  }
  for (const [x, gate] of [product.inputs, [...product.inputs].reverse()]) {
    const steps = stepsBetween(x, gate, find);
    if (steps?.length !== 3 || !isErrorGate(steps)) continue;
    const spec = { type: 'activation', activation: { name: 'gelu' } } as const;
    const gone = [product.name, ...steps.map(({ name }) => name)];
    return { node: { name: node.name, inputs: [x], spec }, gone };
  }
  return null;
}

/** The nodes of one input on the way from x to a gate, in order; null where there is no such way. */
function stepsBetween(x: string, gate: string, find: Find): GraphNode[] | null {
  const steps: GraphNode[] = [];
  for (let name = gate; name !== x; name = steps[0].inputs[0]) {
    const step = find(name);
    if (step?.inputs.length !== 1 || steps.length === 4) return null;
    steps.unshift(step);
  }
  return steps;
}

function gated(steps: readonly GraphNode[]): Activation<Weight> | null {
  if (steps.length === 4) return isErrorGate(steps) && scalesBy(steps[3], 0.5) ? { name: 'gelu' } : null;
  if (steps.length !== 1 || steps[0].spec.type !== 'activation') return null;
  const { activation } = steps[0].spec;
  if (activation.name === 'sigmoid') return { name: 'swish' };
  if (activation.name !== 'hard-sigmoid') return null;
  return isAbout(activation.slope, 1 / 6) && activation.offset === 0.5 ? { name: 'hard-swish' } : null;
}

/** 1 + erf(x / sqrt 2) */
function isErrorGate([scaled, error, shifted]: readonly GraphNode[]): boolean {
  return (
    scalesBy(scaled, Math.SQRT1_2) &&
    error.spec.type === 'activation' &&
    error.spec.activation.name === 'erf' &&
    shifted.spec.type === 'affine' &&
    shifted.spec.scale === null &&
    isNumber(shifted.spec.shift, 1)
  );
}

const scalesBy = ({ spec }: GraphNode, factor: number) =>
  spec.type === 'affine' && spec.shift === null && isNumber(spec.scale, factor);

const isNumber = (weight: Weight | null, value: number) =>
  weight !== null && sizeOf(weight.shape) === 1 && isAbout(weight.read()[0], value);

const isAbout = (a: number, b: number) => Math.abs(a - b) < 1e-6;
