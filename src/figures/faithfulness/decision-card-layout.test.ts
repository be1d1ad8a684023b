import { expect, it } from 'vitest';
import type { Box } from '../kit/figure-types';
import type { DecisionCardData } from './decision-card-data';
import { decisionCardLayout } from './decision-card-layout';

const data = (aspect: number, signs: number) =>
  ({
    aspect,
    sentence:
      'The network rests its “church” on two supersigns; masking the larger one costs 1.8 of 4.4 logits.',
    caption: 'Grad-CAM for church by photos10.',
    predictions: Array(5).fill({}),
    signs: Array(signs).fill({}),
    more: 0,
  }) as unknown as DecisionCardData;

const apart = (a: Box, b: Box) =>
  a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;

it.each([320, 480, 560, 720, 859, 860, 1200])(
  'nothing of a card of %i pixels covers another part',
  (width) => {
    for (const aspect of [0.6, 1, 1.5, 2.4]) {
      for (const signs of [0, 2, 6]) {
        const {
          picture,
          predictions,
          signs: own,
          chart,
          text,
          height,
        } = decisionCardLayout(data(aspect, signs), width);
        const boxes = [picture, predictions, own, chart];
        for (const [i, box] of boxes.entries()) {
          expect(box.x).toBeGreaterThanOrEqual(0);
          expect(box.x + box.width).toBeLessThanOrEqual(width);
          expect(box.y + box.height).toBeLessThanOrEqual(height);
          for (const other of boxes.slice(i + 1)) expect(apart(box, other), `${width}, ${aspect}`).toBe(true);
        }
        expect(text.width, `${width}, ${aspect}`).toBeGreaterThanOrEqual(200);
      }
    }
  },
);

it('leaves no void beside the picture in the width of a page', () => {
  const { picture, predictions, signs } = decisionCardLayout(data(1, 2), 720);
  expect(predictions.x).toBeGreaterThan(picture.x + picture.width);
  expect(picture.y + picture.height - predictions.y).toBeGreaterThan(100);
  expect(signs.x).toBe(picture.x);
});
