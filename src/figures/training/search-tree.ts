import { counted } from '../../text/counted';
import { say } from '../../text/say';
import { linesOfCaption } from '../kit/canvas-text';
import { appendCaption } from '../kit/chart-frame';
import { shortenText } from '../kit/chart-text';
import type { FigureTheme } from '../kit/figure-theme';
import type { FigureSize } from '../kit/figure-types';
import { appendLine, appendText, figureSvg, round, type SvgGroup, TABULAR } from '../kit/svg-nodes';
import { strategyColour } from './search-strategies';
import {
  type PlacedNetwork,
  type SearchRun,
  type SearchTreeData,
  type SearchTreeLayout,
  searchTreeLayout,
} from './search-tree-layout';

/**
 * Draws the networks that a search tried, a band for every strategy and seed: those it kept on the trunk, those it put back
 * hanging from it.
 */
export function searchTree(
  document: Document,
  data: SearchTreeData,
  size: FigureSize,
  theme: FigureTheme,
): SVGSVGElement {
  const layout = searchTreeLayout(data, size.width);
  const { node, root } = figureSvg(
    document,
    { width: layout.width, height: Math.max(size.height, layout.height) },
    theme,
    { title: say('Networks tried'), description: inWords(data) },
  );
  if (data.title) appendText(root, data.title, 2, 14, { size: 13, weight: 600, colour: theme.ink });
  data.runs.forEach((run, i) => {
    drawBand(root, run, layout, i, theme);
  });
  if (data.caption) {
    appendCaption(root, linesOfCaption(data.caption, layout.width - 2), 0, layout.bottom, theme);
  }
  return node;
}

function drawBand(
  root: SvgGroup,
  run: SearchRun,
  { bands, step, gutter, width }: SearchTreeLayout,
  index: number,
  theme: FigureTheme,
): void {
  const { top, trunk, nodes } = bands[index];
  const colour = strategyColour(run.place, theme);
  const group = root
    .append('g')
    .attr('class', 'run')
    .attr('data-strategy', run.strategy.id)
    .attr('style', TABULAR);
  if (index > 0) appendLine(group, [0, top], [width, top], theme.rule);
  const beside = gutter > 40;
  const at = beside ? { x: 2, y: trunk - 2 } : { x: 2, y: top + 15 };
  const name = shortenText(run.strategy.title, beside ? gutter - 10 : width - 60, 11, 600);
  appendText(group, name, at.x, at.y, { size: 11, weight: 600, colour });
  const seed = { size: 10, colour: theme.faint } as const;
  if (beside) appendText(group, say('seed {seed}', { seed: run.seed }), 2, trunk + 13, seed);
  else
    appendText(group, say('seed {seed}', { seed: run.seed }), width - 4, top + 15, {
      ...seed,
      anchor: 'end',
    });
  const byId = new Map(nodes.map((node) => [node.network.id, node]));
  for (const node of nodes) {
    const parent = node.network.parent === null ? null : byId.get(node.network.parent);
    if (parent) drawBranch(group, parent, node, colour, theme);
  }
  for (const node of nodes) drawNetwork(group, node, step, colour, theme);
}

function drawBranch(
  group: SvgGroup,
  from: PlacedNetwork,
  to: PlacedNetwork,
  colour: string,
  theme: FigureTheme,
): void {
  const refused = to.network.kept === false;
  const middle = (from.x + to.x) / 2;
  const path = refused
    ? `M${round(from.x)} ${round(from.y)}C${round(middle)} ${round(from.y)} ${round(middle)} ${round(to.y)} ${round(to.x)} ${round(to.y)}`
    : `M${round(from.x)} ${round(from.y)}H${round(to.x)}`;
  group
    .append('path')
    .attr('class', refused ? 'branch refused' : 'branch')
    .attr('d', path)
    .attr('fill', 'none')
    .attr('stroke', refused ? theme.grey : colour)
    .attr('stroke-width', refused ? 1.25 : 2)
    .attr('stroke-dasharray', to.network.kept === null ? '3 3' : null);
}

function drawNetwork(
  group: SvgGroup,
  { network, x, y, radius }: PlacedNetwork,
  step: number,
  colour: string,
  theme: FigureTheme,
): void {
  const { kept, accuracy, change } = network;
  const drawn = group.append('g').attr('class', kept === false ? 'network refused' : 'network kept');
  drawn.append('title').text(networkInWords(network));
  drawn
    .append('circle')
    .attr('cx', round(x))
    .attr('cy', round(y))
    .attr('r', round(radius))
    .attr('fill', kept === true ? colour : theme.paper)
    .attr('stroke', kept === false ? theme.nullLine : colour)
    .attr('stroke-width', 1.5);
  const share = accuracy === null ? '…' : `${(accuracy * 100).toFixed(1)} %`;
  const refused = kept === false;
  // Above the trunk for what stands on it, below for what hangs from it: never across a branch.
  const [first, second] = refused ? [y + radius + 12, y + radius + 24] : [y - 29, y - 17];
  const name = shortenText(change || say('start'), step - 4, 10);
  appendText(drawn, name, x, first, {
    size: 10,
    colour: refused ? theme.faint : theme.soft,
    anchor: 'middle',
  });
  appendText(drawn, share, x, second, {
    size: 10,
    weight: 600,
    colour: refused ? theme.faint : theme.ink,
    anchor: 'middle',
  });
}

function networkInWords({ change, accuracy, parameters, kept }: SearchRun['networks'][number]): string {
  const what = change || say('the first network');
  const how =
    accuracy === null
      ? say('in training')
      : say('{accuracy} % right', { accuracy: (accuracy * 100).toFixed(1) });
  const fate = kept === null ? '' : kept ? say(', kept') : say(', put back');
  return `${what}: ${how}, ${counted(parameters, 'parameter')}${fate}`;
}

/** The runs, read aloud. */
function inWords({ runs }: SearchTreeData): string {
  return runs
    .map(({ strategy, seed, networks }) => {
      const kept = networks.filter((network) => network.kept === true).length;
      return say('{title}, seed {seed}: {networks}, {kept} kept. {networks2}.', {
        title: strategy.title,
        seed,
        networks: counted(networks.length, 'network'),
        kept,
        networks2: networks.map(networkInWords).join('; '),
      });
    })
    .join(' ');
}
