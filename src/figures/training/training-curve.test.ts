// @vitest-environment page
import { describe, expect, it } from 'vitest';
import { figureThemes } from '../kit/figure-theme';
import { beyond, overlaps } from '../testing/recording-context';
import { attribute, textBox } from '../testing/svg-text';
import {
  type CurvePoint,
  type TrainingCurveData,
  thinned,
  trainingCurve,
  trainingCurveHeight,
} from './training-curve';

const points = (...ys: number[]): CurvePoint[] => ys.map((y, i) => ({ x: i + 1, y }));

const loss: TrainingCurveData = {
  title: 'Loss',
  unit: 'number',
  epochs: 4,
  series: [
    { name: 'training', role: 'training', points: points(2, 1.5, 1), raw: points(2.2, 1.3, 1.1) },
    { name: 'held out', role: 'held out', points: points(2.1, 1.6) },
  ],
};

function draw(data: TrainingCurveData, width = 360) {
  const height = trainingCurveHeight(width, data);
  const svg = trainingCurve(document, data, { width, height }, figureThemes.light);
  return { svg, height, all: (selector: string) => [...svg.querySelectorAll(selector)] };
}

/** The corners of a path of straight lines. */
const corners = (path: Element) =>
  (path.getAttribute('d') ?? '')
    .split(/[ML]/)
    .filter(Boolean)
    .map((pair) => pair.split(',').map(Number));

describe('a training curve', () => {
  it('places points by epoch and value', () => {
    const { all } = draw(loss);
    const [[x1, y1], [x2, y2], [x3, y3]] = corners(all('.training .values')[0]);
    // The plot begins at 46 px and ends 10 px before the edge, for four epochs.
    const epoch = (360 - 46 - 10) / 4;
    expect([x1, x2, x3]).toEqual([46 + epoch, 46 + 2 * epoch, 46 + 3 * epoch]);
    expect(y2 - y1).toBeCloseTo(y3 - y2, 6);
    expect(y2).toBeGreaterThan(y1);
  });

  it('draws every held-out test as a dot, and single batches behind', () => {
    const { all } = draw(loss);
    expect(all('.held-out circle')).toHaveLength(2);
    expect(all('.raw')).toHaveLength(1);
    expect(corners(all('.raw')[0])).toHaveLength(3);
  });

  it('says the last values in the colours of their lines', () => {
    const { all } = draw(loss);
    const told = all('.head text').map((node) => [node.textContent, node.getAttribute('fill')]);
    expect(told).toContainEqual(['training 1.000', figureThemes.light.blue]);
    expect(told).toContainEqual(['held out 1.600', figureThemes.light.accent]);
  });

  it('has shares on a scale to 100 %, whatever was reached', () => {
    const { svg } = draw({
      ...loss,
      title: 'Accuracy',
      unit: 'share',
      series: [{ name: 'training', role: 'training', points: points(0.1, 0.2) }],
    });
    expect(svg.textContent).toContain('100 %');
    expect(svg.querySelector('desc')?.textContent).toBe(
      'Accuracy: training from 10.0 % to 20.0 % at epoch 2 of 4.',
    );
  });

  it('leaves out what is no number, and draws nothing without a point', () => {
    const broken = {
      ...loss,
      series: [{ ...loss.series[0], points: points(1, Number.NaN, 3), raw: undefined }],
    };
    expect(draw(broken).all('.values')[0].getAttribute('d')).not.toContain('NaN');
    const empty = draw({ ...loss, series: [] });
    expect(empty.all('.values')).toEqual([]);
    expect(empty.svg.querySelector('desc')?.textContent).toContain('nothing is trained yet');
  });

  it('lets no single bad test press the rest flat: it stands hollow at the edge', () => {
    const spike = {
      ...loss,
      series: [loss.series[0], { ...loss.series[1], points: points(2.1, 40) }],
    };
    const [usual, bad] = draw(spike).all('.held-out circle');
    expect(attribute(bad, 'cy')).toBe(38);
    expect(bad.getAttribute('fill')).toBe(figureThemes.light.paper);
    expect(bad.textContent).toBe('40.000');
    expect(usual.getAttribute('fill')).toBe(figureThemes.light.accent);
    // Twice the largest of the training, 2.2, rounded up to a tick.
    expect(draw(spike).svg.textContent).toContain('4');
    expect(draw(spike).svg.textContent).not.toContain('20');
  });

  it('marks what happened', () => {
    const { all } = draw({ ...loss, marks: [{ x: 2, text: 'Resumed' }] });
    const mark = all('line[stroke-dasharray]')[0];
    expect(mark.textContent).toBe('Resumed');
    expect(attribute(mark, 'x1')).toBeCloseTo(46 + (360 - 56) / 2, 3);
  });

  it('lets no words touch or leave the figure', () => {
    for (const width of [240, 300, 390, 700]) {
      const { all, height } = draw(
        { ...loss, caption: 'Small VGG on Pictographs, a training of four epochs.' },
        width,
      );
      const texts = all('text').map(textBox);
      expect(overlaps(texts), `${width}`).toEqual([]);
      expect(beyond(texts, { right: width + 0.1, bottom: height }), `${width}`).toEqual([]);
    }
  });
});

describe('thinning', () => {
  it('keeps a short curve as it is', () => {
    const few = points(1, 2, 3);
    expect(thinned(few, 100)).toBe(few);
  });

  it('keeps every spike of a long one, in order', () => {
    const long = Array.from({ length: 10_000 }, (_, x) => ({
      x,
      y: x === 4321 ? 99 : x === 777 ? -5 : Math.sin(x),
    }));
    const kept = thinned(long, 300);
    expect(kept.length).toBeLessThanOrEqual(300);
    expect(kept).toContain(long[4321]);
    expect(kept).toContain(long[777]);
    expect(kept.map(({ x }) => x)).toEqual(kept.map(({ x }) => x).sort((a, b) => a - b));
  });
});
