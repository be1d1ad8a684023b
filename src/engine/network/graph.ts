import { NetworkError } from './errors';
import type { OperationSpec } from './ops';
import type { Shape } from './ops/operation';

/** Numbers of a file that are read when they are needed, one weight after the other. */
export interface Weight {
  readonly shape: Shape;
  /** Row-major values; may be a view of the file, so they are never written to. */
  read(): Float32Array;
}

export interface GraphNode {
  /** As the file calls it; unique in the graph. */
  readonly name: string;
  /** Names of the nodes it reads, in order. */
  readonly inputs: readonly string[];
  readonly spec: OperationSpec<Weight>;
}

/** What a reader makes of a file, before anything is computed: NHWC throughout. */
export interface Graph {
  /** Height and width are null where the file leaves them open. */
  readonly input: {
    readonly name: string;
    readonly shape: readonly [number | null, number | null, number];
    /** The file leaves them open, although they are given here: what was computed of them is for this size. */
    readonly isOpen?: boolean;
  };
  /** In any order; those that lead to no output are ignored. */
  readonly nodes: readonly GraphNode[];
  readonly outputs: readonly string[];
}

/**
 * The nodes that lead to `output`, each behind those it reads; without the input.
 * @throws NetworkError for a name that is missing, given twice, or reads itself over others
 */
export function inTopologicalOrder(graph: Graph, output: string): GraphNode[] {
  const byName = new Map<string, GraphNode>();
  for (const node of graph.nodes) {
    if (byName.has(node.name) || node.name === graph.input.name) {
      throw new NetworkError(`Two layers of this network are called "${node.name}".`);
    }
    byName.set(node.name, node);
  }
  const ordered: GraphNode[] = [];
  const state = new Map<string, 'open' | 'done'>([[graph.input.name, 'done']]);
  const stack = [output];
  while (stack.length > 0) {
    const name = stack[stack.length - 1];
    if (state.get(name) === 'done') {
      stack.pop();
      continue;
    }
    const node = byName.get(name);
    if (!node) throw new NetworkError(`This network refers to "${name}", which it does not contain.`);
    const missing = node.inputs.filter((input) => state.get(input) !== 'done');
    if (missing.length === 0) {
      stack.pop();
      state.set(name, 'done');
      ordered.push(node);
    } else if (state.get(name) === 'open') {
      throw new NetworkError(`Layer "${name}" reads its own output: the network has a cycle.`);
    } else {
      state.set(name, 'open');
      stack.push(...missing.reverse());
    }
  }
  return ordered;
}
