import type { GraphNode, Weight } from '../graph';
import type { Activation } from '../ops/activation';

/**
 * Puts activations together that exporters take apart: x * sigmoid(x) is one swish, x * hard-sigmoid(x) with a slope
 * of 1/6 one hard-swish. The joined node has the name of the product.
 */
export function joinGates(nodes: readonly GraphNode[], outputs: readonly string[]): GraphNode[] {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const readers = new Map<string, number>(outputs.map((output) => [output, 1]));
  for (const { inputs } of nodes) {
    for (const input of inputs) readers.set(input, (readers.get(input) ?? 0) + 1);
  }
  const gone = new Set<string>();
  const joined = nodes.map((node): GraphNode => {
    if (node.spec.type !== 'merge' || node.spec.by !== 'multiply' || node.inputs.length !== 2) return node;
    for (const [x, gateName] of [node.inputs, [...node.inputs].reverse()]) {
      const gate = byName.get(gateName);
      if (gate?.spec.type !== 'activation' || gate.inputs[0] !== x || readers.get(gateName) !== 1) {
        continue;
      }
      const activation = gated(gate.spec.activation);
      if (!activation) continue;
      gone.add(gateName);
      return { name: node.name, inputs: [x], spec: { type: 'activation', activation } };
    }
    return node;
  });
  return joined.filter(({ name }) => !gone.has(name));
}

/** x times a gate of x as one activation. */
function gated(gate: Activation<Weight>): Activation<Weight> | null {
  if (gate.name === 'sigmoid') return { name: 'swish' };
  const isSixth = gate.name === 'hard-sigmoid' && Math.abs(gate.slope - 1 / 6) < 1e-6 && gate.offset === 0.5;
  return isSixth ? { name: 'hard-swish' } : null;
}
