import { captionHeight } from './canvas-text';
import { formatSize } from './format';
import { type LayerAxis, layerAxis } from './layer-axis';
import { type NamePlan, planNames } from './layer-names';
import type { Box } from './types';

/** Side of the largest thumbnail: beyond it one would look at the large picture. */
const LARGEST = 112;
const TITLE = 24;
const NAME_GAP = 8;
const FRAME = 3;
const LINE = 14;
const EDGE = 4;

export interface FilmStripOptions {
  /** The layers' names: long ones are turned and take height. */
  readonly names?: readonly string[];
  readonly selected?: number | null;
  /** Width over height of the network's input; 1 unless given. */
  readonly aspect?: number;
  readonly title?: string;
  readonly caption?: string;
}

export interface FilmStripLayout {
  readonly axis: LayerAxis;
  /** Natural height of the whole strip in pixels. */
  readonly height: number;
  /** One box a layer, the full height of its column: where a click selects it. */
  readonly boxes: readonly Box[];
  /** Where the thumbnails are; whole pixels, so that their edges are sharp. */
  readonly thumbnails: readonly Box[];
  readonly names: NamePlan;
  /** Baselines in pixels. */
  readonly nameBaseline: number;
  readonly sizeBaseline: number;
  readonly valueBaseline: number;
  readonly captionTop: number;
}

/** Geometry of the strip at this width. */
export function filmStripLayout(
  width: number,
  count: number,
  options: FilmStripOptions = {},
): FilmStripLayout {
  const axis = layerAxis(width, count);
  const aspect = options.aspect ?? 1;
  const side = thumbnailSide(axis.step);
  const tall = Math.max(1, Math.round(side / aspect));
  const names = planNames(options.names ?? Array(count).fill(''), axis.step, options.selected);
  const top = options.title ? TITLE : 0;
  const nameBaseline = top + EDGE + names.height - 2;
  const thumbnailTop = nameBaseline + NAME_GAP;
  const sizeBaseline = thumbnailTop + tall + FRAME + LINE - 1;
  const valueBaseline = sizeBaseline + LINE;
  const bottom = valueBaseline + EDGE + 2;
  return {
    axis,
    height: bottom + captionHeight(options.caption, axis.right - axis.left),
    boxes: Array.from({ length: count }, (_, i) => ({
      x: axis.left + i * axis.step,
      y: top,
      width: axis.step,
      height: bottom - top,
    })),
    thumbnails: Array.from({ length: count }, (_, i) => ({
      x: Math.round(axis.x(i) - side / 2),
      y: thumbnailTop,
      width: side,
      height: tall,
    })),
    names,
    nameBaseline,
    sizeBaseline,
    valueBaseline,
    captionTop: bottom,
  };
}

/** Whole pixels; three pixels between neighbours for the selected one's frame, more where there is room. */
function thumbnailSide(step: number): number {
  const gap = Math.max(Math.min(3, step / 4), Math.min(step * 0.26 - 4, 24));
  return Math.max(1, Math.floor(Math.min(LARGEST, step - gap)));
}

/** Indices where the spatial size changes: the first layer of every size. */
export function sizeRuns(
  layers: readonly { width: number; height: number }[],
): { at: number; text: string }[] {
  return layers
    .map((layer, at) => ({ at, text: formatSize(layer.width, layer.height) }))
    .filter(({ at, text }, i, all) => at === 0 || all[i - 1].text !== text);
}
