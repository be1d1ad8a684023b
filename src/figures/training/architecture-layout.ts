import { captionHeight } from '../kit/canvas-text';
import type { Box } from '../kit/figure-types';

export type DiagramKind = 'input' | 'convolution' | 'residual' | 'separable' | 'pooling' | 'dense' | 'output';

/** One thing that the diagram draws, in the order in which a picture passes it. */
export interface DiagramBlock {
  readonly kind: DiagramKind;
  /** Empty where it has none of its own, as a pooling. */
  readonly name: string;
  /** Channels, or numbers of a dense layer. */
  readonly width: number;
  /** Rows and columns of what it yields; 1 for a vector. */
  readonly side: number;
  /** Rows and columns of its filters; null where it has none. */
  readonly filter: number | null;
}

export interface ArchitectureDiagramData {
  readonly blocks: readonly DiagramBlock[];
  /** The block that is pointed out; null for none. */
  readonly selected: number | null;
  /** Blocks that are to be taken out or were added, for a figure of a search. */
  readonly marked?: { readonly index: number; readonly as: 'removed' | 'added' }[];
  readonly title?: string;
  readonly caption?: string;
}

/** A block's place: its front, and how far its oblique side reaches to the right and upwards. */
export interface PlacedBlock {
  readonly front: Box;
  /** Pixels; both 0 for a vector, which is flat. */
  readonly depth: { readonly across: number; readonly up: number };
  /** The column that belongs to it, for labels and for the pointer. */
  readonly column: Box;
}

export interface ArchitectureLayout {
  readonly blocks: readonly PlacedBlock[];
  readonly titleBaseline: number;
  /** Where the fronts stand. */
  readonly ground: number;
  readonly widthBaseline: number;
  readonly nameBaseline: number;
  readonly bracket: number;
  readonly captionTop: number;
  /** At least as wide as asked for; wider where the blocks need it. */
  readonly width: number;
  readonly height: number;
}

export const DIAGRAM_MARGIN = 14;
/** Height in pixels of the largest map. */
const TALLEST = 118;
const SHORTEST = 15;
/** Depth of a map for its height: across and upwards. */
const ACROSS = 0.34;
const UP = 0.2;
/** A column holds a name such as "conv1_1" at 10 px. */
const LEAST_COLUMN = 46;
const POOLING_COLUMN = 12;
const PLATE = 4;

const TITLE = 24;
const LABELS = 58;

/** Height in pixels of a map of `side` x `side`: areas, not sides, would leave the last stages too small to see. */
const heightOf = (side: number, largest: number) =>
  SHORTEST + (TALLEST - SHORTEST) * Math.sqrt(side / largest);

/** Height of a vector of `width` numbers. */
const vectorHeight = (width: number) =>
  Math.max(SHORTEST, Math.min(TALLEST * 0.9, 13 * Math.log2(1 + width)));

/** Thickness in pixels of a block of `width` channels, before it is fitted to the figure. */
function thicknessOf({ kind, width }: DiagramBlock): number {
  switch (kind) {
    case 'input':
    case 'pooling':
      return PLATE;
    case 'dense':
    case 'output':
      return 8;
    default:
      return 5 + 2.1 * Math.sqrt(width);
  }
}

/** Places the blocks from left to right at this width, in pixels. */
export function architectureLayout(data: ArchitectureDiagramData, width: number): ArchitectureLayout {
  const { blocks } = data;
  const largest = Math.max(1, ...blocks.map(({ side }) => side));
  const drawn = blocks.map((block) => {
    const flat = block.kind === 'dense' || block.kind === 'output';
    const height = flat ? vectorHeight(block.width) : heightOf(block.side, largest);
    const depth = flat ? { across: 0, up: 0 } : { across: height * ACROSS, up: height * UP };
    return { height, depth, thickness: thicknessOf(block) };
  });
  const needed = blocks.map(({ kind }, i) => {
    const { thickness, depth } = drawn[i];
    // What follows may stand before a part of the oblique side, as one box stands before another.
    const body = thickness + depth.across * 0.62 + 4;
    return kind === 'pooling' ? Math.max(POOLING_COLUMN, body) : Math.max(LEAST_COLUMN, body);
  });
  const total = needed.reduce((sum, each) => sum + each, 0) + 2 * DIAGRAM_MARGIN + 12;
  // Room to spare is shared out, but the blocks stay one figure.
  const spare = Math.max(0, Math.min(width - total, total * 0.35));
  const stretched = needed.filter((_, i) => blocks[i].kind !== 'pooling').length;
  const full = Math.max(width, total);
  const top = data.title ? TITLE : 6;
  const ground = top + TALLEST * (1 + UP) + 8;
  let x = DIAGRAM_MARGIN + Math.max(0, (full - total - spare) / 2);
  const placed = blocks.map(({ kind }, i): PlacedBlock => {
    const { height, depth, thickness } = drawn[i];
    const column = needed[i] + (kind === 'pooling' ? 0 : spare / Math.max(1, stretched));
    const left = x + (kind === 'pooling' ? 0 : Math.max(0, (column - thickness - depth.across * 0.62) / 2));
    // Maps stand centred on one line, as planes about one axis.
    const bottom = ground - (TALLEST - height) / 2;
    const front = { x: left, y: bottom - height, width: thickness, height };
    const box = { x, y: top, width: column, height: ground - top + LABELS };
    x += column;
    return { front, depth, column: box };
  });
  const labels = ground + LABELS;
  return {
    blocks: placed,
    titleBaseline: 14,
    ground,
    widthBaseline: ground + 16,
    nameBaseline: ground + 29,
    bracket: ground + 38,
    captionTop: labels,
    width: full,
    height: labels + captionHeight(data.caption, full - 2),
  };
}
