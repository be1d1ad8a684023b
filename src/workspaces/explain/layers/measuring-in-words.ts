import { methodInWords } from '../../../saliency/smoothing/map-smoothing';
import { type ExplainSettings, initialSettings } from '../../../state/settings';
import { counted } from '../../../text/counted';
import { say } from '../../../text/say';
import { measureLabel } from '../view-model';

/** What decides the numbers of the charts. */
const measuring = [
  ...(['method', 'smooth', 'measure', 'levels', 'grid', 'neighbourhood', 'torus'] as const),
  ...(['pooling', 'operations'] as const),
];

/** "Measured as Grad-CAM, Aura matrix (AME), 256 levels, input grid, N4, border cut off." */
export function measuringInWords(settings: ExplainSettings): string {
  const { method, smooth, levels, grid, neighbourhood, torus, pooling, operations } = settings;
  const { name } = measureLabel(settings);
  const layers = operations ? [say('every operation')] : pooling ? [say('with pooling layers')] : [];
  return say('Measured as {value}.', {
    value: [
      ...[methodInWords(method, smooth), name, counted(levels, 'level'), say(`${grid} grid`)],
      ...[`N${neighbourhood}`, torus ? say('torus') : say('border cut off'), ...layers],
    ].join(', '),
  });
}

/** The settings that take these back to what they were at first; null where they are so. */
export function changedMeasuring(settings: ExplainSettings): Partial<ExplainSettings> | null {
  const changed = measuring.filter((key) => settings[key] !== initialSettings[key]);
  if (changed.length === 0) return null;
  return Object.fromEntries(changed.map((key) => [key, initialSettings[key]]));
}
