import { counted } from '../../text/counted';
import { say } from '../../text/say';
import { linesOfCaption } from '../kit/canvas-text';
import { appendCaption } from '../kit/chart-frame';
import { shortenText, textWidth } from '../kit/chart-text';
import type { FigureTheme } from '../kit/figure-theme';
import type { FigureSize } from '../kit/figure-types';
import { formatSize } from '../kit/number-format';
import { appendLine, appendText, figureSvg, round, type SvgGroup } from '../kit/svg-nodes';
import {
  type ArchitectureDiagramData,
  type ArchitectureLayout,
  architectureLayout,
  type DiagramBlock,
  type DiagramKind,
  type PlacedBlock,
} from './architecture-layout';

type Corner = readonly [x: number, y: number];

/** What the kinds are drawn in; fills only. */
const fillOf = (kind: DiagramKind, theme: FigureTheme): string =>
  ({
    input: theme.nullLine,
    convolution: theme.blue,
    residual: theme.amber,
    separable: theme.amberInk,
    pooling: theme.grey,
    dense: theme.nullLine,
    output: theme.accent,
  })[kind];

/** Draws a network as a row of boxes: as high as its maps, as thick as it has channels. */
export function architectureDiagram(
  document: Document,
  data: ArchitectureDiagramData,
  size: FigureSize,
  theme: FigureTheme,
): SVGSVGElement {
  const layout = architectureLayout(data, size.width);
  const { node, root } = figureSvg(
    document,
    { width: layout.width, height: Math.max(size.height, layout.height) },
    theme,
    { title: data.title ?? 'Architecture', description: inWords(data) },
  );
  if (data.title) {
    appendText(root, data.title, 2, layout.titleBaseline, { size: 13, weight: 600, colour: theme.ink });
  }
  drawSelection(root, data, layout, theme);
  drawAxis(root, layout, theme);
  data.blocks.forEach((block, i) => {
    const mark = data.marked?.find(({ index }) => index === i)?.as;
    drawBlock(root, block, layout.blocks[i], { selected: i === data.selected, mark }, theme);
  });
  drawLabels(root, data, layout, theme);
  drawStages(root, data, layout, theme);
  if (data.caption) {
    appendCaption(root, linesOfCaption(data.caption, layout.width - 2), 0, layout.captionTop, theme);
  }
  return node;
}

function drawSelection(
  root: SvgGroup,
  { selected }: ArchitectureDiagramData,
  { blocks }: ArchitectureLayout,
  theme: FigureTheme,
): void {
  if (selected === null || !blocks[selected]) return;
  const { column } = blocks[selected];
  root
    .append('rect')
    .attr('class', 'selected-column')
    .attr('x', round(column.x))
    .attr('y', round(column.y))
    .attr('width', round(column.width))
    .attr('height', round(column.height - 18))
    .attr('rx', 3)
    .attr('fill', theme.accentSoft);
}

/** The line a picture travels along, behind the boxes. */
function drawAxis(root: SvgGroup, { blocks }: ArchitectureLayout, theme: FigureTheme): void {
  const [first] = blocks;
  const last = blocks.at(-1);
  if (!first || !last || first === last) return;
  const y = first.front.y + first.front.height / 2;
  const end = last.column.x + last.column.width;
  appendLine(root, [first.front.x, y], [end, y], theme.rule);
  root
    .append('path')
    .attr('d', `M${round(end)} ${round(y - 3)}l5 3l-5 3z`)
    .attr('fill', theme.rule);
}

const polygon = (corners: readonly Corner[]) =>
  `M${corners.map(([x, y]) => `${round(x)} ${round(y)}`).join('L')}Z`;

function drawBlock(
  root: SvgGroup,
  { kind, name }: DiagramBlock,
  { front, depth }: PlacedBlock,
  { selected, mark }: { selected: boolean; mark?: 'removed' | 'added' },
  theme: FigureTheme,
): void {
  const { x, y, width, height } = front;
  const back = (px: number, py: number): Corner => [px + depth.across, py - depth.up];
  const right = x + width;
  const bottom = y + height;
  const outline: Corner[] = [
    [x, bottom],
    [x, y],
    back(x, y),
    back(right, y),
    back(right, bottom),
    [right, bottom],
  ];
  const group = root.append('g').attr('class', `block ${kind}${mark ? ` ${mark}` : ''}`);
  if (name) group.attr('data-block', name);
  const fill = fillOf(kind, theme);
  const face = (corners: readonly Corner[], opacity: number) =>
    group
      .append('path')
      .attr('d', polygon(corners))
      .attr('fill', mark === 'removed' ? theme.grey : fill)
      .attr('fill-opacity', opacity);
  group.append('path').attr('d', polygon(outline)).attr('fill', theme.paper);
  const fainter = mark === 'removed' ? 0.35 : 1;
  face(
    [
      [x, y],
      [right, y],
      [right, bottom],
      [x, bottom],
    ],
    0.92 * fainter,
  );
  if (depth.across > 0) {
    face([[x, y], back(x, y), back(right, y), [right, y]], 0.45 * fainter);
    face([[right, y], back(right, y), back(right, bottom), [right, bottom]], 0.66 * fainter);
    group
      .append('path')
      .attr(
        'd',
        `M${round(x)} ${round(y)}H${round(right)}V${round(bottom)}M${round(right)} ${round(y)}l${round(depth.across)} ${round(-depth.up)}`,
      )
      .attr('fill', 'none')
      .attr('stroke', theme.paper)
      .attr('stroke-opacity', 0.7)
      .attr('stroke-width', 0.75);
  }
  if (kind === 'residual') drawShortcut(group, front, depth, theme);
  const edge = selected || mark === 'added' ? theme.accent : mark === 'removed' ? theme.soft : theme.paper;
  const line = group
    .append('path')
    .attr('class', 'outline')
    .attr('d', polygon(outline))
    .attr('fill', 'none')
    .attr('stroke', edge)
    .attr('stroke-width', selected || mark ? 1.75 : 0.75)
    .attr('stroke-linejoin', 'round');
  if (mark === 'removed') line.attr('stroke-dasharray', '3 3');
}

