import type { StoredBytes } from './files/stored-bytes';
import { NetworkError } from './network-errors';
import type { OperationSpec } from './ops';
import type { Shape } from './ops/operation';
import { topologicalOrder } from './topological-order';

/** Numbers of a file that are read when they are needed, one weight after the other. */
export interface Weight {
  readonly shape: Shape;
  /** Parts of files that reading it reads; none of what is in memory. Left out where that is not known. */
  readonly from?: readonly StoredBytes[];
  /** Row-major values; may be a view of the file, so they are never written to. */
  read(): Float32Array;
  /**
   * Writes the same values to where they are to stand, for as many as the shape says. Every part of `from` is read at most once, and in runs,
   * so that what is read can be let go on the way; left out where all parts are needed at once.
   */
  readInto?(target: Float32Array): void;
}

/** What reading some weights reads of files; undefined where it is not known of one. */
export function allParts(
  weights: readonly (Pick<Weight, 'from'> | null)[],
): readonly StoredBytes[] | undefined {
  const parts = new Set<StoredBytes>();
  for (const weight of weights) {
    if (!weight) continue;
    if (!weight.from) return undefined;
    for (const part of weight.from) parts.add(part);
  }
  return [...parts];
}

export interface GraphNode {
  /** As the file calls it; unique in the graph. */
  readonly name: string;
  /** Names of the nodes it reads, in order. */
  readonly inputs: readonly string[];
  readonly spec: OperationSpec<Weight>;
}

/** A tensor of a file that nothing is computed from. */
export interface UnusedTensor {
  readonly name: string;
  /** Why that is right, as part of a sentence. */
  readonly reason: string;
}

/** What a reader makes of a file, before anything is computed: NHWC throughout. */
export interface Graph {
  /** Height and width are null where the file leaves them open. */
  readonly input: {
    readonly name: string;
    readonly shape: readonly [number | null, number | null, number];
    /** The file leaves them open, although they are given here: what was computed of them is for this size. */
    readonly isOpen?: boolean;
    /** Least and greatest of the values it takes, where it takes whole numbers only. */
    readonly integers?: readonly [number, number];
  };
  /** In any order; those that lead to no output are ignored. */
  readonly nodes: readonly GraphNode[];
  readonly outputs: readonly string[];
  /** What the file calls those, in their order, where it calls them otherwise than the nodes that yield them. */
  readonly outputNames?: readonly string[];
  /** Stored tensors that are left out on purpose; every other one is read by a node. */
  readonly unused?: readonly UnusedTensor[];
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
  return topologicalOrder([output], {
    isKnown: (name) => name === graph.input.name,
    makerOf: (name) => byName.get(name),
    inputsOf: ({ inputs }) => inputs,
    describe: ({ name }) => `Layer "${name}"`,
  });
}
