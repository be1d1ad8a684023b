import { type LinkedSigns, PART_SHARE, type SignLink } from '../../semiotics';
import type { FlowData, FlowLayer } from './flow-data';
import { OWN_COLOURS, rootRanks } from './sign-colours';

/** A sign, or the small ones of one colour gathered into "others", as one body of a column. */
export interface FlowBody {
  readonly kind: 'sign' | 'others';
  readonly layer: number;
  /** Rank of the final sign that takes it in, the further ones as one group (see `signColour`); -1 where none does. */
  readonly group: number;
  /** Ids, from the top of the body down. */
  signs: number[];
  /** Share of its map's mass. */
  readonly share: number;
}

/** Where links to one body pass a layer whose signs hold no half of them. */
export interface FlowLane {
  readonly kind: 'lane';
  readonly layer: number;
  readonly group: number;
  readonly target: FlowBody;
}

export type FlowNode = FlowBody | FlowLane;

/** One link on its way: the body it leaves, the lanes it takes, the body it ends in. */
export interface FlowThread {
  readonly link: SignLink;
  /** Mass it carries, as a share of the mass of the map it comes from. */
  readonly mass: number;
  /** One node a layer, from the link's first to its last. */
  readonly path: readonly FlowNode[];
}

/** What is to be placed: for every layer its nodes from top to bottom, and the threads between them. */
export interface FlowGraph {
  readonly columns: readonly (readonly FlowNode[])[];
  readonly threads: readonly FlowThread[];
  /** For every layer the body of each sign, by id. */
  readonly bodies: readonly (readonly FlowBody[])[];
}

/** The group of what takes parts in, where colours stand for parts. */
export const WHOLE = OWN_COLOURS;

/** For every layer the group of each sign, by id: its part where colours stand for parts, else its final sign. */
function groupsOf({ layers, parts }: Pick<FlowData, 'layers' | 'parts'>, linked: LinkedSigns): number[][] {
  if (!parts) return finalGroups(layers, linked);
  return parts.of.map((signs, layer) =>
    signs.map((part, sign) => {
      if (layers[layer].signs[sign].share < PART_SHARE) return -1;
      return part === parts.list.length ? WHOLE : part;
    }),
  );
}

/** For every layer the group of each sign by the final sign it ends in, by id. */
function finalGroups(shown: readonly FlowLayer[], { layers }: LinkedSigns): number[][] {
  const ranks = rootRanks(shown.at(-1)?.signs ?? []);
  const groups = layers.map((signs) => signs.map(() => -1));
  for (let layer = layers.length - 1; layer >= 0; layer--) {
    for (const { sign, fate, into } of layers[layer]) {
      if (fate === 'root') groups[layer][sign] = Math.min(OWN_COLOURS, ranks[sign]);
      else if (into) groups[layer][sign] = groups[into.to.layer][into.to.sign];
    }
  }
  return groups;
}

/**
 * The graph of the figure. Signs below `smallest`, and all behind the `most` greatest of a layer, are gathered by colour; where colours
 * stand for parts, all below 5 % are one quiet body.
 * As a sign is taken in by one other at most, the links are trees: columns ordered from the last layer back, each like the
 * column behind it, let no two links of single signs cross.
 */
export function flowGraph(
  data: Pick<FlowData, 'layers' | 'parts'>,
  linked: LinkedSigns,
  { smallest, most }: { smallest: number; most: number },
): FlowGraph {
  const { layers, parts } = data;
  const groups = groupsOf(data, linked);
  const bodies = layers.map(({ signs }, layer) => {
    const shares = signs.map(({ share }) => share).sort((a, b) => b - a);
    const least = Math.max(smallest, parts ? PART_SHARE : 0, shares[most - 1] ?? 0);
    return gather(layers, layer, groups[layer], least);
  });
  const lanes = new Map<FlowBody, FlowLane[]>();
  const threads = linked.links.map((link): FlowThread => {
    const target = bodies[link.to.layer][link.to.sign];
    const between: FlowLane[] = [];
    for (let layer = link.from.layer + 1; layer < link.to.layer; layer++) {
      const known = lanes.get(target) ?? [];
      lanes.set(target, known);
      known[layer] ??= { kind: 'lane', layer, group: target.group, target };
      between.push(known[layer]);
    }
    const { sign, layer } = link.from;
    return {
      link,
      mass: link.share * layers[layer].signs[sign].share,
      path: [bodies[layer][sign], ...between, target],
    };
  });
  const columns = layers.map((_, layer): FlowNode[] => [
    ...new Set(bodies[layer]),
    ...[...lanes.values()].flatMap((known) => known[layer] ?? []),
  ]);
  order(layers, columns, threads);
  return { columns, threads, bodies };
}

/** The body of every sign of a layer: its own, or that of the small ones of its group where there are two or more. */
function gather(
  layers: readonly FlowLayer[],
  layer: number,
  groups: readonly number[],
  least: number,
): FlowBody[] {
  const { signs } = layers[layer];
  const small = new Map<number, number[]>();
  for (const { id, share } of signs) {
    if (share < least) small.set(groups[id], [...(small.get(groups[id]) ?? []), id]);
  }
  const bodies: FlowBody[] = signs.map(({ id, share }) => ({
    kind: 'sign',
    layer,
    group: groups[id],
    signs: [id],
    share,
  }));
  for (const [group, ids] of small) {
    if (ids.length < 2) continue;
    const share = ids.reduce((sum, id) => sum + signs[id].share, 0);
    const others: FlowBody = { kind: 'others', layer, group, signs: ids, share };
    for (const id of ids) bodies[id] = others;
  }
  return bodies;
}

/** Sorts every column and the signs within its "others", from the last layer back. */
function order(layers: readonly FlowLayer[], columns: FlowNode[][], threads: readonly FlowThread[]): void {
  const rank = (group: number) => (group < 0 ? Number.MAX_SAFE_INTEGER : group);
  const next = new Map<FlowNode, FlowNode>();
  const nextOfSign = layers.map(() => new Map<number, FlowNode>());
  for (const { path, link } of threads) {
    nextOfSign[link.from.layer].set(link.from.sign, path[1]);
    path.slice(0, -1).forEach((node, i) => {
      if (node.kind !== 'others') next.set(node, path[i + 1]);
    });
  }
  const place = new Map<FlowNode, number>();
  for (let layer = columns.length - 1; layer >= 0; layer--) {
    const behind = (node: FlowNode | undefined) => (node && place.get(node)) ?? Number.MAX_SAFE_INTEGER;
    const share = (node: FlowNode) => (node.kind === 'lane' ? 0 : node.share);
    const gathered = (node: FlowNode) => Number(node.kind === 'others');
    columns[layer].sort(
      (a, b) =>
        rank(a.group) - rank(b.group) ||
        gathered(a) - gathered(b) ||
        behind(next.get(a)) - behind(next.get(b)) ||
        share(b) - share(a) ||
        idOf(a) - idOf(b),
    );
    columns[layer].forEach((node, i) => {
      place.set(node, i);
    });
    for (const node of columns[layer]) {
      if (node.kind !== 'others') continue;
      const { signs } = layers[layer];
      node.signs.sort(
        (a, b) =>
          behind(nextOfSign[layer].get(a)) - behind(nextOfSign[layer].get(b)) ||
          signs[b].share - signs[a].share ||
          a - b,
      );
    }
  }
}

const idOf = (node: FlowNode) => (node.kind === 'lane' ? -1 : node.signs[0]);
