// @vitest-environment page
import { describe, expect, it } from 'vitest';
import { figureThemes } from '../kit/figure-theme';
import { beyond, overlaps } from '../testing/recording-context';
import { attribute, textBox } from '../testing/svg-text';
import {
  type FrontPoint,
  type SearchFrontData,
  searchFront,
  searchFrontHeight,
  shortCount,
} from './search-front';
import { type SearchProfilesData, searchProfiles, searchProfilesHeight } from './search-profiles';
import { strategyColour, strategyMark } from './search-strategies';
import { searchTree } from './search-tree';
import { type SearchTreeData, searchTreeLayout, type TriedNetwork } from './search-tree-layout';

const theme = figureThemes.light;
const strategies = [
  { id: 'semiotic', title: 'Superization' },
  { id: 'random', title: 'Random order' },
  { id: 'l1', title: 'Smallest L1 norm' },
  { id: 'parameters', title: 'Most parameters' },
];

const tried = (id: number, parent: number | null, kept: boolean | null, parameters = 1000): TriedNetwork => ({
  id,
  parent,
  change: id === 0 ? '' : `− conv${id}_2`,
  accuracy: kept === null ? null : 0.9,
  parameters,
  kept,
});

const tree: SearchTreeData = {
  runs: strategies.map((strategy, place) => ({
    strategy,
    place,
    seed: 1,
    networks: [
      tried(0, null, true, 4000),
      tried(1, 0, true, 1000),
      tried(2, 1, false),
      tried(3, 1, false),
      tried(4, 1, null),
    ],
  })),
  caption: 'Networks tried by four orders under one budget.',
};

function within(texts: ReturnType<typeof textBox>[], width: number, height: number, where: string): void {
  expect(
    overlaps(texts).map((pair) => pair.map(({ text }) => text)),
    where,
  ).toEqual([]);
  expect(beyond(texts, { right: width + 0.1, bottom: height + 0.1 }), where).toEqual([]);
}

describe('the networks tried', () => {
  const layout = searchTreeLayout(tree, 1000);
  const svg = searchTree(document, tree, layout, theme);

  it('stand in the order they were tried, refused ones below the trunk', () => {
    const [band] = layout.bands;
    const xs = band.nodes.map(({ x }) => x);
    expect(xs).toEqual([...xs].sort((a, b) => a - b));
    expect(band.nodes.map(({ y }) => y - band.trunk)).toEqual([0, 0, 30, 30, 0]);
  });

  it('have areas by their parameters', () => {
    const [first, second] = layout.bands[0].nodes;
    expect(first.radius / second.radius).toBeCloseTo(2, 6);
  });

  it('hang from the network they were made from', () => {
    const branches = [...svg.querySelectorAll('.run[data-strategy="semiotic"] .branch')];
    expect(branches).toHaveLength(4);
    const from = layout.bands[0].nodes[1];
    for (const branch of branches.slice(1)) expect(branch.getAttribute('d')).toMatch(`M${from.x} ${from.y}`);
    expect(branches[3].getAttribute('stroke-dasharray')).not.toBeNull();
  });

  it('are told aloud', () => {
    expect(svg.querySelector('desc')?.textContent).toContain(
      'Superization, seed 1: 5 networks, 2 kept. the first network: 90.0 % right, 4,000 parameters, kept; − conv1_2: 90.0 % right, 1,000 parameters, kept;',
    );
  });

  it('let no words touch or leave the figure', () => {
    for (const width of [360, 560, 1100]) {
      const placed = searchTreeLayout(tree, width);
      const drawn = searchTree(document, tree, placed, theme);
      within([...drawn.querySelectorAll('text')].map(textBox), placed.width, placed.height, `${width} px`);
    }
  });
});

const point = (strategy: number, cost: number, accuracy: number, kept = true): FrontPoint => ({
  strategy,
  name: `− conv${cost}`,
  cost,
  accuracy,
  kept,
  first: false,
});

