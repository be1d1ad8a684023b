import { say } from '../../text/say';
import { shortenText, textWidth, widthWithSpace } from '../kit/chart-text';
import { axisMargins } from '../kit/layer-axis';
import type { FlowData, FlowParts } from './flow-data';
import { WHOLE } from './flow-nodes';
import { OWN_COLOURS } from './sign-colours';

export const LEGEND_SIZE = 10.5;
/** Width of the little drawing before the words. */
export const GLYPH = 22;

/** What a body or ribbon looks like, or which colour it has: the rank of a final sign, -1 for none. */
export type LegendKind = 'supersign' | 'carried' | 'emerges' | 'dissolves' | 'gathered' | 'skips' | number;

export interface LegendEntry {
  readonly kind: LegendKind;
  readonly text: string;
  /** Where the entry begins in its row, in pixels of the figure. */
  readonly x: number;
}

const forms: readonly [LegendKind, string][] = [
  ['supersign', 'supersign, takes in several'],
  ['carried', 'carried, takes in one'],
  ['emerges', 'emerges'],
  ['dissolves', 'dissolves'],
  ['gathered', 'small signs, gathered'],
  ['skips', 'skips a layer'],
];

/** Longest name of a layer in pixels. */
const LONGEST_NAME = 110;

/** The legend in rows as wide as the figure: first the forms, then the colours. */
export function legendRows(data: FlowData, width: number): LegendEntry[][] {
  const margins = axisMargins(width);
  const [left, right] = [margins.left, width - margins.right];
  if (data.parts) return [...wrap(forms, left, right), ...wrap(partColours(data, data.parts), left, right)];
  const roots = data.layers.at(-1)?.signs ?? [];
  const room = right - left - GLYPH - textWidth(say('ends in sign 1 of {name}', { name: '' }), LEGEND_SIZE);
  const name = shortenText(data.layers.at(-1)?.name ?? '', room, LEGEND_SIZE);
  const colours = roots
    .slice(0, OWN_COLOURS)
    .map((_, rank): [LegendKind, string] => [
      rank,
      rank === 0 ? say('ends in sign 1 of {name}', { name }) : say('in sign {rank}', { rank: rank + 1 }),
    ]);
  if (roots.length > OWN_COLOURS) colours.push([OWN_COLOURS, say('in a further one')]);
  colours.push([-1, say('in none')]);
  return [...wrap(forms, left, right), ...wrap(colours, left, right)];
}

/** "part 1, taken in at conv5_1" for each part, then the whole, then what is small. */
function partColours({ layers }: FlowData, { list }: FlowParts): [LegendKind, string][] {
  const parts = list.map(({ into }, rank): [LegendKind, string] => [
    rank,
    say('part {rank}, taken in at {name}', {
      rank: rank + 1,
      name: shortenText(layers[into.layer].name, LONGEST_NAME, LEGEND_SIZE),
    }),
  ]);
  return [...parts, [WHOLE, say('the whole')], [-1, say('under 5 % of the mass, or no part')]];
}

function wrap(entries: readonly [LegendKind, string][], left: number, right: number): LegendEntry[][] {
  const rows: LegendEntry[][] = [];
  let x = Number.POSITIVE_INFINITY;
  for (const [kind, english] of entries) {
    const text = say(english);
    const words = textWidth(text, LEGEND_SIZE);
    if (x + GLYPH + words > right) {
      rows.push([]);
      x = left;
    }
    rows.at(-1)!.push({ kind, text, x });
    x += GLYPH + widthWithSpace(text, LEGEND_SIZE, { least: 14 });
  }
  return rows;
}
