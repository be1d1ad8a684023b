import { captionHeight } from '../kit/canvas-text';
import { textWidth } from '../kit/chart-text';
import type { Box } from '../kit/figure-types';
import { axisMargins, freeMargins, type LayerAxis, layerAxis } from '../kit/layer-axis';
import { type NamePlan, planNames, thinLabels } from '../kit/layer-names';
import { formatSize } from '../kit/number-format';

/** Below this side a thumbnail shows nothing: of narrower columns only some have one, this wide. */
const SMALLEST = 18;
const THINNED = 30;
/** Side of the largest thumbnail: beyond it one would look at the large picture. */
const LARGEST = 112;
const TITLE = 24;
const NAME_GAP = 8;
const FRAME = 3;
const LINE = 14;
const EDGE = 4;
/** Size of the layers' sizes and values. */
export const SMALL = 10;
/** What an entropy takes, so that its row is there before it is computed. */
const USUAL_VALUE = '0.00';
/** Turned values stand so many pixels apart. */
const TURNED_STEP = SMALL + 1;

export interface FilmStripOptions {
  /** The layers' names: long ones are turned and take height. */
  readonly names?: readonly string[];
  /** Names of the layers in all rows, where the strip is one of them. */
  readonly allNames?: readonly string[];
  readonly selected?: number | null;
  /** What is written below each layer; empty for none. */
  readonly values?: readonly string[];
  /** Width over height of the network's input; 1 unless given. */
  readonly aspect?: number;
  /** Columns that there is room for, where they are more than the layers. */
  readonly columns?: number;
  /** Whether it stands by itself, not over charts on the same axis: narrow, it then needs no gutter. */
  readonly free?: boolean;
  readonly title?: string;
  readonly caption?: string;
}

/** How the values stand under columns they may not fit. */
export interface ValuePlan {
  /** Turned values read upwards; of those, too, only some may find room. */
  readonly turned: boolean;
  readonly labels: readonly string[];
}

export interface FilmStripLayout {
  readonly axis: LayerAxis;
  /** Natural height of the whole strip in pixels. */
  readonly height: number;
  /** One box a layer, the full height of its column: where a click selects it. */
  readonly boxes: readonly Box[];
  /** Where the thumbnails are; whole pixels, so that their edges are sharp. */
  readonly thumbnails: readonly Box[];
  /** The layers whose thumbnails are drawn: all, or as many as have room beside each other, the selected one among them. */
  readonly drawn: ReadonlySet<number>;
  readonly names: NamePlan;
  /** Baselines in pixels. */
  readonly nameBaseline: number;
  readonly sizeBaseline: number;
  readonly valueBaseline: number;
  readonly values: ValuePlan;
  readonly captionTop: number;
}

/** Geometry of the strip at this width. */
export function filmStripLayout(
  width: number,
  count: number,
  options: FilmStripOptions = {},
): FilmStripLayout {
  const margins = options.free ? freeMargins(width) : axisMargins(width);
  const axis = layerAxis(width, Math.max(count, options.columns ?? 0), margins);
  const aspect = options.aspect ?? 1;
  const natural = thumbnailSide(axis.step);
  const thinned = natural < SMALLEST && count > 1;
  const side = thinned ? THINNED : natural;
  const middle = (i: number) => {
    const room = thinned ? side / 2 : 0;
    return Math.max(axis.left + room, Math.min(axis.right - room, axis.x(i)));
  };
  const tall = Math.max(1, Math.round(side / aspect));
  const names = planNames(
    options.names ?? Array(count).fill(''),
    axis.step,
    options.selected,
    options.allNames,
  );
  const top = options.title ? TITLE : 0;
  const nameBaseline = top + EDGE + names.height - 2;
  const thumbnailTop = nameBaseline + NAME_GAP;
  const sizeBaseline = thumbnailTop + tall + FRAME + LINE - 1;
  const valueBaseline = sizeBaseline + LINE;
  const { extra, ...values } = planValues(options, axis);
  const bottom = valueBaseline + extra + EDGE + 2;
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
      x: Math.round(middle(i) - side / 2),
      y: thumbnailTop,
      width: side,
      height: tall,
    })),
    drawn: new Set(
      thinned
        ? thinLabels(
            Array.from({ length: count }, (_, i) => ({ at: middle(i), width: side })),
            2,
            options.selected,
          )
        : Array(count).keys(),
    ),
    names,
    nameBaseline,
    sizeBaseline,
    valueBaseline,
    values,
    captionTop: bottom,
  };
}

/** Values upright where all fit, else turned, in as many columns as there is room for; the selected one always. */
function planValues(
  { values = [], selected = null }: FilmStripOptions,
  axis: LayerAxis,
): ValuePlan & { extra: number } {
  const widest = Math.max(...[USUAL_VALUE, ...values].map((text) => textWidth(text, SMALL, 600)));
  if (widest + 4 <= axis.step) return { turned: false, labels: values, extra: 0 };
  const spans = values.map((_, i) => ({ at: axis.x(i), width: TURNED_STEP }));
  const kept = new Set(thinLabels(spans, 0, selected));
  return {
    turned: true,
    labels: values.map((text, i) => (kept.has(i) ? text : '')),
    extra: Math.ceil(widest) - SMALL + 2,
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
