// @vitest-environment page
import '../../../ui/page-testing';

import { describe, expect, it, vi } from 'vitest';
import { figureThemes } from '../../../figures';
import { slideSize } from '../../../figures/story/story-slide';
import type { ExplainState } from '../../../state/explain-store';

vi.mock('../../../engine/engine-client', () => ({ engine: {}, measures: {}, signFinder: {} }));

const { useExplain } = await import('../../../state/explain-store');
const { signs } = await import('../../../engine/measure/measure-signs');
const { analysed } = await import('../explain-testing');
const { fitted, storyDrawing } = await import('./story-figures');

HTMLCanvasElement.prototype.toDataURL = () => 'data:image/png;base64,';

const few = { ...useExplain.getInitialState(), ...(await analysed()) } as ExplainState;

/** The same with every layer ten times, under names as deep networks have them. */
function deep(): ExplainState {
  const { analysis, measurement, nullSigns, settings } = few;
  if (!analysis || !measurement || !nullSigns) throw new Error('nothing is analysed');
  const tenTimes = <Layer>(all: readonly Layer[]) => all.flatMap((layer) => Array<Layer>(10).fill(layer));
  const layers = tenTimes(analysis.layers).map((layer, index) => ({
    ...layer,
    index,
    name: `features.denseblock${(index % 4) + 1}.denselayer${index}.conv2`,
  }));
  const grid = { width: 28, height: 28 };
  return {
    ...few,
    analysis: { ...analysis, layers },
    measurement: { ...measurement, layers: tenTimes(measurement.layers) },
    nullSigns: tenTimes(nullSigns),
    signs: signs({ maps: layers.map(({ map }) => map), grid, tau: settings.tau, theta: settings.theta }),
    ...{ layer: 119, position: 119 },
  };
}
const many = deep();

const { light } = figureThemes;
/** What a slide, a hall's screen, a window and a tablet have beside their words, in CSS pixels. */
const places = [
  { width: slideSize.width - 88, height: 330 },
  { width: 2300, height: 1060 },
  { width: 1296, height: 560 },
  { width: 690, height: 620 },
];

describe.each([
  ['12 layers', few],
  ['120 layers', many],
])('charts of a story of %s', (_, state) => {
  it.each(['flow', 'entropy', 'predictions'] as const)('%s fits its place, as large as it can', (chart) => {
    const drawing = storyDrawing(state, chart);
    if (!drawing) throw new Error('there is no chart');
    for (const place of places) {
      const { times, size } = fitted(drawing, place, 3);
      expect(size.height * times).toBeLessThanOrEqual(place.height + 1);
      expect(size.width * times).toBeCloseTo(place.width, -1);
      const larger = times + 0.1;
      const needed = drawing.heightAt(place.width / larger) * larger;
      expect(times >= 3 || needed > place.height, `${times} times of ${place.width}`).toBe(true);
    }
    const place = { width: 300, height: 20 };
    const { times, size } = fitted(drawing, place, 3);
    expect([times, size.height]).toEqual([1, drawing.heightAt(300)]);
  });

  it('name layers where all of them can be read', () => {
    for (const chart of ['flow', 'entropy'] as const) {
      const texts = storyDrawing(state, chart)?.draw({ width: 720, height: 500 }, light).textContent ?? '';
      expect(texts.includes('conv4_2')).toBe(state === few);
    }
  });
});
