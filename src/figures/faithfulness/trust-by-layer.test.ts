// @vitest-environment page
import { expect, it } from 'vitest';
import { figureThemes } from '../kit/figure-theme';
import {
  type TrustByLayerData,
  trustByLayer,
  trustByLayerHeight,
  trustLayerAt,
  trustNumber,
} from './trust-by-layer';

const data: TrustByLayerData = {
  layers: ['conv1', 'conv2', 'conv3'],
  ...{ selected: 1, best: 2 },
  rows: [
    { name: 'ROAD', better: 'high', values: [-0.1, null, 0.3] },
    { name: 'Structure', better: null, values: [0.2, 0.2, 0.2] },
  ],
};
const size = { width: 300, height: trustByLayerHeight(300, data) };
const drawn = trustByLayer(document, data, size, figureThemes.light);
const circles = (row: number) => [...drawn.querySelectorAll('.measure')[row].querySelectorAll('circle')];
const at = (circle: Element, name: string) => Number(circle.getAttribute(name));

it('puts every measure on one axis of layers, each in its own scale, gaps where nothing is', () => {
  const [road, structure] = [circles(0), circles(1)];
  expect(road.filter((circle) => !circle.classList.contains('best'))).toHaveLength(2);
  expect(structure).toHaveLength(3);
  expect(at(road[0], 'cx')).toBe(at(structure[0], 'cx'));
  // The lower value stands lower, a constant row in one line.
  expect(at(road[0], 'cy')).toBeGreaterThan(at(road[1], 'cy'));
  expect(new Set(structure.map((circle) => at(circle, 'cy'))).size).toBe(1);
  expect(trustLayerAt(at(structure[2], 'cx'), 300, 3)).toBe(2);
});

it('rings the layer that holds best, in measures that judge', () => {
  expect(drawn.querySelectorAll('.best')).toHaveLength(1);
  expect(drawn.querySelector('desc')?.textContent).toBe(
    'conv2: ROAD none, Structure 0.20. conv3 holds best.',
  );
});

it('writes numbers so that small ones keep their digits', () => {
  expect([0, 0.0012, -0.5, 12.345].map(trustNumber)).toEqual(['0', '0.0012', '−0.50', '12.3']);
});
