import type { LayerKind } from './layer-kind';
import type { GraphNode, Weight } from './network-graph';
import type { Head } from './network-head';
import type { OperationSpec } from './ops';
import { isFusable, linear } from './ops/activation';
import type { ConvolutionSpec } from './ops/convolution';
import type { DenseSpec } from './ops/dense';
import type { PaddingSpec } from './ops/padding';
import type { TransposedConvolutionSpec } from './ops/transposed-convolution';
import { affineBias, isPerChannel, scaledFilter } from './weights';

/** A node on the way to the network: what it computes, and which of the file's operations went into it. */
export interface PlannedNode extends GraphNode {
  readonly parts: readonly string[];
  /** The node is an inner step of the row that follows it and is not shown by itself. */
  readonly inner?: boolean;
  /** The operation whose row this is, where it is not the node's own. */
  readonly shownAs?: OperationSpec<Weight>;
  /** The node is the map of a block of a transformer: what the block yields, or what it reads. */
  readonly layer?: LayerKind;
}

/** Nodes in topological order, and the name of the one that is the output. */
export interface Plan {
  readonly nodes: readonly PlannedNode[];
  readonly output: string;
}

type Weighted = ConvolutionSpec<Weight> | DenseSpec<Weight> | TransposedConvolutionSpec<Weight>;

export const isWeighted = (spec: OperationSpec<Weight>): spec is Weighted =>
  spec.type === 'convolution' || spec.type === 'dense' || spec.type === 'transposed-convolution';

const headOf = (name: string): Head | null => {
  if (name === 'softmax' || name === 'log-softmax') return 'softmax';
  return name === 'sigmoid' ? 'sigmoid' : null;
};

/** Operations that leave every number as it is. */
const passesOn = new Set(['reshape', 'axes', 'identity']);

/** The node that computes the output, behind which numbers are at most laid out anew; null where the output is the input. */
export function lastOperation({ nodes, output }: Plan): PlannedNode | null {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  let node = byName.get(output);
  while (node && passesOn.has(node.spec.type)) {
    node = byName.get(node.inputs[0]);
  }
  return node ?? null;
}

/** Takes a softmax or sigmoid off the end, also from in front of what only reshapes; the logits are left. */
export function cutHead(plan: Plan): { plan: Plan; head: Head } {
  const node = lastOperation(plan);
  if (!node || countReaders(plan).get(node.name) !== 1) return { plan, head: 'logits' };
  const { name, spec } = node;
  if (spec.type !== 'activation' && !isWeighted(spec)) return { plan, head: 'logits' };
  const head = headOf(spec.activation.name);
  if (!head) return { plan, head: 'logits' };
  if (spec.type === 'activation') return { plan: without(plan, name), head };
  const cut = { ...node, spec: { ...spec, activation: linear } };
  return { plan: { ...plan, nodes: plan.nodes.map((each) => (each === node ? cut : each)) }, head };
}

function countReaders({ nodes, output }: Plan): Map<string, number> {
  const readers = new Map<string, number>([[output, 1]]);
  for (const { inputs } of nodes) {
    for (const input of inputs) readers.set(input, (readers.get(input) ?? 0) + 1);
  }
  return readers;
}

/** The plan without a node of one input: its readers read that input. */
function without(plan: Plan, name: string): Plan {
  const [input] = (plan.nodes.find((node) => node.name === name) as PlannedNode).inputs;
  const renamed = (each: string) => (each === name ? input : each);
  return {
    nodes: plan.nodes
      .filter((node) => node.name !== name)
      .map((node) => ({ ...node, inputs: node.inputs.map(renamed) })),
    output: renamed(plan.output),
  };
}

/**
 * Joins what one kernel can compute: what does nothing is dropped; zeros around a convolution become its padding;
 * factors and summands a channel (batch normalisation in inference) go into the weights before them, and an
 * activation into the operation before it, wherever nobody else reads what lies between.
 * The joined node has the name of the convolution or dense layer.
 */
