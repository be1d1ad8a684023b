// @vitest-environment page
import { describe, expect, it } from 'vitest';
import { textWidth } from '../kit/chart-text';
import { figureThemes } from '../kit/figure-theme';
import type { Box } from '../kit/figure-types';
import { overlaps } from '../testing/recording-context';
import { DECISION_CARD_WIDTH, decisionCard, decisionCardHeight } from './decision-card';
import type { CardSign, DecisionCardData } from './decision-card-data';
import {
  type DecisionCurve,
  type DecisionCurvesData,
  decisionCurves,
  decisionCurvesHeight,
} from './decision-curves';
import {
  type RandomisedWeightsData,
  randomisedWeights,
  randomisedWeightsHeight,
} from './randomised-weights-chart';

const theme = figureThemes.light;

const number = (node: Element, name: string) => Number(node.getAttribute(name));

/** Where the upright texts of a figure stand, by the width table. */
function textBoxes(svg: SVGSVGElement): { text: string; box: Box }[] {
  return [...svg.querySelectorAll('text')]
    .filter((node) => !node.closest('[transform]') && node.closest('svg') === svg)
    .map((node) => {
      const text = node.textContent ?? '';
      const size = number(node, 'font-size');
      const width = textWidth(text, size, node.getAttribute('font-weight') === '600' ? 600 : 400);
      const shift =
        { start: 0, middle: width / 2, end: width }[node.getAttribute('text-anchor') ?? 'start'] ?? 0;
      return {
        text,
        box: { x: number(node, 'x') - shift, y: number(node, 'y') - size * 0.75, width, height: size * 0.75 },
      };
    });
}

function expectLegible(svg: SVGSVGElement): void {
  const [width, height] = [number(svg, 'width'), number(svg, 'height')];
  const boxes = textBoxes(svg);
  expect(boxes.length).toBeGreaterThan(4);
  for (const { text, box } of boxes) {
    expect(box.x, text).toBeGreaterThanOrEqual(-0.5);
    expect(box.x + box.width, text).toBeLessThanOrEqual(width + 0.5);
    expect(box.y + box.height, text).toBeLessThanOrEqual(height);
  }
  expect(overlaps(boxes)).toEqual([]);
}

/** Corners of a path in its own coordinates. */
const points = (path: Element | null) =>
  [...(path?.getAttribute('d') ?? '').matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => [
    Number(x),
    Number(y),
  ]);

describe('deletion and insertion', () => {
  const curve = (values: number[], area: number): DecisionCurve => ({
    values,
    area,
    shuffled: [
      { values: values.map(() => 0.4), area: 0.4 },
      { values: values.map(() => 0.6), area: 0.6 },
    ],
  });
  const data: DecisionCurvesData = {
    layer: 'conv5_2',
    label: 'golf ball',
    of: 'probability',
    deletion: curve([1, 0.5, 0], 0.5),
    insertion: curve([0, 0.75, 1], 0.63),
    caption:
      'Grad-CAM for golf ball (94.4 %) by photos10, and what is said about it in a caption of some length.',
  };

  it.each([340, 520, 720, 992])('puts every value in its place, %d pixels wide', (width) => {
    const size = { width, height: decisionCurvesHeight(width, data) };
    const svg = decisionCurves(document, data, size, theme);
    expectLegible(svg);
    for (const name of ['deletion', 'insertion'] as const) {
      const path = points(svg.querySelector(`.${name} .values`));
      const band = points(svg.querySelector(`.${name} .null-band`));
      const [left, middle, right] = path.map(([x]) => x);
      expect(middle - left).toBeCloseTo(right - middle, 2);
      const heights = path.map(([, y]) => y);
      const [whole, nothing] = name === 'deletion' ? [heights[0], heights[2]] : [heights[2], heights[0]];
      const at = (y: number) => (nothing - y) / (nothing - whole);
      expect(at(heights[1])).toBeCloseTo(data[name].values[1], 3);
      expect(new Set(band.map(([, y]) => at(y).toFixed(3)))).toEqual(new Set(['0.400', '0.600']));
    }
  });

  it('tells its areas', () => {
    const svg = decisionCurves(document, data, { width: 720, height: 300 }, theme);
    expect(svg.getAttribute('role')).toBe('img');
    expect(svg.getAttribute('aria-label')).toBe('Deletion and insertion');
    expect(svg.querySelector('desc')?.textContent).toBe(
      'Probability of golf ball as pixels are taken by the map of conv5_2. Deletion, lower is better: area 0.50, 0.50 for shuffled maps. Insertion, higher is better: area 0.63, 0.50 for shuffled maps.',
    );
  });
});

