import { extent } from 'd3-array';
import { type ScaleLinear, scaleLinear } from 'd3-scale';
import { belowChart, NAMES_GAP } from '../kit/below-chart';
import type { FigureSize } from '../kit/figure-types';
import { type LayerAxis, layerAxis, NARROW_WIDTH } from '../kit/layer-axis';
import type { NamePlan } from '../kit/layer-names';
import type { ChangeChartData, ChangeSplit } from './change-chart-data';

const TITLE = 24;
/** Where steps of superization are marked; on a phone the row's name stands above it. */
const MARKS = 16;
const HEADER = 16;
const PLOT = 78;
const FOOT = 8;

export interface ChangeChartLayout {
  readonly axis: LayerAxis;
  /** Bits to pixels. */
  readonly y: ScaleLinear<number, number>;
  readonly titleBaseline: number;
  readonly headerBaseline: number;
  readonly markY: number;
  readonly top: number;
  readonly bottom: number;
  /** Width of one bar, and the distance of the two of a step. */
  readonly barWidth: number;
  readonly barGap: number;
  readonly names: NamePlan | null;
  readonly namesTop: number;
  readonly captionTop: number;
  /** Where the selected column ends: at the next row of the instrument, or above names and caption. */
  readonly columnEnd: number;
  readonly captionLines: readonly string[];
  readonly captionHeight: number;
  /** Middle of the step from layer `i - 1` to layer `i`: the border of their columns. */
  stepX(i: number): number;
}

/** Where everything of the chart stands; the plot takes what the rest leaves of the height. */
export function changeChartLayout(data: ChangeChartData, size: FigureSize): ChangeChartLayout {
  const axis = layerAxis(size.width, data.layers.length);
  const { names, namesHeight, captionLines, captionHeight } = belowChart(data, axis);
  const titleHeight = data.title ? TITLE : 0;
  const header = size.width < NARROW_WIDTH || data.title ? HEADER : 0;
  const top = titleHeight + header + MARKS;
  const bottom = Math.max(top + 40, size.height - FOOT - captionHeight - namesHeight);
  const barWidth = Math.max(1.5, Math.min(9, axis.step * 0.14));
  return {
    axis,
    y: scaleLinear(domain(data), [bottom, top]),
    titleBaseline: 15,
    headerBaseline: titleHeight + 12,
    markY: top - 9,
    top,
    bottom,
    barWidth,
    barGap: Math.max(0.5, barWidth * 0.45),
    names,
    namesTop: bottom + NAMES_GAP,
    captionTop: bottom + namesHeight,
    columnEnd: names || captionHeight ? bottom + namesHeight : size.height,
    captionLines,
    captionHeight,
    stepX: (i) => axis.left + i * axis.step,
  };
}

/** Natural height in pixels of the chart at this width. */
export function changeChartHeight(width: number, data: ChangeChartData): number {
  const { captionTop, captionHeight, top, bottom } = changeChartLayout(data, { width, height: 0 });
  return Math.ceil(captionTop + captionHeight + FOOT + PLOT - (bottom - top));
}

/** Zero always, and never so narrow that noise looks like a change. */
function domain({ layers }: ChangeChartData): [number, number] {
  const parts = (split: ChangeSplit | null) => (split ? [split.classFormation, split.complexFormation] : []);
  const values = layers.flatMap(({ step }) => (step ? [...parts(step), ...parts(step.null)] : []));
  const [least, most] = extent(values);
  const reach = Math.max(0.1, -(least ?? -1), most ?? 1);
  const [from, to] = scaleLinear(
    [Math.min(-reach * 0.2, least ?? -1), Math.max(reach * 0.2, most ?? 1)],
    [0, 1],
  )
    .nice(4)
    .domain();
  return [from, to];
}
