// @vitest-environment page
import { describe, expect, it } from 'vitest';
import { figureThemes } from '../kit/figure-theme';
import { layerAxis } from '../kit/layer-axis';
import { filmStripLayout } from '../saliency/film-strip-layout';
import { beyond, overlaps } from '../testing/recording-context';
import { attribute, textBox } from '../testing/svg-text';
import { entropyChart } from './entropy-chart';
import type { EntropyChartData } from './entropy-chart-data';
import { entropyChartHeight, entropyChartLayout } from './entropy-chart-layout';

const theme = figureThemes.light;

function chart(count: number, change: Partial<EntropyChartData> = {}): EntropyChartData {
  return {
    layers: Array.from({ length: count }, (_, i) => {
      const value = 0.7 - (0.4 * i) / count + 0.05 * Math.sin(i * 2);
      const side = 112 >> Math.floor((i * 5) / count);
      return {
        name: `conv${i}_1`,
        width: side,
        height: side,
        value,
        null: { mean: value + 0.15, sd: 0.01 },
        structure: 1 - value / (value + 0.15),
      };
    }),
    measure: { name: 'Aura matrix entropy', unit: 'ratio' },
    selected: 3,
    ...change,
  };
}

function draw(data: EntropyChartData, width = 1056) {
  const size = { width, height: entropyChartHeight(width, data) };
  const svg = entropyChart(document, data, size, theme);
  const all = (selector: string) => [...svg.querySelectorAll(selector)];
  return {
    svg,
    size,
    layout: entropyChartLayout(data, size),
    all,
    texts: all('text').map((node) => textBox(node)),
  };
}

