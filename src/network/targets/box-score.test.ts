import { describe, expect, it } from 'vitest';
import { layoutOfList, layoutOfPair } from './box-layout';
import { boxScore } from './box-score';
import { formOf } from './detections';
import { boxParts } from './target';

const inputShape = [40, 80, 3];
type Layout = NonNullable<ReturnType<typeof layoutOfList>>;

const listOf = (shape: [number, number]) => layoutOfList({ name: 'boxes', shape, names: 2, inputShape });

/** Two boxes a list, the second of which is explained, in every form that lists have. */
const lists: [string, Layout | null, number[]][] = [
  ['middle and extent, probabilities', listOf([2, 6]), [9, 9, 4, 4, 0.1, 0.2, 30, 15, 20, 10, 0.3, 0.6]],
  [
    'middle and extent, with whether there is a thing',
    listOf([2, 7]),
    [9, 9, 4, 4, 0.1, 0.1, 0.2, 30, 15, 20, 10, 0.5, 0.3, 0.6],
  ],
  [
    'corners as shares, logits',
    layoutOfPair([2, 4], [2, 2], 'logits', 2),
    [0.1, 0.1, 0.2, 0.2, -1, -2, 0.25, 0.25, 0.5, 0.5, -0.5, 1.5],
  ],
];

const listed = (layout: Layout, list: readonly number[]) =>
  ({ node: 0, layout, form: formOf(list, layout), box: 1, index: 1, inputShape }) as const;

describe('what is explained of a box', () => {
  it.each(lists)('has the slope of its own values: %s', (_, layout, list) => {
    for (const part of boxParts) {
      const score = boxScore(listed(layout as Layout, list), part);
      const moved = (at: number, by: number) => list.map((number, i) => (i === at ? number + by : number));
      const step = 1e-5;
      const gradient = score.gradient(list);
      list.forEach((_, at) => {
        const slope = (score.value(moved(at, step)) - score.value(moved(at, -step))) / (2 * step);
        expect(gradient[at], `${part}, ${at}`).toBeCloseTo(slope, 4);
      });
      const tangents = list.map((_, i) => Math.sin(i + 1));
      const along = (by: number) => score.gradient(list.map((number, i) => number + by * tangents[i]));
      const [after, before] = [along(1e-3), along(-1e-3)];
      const change = score.gradientAlong?.(list, tangents) ?? new Float32Array(list.length);
      change.forEach((value, at) => {
        const expected = (after[at] - before[at]) / 2e-3;
        expect(Math.abs(value - expected), `${part} along, ${at}`).toBeLessThan(
          0.02 + 0.002 * Math.abs(expected),
        );
      });
    }
  });

  it('is in pixels, whatever the list is written in', () => {
    // The corners 20, 10 and 40, 20 of a picture of 80 × 40.
    const [, layout, list] = lists[2];
    const value = (part: (typeof boxParts)[number]) =>
      boxScore(listed(layout as Layout, list), part).value(list);
    expect(value('score')).toBe(1.5);
    expect(value('place')).toBeCloseTo(Math.log(200), 12);
    expect(value('both')).toBeCloseTo(Math.log(200) + 1.5, 12);
    expect(['left', 'top', 'right', 'bottom'].map((edge) => value(edge as 'left'))).toEqual([60, 30, 40, 20]);
    const [, probable, middle] = lists[0];
    const both = boxScore(listed(probable as Layout, middle), 'both');
    expect(both.value(middle)).toBeCloseTo(Math.log(200) + Math.log(0.6), 12);
  });

  it('is finite, and without slope, for a box that a variant of the picture turns inside out', () => {
    const [, layout, list] = lists[2];
    const score = boxScore(listed(layout as Layout, list), 'place');
    const turned = [...list.slice(0, 6), 0.5, 0.5, 0.25, 0.25, -0.5, 1.5];
    expect(score.value(turned)).toBeCloseTo(2 * Math.log(1e-6), 12);
    expect([...score.gradient(turned)].every((slope) => slope === 0)).toBe(true);
  });
});