describe('accuracy against cost', () => {
  const points = [point(0, 1000, 0.8), point(0, 4000, 0.9), point(0, 4000, 0.7, false), point(1, 2000, 0.75)];
  const data: SearchFrontData = {
    strategies,
    points,
    fronts: [[points[0], points[1]], [points[3]], [], []],
    cost: 'parameters',
  };
  const height = searchFrontHeight(600, data);
  const svg = searchFront(document, data, { width: 600, height }, theme);

  it('places equal ratios of cost equally far apart', () => {
    const x = [...svg.querySelectorAll('.network')].map((node) => {
      const [, at] = /translate\(([\d.]+)/.exec(node.getAttribute('transform') ?? '') ?? [];
      return Number(at);
    });
    const [twoThousand, thousand, fourThousand] = x;
    expect(fourThousand - twoThousand).toBeCloseTo(twoThousand - thousand, 2);
  });

  it('draws refused networks hollow, and a front for every order that has one', () => {
    expect([...svg.querySelectorAll('.network.refused')]).toHaveLength(1);
    expect(svg.querySelector('.network.refused')?.getAttribute('fill')).toBe(theme.paper);
    expect([...svg.querySelectorAll('.front')].map((node) => node.getAttribute('stroke'))).toEqual([
      theme.accent,
      theme.blue,
    ]);
  });

  it('tells the fronts aloud', () => {
    expect(svg.querySelector('desc')?.textContent).toBe(
      'Best accuracy for parameters. Superization: 80.0 % at 1k, 90.0 % at 4k. Random order: 75.0 % at 2k. Smallest L1 norm: none yet. Most parameters: none yet.',
    );
  });

  it('shortens counts', () => {
    expect([0.42, 12, 950, 1500, 12_345, 3_400_000, 2e9].map(shortCount)).toEqual([
      '0.42',
      '12',
      '950',
      '1.5k',
      '12.3k',
      '3.4M',
      '2G',
    ]);
  });

  it('lets no words touch or leave the figure', () => {
    for (const width of [340, 480, 900]) {
      const captioned = { ...data, caption: 'Held-out accuracy of every network that was tried.' };
      const tall = searchFrontHeight(width, captioned);
      const drawn = searchFront(document, captioned, { width, height: tall }, theme);
      within([...drawn.querySelectorAll('text')].map(textBox), width, tall, `${width} px`);
    }
  });
});

describe('entropies before and after', () => {
  const data: SearchProfilesData = {
    measure: { name: 'Aura matrix entropy', unit: 'ratio' },
    layers: [
      { name: 'conv1_1', before: { entropy: 0.8, null: 0.9 }, after: { entropy: 0.7, null: 0.9 } },
      { name: 'conv1_2', before: { entropy: 0.6, null: 0.8 }, after: null },
      { name: 'conv2_1', before: { entropy: 0.5, null: 0.7 }, after: { entropy: 0.4, null: 0.7 } },
    ],
  };
  const height = searchProfilesHeight(800, data);
  const svg = searchProfiles(document, data, { width: 800, height }, theme);

  it('draw a line through what is there, over what was taken out', () => {
    expect([...svg.querySelectorAll('.before circle')]).toHaveLength(3);
    expect([...svg.querySelectorAll('.after circle')]).toHaveLength(2);
    expect([...svg.querySelectorAll('.removed')]).toHaveLength(1);
    const path = svg.querySelector('.after .values')?.getAttribute('d') ?? '';
    expect(path.split('L')).toHaveLength(2);
  });

  it('place lower entropies lower', () => {
    const [first, second] = [...svg.querySelectorAll('.after circle')];
    expect(attribute(second, 'cy')).toBeGreaterThan(attribute(first, 'cy'));
  });

  it('let no words touch or leave the figure', () => {
    for (const width of [360, 800]) {
      const captioned = { ...data, caption: 'Means over 24 held-out pictures.' };
      const tall = searchProfilesHeight(width, captioned);
      const drawn = searchProfiles(document, captioned, { width, height: tall }, theme);
      within([...drawn.querySelectorAll('text')].map(textBox), width, tall, `${width} px`);
    }
  });
});

it('gives each of seven strategies a mark of its own, and the accent to the first alone', () => {
  const places = Array.from({ length: 7 }, (_, place) => place);
  expect(new Set(places.map((place) => strategyMark(place, 40))).size).toBe(7);
  const colours = places.map((place) => strategyColour(place, theme));
  expect(colours.filter((colour) => colour === theme.accent)).toHaveLength(1);
});