describe('entropyChart', () => {
  it('puts every point where the axis and a linear scale put it', () => {
    const data = chart(12);
    const { all, layout } = draw(data);
    const axis = layerAxis(1056, 12);
    const points = all('circle.value');
    expect(points).toHaveLength(12);
    expect(layout.y.domain()).toEqual([0, 1]);
    points.forEach((point, i) => {
      expect(attribute(point, 'cx')).toBeCloseTo(axis.x(i), 3);
      const share = data.layers[i].value!;
      expect(attribute(point, 'cy')).toBeCloseTo(layout.bottom + (layout.top - layout.bottom) * share, 3);
    });
  });

  it('stands on the same axis as the film strip', () => {
    for (const width of [390, 700, 1372, 2560]) {
      const strip = filmStripLayout(width, 12);
      const points = draw(chart(12), width).all('circle.value');
      strip.thumbnails.forEach((box, i) => {
        expect(Math.abs(box.x + box.width / 2 - attribute(points[i], 'cx'))).toBeLessThanOrEqual(0.501);
      });
    }
  });

  it('draws the null band two deviations either way, and only where the null is known', () => {
    const data = chart(4);
    const { all, layout } = draw(data);
    const path = all('.null-band')[0].getAttribute('d')!;
    const numbers = path.match(/-?[\d.]+/g)!.map(Number);
    const { mean, sd } = data.layers[0].null!;
    expect(numbers.slice(0, 2)).toEqual([
      Math.round(layout.axis.x(0) * 1000) / 1000,
      Math.round(layout.y(mean + 2 * sd) * 1000) / 1000,
    ]);
    expect(path.match(/M/g)).toHaveLength(1);
    const partial = data.layers.map((layer, i) => (i === 1 ? { ...layer, null: null } : layer));
    expect(
      draw({ ...data, layers: partial })
        .all('.null-mean')[0]
        .getAttribute('d')!
        .match(/M/g),
    ).toHaveLength(2);
    // The first layer stands alone now: a bar as tall as the band would be.
    const [alone] = draw({ ...data, layers: partial }).all('.null-alone');
    expect(Number(alone.getAttribute('y'))).toBeCloseTo(layout.y(mean + 2 * sd), 2);
    expect(all('.null-alone')).toHaveLength(0);
    const without = data.layers.map((layer) => ({ ...layer, null: null, structure: null }));
    const bare = draw({ ...data, layers: without });
    expect(bare.all('.null-band, .null-mean, .bar')).toEqual([]);
    expect(bare.svg.textContent).toContain('the null model is not computed yet');
  });

  it('breaks the line at a value that is not known, and keeps a zero map off it', () => {
    const data = chart(6);
    const layers = data.layers.map((layer, i) => ({
      ...layer,
      value: i === 2 ? null : layer.value,
      outcome: i === 4 ? ('none' as const) : ('evidence' as const),
    }));
    const { all } = draw({ ...data, layers, selected: null });
    expect(all('.value-line')[0].getAttribute('d')!.match(/M/g)).toHaveLength(3);
    const points = all('circle.value');
    expect(points).toHaveLength(5);
    expect(points.filter((point) => point.getAttribute('fill') === theme.paper)).toHaveLength(1);
  });

  it('draws structure as bars from zero, upwards and downwards', () => {
    const data = chart(3);
    const layers = data.layers.map((layer, i) => ({ ...layer, structure: [0.4, -0.1, null][i] }));
    const { all, layout } = draw({ ...data, layers });
    const zero = layout.structure(0);
    const [up, down, ...rest] = all('.bar');
    expect(rest).toEqual([]);
    expect(attribute(up, 'y') + attribute(up, 'height')).toBeCloseTo(zero, 2);
    expect(attribute(down, 'y')).toBeCloseTo(zero, 2);
    expect(attribute(up, 'height') / attribute(down, 'height')).toBeCloseTo(4, 1);
  });

  it('cuts off one bar far below the others, and writes its number', () => {
    const data = chart(12);
    const layers = data.layers.map((layer, i) => (i === 7 ? { ...layer, structure: -0.83 } : layer));
    const { all, layout, texts } = draw({ ...data, layers });
    expect(layout.structure.domain()[0]).toBeGreaterThan(-0.4);
    const bar = all('.bar')[7];
    expect(attribute(bar, 'y') + attribute(bar, 'height')).toBeCloseTo(layout.structureBottom, 2);
    expect(all('.cut-off')).toHaveLength(1);
    expect(all('.cut-off-value').map(({ textContent }) => textContent)).toEqual(['−0.83']);
    expect(overlaps(texts)).toEqual([]);
    // The others keep most of the height.
    expect(layout.structure(0) - layout.structureTop).toBeGreaterThan(20);
    expect(draw(data).all('.cut-off, .cut-off-value')).toEqual([]);
  });

  it('numbers neighbours that are cut off, and no number stands on a bar or on other words', () => {
    const rects = (nodes: Element[]) =>
      nodes.map((node) => {
        const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((name) => attribute(node, name));
        return { text: 'bar', box: { x, y, width, height } };
      });
    for (const { first, second, ats, widths } of [
      { first: -0.9, second: -0.85, ats: [0, 12, 25], widths: [500, 700, 1056] },
      // At the first of all the size of the map stands where the second number would, on a phone the panel's name at the last.
      { first: 0.95, second: 0.9, ats: [12, 25], widths: [700, 1056] },
    ]) {
      for (const at of ats) {
        for (const width of widths) {
          for (const selected of [null, 3, at, at + 1]) {
            const data = chart(27, { selected });
            const layers = data.layers.map((layer, i) => ({
              ...layer,
              structure: [first, second][i - at] ?? layer.structure,
            }));
            const { all, texts } = draw({ ...data, layers }, width);
            const where = `${first} at ${at}, ${width} px, selected ${selected}`;
            const numbers = all('.cut-off-value');
            expect(all('.cut-off'), where).toHaveLength(2);
            expect(numbers, where).toHaveLength(2);
            // Digits end at their baseline.
            const digits = numbers
              .map(textBox)
              .map(({ text, box }) => ({ text, box: { ...box, height: 7.5 } }));
            expect(overlaps([...digits, ...rects(all('.bar'))]), where).toEqual([]);
            expect(overlaps(texts), where).toEqual([]);
            expect(beyond(texts, { right: width, bottom: Number.POSITIVE_INFINITY }), where).toEqual([]);
          }
        }
      }
    }
  });

  it('marks the zero line where values are negative, and only there', () => {
    const data = chart(3);
    expect(draw(data).all('line.zero')).toEqual([]);
    const layers = data.layers.map((layer, i) => (i === 2 ? { ...layer, value: -0.2 } : layer));
    const { all, layout } = draw({ ...data, layers });
    expect(attribute(all('line.zero')[0], 'y1')).toBeCloseTo(layout.y(0), 3);
  });

  it('bounds every run of one size and writes the size', () => {
    const { all, svg } = draw(chart(10));
    expect(all('.boundaries line')).toHaveLength(4);
    for (const size of ['112²', '56²', '28²', '14²', '7²']) expect(svg.textContent).toContain(size);
  });

  it('names itself, tells its content and stands alone', () => {
    const { svg } = draw(chart(12));
    expect(svg.getAttribute('role')).toBe('img');
    expect(svg.querySelector('title')!.textContent).toBe('Spatial entropy by layer');
    expect(svg.querySelector('desc')!.textContent).toContain('from 0.70 at conv0_1');
    expect(svg.querySelector('[class]:not([fill]):not([stroke]):not(g)')).toBeNull();
    expect(svg.getAttribute('font-family')).toContain('Inter Variable');
  });

  it('scales bits by what is measured, from zero unless all of it is far above', () => {
    const bits = { name: 'Shannon entropy', unit: 'bits' } as const;
    const layers = (values: number[]) =>
      chart(values.length).layers.map((layer, i) => ({
        ...layer,
        value: values[i],
        null: null,
        structure: null,
      }));
    expect(draw(chart(3, { measure: bits, layers: layers([1, 4, 7]) })).layout.y.domain()[0]).toBe(0);
    const high = draw(chart(3, { measure: bits, layers: layers([13.2, 13.6, 14]) }));
    expect(high.layout.y.domain()[0]).toBeGreaterThan(12);
    expect(high.svg.textContent).toContain('Shannon entropy, bits');
  });

  it('lets no words touch or leave the figure, from 5 to 60 layers and 390 to 2560 px', () => {
    const caption =
      'Spatial entropy of the saliency maps of all layers beside the null model, 32 shuffles each.';
    for (const count of [5, 12, 25, 40, 60]) {
      for (const width of [390, 560, 700, 1024, 1372, 2560]) {
        for (const selected of [0, 1, count >> 1, count - 1]) {
          const data = chart(count, {
            selected,
            layerNames: true,
            caption,
            title: 'Spatial entropy by layer',
          });
          // A negative bar moves the zero of the lower panel up among the row labels.
          const layers = data.layers.map((layer, i) => (i === 1 ? { ...layer, structure: -0.4 } : layer));
          const { texts, size } = draw({ ...data, layers: selected ? layers : data.layers }, width);
          const where = `${count} layers, ${width} px, selected ${selected}`;
          expect(overlaps(texts), where).toEqual([]);
          expect(beyond(texts, { right: width + 0.1, bottom: size.height }), where).toEqual([]);
        }
      }
    }
  });

  it('puts the selected value beside its point, clear of both lines', () => {
    for (const count of [5, 12, 25]) {
      for (let selected = 0; selected < count; selected++) {
        const data = chart(count, { selected });
        const { svg, layout } = draw(data);
        const { text, box } = textBox(svg.querySelector('.selected-value')!);
        expect(text).toBe(data.layers[selected].value!.toFixed(2));
        data.layers.slice(1).forEach((layer, i) => {
          for (let t = 0; t <= 1; t += 0.02) {
            const x = layout.axis.x(i) + t * layout.axis.step;
            if (x < box.x || x > box.x + box.width) continue;
            for (const key of ['value', 'null'] as const) {
              const at = (l: typeof layer) => (key === 'value' ? l.value! : l.null!.mean);
              const y = layout.y(at(data.layers[i]) * (1 - t) + at(layer) * t);
              expect(y > box.y && y < box.y + box.height, `${count}/${selected} ${key}`).toBe(false);
            }
          }
        });
      }
    }
  });

  it('marks nothing when the selected layer is none of its layers', () => {
    for (const selected of [-1, 12]) {
      const { all } = draw(chart(12, { selected }));
      expect(all('.cursor, .column, .selected-value')).toEqual([]);
    }
  });

  it('draws no layers and one layer without falling over', () => {
    expect(draw(chart(0, { selected: null })).all('circle.value')).toEqual([]);
    expect(draw(chart(1, { selected: 0 })).all('circle.value')).toHaveLength(1);
  });
});
