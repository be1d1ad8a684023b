import type { Weight } from '../network-graph';
import type { OperationSpec } from '../ops';
import type { Shape } from '../ops/operation';
import type { Plan, PlannedNode } from '../optimise';
import { attentionProbabilities, type PlannedAttention } from './attention-probabilities';
import { axisOrigins, isMap, type Origin } from './axis-origins';
import { type Block, blocksOf, firstNormalisation, reachesOutput } from './blocks';
import { type GridView, gridView } from './grid-view';
import { operationMaps, type TokenLayer } from './operation-maps';

/** A plan through whose maps the tokens of blocks pass, and the attention in it. */
export interface LaidOut {
  readonly plan: Plan;
  readonly attention: readonly PlannedAttention[];
}

/**
 * Lays the residual stream behind every block out on its grid: a node [h, w, c] through which the stream passes, so that activation
 * and gradient of the map are had as those of any feature map. Special tokens go past it. Of a last block of which a class token alone
 * goes on, the output of its first normalisation is laid out instead, since nothing depends on its grid.
 * @param shapeOf adds the shape of a new node to `shapes`, and tells it
 * @param everything lays out queries, keys, values, what attention yields and dense layers over tokens, too
 */
export function layOutTokens(
  plan: Plan,
  input: string,
  shapes: ReadonlyMap<string, Shape>,
  shapeOf: (node: PlannedNode) => Shape,
  everything = false,
): LaidOut {
  if (!plan.nodes.some(({ spec }) => spec.type === 'matrix-product' || spec.type === 'transpose')) {
    return { plan, attention: [] };
  }
  const origins = axisOrigins(plan, input, shapes);
  const blocks = blocksOf(plan, origins);
  const attention = attentionProbabilities(plan, shapes, origins, blocks);
  const names = new Set([input, ...plan.nodes.map(({ name }) => name)]);
  const layers: TokenLayer[] = blocks.flatMap((block) => layerOf(plan, block, origins, names));
  const shown = withoutFalseMaps(plan, shapes, origins);
  if (everything) {
    const own = new Set(layers.map(({ node }) => node));
    for (const layer of operationMaps(plan, origins, attention)) {
      if (own.has(layer.node) || (layer.name !== layer.node && names.has(layer.name))) continue;
      own.add(layer.node);
      names.add(layer.name);
      layers.push(layer);
    }
  }
  return { plan: layers.reduce((whole, layer) => withLayer(whole, layer, shapeOf), shown), attention };
}

/** Heads of tokens have three axes, too, and are no map: they are not shown as one. */
function withoutFalseMaps(
  plan: Plan,
  shapes: ReadonlyMap<string, Shape>,
  origins: ReadonlyMap<string, Origin>,
): Plan {
  const isFalse = ({ name }: PlannedNode) =>
    shapes.get(name)?.length === 3 && !isMap(origins.get(name) as Origin);
  return { ...plan, nodes: plan.nodes.map((node) => (isFalse(node) ? { ...node, inner: true } : node)) };
}

function layerOf(
  plan: Plan,
  block: Block,
  origins: ReadonlyMap<string, Origin>,
  taken: Set<string>,
): TokenLayer[] {
  const isOutput = reachesOutput(plan, block.stream, origins);
  const node = isOutput ? block.stream : firstNormalisation(plan, block)?.name;
  const view = node === undefined ? null : gridView(origins.get(node) as Origin);
  if (node === undefined || !view) return [];
  // The newer exporter of PyTorch adds the operation to the names of modules that are not its own.
  const wanted = isOutput ? block.name : node.replace(/\.layernormalization$/i, '');
  const name = wanted === node || !taken.has(wanted) ? wanted : node;
  taken.add(name);
  return [{ node, name, kind: isOutput ? 'block' : 'block-input', view }];
}

/** Whether a tensor is a map as it lies. */
const isMapAlready = ({ beside, permutation, tokens, shape }: GridView) =>
  !beside && tokens.join() === shape.join() && isInOrder(permutation);

