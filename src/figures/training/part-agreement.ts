import { area, line } from 'd3-shape';
import { counted } from '../../text/counted';
import { say } from '../../text/say';
import { textWidth } from '../kit/chart-text';
import type { FigureTheme } from '../kit/figure-theme';
import type { FigureSize } from '../kit/figure-types';
import { appendNullBand } from '../kit/null-band';
import { appendLine, figureSvg, round, type SvgGroup } from '../kit/svg-nodes';
import { drawValueLabel, type Point, placeValueLabel } from '../kit/value-label';
import type { AgreementWith, LayerAgreement, PartAgreementData } from './part-agreement-data';
import { agreementColour, drawAgreementFrame, drawAgreementLabels } from './part-agreement-frame';
import { type AgreementPanel, type PartAgreementLayout, partAgreementLayout } from './part-agreement-layout';

const LABEL = 11;

/** Draws how well the signs of every layer overlap the parts, and below it the object, each beside its null, on the layer axis. */
export function partAgreement(
  document: Document,
  data: PartAgreementData,
  size: FigureSize,
  theme: FigureTheme,
): SVGSVGElement {
  const layout = partAgreementLayout(data, size);
  const { node, root } = figureSvg(document, size, theme, {
    title: say('Signs against parts and object'),
    description: agreementInWords(data),
  });
  drawAgreementFrame(root, data, layout, size, theme);
  for (const panel of layout.panels) {
    const group = root.append('g').attr('class', panel.with);
    drawNull(group, data, layout, panel, theme);
    drawValues(group, data, layout, panel, theme);
    drawSelectedValue(group, data, layout, panel, size, theme);
  }
  drawAgreementLabels(root, data, layout, size, theme);
  return node;
}

/** What is known of one comparison, with the layers it is known for. */
function known(data: PartAgreementData, kind: AgreementWith): { at: number; agreement: LayerAgreement }[] {
  return data.layers.flatMap((layer, at) => {
    const agreement = layer[kind];
    return agreement ? [{ at, agreement }] : [];
  });
}

type Place = { readonly at: number; readonly agreement: LayerAgreement | null };

function places(data: PartAgreementData, kind: AgreementWith): Place[] {
  return data.layers.map((layer, at) => ({ at, agreement: layer[kind] }));
}

function drawNull(
  group: SvgGroup,
  data: PartAgreementData,
  { axis }: PartAgreementLayout,
  { with: kind, y }: AgreementPanel,
  theme: FigureTheme,
): void {
  const edges = ({ mean, sd }: LayerAgreement['null']): [number, number] => [
    y(Math.max(0, mean - 2 * sd)),
    y(mean + 2 * sd),
  ];
  const band = area<Place>()
    .defined(({ agreement }) => agreement !== null)
    .x(({ at }) => round(axis.x(at)))
    .y0(({ agreement }) => round(edges(agreement!.null)[0]))
    .y1(({ agreement }) => round(edges(agreement!.null)[1]));
  const mean = line<Place>()
    .defined(({ agreement }) => agreement !== null)
    .x(({ at }) => round(axis.x(at)))
    .y(({ agreement }) => round(y(agreement!.null.mean)));
  const points = places(data, kind);
  appendNullBand(group, { band: band(points), middle: mean(points) }, theme);
  for (const { at, agreement } of known(data, kind)) {
    if (points[at - 1]?.agreement || points[at + 1]?.agreement) continue;
    // Between two gaps neither band nor line has a length.
    const half = Math.min(8, axis.step / 4);
    const [x, level] = [axis.x(at), y(agreement.null.mean)];
    const [bottom, top] = edges(agreement.null);
    group
      .append('rect')
      .attr('class', 'null-alone')
      .attr('x', round(x - half))
      .attr('y', round(top))
      .attr('width', round(2 * half))
      .attr('height', round(Math.max(1, bottom - top)))
      .attr('fill', theme.nullBand);
    appendLine(group, [x - half, level], [x + half, level], theme.nullLine);
  }
}

function drawValues(
  group: SvgGroup,
  data: PartAgreementData,
  { axis }: PartAgreementLayout,
  { with: kind, y }: AgreementPanel,
  theme: FigureTheme,
): void {
  const colour = agreementColour(kind, theme);
  const path = line<Place>()
    .defined(({ agreement }) => agreement !== null)
    .x(({ at }) => round(axis.x(at)))
    .y(({ agreement }) => round(y(agreement!.value)));
  group
    .append('path')
    .attr('class', 'value-line')
    .attr('d', path(places(data, kind)) ?? '')
    .attr('fill', 'none')
    .attr('stroke', colour)
    .attr('stroke-width', 1.75)
    .attr('stroke-linejoin', 'round');
  const radius = axis.step < 12 ? 1.75 : 3;
  for (const { at, agreement } of known(data, kind)) {
    const chosen = at === data.selected;
    group
      .append('circle')
      .attr('class', 'value')
      .attr('cx', round(axis.x(at)))
      .attr('cy', round(y(agreement.value)))
      .attr('r', chosen ? 4.5 : radius)
      .attr('fill', colour)
      .attr('stroke', theme.paper)
      .attr('stroke-width', axis.step < 12 && !chosen ? 0.5 : 1);
  }
}

function drawSelectedValue(
  group: SvgGroup,
  data: PartAgreementData,
  { axis }: PartAgreementLayout,
  { with: kind, y, top, bottom }: AgreementPanel,
  size: FigureSize,
  theme: FigureTheme,
): void {
  const agreement = data.layers[data.selected ?? -1]?.[kind];
  if (!agreement) return;
  const text = formatOverlap(agreement.value);
  const points = known(data, kind);
  const values: Point[] = points.map((point) => [axis.x(point.at), y(point.agreement.value)]);
  const nulls = [-2, 0, 2].map((spread) =>
    points.map(
      ({ at, agreement: { null: alone } }): Point => [axis.x(at), y(alone.mean + spread * alone.sd)],
    ),
  );
  const box = placeValueLabel(
    [axis.x(data.selected!), y(agreement.value)],
    { width: textWidth(text, LABEL + 1, 600) + 2, height: LABEL },
    [values, ...nulls],
    { x: axis.left, y: top - 8, width: size.width - axis.left, height: bottom - top + 8 },
  );
  drawValueLabel(group, text, box, { size: LABEL + 1, colour: agreementColour(kind, theme) }, theme);
}

/** An overlap as printed: two decimals. */
function formatOverlap(value: number): string {
  return value.toFixed(2);
}

/** The figure in words: where signs match best, and whether beyond chance. */
function agreementInWords(data: PartAgreementData): string {
  const sentences = (['parts', 'object'] as const).map((kind) => {
    const all = known(data, kind);
    const name = kind === 'parts' ? say('the parts') : say('the object');
    if (all.length === 0) return say('Overlap of signs with {name} not measured yet.', { name });
    const best = all.reduce((one, other) => (other.agreement.value > one.agreement.value ? other : one));
    const beyond = all.filter(
      ({ agreement }) => agreement.value > agreement.null.mean + 2 * agreement.null.sd,
    );
    return say(
      'Overlap of signs with {name}: at most {value}, at {name2}, null {mean}; beyond two deviations of the null at {beyond} of {layers}.',
      {
        name,
        value: formatOverlap(best.agreement.value),
        name2: data.layers[best.at].name,
        mean: formatOverlap(best.agreement.null.mean),
        beyond: beyond.length,
        layers: counted(all.length, 'layer'),
      },
    );
  });
  return sentences.join(' ');
}
