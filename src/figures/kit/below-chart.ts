import { heightOfLines, linesOfCaption } from './canvas-text';
import { type LayerAxis, layerAxis } from './layer-axis';
import { type NamePlan, planNames } from './layer-names';

/** Between a chart and the names of its layers, in pixels. */
export const NAMES_GAP = 6;

export interface BelowChart {
  readonly names: NamePlan | null;
  /** Room of the names in pixels, the gap above them included. */
  readonly namesHeight: number;
  readonly captionLines: readonly string[];
  /** Room of the caption in pixels, the gap above it included. */
  readonly captionHeight: number;
}

interface OnLayers {
  readonly layers: readonly { readonly name: string }[];
  readonly layerNames?: boolean;
  readonly selected: number | null;
  readonly caption?: string;
}

/** What a chart on the layer axis has below it, in files: the names of the layers, and a caption. */
export function belowChart(data: OnLayers, axis: LayerAxis): BelowChart {
  const names = data.layerNames
    ? planNames(
        data.layers.map(({ name }) => name),
        axis.step,
        data.selected,
      )
    : null;
  const captionLines = linesOfCaption(data.caption, axis.right - axis.left);
  return {
    names,
    namesHeight: names ? names.height + NAMES_GAP : 0,
    captionLines,
    captionHeight: heightOfLines(captionLines.length),
  };
}

/** Room of a title in files, in pixels. */
export const TITLE = 24;
const FOOT = 10;

/**
 * Where one plot on the layer axis lies, between what tells its lines and what is below it.
 * @param header room in pixels of what tells its lines; `plot` that of the plot
 */
export function plotOnLayers(
  data: OnLayers & { readonly title?: string },
  width: number,
  { header, plot }: { header: number; plot: number },
) {
  const axis = layerAxis(width, data.layers.length);
  const { names, namesHeight, captionLines, captionHeight } = belowChart(data, axis);
  const top = (data.title ? TITLE : 0) + header;
  const bottom = top + plot;
  const captionTop = bottom + namesHeight;
  return {
    ...{ axis, names, captionLines, top, bottom, captionTop },
    /** Natural height in pixels of the whole. */
    height: Math.ceil(captionTop + captionHeight + FOOT),
  };
}
