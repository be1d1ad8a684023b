import { describe, expect, it } from 'vitest';
import { textWidth } from '../kit/chart-text';
import { slideSize, storySlideLayout } from './story-slide';

const sentence = 'From conv5_1 on the evidence lies in one sign, which holds at least 79 % of it. ';
const footer = ['French horn', '3 of 11'] as const;

describe('the layout of a slide', () => {
  it.each([
    ['words alone', null, false],
    ['a wide picture', 2, false],
    ['a chart', null, true],
    ['a tall picture and bars', 0.5, true],
  ])('keeps %s apart and on the slide, however much is said', (_, picture, chart) => {
    for (const times of [1, 3, 6]) {
      const layout = storySlideLayout({
        title: 'Evidence',
        says: [sentence.repeat(times)],
        footer,
        picture,
        chart,
      });
      const last = layout.lines.at(-1)!.baseline;
      expect(last).toBeLessThan(layout.chart?.y ?? 500);
      for (const { text } of layout.lines)
        expect(layout.x + textWidth(text, layout.textSize)).toBeLessThanOrEqual(slideSize.width);
      for (const box of [layout.picture, layout.chart]) {
        if (!box) continue;
        expect(box.x + box.width).toBeLessThanOrEqual(slideSize.width);
        expect(box.y + box.height).toBeLessThanOrEqual(500);
        expect(box.y).toBeGreaterThanOrEqual(0);
      }
      if (layout.picture) {
        expect(layout.picture.x + layout.picture.width).toBeLessThan(layout.x);
        expect(layout.picture.width / layout.picture.height).toBeCloseTo(picture!, 9);
      }
    }
  });

  it('has letters for the last row where little is said, smaller ones where much is', () => {
    const sizeOf = (times: number) =>
      storySlideLayout({
        title: 'Evidence',
        says: [sentence.repeat(times)],
        footer,
        picture: 1,
        chart: false,
      }).textSize;
    expect(sizeOf(1)).toBe(21);
    expect(sizeOf(9)).toBeLessThan(21);
    expect(sizeOf(9)).toBeGreaterThanOrEqual(13);
  });
});
