import type { LayerKind } from '../layer-kind';
import type { Plan, PlannedNode } from '../optimise';
import type { PlannedAttention } from './attention-probabilities';
import { isMap, type Origin } from './axis-origins';
import { type GridView, gridView } from './grid-view';

/** Tokens that are laid out as a layer. */
export interface TokenLayer {
  /** What is laid out. */
  readonly node: string;
  readonly name: string;
  readonly kind: LayerKind;
  readonly view: GridView;
}

/** What an operation on tokens is, where it is worth a layer: the residual sums are those of blocks already. */
function kindOf({ spec, inner }: PlannedNode): LayerKind | null {
  if (inner) return null;
  if (spec.type === 'dense') return 'dense';
  if (spec.type === 'activation') return 'activation';
  return /normalisation$/.test(spec.type) ? 'normalisation' : null;
}

/**
 * What of a transformer's inside can be laid out on its grid, beside the stream behind its blocks: dense layers, normalisations and
 * activations over tokens, and of every block of attention its queries, keys and values with what it yields of them, all heads side by side.
 */
export function operationMaps(
  plan: Plan,
  origins: ReadonlyMap<string, Origin>,
  attention: readonly PlannedAttention[],
): TokenLayer[] {
  const inside = attention.flatMap((block) => partsOf(plan, block));
  const others = plan.nodes.flatMap((node) => {
    const kind = kindOf(node);
    return kind ? [{ node: node.name, name: node.name, kind }] : [];
  });
  return [...inside, ...others].flatMap((layer) => {
    const origin = origins.get(layer.node) as Origin;
    const view = isMap(origin) ? null : gridView(origin);
    return view ? [{ ...layer, view }] : [];
  });
}

const MOST_STEPS = 8;

/** Queries, keys, values and what is read, by the nodes around the probabilities. */
function partsOf({ nodes }: Plan, { probabilities, block }: PlannedAttention): Omit<TokenLayer, 'view'>[] {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const product = productBehind(probabilities, byName);
  const reading = readingOf(probabilities, nodes);
  const named = (what: string, node: string | undefined) =>
    node === undefined ? [] : [{ node, name: `${block ?? probabilities}, ${what}`, kind: 'dense' as const }];
  const from = probabilitiesAmong(reading, probabilities, byName);
  return [
    ...named('queries', product?.inputs[0]),
    ...named('keys', product?.inputs[1]),
    ...named('values', reading?.inputs[from === 0 ? 1 : 0]),
    ...named('attention', reading?.name),
  ];
}

/** The product of queries and keys that scores are made of. */
function productBehind(name: string, nodes: ReadonlyMap<string, PlannedNode>): PlannedNode | null {
  let node = nodes.get(name);
  for (let step = 0; node && step < MOST_STEPS; step++) {
    if (node.spec.type === 'matrix-product') return node;
    node = nodes.get(node.inputs[0]);
  }
  return null;
}

/** The product that reads the values by the probabilities, which may be laid anew before. */
function readingOf(name: string, nodes: readonly PlannedNode[]): PlannedNode | null {
  let source = name;
  for (let step = 0; step < MOST_STEPS; step++) {
    const readers = nodes.filter(({ inputs }) => inputs.includes(source));
    const product = readers.find(({ spec }) => spec.type === 'matrix-product');
    if (product) return product;
    if (readers.length !== 1) return null;
    source = readers[0].name;
  }
  return null;
}

/** Which input of the product is the probabilities. */
function probabilitiesAmong(
  product: PlannedNode | null,
  probabilities: string,
  nodes: ReadonlyMap<string, PlannedNode>,
): number {
  const leads = (name: string) => {
    let node: string | undefined = name;
    for (let step = 0; node !== undefined && step < MOST_STEPS; step++) {
      if (node === probabilities) return true;
      node = nodes.get(node)?.inputs[0];
    }
    return false;
  };
  return product?.inputs.findIndex(leads) ?? -1;
}
