import { expect, it } from 'vitest';
import { layerAxis, type PlacedSign } from '../../../figures';
import { scrolledToRoot } from './tree-view';

it.each([
  { layers: 12, layer: 11 },
  { layers: 12, layer: 6 },
  { layers: 8, layer: 2 },
  { layers: 40, layer: 20 },
])('of $layers layers on a phone the root at layer $layer is in sight', ({ layers, layer }) => {
  const room = 362;
  const axis = layerAxis(62 * layers, layers);
  const scrolled = scrolledToRoot({ axis, signs: [{ sign: { layer } } as PlacedSign] }, room);
  expect(scrolled).toBeGreaterThanOrEqual(0);
  expect(axis.x(layer) - axis.step / 2 - scrolled).toBeGreaterThanOrEqual(0);
  expect(axis.x(layer) + axis.step / 2 - scrolled).toBeLessThanOrEqual(room);
});
