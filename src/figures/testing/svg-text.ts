import { textWidth } from '../kit/chart-text';
import type { Box } from '../kit/figure-types';

/** A number among the attributes of a node. */
export const attribute = (node: Element, name: string) => Number(node.getAttribute(name));

/** Where a text stands, by the width table; turned groups hold texts anchored at their end. */
export function textBox(node: Element): { text: string; box: Box } {
  const text = node.textContent!;
  const size = attribute(node, 'font-size');
  const width = textWidth(text, size, node.getAttribute('font-weight') === '600' ? 600 : 400);
  const turned = node.parentElement?.getAttribute('transform')?.match(/translate\(([\d.]+) ([\d.]+)\)/);
  if (turned) {
    return {
      text,
      box: { x: Number(turned[1]) - size * 0.75, y: Number(turned[2]), width: size, height: width },
    };
  }
  const before = { start: 0, middle: width / 2, end: width }[node.getAttribute('text-anchor') ?? 'start']!;
  return {
    text,
    box: { x: attribute(node, 'x') - before, y: attribute(node, 'y') - size * 0.75, width, height: size },
  };
}
