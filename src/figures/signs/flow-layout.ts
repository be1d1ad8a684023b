import { belowChart, NAMES_GAP } from '../kit/below-chart';
import { heightOfLines } from '../kit/canvas-text';
import type { Box, FigureSize } from '../kit/figure-types';
import { axisMargins, type LayerAxis, layerAxis, NARROW_WIDTH } from '../kit/layer-axis';
import type { NamePlan } from '../kit/layer-names';
import { placeStack } from '../kit/place-stack';
import type { FlowData } from './flow-data';
import { legendRows } from './flow-legend';
import { type FlowBody, type FlowGraph, type FlowNode, type FlowThread, flowGraph } from './flow-nodes';

const TITLE = 24;
/** Above the plot; on a phone the row's name stands there. */
const HEADER = 8;
const NARROW_HEADER = 20;
/** Height of one row of the legend. */
export const LEGEND_LINE = 18;
/** Numbers of signs and of null signs. */
const COUNTS = 40;
const FOOT = 8;
const PLOT = 248;
/** Signs drawn lower than this are gathered, in pixels. */
const SMALLEST = 2.5;
/** Height of the plot for each body of a column: the rest of a column's signs is gathered. */
const PER_BODY = 7.5;
/** Share of a column that may go into the gaps between its nodes. */
const GAPS = 0.24;
/** Share of a column that is kept for links that pass it by. */
const LANES = 0.16;
/** What wants to be nowhere in particular, in a stack of things that do. */
const INDIFFERENT = 1e-4;

/** A vertical extent in pixels. */
export interface Extent {
  readonly y: number;
  readonly height: number;
}

/** A link as drawn: where it leaves a sign, passes lanes and ends, one extent a layer. */
export interface PlacedThread extends FlowThread {
  readonly extents: readonly Extent[];
}

/** Links between two nodes of neighbouring columns, drawn as one ribbon. */
export interface FlowRibbon {
  readonly from: FlowNode;
  readonly to: FlowNode;
  readonly start: Extent;
  readonly end: Extent;
}

export interface FlowLayout extends FlowGraph {
  readonly axis: LayerAxis;
  readonly top: number;
  readonly bottom: number;
  readonly titleBaseline: number;
  readonly headerBaseline: number;
  readonly legendTop: number;
  readonly countBaseline: number;
  readonly nullBaseline: number;
  readonly names: NamePlan | null;
  readonly namesTop: number;
  readonly captionTop: number;
  readonly captionLines: readonly string[];
  /** Pixels for the whole mass of a map. */
  readonly scale: number;
  /** Width of a supersign's body. */
  readonly bodyWidth: number;
  /** Where every node is. A lane is as wide as a body, and is not drawn as one. */
  readonly boxes: ReadonlyMap<FlowNode, Box>;
  readonly threads: readonly PlacedThread[];
  readonly ribbons: readonly FlowRibbon[];
}

/** Where everything of the figure stands; the plot takes what the rest leaves of the height. */
export function flowLayout(data: FlowData, size: FigureSize): FlowLayout {
  const frame = frameOf(data, size);
  const { top, bottom } = frame;
  const room = bottom - top;
  const limits = { smallest: SMALLEST / (room * 0.8), most: Math.max(3, Math.floor(room / PER_BODY)) };
  const graph = data.linked
    ? flowGraph(data, data.linked, limits)
    : { columns: data.layers.map(() => []), threads: [], bodies: data.layers.map(() => []) };
  return { ...frame, ...graph, ...place(graph, frame) };
}

/** Natural height in pixels of the figure at this width. */
export function flowHeight(width: number, data: FlowData): number {
  const { captionTop, captionLines, top, bottom } = frameOf(data, { width, height: 0 });
  const caption = heightOfLines(captionLines.length);
  return Math.ceil(captionTop + caption + FOOT + PLOT - (bottom - top));
}

