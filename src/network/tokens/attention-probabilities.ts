import type { Shape } from '../ops/operation';
import type { Plan, PlannedNode } from '../optimise';
import { type AxisOrigin, isOfGrid, type Origin } from './axis-origins';
import type { Block } from './blocks';
import { type WindowSteps, windowSteps } from './window-steps';

/** Where the N tokens of a block lie: those of the grid follow one another, row by row, beside special ones. */
export interface TokenPlaces {
  /** Rows and columns of the grid. */
  readonly grid: readonly [number, number];
  /** Place of the first token of the grid among all tokens. */
  readonly first: number;
  /** Place of the class token; null where the network has none. */
  readonly classToken: number | null;
}

/** The attention of one block, by the names of nodes. */
export interface PlannedAttention {
  /** Node of the probabilities: [heads, N, N], or [windows, heads, N, N]; a row for each token that reads. */
  readonly probabilities: string;
  /** Its block as people call it; null where the attention is of none. */
  readonly block: string | null;
  readonly heads: number;
  /** N: tokens that read, and are read. */
  readonly tokens: number;
  /** Null where the tokens are windows, or fewer are read than read. */
  readonly places: TokenPlaces | null;
  /** How its windows were cut from a map; null where it looks within none, or within such as are not followed. */
  readonly windows: WindowSteps<string> | null;
  /** Whether it is between tokens that make no grid over the picture: queries, or what is left of patches; left out where not. */
  readonly hasNoGrid?: boolean;
}

const isSoftmax = ({ spec }: PlannedNode) =>
  (spec.type === 'activation' || spec.type === 'dense') && spec.activation.name === 'softmax';

/** What may lie between probabilities and the product with values: other layouts, and heads mixed with each other. */
const passing = new Set(['affine', 'axes', 'dense', 'reshape', 'transpose']);

/** Every softmax over tokens that weighs values, in order. */
export function attentionProbabilities(
  plan: Plan,
  shapes: ReadonlyMap<string, Shape>,
  origins: ReadonlyMap<string, Origin>,
  blocks: readonly Block[],
): PlannedAttention[] {
  const readers = new Map<string, PlannedNode[]>();
  for (const node of plan.nodes) {
    for (const input of node.inputs) readers.set(input, [...(readers.get(input) ?? []), node]);
  }
  const weighs = ({ name }: PlannedNode, steps = 6): boolean =>
    (readers.get(name) ?? []).some(
      (reader) =>
        reader.spec.type === 'matrix-product' ||
        (steps > 0 && passing.has(reader.spec.type) && weighs(reader, steps - 1)),
    );
  return plan.nodes.flatMap((node) => {
    const shape = shapes.get(node.name) as Shape;
    if (!isSoftmax(node) || shape.length < 3 || !weighs(node)) return [];
    const [heads, queries, keys] = shape.slice(-3);
    const [rows, columns] = (origins.get(node.name) as Origin).slice(-2);
    const isSquare = shape.length === 3 && queries === keys;
    const block = blocks.find(({ nodes }) => nodes.has(node.name))?.name ?? null;
    const hasNoGrid = block === null && isSquare && keys > 1 && !isOfGrid(rows) && !isOfGrid(columns);
    return [
      {
        probabilities: node.name,
        block,
        ...{ heads, tokens: keys, places: isSquare ? placesOf(rows, columns) : null },
        windows: windowSteps(node, plan, shapes, origins),
        ...(hasNoGrid ? { hasNoGrid } : {}),
      },
    ];
  });
}

/** Where the tokens lie that both axes hold alike; null where they make no grid. */
function placesOf(rows: AxisOrigin, columns: AxisOrigin): TokenPlaces | null {
  const { atoms, before } = rows;
  const isAlike =
    columns.before === before && columns.after === rows.after && columns.atoms.length === atoms.length;
  const [high, wide] = atoms;
  const isGrid =
    atoms.length === 2 &&
    high.of === 'rows' &&
    wide.of === 'columns' &&
    high.size === high.length &&
    wide.size === wide.length;
  if (!isAlike || !isGrid) return null;
  return { grid: [high.size, wide.size], first: before, classToken: before > 0 ? 0 : null };
}
