import { captionHeight } from '../kit/canvas-text';
import type { SearchStrategy } from './search-strategies';

/** A network that a search trained. */
export interface TriedNetwork {
  /** Its place among the networks of its run, from 0, the one the search began with. */
  readonly id: number;
  /** The network it was made from; null for the first. */
  readonly parent: number | null;
  /** What was done to it: "− conv2_2", "+ conv3_3"; empty for the first. */
  readonly change: string;
  /** Share of held-out pictures named right; null while it is trained. */
  readonly accuracy: number | null;
  readonly parameters: number;
  /** Whether the search went on from it; null where that is not decided. */
  readonly kept: boolean | null;
}

/** One strategy with one seed. */
export interface SearchRun {
  readonly strategy: SearchStrategy;
  /** Place of the strategy, which gives its colour and mark. */
  readonly place: number;
  readonly seed: number;
  readonly networks: readonly TriedNetwork[];
}

export interface SearchTreeData {
  readonly runs: readonly SearchRun[];
  readonly title?: string;
  readonly caption?: string;
}

export interface PlacedNetwork {
  readonly network: TriedNetwork;
  readonly x: number;
  readonly y: number;
  /** Its area is proportional to the parameters. */
  readonly radius: number;
}

export interface SearchTreeLayout {
  readonly bands: readonly {
    readonly top: number;
    readonly trunk: number;
    readonly nodes: readonly PlacedNetwork[];
  }[];
  /** From one network to the next, in pixels. */
  readonly step: number;
  readonly gutter: number;
  readonly width: number;
  readonly bottom: number;
  readonly height: number;
}

const BAND = 112;
const TRUNK = 44;
/** How far refused networks hang below the trunk. */
const DROP = 30;
const LARGEST = 13;
const SMALLEST = 2.5;
/** A name such as "− conv2_2" fits. */
const LEAST_STEP = 58;
export const TREE_GUTTER = 126;
const NARROW_GUTTER = 12;
const NARROW = 560;
/** On a phone the strategies' names stand above their bands. */
const NAME_ROW = 18;

/** Places the networks of every run from left to right in the order they were tried. */
export function searchTreeLayout(data: SearchTreeData, width: number): SearchTreeLayout {
  const narrow = width < NARROW;
  const gutter = narrow ? NARROW_GUTTER : TREE_GUTTER;
  const most = Math.max(1, ...data.runs.map(({ networks }) => networks.length));
  const step = Math.max(LEAST_STEP, Math.min(104, (width - gutter - 16) / most));
  const full = Math.max(width, Math.ceil(gutter + most * step + 16));
  const largest = Math.max(
    1,
    ...data.runs.flatMap(({ networks }) => networks.map(({ parameters }) => parameters)),
  );
  const band = BAND + (narrow ? NAME_ROW : 0);
  const head = data.title ? 26 : 4;
  const bands = data.runs.map(({ networks }, i) => {
    const top = head + i * band;
    const trunk = top + TRUNK + (narrow ? NAME_ROW : 0);
    const nodes = networks.map((network, place): PlacedNetwork => {
      const radius = Math.max(SMALLEST, LARGEST * Math.sqrt(network.parameters / largest));
      const y = network.kept === false ? trunk + DROP : trunk;
      return { network, x: gutter + (place + 0.5) * step, y, radius };
    });
    return { top, trunk, nodes };
  });
  const bottom = head + data.runs.length * band;
  const height = bottom + captionHeight(data.caption, full - 2);
  return { bands, step, gutter, width: full, bottom, height };
}
