// @vitest-environment page
import { describe, expect, it } from 'vitest';
import { figureThemes } from '../kit/figure-theme';
import { beyond, overlaps } from '../testing/recording-context';
import { attribute, textBox } from '../testing/svg-text';
import { type TrainingEntropyData, trainingEntropy, trainingEntropyHeight } from './training-entropy';

const data = (layers: number, epochs: number): TrainingEntropyData => ({
  measure: { name: 'Aura matrix entropy', unit: 'ratio' },
  layers: Array.from({ length: layers }, (_, i) => `conv${1 + (i >> 1)}_${1 + (i % 2)}`),
  epochs: Array.from({ length: epochs }, (_, epoch) => ({
    epoch,
    layers: Array.from({ length: layers }, (_, i) => ({
      entropy: 0.8 - 0.02 * i - 0.01 * epoch,
      null: 0.9 - 0.01 * i,
    })),
  })),
});

function draw(of: TrainingEntropyData, width = 1000) {
  const height = trainingEntropyHeight(width, of);
  const svg = trainingEntropy(document, of, { width, height }, figureThemes.light);
  return { svg, height, all: (selector: string) => [...svg.querySelectorAll(selector)] };
}

describe('the entropies of a training', () => {
  it('draw a profile for every epoch, the last one in the accent with a dot for every layer', () => {
    const { all } = draw(data(6, 5));
    const lines = all('.profiles .values');
    expect(lines).toHaveLength(5);
    expect(lines[4].getAttribute('stroke')).toBe(figureThemes.light.accent);
    expect(all('.profiles circle')).toHaveLength(6);
    expect(all('.null-mean')).toHaveLength(1);
    const shades = lines.slice(0, 4).map((line) => attribute(line, 'stroke-opacity'));
    expect(shades).toEqual([...shades].sort((a, b) => a - b));
  });

  it('shade a cell for every layer and epoch by the share below the null', () => {
    const two: TrainingEntropyData = {
      ...data(2, 1),
      epochs: [
        {
          epoch: 3,
          layers: [
            { entropy: 0.4, null: 0.8 },
            { entropy: 0.9, null: 0.6 },
          ],
        },
      ],
    };
    const [below, above] = draw(two).all('.cell');
    // 1 - 0.4 / 0.8 = 0.5 and 1 - 0.9 / 0.6 = -0.5, on 0.04 + 0.96 of the share.
    expect(attribute(below, 'fill-opacity')).toBeCloseTo(0.52, 6);
    expect(attribute(above, 'fill-opacity')).toBeCloseTo(0.52, 6);
    expect(below.getAttribute('fill')).toBe(figureThemes.light.accent);
    expect(above.getAttribute('fill')).toBe(figureThemes.light.blue);
    expect(below.textContent).toBe('conv1_1, epoch 3: 0.50');
  });

  it('leave a cell empty where the null is not positive or nothing was measured', () => {
    const odd: TrainingEntropyData = {
      ...data(2, 1),
      epochs: [
        {
          epoch: 1,
          layers: [
            { entropy: 0.4, null: -0.1 },
            { entropy: Number.NaN, null: 0.5 },
          ],
        },
      ],
    };
    expect(draw(odd).all('.cell')).toEqual([]);
  });

  it('tell the last profile aloud', () => {
    const { svg } = draw(data(1, 1));
    expect(svg.querySelector('desc')?.textContent).toBe(
      'Aura matrix entropy after epoch 0: conv1_1 0.80, null 0.90.',
    );
  });

  it('let no words touch or leave the figure, from 1 to 16 layers and 1 to 60 epochs', () => {
    for (const layers of [1, 6, 16]) {
      for (const epochs of [1, 9, 60]) {
        for (const width of [360, 700, 1100]) {
          const caption = 'Means over 24 held-out pictures of the entropy of the maps of all layers.';
          const { all, height } = draw({ ...data(layers, epochs), caption }, width);
          const texts = all('text').map(textBox);
          const where = `${layers} layers, ${epochs} epochs, ${width} px`;
          expect(
            overlaps(texts).map((pair) => pair.map(({ text }) => text)),
            where,
          ).toEqual([]);
          expect(beyond(texts, { right: width + 0.1, bottom: height + 0.1 }), where).toEqual([]);
        }
      }
    }
  });
});
