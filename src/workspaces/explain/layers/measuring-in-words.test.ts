import { expect, it } from 'vitest';
import { initialSettings } from '../../../state/settings';
import { changedMeasuring, measuringInWords } from './measuring-in-words';

it('says how maps are made and measured, and takes back what was changed', () => {
  expect(measuringInWords(initialSettings)).toBe(
    'Measured as Grad-CAM, Aura matrix (AME), 256 levels, input grid, N4, border cut off.',
  );
  expect(changedMeasuring(initialSettings)).toBeNull();
  const changed = { ...initialSettings, method: 'layer-cam', torus: true, pooling: true } as const;
  expect(measuringInWords(changed)).toBe(
    'Measured as LayerCAM, Aura matrix (AME), 256 levels, input grid, N4, torus, with pooling layers.',
  );
  expect(measuringInWords({ ...changed, smooth: 'aug' })).toContain(
    'as LayerCAM (mean over flips and brightness), Aura',
  );
  expect(changedMeasuring({ ...initialSettings, smooth: 'eigen' })).toEqual({ smooth: 'none' });
  expect(changedMeasuring(changed)).toEqual({ method: 'grad-cam', torus: false, pooling: false });
});
