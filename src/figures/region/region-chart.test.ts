// @vitest-environment page
import { expect, it } from 'vitest';
import { figureThemes } from '../kit/figure-theme';
import { layerAxis } from '../kit/layer-axis';
import { beyond, overlaps } from '../testing/recording-context';
import { attribute, textBox } from '../testing/svg-text';
import { type RegionChartData, regionChart, regionChartHeight } from './region-chart';

const chart = (count: number, change: Partial<RegionChartData> = {}): RegionChartData => ({
  layers: Array.from({ length: count }, (_, i) => ({
    name: `conv${i}_1`,
    share: i === 1 ? null : 0.2 + (0.6 * i) / count,
    null: { mean: 0.25, low: 0.1, high: 0.4 },
  })),
  ...{ selected: 2, first: 5 },
  ...change,
});

function draw(data: RegionChartData, width = 1056) {
  const size = { width, height: regionChartHeight(width, data) };
  const svg = regionChart(document, data, size, figureThemes.light);
  const texts = [...svg.querySelectorAll('text')].map((node) => textBox(node));
  return { svg, size, texts, all: (selector: string) => [...svg.querySelectorAll(selector)] };
}

it('puts every share on the axis of the layers, filled where it is above chance, with a gap where there is none', () => {
  const { all, svg } = draw(chart(12));
  const axis = layerAxis(1056, 12);
  const points = all('circle.value');
  expect(points).toHaveLength(11);
  expect(attribute(points[0], 'cx')).toBeCloseTo(axis.x(0), 3);
  expect(attribute(points[10], 'cx')).toBeCloseTo(axis.x(11), 3);
  // 0.2 + 0.05 i exceeds 0.4 from i = 5 on.
  expect(all('circle.above')).toHaveLength(7);
  expect(svg.querySelector('.share')?.getAttribute('d')?.match(/M/g)).toHaveLength(2);
  expect(attribute(all('.first')[0], 'x1')).toBeCloseTo(axis.x(5), 3);
  expect(svg.textContent).toContain('first above chance: conv5_1');
});

it('says where no layer is above chance', () => {
  const { all, svg } = draw(chart(12, { first: null }));
  expect(all('.first')).toEqual([]);
  expect(svg.textContent).toContain('above chance at no layer');
});

it('lets no words touch or leave the figure', () => {
  for (const count of [5, 12, 60, 121]) {
    for (const width of [390, 700, 1372]) {
      for (const first of [0, count - 1]) {
        const whole = { layerNames: true, title: 'Share of evidence inside', caption: 'A caption.' };
        const { texts, size } = draw(chart(count, { first, ...(count > 60 ? {} : whole) }), width);
        expect(overlaps(texts), `${count} layers, ${width} px`).toEqual([]);
        expect(beyond(texts, { right: width + 0.1, bottom: size.height })).toEqual([]);
      }
    }
  }
});
