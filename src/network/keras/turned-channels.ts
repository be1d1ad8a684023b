import type { Graph, GraphNode } from '../network-graph';
import type { OperationSpec } from '../ops';

/** Operations that leave channels what they are and keep their order. */
const keepsChannels = (type: OperationSpec<unknown>['type']) =>
  ['identity', 'affine', 'activation', 'pooling', 'padding', 'resize', 'centre-crop'].includes(type);

/**
 * Keras 3 turns R, G, B round by taking the channels apart and stacking them again, where one operation does: `x[..., ::-1]`.
 * It is put in the place of such a stack behind the picture, so that rows stay maps and the scaling can be read.
 */
export function joinTurnedChannels(nodes: readonly GraphNode[], input: Graph['input']): GraphNode[] {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const gone = new Set<string>();
  const channelsOf = (name: string): number | null => {
    let at = name;
    for (let steps = 0; steps <= nodes.length; steps++) {
      if (at === input.name) return input.shape[2];
      const node = byName.get(at);
      if (!node || !keepsChannels(node.spec.type)) return null;
      [at] = node.inputs;
    }
    return null;
  };
  const replaced = nodes.map((node): GraphNode => {
    if (node.spec.type !== 'concatenate' || node.spec.axis !== 2) return node;
    const taken = node.inputs.map((name) => singleChannel(name, byName));
    const [first] = taken;
    if (!first || taken.some((each) => each?.from !== first.from)) return node;
    const isTurned = taken.every((each, i) => each?.channel === taken.length - 1 - i);
    if (!isTurned || channelsOf(first.from) !== taken.length) return node;
    for (const name of taken.flatMap((each) => each?.through ?? [])) gone.add(name);
    const spec = { type: 'slice', begin: [0, 0, 0], end: [null, null, null], steps: [1, 1, -1] } as const;
    return { name: node.name, inputs: [first.from], spec };
  });
  const read = new Set(replaced.filter(({ name }) => !gone.has(name)).flatMap(({ inputs }) => inputs));
  return replaced.filter(({ name }) => !gone.has(name) || read.has(name));
}

/** The channel that a node consists of, where it was taken and given an axis again. */
function singleChannel(name: string, byName: ReadonlyMap<string, GraphNode>) {
  const added = byName.get(name);
  if (added?.spec.type !== 'axes' || added.spec.removed.length > 0 || added.spec.inserted.join() !== '2') {
    return null;
  }
  const taken = byName.get(added.inputs[0]);
  if (taken?.spec.type !== 'axes' || taken.spec.inserted.length > 0 || taken.spec.removed.join() !== '2') {
    return null;
  }
  const part = byName.get(taken.inputs[0]);
  if (part?.spec.type !== 'slice' || part.spec.steps) return null;
  const { begin, end } = part.spec;
  const [channel] = begin.slice(-1);
  const isWhole = begin.slice(0, 2).every((at) => at === 0) && end.slice(0, 2).every((at) => at === null);
  return isWhole && channel >= 0 && end[2] === channel + 1
    ? { from: part.inputs[0], channel, through: [name, added.inputs[0], taken.inputs[0]] }
    : null;
}
