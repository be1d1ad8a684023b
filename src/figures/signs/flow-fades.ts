import type { FigureTheme } from '../kit/figure-theme';
import { round, type SvgGroup } from '../kit/svg-nodes';
import type { FlowLayout } from './flow-layout';

/** Gradients that begin or end in nothing, made as they are needed. */
export function drawFades(root: SvgGroup, layout: FlowLayout, theme: FigureTheme) {
  const definitions = root.append('defs');
  const group = root.append('g').attr('class', 'fades');
  const known = new Map<string, string>();
  const gradient = (colour: string, towards: 'in' | 'out') => {
    const key = `${towards}${colour}`;
    const id = known.get(key) ?? `flow-${theme.name}-${towards}-${known.size}`;
    if (!known.has(key)) {
      known.set(key, id);
      const stops = definitions.append('linearGradient').attr('id', id);
      const strong = 0.8;
      [0, 1].forEach((offset) => {
        stops
          .append('stop')
          .attr('offset', offset)
          .attr('stop-color', colour)
          .attr('stop-opacity', (towards === 'in') === (offset === 1) ? strong : 0);
      });
    }
    return `url(#${id})`;
  };
  const draw = (x: number, width: number, bottom: number, height: number, fill: string) => {
    if (height <= 0) return;
    group
      .append('rect')
      .attr('x', round(x))
      .attr('y', round(bottom - height))
      .attr('width', round(width))
      .attr('height', round(height))
      .attr('fill', fill);
  };
  const { step } = layout.axis;
  const [before, after] = [Math.min(12, step * 0.16), Math.min(26, step * 0.34)];
  return {
    in: (x: number, bottom: number, height: number, colour: string) =>
      draw(x - before, before, bottom, height, gradient(colour, 'in')),
    out: (x: number, bottom: number, height: number, colour: string) =>
      draw(x, after, bottom, height, gradient(colour, 'out')),
  };
}
