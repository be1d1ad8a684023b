import { NetworkError } from './network-errors';

/** How the nodes of some kind of graph hang together by the names of what they yield. */
export interface Dependencies<Node> {
  /** Names that need no node: inputs, constants. */
  isKnown(name: string): boolean;
  /** The node that yields a name. */
  makerOf(name: string): Node | undefined;
  /** Names that a node reads. */
  inputsOf(node: Node): readonly string[];
  /** A node in the words of its kind, for the message about a cycle: `Layer "conv1"`. */
  describe(node: Node, name: string): string;
}

/**
 * The nodes that lead to `wanted`, each behind those it reads.
 * @throws NetworkError for a name that nothing yields, or a node that reads itself over others
 */
export function topologicalOrder<Node>(wanted: readonly string[], graph: Dependencies<Node>): Node[] {
  const ordered: Node[] = [];
  const state = new Map<Node, 'open' | 'done'>();
  const isThere = (name: string) => {
    if (graph.isKnown(name)) return true;
    const maker = graph.makerOf(name);
    return maker !== undefined && state.get(maker) === 'done';
  };
  const stack = [...wanted].reverse();
  while (stack.length > 0) {
    const name = stack[stack.length - 1];
    if (isThere(name)) {
      stack.pop();
      continue;
    }
    const node = graph.makerOf(name);
    if (!node) throw new NetworkError(`This network refers to "${name}", which it does not contain.`);
    const missing = graph.inputsOf(node).filter((input) => !isThere(input));
    if (missing.length === 0) {
      stack.pop();
      state.set(node, 'done');
      ordered.push(node);
    } else if (state.get(node) === 'open') {
      throw new NetworkError(`${graph.describe(node, name)} reads its own output: the network has a cycle.`);
    } else {
      state.set(node, 'open');
      stack.push(...missing.reverse());
    }
  }
  return ordered;
}
