// @vitest-environment page
import { describe, expect, it } from 'vitest';
import { figureThemes } from '../kit/figure-theme';
import { layerAxis } from '../kit/layer-axis';
import { beyond, overlaps } from '../testing/recording-context';
import { attribute, textBox } from '../testing/svg-text';
import { partAgreement } from './part-agreement';
import type { LayerAgreement, PartAgreementData } from './part-agreement-data';
import { partAgreementHeight, partAgreementLayout } from './part-agreement-layout';

const theme = figureThemes.light;

const agreement = (value: number, mean = value / 2, sd = 0.05): LayerAgreement => ({
  value,
  null: { mean, sd },
});

function chart(
  values: readonly (readonly [LayerAgreement | null, LayerAgreement | null])[],
  change: Partial<PartAgreementData> = {},
): PartAgreementData {
  const layers = values.map(([parts, object], i) => {
    const side = 64 >> Math.floor(i / 2);
    return { name: `conv${i + 1}_1`, width: side, height: side, parts, object };
  });
  return { layers, selected: null, ...change };
}

function draw(data: PartAgreementData, width = 1056) {
  const size = { width, height: partAgreementHeight(width, data) };
  const svg = partAgreement(document, data, size, theme);
  const all = (selector: string) => [...svg.querySelectorAll(selector)];
  return { svg, size, all, layout: partAgreementLayout(data, size), texts: all('text').map(textBox) };
}

/** Numbers of a path's corners. */
const corners = (node: Element) =>
  [...node.getAttribute('d')!.matchAll(/([-\d.]+),([-\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);

describe('partAgreement', () => {
  const two = chart([
    [agreement(0.1, 0.08, 0.02), agreement(0.2, 0.1, 0.05)],
    [agreement(0.5, 0.1, 0.03), agreement(0.6, 0.2, 0.02)],
  ]);

  it('draws parts above the object, each value over its layer and in proportion from zero', () => {
    const { all, layout, size } = draw(two);
    const axis = layerAxis(1056, 2);
    for (const [k, kind] of (['parts', 'object'] as const).entries()) {
      const points = all(`.${kind} circle.value`);
      expect(points.map((node) => attribute(node, 'cx'))).toEqual([axis.x(0), axis.x(1)]);
      const { top, bottom } = layout.panels[k];
      const heights = points.map((node) => bottom - attribute(node, 'cy'));
      const values = kind === 'parts' ? [0.1, 0.5] : [0.2, 0.6];
      expect(heights[1] / heights[0]).toBeCloseTo(values[1] / values[0], 2);
      for (const height of heights) expect(height > 0 && height <= bottom - top).toBe(true);
    }
    expect(layout.panels[0].bottom).toBeLessThan(layout.panels[1].top);
    expect(layout.panels[1].bottom).toBeLessThan(size.height);
  });

  it('draws two deviations about the mean of the null, not below zero', () => {
    const { all, layout } = draw(two);
    const { y } = layout.panels[0];
    const band = corners(all('.parts .null-band')[0]).map(([, at]) => at);
    const expected = [0.08 + 0.04, 0.1 + 0.06, 0.1 - 0.06, 0.08 - 0.04].map((value) =>
      expect.closeTo(y(value), 2),
    );
    expect(band).toEqual(expected);
    const mean = corners(all('.parts .null-mean')[0]).map(([, at]) => at);
    expect(mean).toEqual([0.08, 0.1].map((value) => expect.closeTo(y(value), 2)));
    const low = draw(
      chart([
        [agreement(0.1, 0.02, 0.05), null],
        [agreement(0.1, 0.02, 0.05), null],
      ]),
    );
    const floor = low.layout.panels[0].bottom;
    const lowest = corners(low.all('.parts .null-band')[0]).map(([, at]) => at);
    expect(Math.max(...lowest)).toBeCloseTo(floor, 2);
  });

  it('breaks the line where a layer is not known, and shows a null that stands alone', () => {
    const { all } = draw(
      chart([
        [agreement(0.3), null],
        [null, null],
        [agreement(0.4), null],
      ]),
    );
    expect(all('.parts .null-alone')).toHaveLength(2);
    expect(all('.parts circle.value')).toHaveLength(2);
    expect(all('.parts .value-line')[0].getAttribute('d')!.match(/M/g)).toHaveLength(2);
    expect(all('.object circle.value')).toHaveLength(0);
  });

  it('says in words where signs match best and at how many layers beyond chance', () => {
    const words = draw(two).svg.querySelector('desc')!.textContent;
    expect(words).toContain(
      'Overlap of signs with the parts: at most 0.50, at conv2_1, null 0.10; beyond two deviations of the null at 1 of 2 layers.',
    );
    expect(words).toContain('Overlap of signs with the object: at most 0.60, at conv2_1, null 0.20');
    expect(draw(chart([[null, null]])).svg.querySelector('desc')!.textContent).toContain('not measured yet');
  });

  it('prints the values of the selected layer and marks its column', () => {
    const { all, layout } = draw({ ...two, selected: 1 });
    expect(all('.selected-value').map((node) => node.textContent)).toEqual(['0.50', '0.60']);
    expect(attribute(all('.column')[0], 'x')).toBeCloseTo(layout.axis.x(1) - layout.axis.step / 2, 2);
    expect(draw({ ...two, selected: 7 }).all('.selected-value, .column, .cursor')).toEqual([]);
  });

  it('names itself and its panels while nothing is measured', () => {
    const { svg } = draw(
      chart([
        [null, null],
        [null, null],
      ]),
    );
    expect(svg.querySelector('title')!.textContent).toBe('Signs against parts and object');
    expect(svg.textContent!.match(/not measured yet/g)!.length).toBeGreaterThanOrEqual(2);
    expect(svg.textContent).toContain('intersection over union');
  });

  it('lets no words touch or leave the figure', () => {
    for (const count of [1, 9, 55]) {
      for (const width of [390, 560, 1056, 2560]) {
        for (const alone of [true, false]) {
          const values = Array.from({ length: count }, (_, i): [LayerAgreement, LayerAgreement] => [
            agreement(0.1 + (0.5 * i) / count),
            agreement(0.9 - (0.3 * i) / count),
          ]);
          const words = {
            title: 'Signs against parts and object',
            layerNames: true,
            caption: 'A caption of some length. '.repeat(9),
          };
          const { texts, size } = draw(chart(values, alone ? words : { selected: null }), width);
          const where = `${count} layers, ${width} px`;
          expect(overlaps(texts), where).toEqual([]);
          expect(beyond(texts, { right: width + 0.1, bottom: size.height }), where).toEqual([]);
        }
      }
    }
  });
});
