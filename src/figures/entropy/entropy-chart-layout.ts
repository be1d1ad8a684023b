import { type ScaleLinear, scaleLinear } from 'd3-scale';
import { belowChart, NAMES_GAP } from '../kit/below-chart';
import { heightOfLines } from '../kit/canvas-text';
import type { FigureSize } from '../kit/figure-types';
import { type LayerAxis, layerAxis } from '../kit/layer-axis';
import type { NamePlan } from '../kit/layer-names';
import type { EntropyChartData } from './entropy-chart-data';
import { entropyDomainOf } from './entropy-domain';
import { structureDomain } from './structure-axis';

const TITLE = 24;
/** The measure's name above the plot. */
const HEADER = 22;
const PLOT = 88;
/** Between the panels: the layers' spatial sizes. */
const SIZES = 24;
const STRUCTURE = 38;
const FOOT = 8;

export interface EntropyChartLayout {
  readonly axis: LayerAxis;
  /** Entropy to pixels; its range is the plot's bottom and top. */
  readonly y: ScaleLinear<number, number>;
  /** Structure to pixels; what lies beyond the axis ends with it. */
  readonly structure: ScaleLinear<number, number>;
  readonly titleBaseline: number;
  readonly headerBaseline: number;
  readonly top: number;
  readonly bottom: number;
  readonly sizesBaseline: number;
  readonly structureTop: number;
  readonly structureBottom: number;
  /** Names along the bottom; null where they are not asked for. */
  readonly names: NamePlan | null;
  readonly namesTop: number;
  readonly captionTop: number;
  /** Where the selected column ends: at the next row of the instrument, or above names and caption. */
  readonly columnEnd: number;
  readonly captionLines: readonly string[];
}

/** Where everything of the chart stands; the plot takes what the rest leaves of the height. */
export function entropyChartLayout(data: EntropyChartData, size: FigureSize): EntropyChartLayout {
  const axis = layerAxis(size.width, data.layers.length);
  const { names, namesHeight, captionLines, captionHeight } = belowChart(data, axis);
  const titleHeight = data.title ? TITLE : 0;
  const top = titleHeight + HEADER;
  const around = top + SIZES + STRUCTURE + namesHeight + captionHeight + FOOT;
  const bottom = top + Math.max(40, size.height - around);
  const structureTop = bottom + SIZES;
  const structureBottom = structureTop + STRUCTURE;
  return {
    axis,
    y: scaleLinear(entropyDomain(data), [bottom, top]),
    structure: scaleLinear(structureDomain(structures(data)), [structureBottom, structureTop]).clamp(true),
    titleBaseline: 15,
    headerBaseline: titleHeight + 12,
    top,
    bottom,
    sizesBaseline: bottom + 14,
    structureTop,
    structureBottom,
    names,
    namesTop: structureBottom + NAMES_GAP,
    captionTop: structureBottom + namesHeight,
    columnEnd: names || captionHeight ? structureBottom + namesHeight : size.height,
    captionLines,
  };
}

/** Natural height in pixels of the chart at this width, names, title and caption included. */
export function entropyChartHeight(width: number, data: EntropyChartData): number {
  // With no height at all the plot takes its least; the natural plot is that much taller.
  const least = entropyChartLayout(data, { width, height: 0 });
  const captionHeight = heightOfLines(least.captionLines.length);
  return Math.ceil(least.captionTop + captionHeight + FOOT + PLOT - (least.bottom - least.top));
}

function entropyDomain(data: EntropyChartData): [number, number] {
  const values = data.layers.flatMap((layer) => [
    ...(layer.value === null || layer.outcome === 'none' ? [] : [layer.value]),
    ...(layer.null ? [layer.null.mean - 2 * layer.null.sd, layer.null.mean + 2 * layer.null.sd] : []),
  ]);
  return entropyDomainOf(values, data.measure.unit);
}

const structures = ({ layers }: EntropyChartData) =>
  layers.flatMap(({ structure }) => (structure === null ? [] : [structure]));
