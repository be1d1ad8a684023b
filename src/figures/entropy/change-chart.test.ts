// @vitest-environment page
import { describe, expect, it } from 'vitest';
import { figureThemes } from '../kit/figure-theme';
import { layerAxis } from '../kit/layer-axis';
import { beyond, overlaps } from '../testing/recording-context';
import { attribute, textBox } from '../testing/svg-text';
import { changeChart } from './change-chart';
import type { ChangeChartData, ChangeStep } from './change-chart-data';
import { changeChartHeight, changeChartLayout } from './change-chart-layout';

const theme = figureThemes.light;

const step = (classFormation: number, complexFormation: number, happens = false): ChangeStep => ({
  classFormation,
  complexFormation,
  null: { classFormation: classFormation / 2, complexFormation: -complexFormation },
  happens,
});

function chart(steps: (ChangeStep | null)[], change: Partial<ChangeChartData> = {}): ChangeChartData {
  const layers = [null, ...steps].map((step, i) => {
    const side = 112 >> Math.floor(i / 2);
    return { name: `conv${i + 1}_1`, width: side, height: side, step };
  });
  return { layers, selected: null, ...change };
}

function draw(data: ChangeChartData, width = 1056) {
  const size = { width, height: changeChartHeight(width, data) };
  const svg = changeChart(document, data, size, theme);
  const all = (selector: string) => [...svg.querySelectorAll(selector)];
  return { svg, size, all, layout: changeChartLayout(data, size), texts: all('text').map(textBox) };
}

describe('changeChart', () => {
  it('draws two bars a step from zero, upwards and downwards, in proportion, between the columns of its layers', () => {
    const { all, layout } = draw(chart([step(-2, 1), null, step(0.5, -0.25)]));
    const axis = layerAxis(1056, 4);
    const zero = layout.y(0);
    const bars = all('.bar');
    expect(bars).toHaveLength(4);
    const [classes, complex] = [all('.bar.classFormation'), all('.bar.complexFormation')];
    expect(attribute(classes[0], 'y')).toBeCloseTo(zero, 2);
    expect(attribute(complex[0], 'y') + attribute(complex[0], 'height')).toBeCloseTo(zero, 2);
    const heights = [...classes, ...complex].map((node) => attribute(node, 'height'));
    const unit = heights[0] / 2;
    expect(heights.map((height) => height / unit)).toEqual(
      [2, 0.5, 1, 0.25].map((v) => expect.closeTo(v, 2)),
    );
    const middle =
      (attribute(classes[0], 'x') + attribute(complex[0], 'x') + attribute(complex[0], 'width')) / 2;
    expect(middle).toBeCloseTo((axis.x(0) + axis.x(1)) / 2, 2);
  });

  it('frames every bar by its null, on the same scale; not before it is known', () => {
    const unknown = { ...step(-1, -1), null: null, happens: null };
    const { all, layout } = draw(chart([step(-2, 1), unknown]));
    const frames = all('rect.null');
    expect(frames).toHaveLength(2);
    const unit = layout.y(0) - layout.y(1);
    expect(frames.map((node) => attribute(node, 'height') / unit)).toEqual(
      [1, 1].map((v) => expect.closeTo(v, 2)),
    );
    // Half of the fall, downwards too; the rise of the other is a fall of the null.
    for (const frame of frames) expect(attribute(frame, 'y')).toBeCloseTo(layout.y(0), 2);
  });

  it('marks the steps where superization happens, and says so once', () => {
    const { all, svg } = draw(chart([step(-1, -1, true), step(1, 1), step(-3, 0, true)]));
    expect(all('.happens')).toHaveLength(2);
    expect(svg.textContent!.match(/superization/g)).toHaveLength(1);
    expect(svg.querySelector('desc')!.textContent).toContain('on the steps to conv2_1, conv4_1');
  });

  it('marks steps that change the size by a dotted line', () => {
    const { all, layout } = draw(chart([step(1, 1), step(1, 1), step(1, 1), step(1, 1)]));
    expect(all('line.resizes').map((node) => attribute(node, 'x1'))).toEqual(
      [2, 4].map((i) => expect.closeTo(layout.stepX(i), 2)),
    );
  });

  it('names itself and has a scale while nothing is measured', () => {
    const { svg, all, layout } = draw(chart([null, null]));
    expect(svg.querySelector('title')!.textContent).toBe('Change by step');
    expect(svg.textContent).toContain('not measured yet');
    expect(all('.bar, .happens')).toEqual([]);
    expect(layout.y.domain()[0]).toBeLessThan(0);
  });

  it('says why there is no step where all layers are measured', () => {
    const { svg } = draw({ ...chart([null, null]), measured: true });
    expect(svg.textContent).toContain('no two layers in a row hold evidence');
    expect(svg.textContent).not.toContain('not measured yet');
  });

  it('lets no words touch or leave the figure', () => {
    for (const count of [1, 11, 55]) {
      for (const width of [390, 560, 1056, 2560]) {
        for (const alone of [true, false]) {
          const steps = Array.from({ length: count }, (_, i) => step(-1 - i / 5, 0.3 * (i % 7), i % 4 === 0));
          const words = {
            title: 'Change by step',
            layerNames: true,
            caption: 'A caption of some length. '.repeat(9),
          };
          const { texts, size } = draw(chart(steps, alone ? words : { selected: 0 }), width);
          const where = `${count} steps, ${width} px`;
          expect(overlaps(texts), where).toEqual([]);
          expect(beyond(texts, { right: width + 0.1, bottom: size.height }), where).toEqual([]);
        }
      }
    }
  });
});