describe('randomised weights', () => {
  const names = ['logits', 'block_12_expand_relu', 'conv3_1', 'conv2_1', 'conv1_1'];
  const data: RandomisedWeightsData = {
    randomised: names,
    layers: [
      { name: 'conv1_1', similarity: [[0.9], [0.8], [0.7], [0.6], [0.5]] },
      {
        name: 'conv3_1',
        similarity: [
          [0.6, 0.8],
          [0.4, null],
          [null, null],
          [-0.5, 0.1],
          [0, 0],
        ],
      },
    ],
    selected: 1,
    caption: 'What it shows.',
  };

  it.each([
    ['from-the-bottom', 1, 'from the first layer up to …'],
    ['independent', 0, 'of one layer, all others trained: …'],
  ] as const)('says what its columns are: %s', (order, courses, said) => {
    const size = { width: 720, height: randomisedWeightsHeight(720, data) };
    const svg = randomisedWeights(document, { ...data, order }, size, theme);
    expectLegible(svg);
    expect(svg.querySelectorAll('.selected .mean')).toHaveLength(courses);
    expect(svg.querySelectorAll('.selected line.range')).toHaveLength(courses === 0 ? 6 : 0);
    expect(svg.querySelector('.names')?.textContent).toContain(said);
  });

  it.each([340, 720, 992])('begins at 1 and goes through the means of its draws, %d pixels wide', (width) => {
    const size = { width, height: randomisedWeightsHeight(width, data) };
    const svg = randomisedWeights(document, data, size, theme);
    expectLegible(svg);
    const path = points(svg.querySelector('.selected .mean'));
    const [top, zero] = [path[0][1], path[5][1]];
    const heights = path.map(([, y]) => (zero - y) / (zero - top));
    for (const [i, expected] of [1, 0.7, 0.2, 0, -0.2, 0].entries())
      expect(heights[i]).toBeCloseTo(expected, 2);
    const fills = [...svg.querySelectorAll('circle')].map((node) => node.getAttribute('fill'));
    expect(fills).toEqual([0, 1, 2, 3, 4, 5].map((i) => (i === 3 ? theme.paper : theme.accent)));
    expect(svg.querySelectorAll('.other')).toHaveLength(1);
    expect(svg.querySelector('desc')?.textContent).toContain('conv3_1 no map, conv2_1 -0.20');
  });
});