function frameOf(data: FlowData, size: FigureSize) {
  const axis = layerAxis(size.width, data.layers.length, axisMargins(size.width), data.span);
  const { names, namesHeight, captionLines, captionHeight } = belowChart(data, axis);
  const legendHeight = legendRows(data, size.width).length * LEGEND_LINE;
  const legendGap = names ? NAMES_GAP : 0;
  const titleHeight = data.title ? TITLE : 0;
  const top = titleHeight + (size.width < NARROW_WIDTH ? NARROW_HEADER : HEADER);
  const below = COUNTS + namesHeight + legendGap + legendHeight + captionHeight + FOOT;
  const bottom = Math.max(top + 80, size.height - below);
  const legendTop = bottom + COUNTS + namesHeight + legendGap;
  return {
    axis,
    top,
    bottom,
    titleBaseline: 15,
    headerBaseline: titleHeight + 12,
    legendTop,
    countBaseline: bottom + 19,
    nullBaseline: bottom + 33,
    names,
    namesTop: bottom + COUNTS + NAMES_GAP,
    captionTop: legendTop + legendHeight,
    captionLines,
  };
}

/** What a column is placed by, and what those behind it have come to. */
interface Placing extends FlowSizes {
  readonly arriving: ReadonlyMap<FlowNode, readonly FlowThread[]>;
  readonly leaving: ReadonlyMap<FlowNode, readonly FlowThread[]>;
  /** Where each thread is, by its layer from its first on. */
  readonly extents: ReadonlyMap<FlowThread, Extent[]>;
}

/** Column by column from the last: what a sign becomes decides where it stands. */
function place(graph: FlowGraph, { axis, top, bottom }: { axis: LayerAxis; top: number; bottom: number }) {
  const { columns } = graph;
  const sizes = sizesOf(graph, bottom - top);
  const extents = new Map<FlowThread, Extent[]>(graph.threads.map((thread) => [thread, []]));
  const placing: Placing = { ...sizes, ...threadOrder(graph), extents };
  const width = Math.max(2, Math.min(9, axis.step * 0.13));
  const boxes = new Map<FlowNode, Box>();
  for (let layer = columns.length - 1; layer >= 0; layer--) {
    const items = columns[layer].map((node) => stackItem(node, placing, top));
    placeStack(items, sizes.gaps[layer], { top, bottom }).forEach((y, i) => {
      const node = columns[layer][i];
      const { height } = items[i];
      boxes.set(node, { x: axis.x(layer) - width / 2, y, width, height });
      leave(node, y, placing);
      if (node.kind !== 'lane') arrive(node, { y, height }, placing);
    });
  }
  const threads = graph.threads.map((thread) => ({ ...thread, extents: extents.get(thread)! }));
  return { scale: sizes.scale, bodyWidth: width, boxes, threads, ribbons: ribbonsOf(threads) };
}

/** Where a node wants to stand: its threads level with where they go; without any, as high as its stack allows. */
function stackItem(node: FlowNode, { heightOf, heightIn, leaving, extents }: Placing, top: number) {
  let wish = 0;
  let weight = 0;
  let offset = 0;
  for (const thread of leaving.get(node) ?? []) {
    const own = heightIn(node, thread);
    const next = extents.get(thread)![node.layer + 1 - thread.link.from.layer];
    wish += (next.y + next.height / 2 - offset - own / 2) * own;
    weight += own;
    offset += own;
  }
  const height = heightOf(node);
  return weight > 0
    ? { height, wish: wish / weight, weight: Math.max(weight, INDIFFERENT) }
    : { height, wish: top, weight: INDIFFERENT };
}

/** Lays the threads that leave a node one below the other, from its upper end. */
function leave(node: FlowNode, y: number, { heightIn, leaving, extents }: Placing): void {
  let at = y;
  for (const thread of leaving.get(node) ?? []) {
    const height = heightIn(node, thread);
    extents.get(thread)![node.layer - thread.link.from.layer] = { y: at, height };
    at += height;
  }
}

/** Lays the threads that arrive at a body one below the other. */
function arrive(node: FlowNode, { y, height: held }: Extent, { scale, arriving, extents }: Placing): void {
  const threads = arriving.get(node) ?? [];
  const total = threads.reduce((sum, { mass }) => sum + mass * scale, 0);
  // More may arrive than the body holds of its own, much leaner, map: then all that arrives is squeezed.
  const fit = total > held ? held / total : 1;
  let at = y;
  for (const thread of threads) {
    const height = thread.mass * scale * fit;
    extents.get(thread)![node.layer - thread.link.from.layer] = { y: at, height };
    at += height;
  }
}

/** How high everything is, in pixels. */
interface FlowSizes {
  /** Pixels for the whole mass of a map. */
  readonly scale: number;
  /** Between the nodes of each column. */
  readonly gaps: readonly number[];
  heightOf(node: FlowNode): number;
  /** Of a thread where it leaves a node. */
  heightIn(node: FlowNode, thread: FlowThread): number;
}

