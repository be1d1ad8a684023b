import type { SignRef, SignTree } from '../../semiotics';
import { counted } from '../../text/counted';
import { say } from '../../text/say';
import { appendCaption } from '../kit/chart-frame';
import { textWidth } from '../kit/chart-text';
import type { FigureTheme } from '../kit/figure-theme';
import type { FigureSize } from '../kit/figure-types';
import { LABEL_X, NARROW_WIDTH } from '../kit/layer-axis';
import { appendLayerNames } from '../kit/svg-layer-names';
import { appendText, cutOff, figureSvg, round, type SvgGroup, TABULAR } from '../kit/svg-nodes';
import { outlinePath } from './outline-path';
import { signColour } from './sign-colours';
import type { TreeData } from './superization-tree-data';
import { LABEL_LINE, type PlacedSign, type TreeLayout, treeLayout } from './superization-tree-layout';
import { cropAround } from './tree-crop';

/** Cover of the picture around a sign. */
const DIMMED = 0.62;
/** A link's colour over paper, and that of one that skips layers. */
const LINK = 0.7;
const SKIPPING = 0.38;
const SMALL = 10;

/**
 * Draws a sign and all that it was aggregated from, back to the first layer: at each sign the part of the picture it lies on,
 * in the column of its layer. A link is as thick as its sign's share of mass, and paler where it skips layers.
 */
export function superizationTree(
  document: Document,
  data: TreeData,
  size: FigureSize,
  theme: FigureTheme,
  layout: TreeLayout = treeLayout(data, size),
): SVGSVGElement {
  const { node, root } = figureSvg(document, size, theme, {
    title: say('Superization tree'),
    description: treeInWords(data),
  });
  const { axis } = layout;
  const plot = data.span ? cutOff(root, axis, size.height) : root;
  if (data.selected !== null && data.layers[data.selected]) {
    const from = data.title ? layout.top - 8 : 0;
    plot
      .append('rect')
      .attr('class', 'column')
      .attr('x', round(axis.x(data.selected) - axis.step / 2))
      .attr('y', from)
      .attr('width', round(axis.step))
      .attr('height', round(layout.captionTop + 4 - from))
      .attr('fill', theme.accentSoft);
  }
  // Every crop shows a part of the one picture, which the file holds once.
  root
    .append('defs')
    .append('image')
    .attr('id', 'tree-picture')
    .attr('href', data.picture)
    .attr('width', data.grid.width)
    .attr('height', data.grid.height)
    .attr('preserveAspectRatio', 'none');
  drawLinks(plot, data, layout, theme);
  drawOthers(plot, data, layout, theme);
  drawSigns(plot, data, layout, theme);
  drawLabels(root, data, layout, size, theme);
  return node;
}

const share = (data: TreeData, { layer, sign }: SignRef) => data.layers[layer].signs[sign].share;

function drawLinks(root: SvgGroup, data: TreeData, layout: TreeLayout, theme: FigureTheme): void {
  const group = root.append('g').attr('class', 'links').attr('fill', 'none').attr('stroke-linecap', 'butt');
  const { axis } = layout;
  const link = (from: { layer: number; x: number; y: number }, to: PlacedSign) => {
    const { crop, sign } = to;
    const half = crop.width / 2;
    const [endX, endY] = [crop.x, crop.y + half];
    const bend = axis.x(sign.layer - 1) + half;
    const middle = (bend + endX) / 2;
    return group
      .append('path')
      .attr(
        'd',
        `M${round(from.x)} ${round(from.y)}H${round(bend)}C${round(middle)} ${round(from.y)} ${round(middle)} ${round(endY)} ${round(endX)} ${round(endY)}`,
      )
      .attr('stroke-opacity', from.layer < sign.layer - 1 ? SKIPPING : LINK);
  };
  for (const { box, layer, parent } of layout.others) {
    link({ layer, x: box.x + box.width, y: box.y + box.height / 2 }, parent).attr('stroke', theme.grey);
  }
  for (const { sign, crop, parent } of layout.signs) {
    if (!parent) continue;
    link({ layer: sign.layer, x: crop.x + crop.width, y: crop.y + crop.height / 2 }, parent)
      .attr('stroke', signColour(theme, data.rank))
      .attr('stroke-width', round(1 + 7 * Math.min(1, share(data, sign))));
  }
}

