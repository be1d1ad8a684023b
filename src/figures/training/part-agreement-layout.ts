import { max } from 'd3-array';
import { type ScaleLinear, scaleLinear } from 'd3-scale';
import { belowChart, NAMES_GAP } from '../kit/below-chart';
import { heightOfLines } from '../kit/canvas-text';
import type { FigureSize } from '../kit/figure-types';
import { type LayerAxis, layerAxis, NARROW_WIDTH } from '../kit/layer-axis';
import type { NamePlan } from '../kit/layer-names';
import type { AgreementWith, PartAgreementData } from './part-agreement-data';

const TITLE = 24;
/** What is measured, above the first panel; on a phone the name of each panel stands above it. */
const HEADER = 20;
/** Between the panels: the layers' spatial sizes. */
const SIZES = 24;
const PLOT = 62;
const LEAST_PLOT = 32;
const FOOT = 8;

export interface AgreementPanel {
  readonly with: AgreementWith;
  readonly top: number;
  readonly bottom: number;
  /** Overlap to pixels; zero is at the bottom. */
  readonly y: ScaleLinear<number, number>;
  readonly headerBaseline: number;
}

export interface PartAgreementLayout {
  readonly axis: LayerAxis;
  /** Parts above, the object below. */
  readonly panels: readonly AgreementPanel[];
  readonly titleBaseline: number;
  readonly sizesBaseline: number;
  readonly names: NamePlan | null;
  readonly namesTop: number;
  readonly captionTop: number;
  readonly columnTop: number;
  /** Where the selected column ends: at the next row of the instrument, or above names and caption. */
  readonly columnEnd: number;
  readonly captionLines: readonly string[];
}

/** Where everything of the figure stands; the two panels share what the rest leaves of the height. */
export function partAgreementLayout(data: PartAgreementData, size: FigureSize): PartAgreementLayout {
  const axis = layerAxis(size.width, data.layers.length);
  const { names, namesHeight, captionLines, captionHeight } = belowChart(data, axis);
  const titleHeight = data.title ? TITLE : 0;
  const between = SIZES + (size.width < NARROW_WIDTH ? HEADER - 4 : 0);
  const around = titleHeight + HEADER + between + namesHeight + captionHeight + FOOT;
  const plot = Math.max(LEAST_PLOT, (size.height - around) / 2);
  const panel = (kind: AgreementWith, top: number): AgreementPanel => ({
    with: kind,
    top,
    bottom: top + plot,
    y: scaleLinear([0, ceiling(data, kind)], [top + plot, top]),
    headerBaseline: top - 8,
  });
  const first = panel('parts', titleHeight + HEADER);
  const second = panel('object', first.bottom + between);
  return {
    axis,
    panels: [first, second],
    titleBaseline: 15,
    sizesBaseline: first.bottom + 14,
    names,
    namesTop: second.bottom + NAMES_GAP,
    captionTop: second.bottom + namesHeight,
    columnTop: titleHeight,
    columnEnd: names || captionHeight ? second.bottom + namesHeight : size.height,
    captionLines,
  };
}

/** Natural height in pixels of the figure at this width, names, title and caption included. */
export function partAgreementHeight(width: number, data: PartAgreementData): number {
  const least = partAgreementLayout(data, { width, height: 0 });
  const caption = heightOfLines(least.captionLines.length);
  return Math.ceil(least.captionTop + caption + FOOT + 2 * (PLOT - LEAST_PLOT));
}

/** Round, at most 1, and never so low that noise looks like a match. */
function ceiling({ layers }: PartAgreementData, kind: AgreementWith): number {
  const values = layers.flatMap((layer) => {
    const agreement = layer[kind];
    return agreement ? [agreement.value, agreement.null.mean + 2 * agreement.null.sd] : [];
  });
  const [, to] = scaleLinear([0, Math.max(0.2, max(values) ?? 0)], [0, 1])
    .nice(4)
    .domain();
  return Math.min(1, to);
}