/** One scale for all bodies, such that every column fits; lanes share what their column leaves them. */
function sizesOf(graph: FlowGraph, room: number): FlowSizes {
  const { columns } = graph;
  const carried = massOfLanes(graph);
  const gaps = columns.map((nodes) =>
    nodes.length > 1 ? Math.min(7, (room * GAPS) / (nodes.length - 1)) : 0,
  );
  const stacked = (layer: number, amount: (node: FlowNode) => number) =>
    columns[layer].reduce((sum, node) => sum + amount(node), 0);
  const bodiesIn = (layer: number) => stacked(layer, (node) => (node.kind === 'lane' ? 0 : node.share));
  const lanesIn = (layer: number) => stacked(layer, (node) => carried.get(node) ?? 0);
  const free = (layer: number) => room - gaps[layer] * Math.max(0, columns[layer].length - 1);
  const scale = Math.min(
    room,
    ...columns.map((_, layer) => {
      const bodies = bodiesIn(layer);
      const reserved = Math.min(room * LANES, lanesIn(layer) * room);
      return bodies > 0 ? (free(layer) - reserved) / bodies : room;
    }),
  );
  const squeeze = columns.map((_, layer) => {
    const lanes = lanesIn(layer) * scale;
    return lanes > 0 ? Math.min(1, (free(layer) - bodiesIn(layer) * scale) / lanes) : 1;
  });
  const factorOf = (node: FlowNode) => (node.kind === 'lane' ? squeeze[node.layer] : 1);
  return {
    scale,
    gaps,
    heightOf: (node) =>
      scale * (node.kind === 'lane' ? (carried.get(node) ?? 0) * factorOf(node) : node.share),
    heightIn: (node, { mass }) => mass * scale * factorOf(node),
  };
}

function massOfLanes({ threads }: FlowGraph): Map<FlowNode, number> {
  const carried = new Map<FlowNode, number>();
  for (const { path, mass } of threads) {
    for (const node of path.slice(1, -1)) carried.set(node, (carried.get(node) ?? 0) + mass);
  }
  return carried;
}

/** For every node the threads that arrive and that leave, from top to bottom. */
function threadOrder({ columns, threads }: FlowGraph) {
  const arriving = new Map<FlowNode, FlowThread[]>();
  const leaving = new Map<FlowNode, FlowThread[]>();
  const starting = new Map<FlowBody, Map<number, FlowThread>>();
  for (const thread of threads) {
    const body = thread.path[0] as FlowBody;
    starting.set(body, (starting.get(body) ?? new Map()).set(thread.link.from.sign, thread));
  }
  columns.forEach((nodes, layer) => {
    for (const node of nodes) {
      const own =
        node.kind === 'lane'
          ? (arriving.get(node) ?? [])
          : node.signs.flatMap((sign) => starting.get(node)?.get(sign) ?? []);
      leaving.set(node, own);
      for (const thread of own) {
        const next = thread.path[layer + 1 - thread.link.from.layer];
        arriving.set(next, [...(arriving.get(next) ?? []), thread]);
      }
    }
  });
  return { arriving, leaving };
}

/** Threads side by side between the same two nodes are one ribbon. */
function ribbonsOf(threads: readonly PlacedThread[]): FlowRibbon[] {
  const found = new Map<FlowNode, Map<FlowNode, { starts: Extent[]; ends: Extent[] }>>();
  for (const { path, extents } of threads) {
    for (let i = 0; i + 1 < path.length; i++) {
      const beyond = found.get(path[i]) ?? new Map();
      found.set(path[i], beyond);
      const ribbon = beyond.get(path[i + 1]) ?? { starts: [], ends: [] };
      beyond.set(path[i + 1], ribbon);
      ribbon.starts.push(extents[i]);
      ribbon.ends.push(extents[i + 1]);
    }
  }
  return [...found].flatMap(([from, beyond]) =>
    [...beyond].map(([to, { starts, ends }]) => ({ from, to, start: union(starts), end: union(ends) })),
  );
}

function union(extents: readonly Extent[]): Extent {
  const y = Math.min(...extents.map((extent) => extent.y));
  return { y, height: extents.reduce((sum, { height }) => sum + height, 0) };
}