/** The way round a residual block, over it. */
function drawShortcut(
  group: SvgGroup,
  { x, y, width }: PlacedBlock['front'],
  { across, up }: PlacedBlock['depth'],
  theme: FigureTheme,
): void {
  const from = x + across / 2 - 4;
  const to = x + width + across / 2 + 4;
  const top = y - up / 2;
  const lift = Math.min(16, 9 + (to - from) * 0.12);
  group
    .append('path')
    .attr('class', 'shortcut')
    .attr(
      'd',
      `M${round(from)} ${round(top)}C${round(from)} ${round(top - lift)} ${round(to)} ${round(top - lift)} ${round(to)} ${round(top)}`,
    )
    .attr('fill', 'none')
    .attr('stroke', theme.amberInk)
    .attr('stroke-width', 1.5);
  group
    .append('circle')
    .attr('cx', round(to))
    .attr('cy', round(top))
    .attr('r', 2.2)
    .attr('fill', theme.amberInk);
}

/** Channels and name below every block. */
function drawLabels(
  root: SvgGroup,
  { blocks, selected }: ArchitectureDiagramData,
  layout: ArchitectureLayout,
  theme: FigureTheme,
): void {
  const group = root.append('g').attr('class', 'labels');
  blocks.forEach(({ kind, name, width }, i) => {
    if (kind === 'pooling') return;
    const { column } = layout.blocks[i];
    const x = column.x + column.width / 2;
    const chosen = i === selected;
    const text = kind === 'input' ? 'RGB' : String(width);
    appendText(group, text, x, layout.widthBaseline, {
      size: 11,
      weight: 600,
      colour: chosen ? theme.accent : theme.ink,
      anchor: 'middle',
    });
    appendText(group, shortenText(name, column.width - 2, 10), x, layout.nameBaseline, {
      size: 10,
      colour: chosen ? theme.ink : theme.faint,
      anchor: 'middle',
    });
  });
}

interface Run {
  readonly from: number;
  readonly to: number;
  readonly side: number;
}

/** Neighbouring blocks whose maps have one size. */
function runsOf(blocks: readonly DiagramBlock[]): Run[] {
  const runs: Run[] = [];
  blocks.forEach(({ kind, side }, i) => {
    if (kind === 'pooling') return;
    const last = runs.at(-1);
    if (last && last.side === side) runs[runs.length - 1] = { ...last, to: i };
    else runs.push({ from: i, to: i, side });
  });
  return runs;
}

/** A bracket below the blocks of one spatial size, with the size. */
function drawStages(
  root: SvgGroup,
  { blocks }: ArchitectureDiagramData,
  layout: ArchitectureLayout,
  theme: FigureTheme,
): void {
  const group = root.append('g').attr('class', 'stages');
  for (const { from, to, side } of runsOf(blocks)) {
    const left = layout.blocks[from].column.x + 4;
    const right = layout.blocks[to].column.x + layout.blocks[to].column.width - 4;
    const vector = side === 1 && ['dense', 'output'].includes(blocks[from].kind);
    const text = vector ? say('vector') : formatSize(side, side);
    const y = layout.bracket;
    group
      .append('path')
      .attr('d', `M${round(left)} ${y - 3}V${y}H${round(right)}V${y - 3}`)
      .attr('fill', 'none')
      .attr('stroke', theme.nullLine)
      .attr('stroke-width', 1);
    if (textWidth(text, 10) <= right - left + 8) {
      appendText(group, text, (left + right) / 2, y + 12, { size: 10, colour: theme.soft, anchor: 'middle' });
    }
  }
}

/** The network, read aloud. */
function inWords({ blocks }: ArchitectureDiagramData): string {
  const parts = blocks
    .filter(({ kind }) => kind !== 'pooling')
    .map(({ kind, name, width, side }) => {
      switch (kind) {
        case 'input':
          return say('a picture of {side} by {side2} pixels', { side, side2: side });
        case 'dense':
          return `${name}, ${counted(width, 'number')}`;
        case 'output':
          return counted(width, 'class', 'classes');
        default:
          return say('{name}, {channels} of {side} by {side2}', {
            name,
            channels: counted(width, 'channel'),
            side,
            side2: side,
          });
      }
    });
  return `${parts.join('; ')}.`;
}
