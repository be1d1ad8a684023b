import type { SignRef, SignTree } from '../../semiotics';
import { heightOfLines, linesOfCaption } from '../kit/canvas-text';
import type { Box, FigureSize } from '../kit/figure-types';
import { freeMargins, type LayerAxis, layerAxis } from '../kit/layer-axis';
import { type NamePlan, planNames } from '../kit/layer-names';
import type { TreeData } from './superization-tree-data';
import { chooseSigns, type ShownSign } from './tree-choice';

const TITLE = 26;
const HEADER = 8;
/** Share of a column that its crops take; the links need the rest. */
const CROP = 0.7;
/** The same where columns are narrow: as much of them as leaves two crops apart. */
const NARROW_CROP = 0.86;
const SMALLEST_CROP = 24;
const LARGEST_CROP = 92;
/** Below a crop: share of mass and order. */
export const LABEL_LINE = 14;
const GAP = 9;
/** A node of gathered signs: their number and their share. */
const GATHERED = 26;
/** What a link needs where it passes a layer by. */
const LANE = 10;
const NAMES_GAP = 8;
const FOOT = 8;

/** A sign in its place. */
export interface PlacedSign {
  readonly sign: SignTree;
  /** The square that shows its part of the picture. */
  readonly crop: Box;
  /** What takes it in, within this tree; null for the root. */
  readonly parent: PlacedSign | null;
}

/** Signs gathered at the sign that takes them in. */
export interface PlacedOthers {
  readonly signs: readonly SignTree[];
  /** Where they stand: the last layer that holds one of them. */
  readonly layer: number;
  readonly box: Box;
  readonly parent: PlacedSign;
}

export interface TreeLayout {
  readonly axis: LayerAxis;
  readonly top: number;
  readonly titleBaseline: number;
  readonly names: NamePlan;
  readonly namesTop: number;
  readonly captionTop: number;
  readonly captionLines: readonly string[];
  /** The root first, then depth first. */
  readonly signs: readonly PlacedSign[];
  readonly others: readonly PlacedOthers[];
  /** Natural height in pixels of the whole figure. */
  readonly height: number;
}

/** Where everything of the figure stands: a sign in the column of its layer, no two over each other. */
export function treeLayout(data: TreeData, size: FigureSize): TreeLayout {
  const axis = layerAxis(size.width, data.layers.length, freeMargins(size.width), data.span);
  const side = Math.round(
    Math.max(Math.min(SMALLEST_CROP, axis.step * NARROW_CROP), Math.min(LARGEST_CROP, axis.step * CROP)),
  );
  const names = planNames(
    data.layers.map(({ name }) => name),
    axis.step,
    data.selected,
  );
  const captionLines = linesOfCaption(data.caption, axis.right - axis.left);
  const captionHeight = heightOfLines(captionLines.length);
  const top = HEADER + (data.title ? TITLE : 0);
  const below = NAMES_GAP + names.height + captionHeight + FOOT;
  const room = Math.max(size.height - top - below, side + LABEL_LINE);
  const share = ({ layer, sign }: SignRef) => data.layers[layer].signs[sign].share;
  const shown = chooseSigns(data.tree, share, (root) => heightOf(arrange(root, side)) <= room);
  const arranged = arrange(shown, side);
  const height = heightOf(arranged);
  const up = top - Math.min(...[...arranged.edges.values()].map((edge) => edge.top));
  const namesTop = top + height + NAMES_GAP;
  return {
    axis,
    top,
    titleBaseline: 15,
    names,
    namesTop,
    captionTop: namesTop + names.height,
    captionLines,
    ...placed(shown, arranged, axis, side, up),
    height: Math.ceil(top + height + below),
  };
}

/** Upper and lower end of what a branch has in one layer. */
interface Edge {
  top: number;
  bottom: number;
}

/** A branch: how high each of its nodes stands, and its outline, layer by layer. */
interface Branch {
  /** Middle of the crop of every sign, and of the node of its gathered parts. */
  heights: Map<ShownSign, { y: number; gathered: number }>;
  y: number;
  edges: Map<number, Edge>;
}

export const gatheredLayer = (signs: readonly SignTree[]) => Math.max(...signs.map(({ layer }) => layer));

/** Stacks the parts of a sign as close as their outlines allow; the sign stands in the middle of those that are drawn. */
function arrange(shown: ShownSign, side: number): Branch {
  const { layer } = shown.sign;
  const heights: Branch['heights'] = new Map();
  const edges: Branch['edges'] = new Map();
  const stack = (part: Map<number, Edge>): number => {
    let shift = 0;
    for (const [at, edge] of part) {
      const above = edges.get(at);
      if (above) shift = Math.max(shift, above.bottom + GAP - edge.top);
    }
    for (const [at, edge] of part) {
      const above = edges.get(at);
      edges.set(at, { top: above?.top ?? edge.top + shift, bottom: edge.bottom + shift });
    }
    return shift;
  };
  const lanes = (part: Map<number, Edge>, from: number, y: number) => {
    for (let between = from + 1; between < layer; between++) {
      part.set(between, { top: y - LANE / 2, bottom: y + LANE / 2 });
    }
  };
  const middles: number[] = [];
  for (const part of shown.parts) {
    const branch = arrange(part, side);
    lanes(branch.edges, part.sign.layer, branch.y);
    const shift = stack(branch.edges);
    for (const [node, at] of branch.heights) {
      heights.set(node, { y: at.y + shift, gathered: at.gathered + shift });
    }
    middles.push(branch.y + shift);
  }
  let gathered = 0;
  if (shown.gathered.length > 0) {
    const from = gatheredLayer(shown.gathered);
    const node = new Map([[from, { top: -GATHERED / 2, bottom: GATHERED / 2 }]]);
    lanes(node, from, 0);
    gathered = stack(node);
  }
  const y = middles.length > 0 ? (middles[0] + middles[middles.length - 1]) / 2 : gathered;
  heights.set(shown, { y, gathered });
  edges.set(layer, { top: y - side / 2, bottom: y + side / 2 + LABEL_LINE });
  return { heights, y, edges };
}

function heightOf({ edges }: Branch): number {
  const all = [...edges.values()];
  return Math.max(...all.map(({ bottom }) => bottom)) - Math.min(...all.map(({ top }) => top));
}

function placed(root: ShownSign, { heights }: Branch, axis: LayerAxis, side: number, up: number) {
  const signs: PlacedSign[] = [];
  const others: PlacedOthers[] = [];
  const place = (shown: ShownSign, parent: PlacedSign | null) => {
    const at = heights.get(shown) as { y: number; gathered: number };
    const x = axis.x(shown.sign.layer) - side / 2;
    const crop = { x, y: at.y + up - side / 2, width: side, height: side };
    const sign = { sign: shown.sign, crop, parent };
    signs.push(sign);
    for (const part of shown.parts) place(part, sign);
    if (shown.gathered.length === 0) return;
    const layer = gatheredLayer(shown.gathered);
    const box = {
      x: axis.x(layer) - side / 2,
      y: at.gathered + up - GATHERED / 2,
      width: side,
      height: GATHERED,
    };
    others.push({ signs: shown.gathered, layer, box, parent: sign });
  };
  place(root, null);
  return { signs, others };
}