function withLayer(plan: Plan, layer: TokenLayer, shapeOf: (node: PlannedNode) => Shape): Plan {
  const place = plan.nodes.findIndex(({ name }) => name === layer.node);
  const own = plan.nodes[place];
  const { name, kind, view } = layer;
  if (isMapAlready(view)) {
    const map: PlannedNode = { ...own, name, inner: false, layer: kind };
    shapeOf(map);
    return renamed(plan, own.name, map);
  }
  const source = own.name === name ? `${name}, tokens` : own.name;
  const given: PlannedNode = { ...own, name: source, parts: [], inner: true };
  const steps = [...stepsTo(view, source, layer, own.parts), ...stepsBack(view, source, name)];
  shapeOf(given);
  for (const step of steps) shapeOf(step);
  const last = steps[steps.length - 1].name;
  const read = (each: string) => (each === own.name ? last : each);
  return {
    nodes: plan.nodes.flatMap((node, i) =>
      i === place ? [given, ...steps] : [{ ...node, inputs: node.inputs.map(read) }],
    ),
    output: read(plan.output),
  };
}

/** The plan with another node in the place of one, under a name of its own. */
function renamed(plan: Plan, from: string, to: PlannedNode): Plan {
  const read = (each: string) => (each === from ? to.name : each);
  return {
    nodes: plan.nodes.map((node) => (node.name === from ? to : { ...node, inputs: node.inputs.map(read) })),
    output: read(plan.output),
  };
}

const step = (name: string, input: string, spec: OperationSpec<Weight>): PlannedNode => ({
  name,
  inputs: [input],
  spec,
  parts: [],
  inner: true,
});

const isInOrder = (permutation: readonly number[]) => permutation.every((part, i) => part === i);

/** From tokens to the map. */
function stepsTo(
  { beside, parts, permutation, shape }: GridView,
  source: string,
  layer: TokenLayer,
  own: readonly string[],
) {
  const { name, kind } = layer;
  const steps: PlannedNode[] = [];
  const add = (what: string, spec: OperationSpec<Weight>) => {
    steps.push(step(`${name}, ${what}`, steps.at(-1)?.name ?? source, spec));
  };
  if (beside)
    add(
      'tokens of the grid',
      cutting(beside, (before, after) => [before, after === 0 ? null : -after]),
    );
  if (!isInOrder(permutation)) {
    add('windows', { type: 'reshape', shape: parts });
    add('windows side by side', { type: 'transpose', permutation });
  }
  const spec = { type: 'reshape', shape } as const;
  steps.push({ ...step(name, steps.at(-1)?.name ?? source, spec), parts: own, inner: false, layer: kind });
  return steps;
}

/** A cut of one axis; the rank is that of what is cut, whose other axes stay whole. */
function cutting(
  { axis, rank, before, after }: NonNullable<GridView['beside']>,
  range: (before: number, after: number) => readonly [number, number | null],
): OperationSpec<Weight> {
  const [begin, end] = range(before, after);
  const along = <T>(value: T, others: T) =>
    Array.from({ length: rank }, (_, i) => (i === axis ? value : others));
  return { type: 'slice', begin: along(begin, 0), end: along(end, null) };
}

/** From the map to tokens as they lay, special ones beside them again. */
function stepsBack(
  { beside, parts, permutation, tokens }: GridView,
  source: string,
  name: string,
): PlannedNode[] {
  const steps: PlannedNode[] = [];
  const add = (what: string, spec: OperationSpec<Weight>, input = steps.at(-1)?.name ?? name) => {
    steps.push(step(`${name}, ${what}`, input, spec));
    return `${name}, ${what}`;
  };
  if (!isInOrder(permutation)) {
    add('places', { type: 'reshape', shape: permutation.map((part) => parts[part]) });
    add('places in windows', {
      type: 'transpose',
      permutation: parts.map((_, part) => permutation.indexOf(part)),
    });
  }
  const grid = add('as tokens', { type: 'reshape', shape: tokens });
  if (!beside) return steps;
  const { before, after, axis } = beside;
  const list = [
    ...(before > 0
      ? [
          add(
            'tokens before',
            cutting(beside, () => [0, before]),
            source,
          ),
        ]
      : []),
    grid,
    ...(after > 0
      ? [
          add(
            'tokens behind',
            cutting(beside, () => [-after, null]),
            source,
          ),
        ]
      : []),
  ];
  steps.push({ ...step(`${name}, all tokens`, grid, { type: 'concatenate', axis }), inputs: list });
  return steps;
}
