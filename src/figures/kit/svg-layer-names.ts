import type { FigureTheme } from './figure-theme';
import type { LayerAxis } from './layer-axis';
import { NAME_SIZE, type NamePlan } from './layer-names';
import { appendText, round, type SvgGroup } from './svg-nodes';

/** Writes the layers' names below a chart, as planned; nothing where none are. */
export function appendLayerNames(
  group: SvgGroup,
  names: NamePlan | null,
  axis: LayerAxis,
  top: number,
  selected: number | null,
  theme: FigureTheme,
): void {
  names?.labels.forEach((text, i) => {
    if (!text || !axis.shows(i)) return;
    const chosen = i === selected;
    const x = axis.x(i);
    const style = {
      size: NAME_SIZE,
      weight: chosen ? 600 : 400,
      colour: chosen ? theme.ink : theme.soft,
    } as const;
    if (!names.turned) {
      appendText(group, text, x, top + NAME_SIZE, { ...style, anchor: 'middle' });
      return;
    }
    const turned = group
      .append('g')
      .attr('transform', `translate(${round(x + NAME_SIZE * 0.36)} ${round(top)}) rotate(-90)`);
    appendText(turned, text, 0, 0, { ...style, anchor: 'end' });
  });
}
