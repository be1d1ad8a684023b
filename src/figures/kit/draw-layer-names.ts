import { drawText } from './canvas-text';
import type { FigureTheme } from './figure-theme';
import type { Context2D } from './figure-types';
import type { LayerAxis } from './layer-axis';
import { NAME_SIZE, type NamePlan } from './layer-names';

/** Writes the layers' names over their columns, upright or turned as planned; the selected one stands out. */
export function drawLayerNames(
  ctx: Context2D,
  names: NamePlan,
  axis: LayerAxis,
  baseline: number,
  selected: number | null,
  theme: FigureTheme,
): void {
  names.labels.forEach((label, i) => {
    const chosen = i === selected;
    const style = {
      size: NAME_SIZE,
      weight: chosen ? 600 : 400,
      colour: chosen ? theme.ink : theme.soft,
    } as const;
    if (!names.turned) {
      drawText(ctx, label, axis.x(i), baseline, { ...style, align: 'center' }, theme);
    } else if (label) {
      ctx.save();
      ctx.translate(axis.x(i) + NAME_SIZE * 0.36, baseline);
      ctx.rotate(-Math.PI / 2);
      drawText(ctx, label, 0, 0, style, theme);
      ctx.restore();
    }
  });
}