describe('the decision card', () => {
  const square = Int32Array.of(2, 2, 6, 2, 6, 6, 2, 6);
  const sign = (weight: number | null, weightText: string, row = 4): CardSign => ({
    outline: [square],
    peak: [3, row],
    weight,
    weightText,
    shareText: '24 %',
  });
  it('keeps long names in their columns, tellable from one another', () => {
    const predictions = ['warbler', 'thrush', 'pipit'].map((end, i) => ({
      label: `a photograph of a small brown ${end} upon a branch`,
      probability: 0.5 - i / 10,
      text: `${50 - 10 * i}.0 %`,
      explained: i === 0,
    }));
    const layer = 'feature_extractor/stage_5/convolution_with_a_long_name/convolution';
    const svg = decisionCard(document, card([sign(3.5, '3.5')], { predictions, layer }), theme);
    expectLegible(svg);
    const names = [...svg.querySelectorAll('.predictions text')].map((node) => node.textContent ?? '');
    for (const end of ['warbler', 'thrush', 'pipit']) expect(names.join()).toContain(end);
  });

  const card = (signs: CardSign[], change: Partial<DecisionCardData> = {}): DecisionCardData => ({
    picture: 'data:image/png;base64,iVBORw0KGgo=',
    aspect: 1,
    lost: 'logits lost',
    label: 'golf ball',
    probabilityText: '94.4 %',
    sentence: 'The network rests its “golf ball” on one supersign; masking it costs 3.5 of 4.6 logits.',
    predictions: [
      'golf ball',
      'English springer',
      'a class of a very long name',
      'church',
      'tench',
      'horn',
    ].map((label, i) => ({
      label,
      probability: i === 0 ? 0.944 : 0.01,
      text: i === 0 ? '94.4 %' : '< 0.01 %',
      explained: i === 0,
    })),
    signs,
    barEnd: 5,
    more: 0,
    grid: { width: 10, height: 10 },
    layer: 'conv5_2',
    entropy: {
      layers: [0.8, 0.5, 0.3].map((value, i) => ({
        name: `conv${i}`,
        width: 8 >> i,
        height: 8 >> i,
        value,
        null: { mean: value + 0.1, sd: 0.01 },
        structure: 0.1,
      })),
      measure: { name: 'Aura matrix (AME)', unit: 'ratio' },
      selected: 1,
    },
    caption: 'Grad-CAM for golf ball (94.4 %) by photos10. '.repeat(6),
    ...change,
  });

  it.each([
    ['no sign', card([])],
    ['one sign, not weighed', card([sign(null, '–')])],
    [
      'signs for and against, and further ones',
      card(
        [3.5, 12.4, -0.3, 0, 0.04].map((w, i) => sign(w, String(w), 2 * i)),
        { more: 7, barEnd: 12.4 },
      ),
    ],
    [
      'a tall picture and a long name',
      card([sign(3.5, '3.5')], {
        aspect: 0.6,
        label: 'a class of a very long name indeed, longer than the card is wide',
      }),
    ],
    [
      'a wide picture',
      card([sign(3.5, '3.5')], { aspect: 2.2, sentence: 'A sentence that goes on. '.repeat(16).trim() }),
    ],
  ])('is legible with %s', (_, data) => {
    const svg = decisionCard(document, data, theme);
    expect([number(svg, 'width'), number(svg, 'height')]).toEqual([
      DECISION_CARD_WIDTH,
      decisionCardHeight(data),
    ]);
    expectLegible(svg);
    expect(svg.getAttribute('aria-label')).toBe('Decision card');
    expect(svg.querySelector('desc')?.textContent).toContain(data.sentence);
    expect(svg.querySelectorAll('[role="img"]')).toHaveLength(0);
    const image = svg.querySelector('image');
    expect(image?.getAttribute('href')).toBe(data.picture);
    expect(image && number(image, 'width') / number(image, 'height')).toBeCloseTo(data.aspect, 2);
    expect(svg.querySelectorAll('.picture .outline')).toHaveLength(2 * data.signs.length);
    expect(svg.querySelectorAll('.null-band')).toHaveLength(1);
  });

  it('draws weights to one scale, those against to the other side of its zero', () => {
    const svg = decisionCard(document, card([sign(4, '4.0'), sign(1, '1.0'), sign(-2, '−2.0')]), theme);
    const bars = [...svg.querySelectorAll('.signs rect')].map((node) => ({
      left: number(node, 'x'),
      width: number(node, 'width'),
    }));
    expect(bars[0].left).toBe(bars[1].left);
    expect(bars[2].left + bars[2].width).toBeCloseTo(bars[0].left, 2);
    expect(bars[0].width / bars[1].width).toBeCloseTo(4, 2);
    // Two logits against and five for make the whole length.
    const longest = (bars[0].width * 5) / 4 + bars[2].width;
    expect(longest).toBeGreaterThan(100);
    expect(bars[0].width / bars[2].width).toBeCloseTo(2, 2);
  });

  it('outlines a sign where its pixels are', () => {
    const svg = decisionCard(document, card([sign(1, '1.0')]), theme);
    const corners = points(svg.querySelector('.picture .outline'));
    const image = svg.querySelector('image') as Element;
    const xs = corners.map(([x]) => (x - number(image, 'x')) / number(image, 'width'));
    const ys = corners.map(([, y]) => (y - number(image, 'y')) / number(image, 'height'));
    // The sign's pixels are 2 to 5 of 10 each way; the smooth line keeps within half a pixel of their edge.
    for (const found of [xs, ys]) {
      expect(Math.abs(Math.min(...found) - 0.2)).toBeLessThan(0.05);
      expect(Math.abs(Math.max(...found) - 0.6)).toBeLessThan(0.05);
    }
    expect(corners[corners.length - 1]).toEqual(corners[0]);
  });
});
