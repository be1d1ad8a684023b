import type { Plan, PlannedNode } from './optimise';

/** What frameworks call an addition that nobody has named: "add_3", "Add", "tf.__operators__.add_1". */
const unnamed = /^(tf[\w.]*\.)?(add|addition|addv2|sum)[_ ]?\d*( \(\d+\))?$/i;

/** The plan with its nameless sums named by what they add, so that a residual sum tells whose it is. */
export function nameSums({ nodes, output }: Plan): Plan {
  const names = new Set(nodes.map(({ name }) => name));
  const renamed = new Map<string, string>();
  const nameOf = (name: string) => renamed.get(name) ?? name;
  const named = nodes.map((node): PlannedNode => {
    const inputs = node.inputs.map(nameOf);
    const isSum = node.spec.type === 'merge' && node.spec.by === 'add';
    if (!isSum || inputs.length !== 2 || !unnamed.test(node.name)) return { ...node, inputs };
    const name = `addition of ${shortOf(inputs[0])} and ${shortOf(inputs[1])}`;
    if (names.has(name)) return { ...node, inputs };
    names.add(name);
    renamed.set(node.name, name);
    return { ...node, name, inputs };
  });
  return { nodes: named, output: nameOf(output) };
}

/** A sum that is added to another is not spelt out again. */
const shortOf = (name: string) => name.replace(/^addition of .+ and (.+)$/, 'the sum with $1');