export function fuse(plan: Plan): Plan {
  const readers = countReaders(plan);
  const kept = new Map<string, PlannedNode>();
  const alias = new Map<string, string>();
  for (const original of plan.nodes) {
    const node = { ...original, inputs: original.inputs.map((input) => alias.get(input) ?? input) };
    const before = kept.get(node.inputs[0]);
    if (node.spec.type === 'identity') {
      alias.set(node.name, node.inputs[0]);
      // Who read the identity reads its input now, beside those who did before.
      readers.set(node.inputs[0], (readers.get(node.inputs[0]) ?? 1) - 1 + (readers.get(node.name) ?? 0));
      continue;
    }
    const joined =
      before && node.inputs.length === 1 && readers.get(before.name) === 1 ? join(before, node) : null;
    if (!before || !joined) {
      kept.set(node.name, node);
      continue;
    }
    kept.delete(before.name);
    kept.set(joined.name, joined);
    if (joined.name !== node.name) alias.set(node.name, joined.name);
    readers.set(joined.name, readers.get(node.name) ?? 0);
  }
  return { nodes: [...kept.values()], output: alias.get(plan.output) ?? plan.output };
}

/** Zeros around a map, as a convolution has them itself. */
const isPlainFrame = (spec: OperationSpec<Weight>): spec is PaddingSpec =>
  spec.type === 'padding' && spec.by === 'zeros' && !spec.value;

/** One node for two, or null where they stay apart. */
function join(before: PlannedNode, node: PlannedNode): PlannedNode | null {
  const parts = [...before.parts, ...node.parts];
  const { spec } = node;
  if (isPlainFrame(before.spec) && spec.type === 'convolution') {
    if (spec.padding === 'same') return null;
    const own = spec.padding === 'valid' ? { top: 0, bottom: 0, left: 0, right: 0 } : spec.padding;
    const { sides } = before.spec;
    const padding = {
      top: own.top + sides.top,
      bottom: own.bottom + sides.bottom,
      left: own.left + sides.left,
      right: own.right + sides.right,
    };
    return { ...node, inputs: before.inputs, spec: { ...spec, padding }, parts };
  }
  if (!isWeighted(before.spec) || before.spec.activation.name !== 'linear') return null;
  if (spec.type === 'activation') {
    return { ...before, spec: { ...before.spec, activation: spec.activation }, parts };
  }
  if (spec.type !== 'affine') return null;
  const folded = foldAffine(before.spec, spec.scale, spec.shift);
  return folded && { ...before, spec: folded, parts };
}

function foldAffine(spec: Weighted, scale: Weight | null, shift: Weight | null): Weighted | null {
  const weight = spec.type === 'dense' ? spec.kernel : spec.filter;
  const axis = spec.type === 'dense' ? 1 : spec.type === 'convolution' ? 3 : 2;
  const channels = weight.shape[axis];
  if (![scale, shift].every((each) => !each || isPerChannel(each, channels))) return null;
  const scaled = scale ? scaledFilter(weight, scale, axis) : weight;
  const bias = affineBias(spec.bias, scale, shift, channels);
  return spec.type === 'dense' ? { ...spec, kernel: scaled, bias } : { ...spec, filter: scaled, bias };
}

/**
 * Activations whose gradient needs what stood before them become a node of their own behind their convolution or
 * dense layer. That node bears the layer's name: it is the row that is shown.
 */
export function splitActivations({ nodes, output }: Plan): Plan {
  return {
    output,
    nodes: nodes.flatMap((node): PlannedNode[] => {
      const { spec, name, parts } = node;
      if (!isWeighted(spec) || isFusable(spec.activation)) return [node];
      const inner = `${name} before ${spec.activation.name}`;
      return [
        { ...node, name: inner, spec: { ...spec, activation: linear }, parts: [], inner: true },
        {
          name,
          inputs: [inner],
          spec: { type: 'activation', activation: spec.activation },
          parts,
          shownAs: spec,
        },
      ];
    }),
  };
}