function drawSigns(root: SvgGroup, data: TreeData, layout: TreeLayout, theme: FigureTheme): void {
  const group = root.append('g').attr('class', 'signs').attr('style', TABULAR);
  const colour = signColour(theme, data.rank);
  for (const { sign, crop } of layout.signs) {
    const part = cropAround(data.layers[sign.layer].signs[sign.sign].box, data.grid);
    const outline = outlinePath(data.outline(sign), data.grid, { x: 0, y: 0, ...data.grid });
    const view = group
      .append('svg')
      .attr('class', 'crop')
      .attr('x', round(crop.x))
      .attr('y', round(crop.y))
      .attr('width', crop.width)
      .attr('height', crop.height)
      .attr('viewBox', `${round(part.x)} ${round(part.y)} ${round(part.width)} ${round(part.height)}`);
    view.append('use').attr('href', '#tree-picture');
    view
      .append('path')
      .attr('d', `M0 0H${data.grid.width}V${data.grid.height}H0Z${outline}`)
      .attr('fill', theme.paper)
      .attr('fill-opacity', DIMMED)
      .attr('fill-rule', 'evenodd');
    // A pixel of the page in units of the grid.
    const pixel = part.width / crop.width;
    for (const [stroke, width] of [
      [theme.paper, 3],
      [colour, 1.5],
    ] as const) {
      view
        .append('path')
        .attr('class', 'outline')
        .attr('d', outline)
        .attr('fill', 'none')
        .attr('stroke', stroke)
        .attr('stroke-width', round(width * pixel))
        .attr('stroke-linejoin', 'round');
    }
    const broad = sign.form === 'supersign';
    const inset = broad ? 1 : 0.5;
    group
      .append('rect')
      .attr('class', 'sign')
      .attr('x', round(crop.x + inset))
      .attr('y', round(crop.y + inset))
      .attr('width', round(crop.width - 2 * inset))
      .attr('height', round(crop.height - 2 * inset))
      .attr('fill', 'none')
      .attr('stroke', broad ? colour : theme.nullLine)
      .attr('stroke-width', broad ? 2.5 : 1)
      .attr('stroke-dasharray', sign.form === 'emerges' ? '2 2' : null);
    const text = signText(share(data, sign), sign, layout.axis.step - 4);
    // A number without room would stand in the next column.
    if (textWidth(text, SMALL, 600) > layout.axis.step) continue;
    appendText(group, text, crop.x + crop.width / 2, crop.y + crop.height + LABEL_LINE - 3, {
      size: SMALL,
      colour: broad ? theme.ink : theme.soft,
      weight: broad ? 600 : 400,
      anchor: 'middle',
    });
  }
}

/** "38 % · 4 parts", or as much as has room: share of the layer's mass, and of how many signs a supersign is made. */
function signText(part: number, { form, order }: SignTree, room: number): string {
  const mass = massText(part);
  if (form !== 'supersign') return mass;
  const full = `${mass} · ${counted(order, 'part')}`;
  if (textWidth(full, SMALL, 600) <= room) return full;
  const short = `${mass} · ${order}`;
  return textWidth(short, SMALL, 600) <= room + 4 ? short : mass;
}

/** "38 %", "4.2 %", "0.3 %" */
export function massText(part: number): string {
  const value = part * 100;
  if (value > 0 && value < 0.05) return '< 0.1 %';
  return `${value.toFixed(value < 9.95 ? 1 : 0)} %`;
}

function drawOthers(root: SvgGroup, data: TreeData, layout: TreeLayout, theme: FigureTheme): void {
  const group = root.append('g').attr('class', 'others').attr('style', TABULAR);
  for (const { signs, box, layer } of layout.others) {
    group
      .append('rect')
      .attr('x', round(box.x))
      .attr('y', round(box.y))
      .attr('width', round(box.width))
      .attr('height', box.height)
      .attr('rx', 4)
      .attr('fill', theme.paper)
      .attr('stroke', theme.grey);
    const long = signs.length === 1 ? say('+1 other') : say('+{signs} others', { signs: signs.length });
    const text = textWidth(long, SMALL) <= box.width - 8 ? long : `+${signs.length}`;
    const one = signs.every((sign) => sign.layer === layer);
    if (textWidth(text, SMALL) > layout.axis.step) continue;
    const x = box.x + box.width / 2;
    const style = { size: SMALL, anchor: 'middle' } as const;
    appendText(group, text, x, box.y + (one ? 11 : 16.5), { ...style, colour: theme.soft });
    const mass = massText(signs.reduce((sum, sign) => sum + share(data, sign), 0));
    if (!one || textWidth(mass, SMALL) > layout.axis.step) continue;
    appendText(group, mass, x, box.y + 22, { ...style, colour: theme.faint });
  }
}

function drawLabels(
  root: SvgGroup,
  data: TreeData,
  layout: TreeLayout,
  size: FigureSize,
  theme: FigureTheme,
): void {
  const group = root.append('g').attr('class', 'labels');
  const { axis } = layout;
  if (data.title) {
    appendText(group, data.title, LABEL_X, layout.titleBaseline, {
      size: 13,
      weight: 600,
      colour: theme.ink,
    });
  }
  if (size.width >= NARROW_WIDTH) {
    [say('Tree'), say('share of'), say('the layer’s'), say('mass')].forEach((text, i) => {
      const style = i === 0 ? ({ size: 11, weight: 600, colour: theme.ink } as const) : null;
      appendText(
        group,
        text,
        LABEL_X,
        layout.top + 10 + i * 13,
        style ?? { size: SMALL, colour: theme.faint },
      );
    });
  }
  appendLayerNames(group, layout.names, axis, layout.namesTop, data.selected, theme);
  appendCaption(group, layout.captionLines, axis.left, layout.captionTop, theme);
}

/** The figure in words. */
function treeInWords({ tree, layers, ...data }: TreeData): string {
  const all: SignTree[] = [tree];
  for (const sign of all) all.push(...sign.children);
  const first = Math.min(...all.map(({ layer }) => layer));
  const name = `${data.name[0].toUpperCase()}${data.name.slice(1)}`;
  if (all.length === 1) return say('{name} emerges there: it takes in no other sign.', { name });
  const supersigns = all.filter(({ form }) => form === 'supersign').length;
  return say(
    '{name} and the {signs} it was aggregated from, back to {name2}; {supersigns}, {signs2} without parts.',
    {
      name,
      signs: counted(all.length - 1, 'sign'),
      name2: layers[first].name,
      supersigns: counted(supersigns, 'supersign'),
      signs2: counted(tree.leaves, 'sign'),
    },
  );
}
