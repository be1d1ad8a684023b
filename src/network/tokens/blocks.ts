import type { Plan, PlannedNode } from '../optimise';
import type { Origin } from './axis-origins';
import { gridView } from './grid-view';
import { type ResidualSum, residualSums } from './residual-sums';

/** A block of a transformer: its sum of attention and those that follow it. */
export interface Block {
  /** As people call it: "blocks.3". */
  readonly name: string;
  /** The node that yields the residual stream behind it. */
  readonly stream: string;
  /** What it reads. */
  readonly reads: string;
  /** All nodes in it. */
  readonly nodes: ReadonlySet<string>;
}

/** "blocks.3" of "blocks.3.add", where an exporter tells modules; empty where it does not. */
const moduleOf = (name: string) => /^(.+)\.add(?: \(\d+\))?$/i.exec(name)?.[1] ?? '';

/** Whether one module is the other, or lies in it. */
const areOne = (a: string, b: string) => a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);

/** The blocks whose stream can be laid out on a grid, in order. */
export function blocksOf(plan: Plan, origins: ReadonlyMap<string, Origin>): Block[] {
  const sums = residualSums(plan, origins);
  const blocks: Block[] = [];
  sums.forEach((sum, i) => {
    if (!sum.mixes) return;
    const own = [sum];
    for (const next of sums.slice(i + 1)) {
      if (next.mixes) break;
      if (belongs(next, own, plan)) own.push(next);
    }
    const stream = own[own.length - 1].node;
    if (!gridView(origins.get(stream.name) as Origin)) return;
    const modules = own.map(({ node }) => moduleOf(node.name)).filter((name) => name !== '');
    const [shortest = stream.name] = modules.sort((a, b) => a.length - b.length);
    const nodes = new Set(own.flatMap(({ node, branch }) => [node.name, ...branch]));
    blocks.push({ name: shortest, stream: stream.name, reads: sum.skip, nodes });
  });
  return blocks;
}

/** Whether a sum goes on where a block ends, and is of the same module as far as names tell. */
function belongs(next: ResidualSum, own: readonly ResidualSum[], plan: Plan): boolean {
  const last = own[own.length - 1];
  const [a, b] = [moduleOf(last.node.name), moduleOf(next.node.name)];
  if (a !== '' && a === b) return true;
  if (!next.from.includes(last.node.name)) return false;
  if (a !== '' && b !== '') return areOne(a, b);
  return plan.nodes.every((node) => !next.branch.has(node.name) || !isWindow(node));
}

const isWindow = ({ spec }: PlannedNode) =>
  spec.type === 'convolution' && spec.filter.shape[0] * spec.filter.shape[1] > 1;

/** Whether a token of the grid that `stream` yields has a way to the output: not where a class token alone goes on. */
export function reachesOutput(plan: Plan, stream: string, origins: ReadonlyMap<string, Origin>): boolean {
  // What depends on the grid: its own tokens only, or all of them.
  const depends = new Map<string, 'grid' | 'all'>([[stream, 'grid']]);
  for (const node of plan.nodes) {
    const read = node.inputs.flatMap((input) => depends.get(input) ?? []);
    if (read.length === 0 || node.name === stream) continue;
    const isGridOnly = read.every((what) => what === 'grid') && !mixesTokens(node, origins);
    if (isGridOnly && leavesGridOut(node, origins)) continue;
    depends.set(node.name, isGridOnly ? 'grid' : 'all');
  }
  return depends.has(plan.output);
}

const hasBeside = (origin: Origin | undefined) =>
  origin?.some(({ before, after }) => before + after > 0) ?? false;

/** Whether special tokens may depend on those of the grid behind a node. */
const mixesTokens = ({ name, spec }: PlannedNode, origins: ReadonlyMap<string, Origin>): boolean =>
  spec.type === 'matrix-product' || (spec.type !== 'slice' && !hasBeside(origins.get(name)));

/** A cut that takes special tokens alone. */
function leavesGridOut({ spec, inputs }: PlannedNode, origins: ReadonlyMap<string, Origin>): boolean {
  if (spec.type !== 'slice') return false;
  return (origins.get(inputs[0]) as Origin).some(({ atoms, before, after }, axis) => {
    if (before + after === 0) return false;
    const places = atoms.reduce((product, { size }) => product * size, 1);
    const length = places + before + after;
    const begin = spec.begin[axis] < 0 ? spec.begin[axis] + length : spec.begin[axis];
    const end = spec.end[axis] ?? length;
    return (end < 0 ? end + length : end) <= before || begin >= before + places;
  });
}

/** The first normalisation of what a block reads; null where it has none. */
export function firstNormalisation(plan: Plan, { reads, nodes }: Block): PlannedNode | null {
  const isOne = ({ name, inputs, spec }: PlannedNode) =>
    nodes.has(name) && inputs[0] === reads && /normalisation$/.test(spec.type);
  return plan.nodes.find(isOne) ?? null;
}
