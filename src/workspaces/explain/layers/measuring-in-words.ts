import { methodInWords, smoothingOf } from '../../../saliency/smoothing/map-smoothing';
import { measuringKeys } from '../../../state/explain-store';
import { partOf } from '../../../state/setting-table';
import { type ExplainSettings, initialSettings } from '../../../state/settings';
import { counted } from '../../../text/counted';
import { say } from '../../../text/say';
import { measureLabel } from '../view-model';

/** What decides the numbers of the charts. */
const measuring = [
  ...(['method', 'smooth'] as const),
  ...measuringKeys.maps,
  ...(['pooling', 'operations'] as const),
];

/** Those of them that are rarely changed. */
const rare = ['neighbourhood', 'torus', 'pooling', 'operations', 'smooth'] as const;

const borderInWords = ({ torus }: ExplainSettings) => (torus ? say('torus') : say('border cut off'));

const layersInWords = ({ pooling, operations }: ExplainSettings): string[] =>
  operations ? [say('every operation')] : pooling ? [say('with pooling layers')] : [];

/** "Measured as Grad-CAM, Aura matrix (AME), 256 levels, input grid, N4, border cut off." */
export function measuringInWords(settings: ExplainSettings): string {
  const { method, smooth, levels, grid, neighbourhood } = settings;
  const { name } = measureLabel(settings);
  return say('Measured as {value}.', {
    value: [
      ...[methodInWords(method, smooth), name, counted(levels, 'level'), say(`${grid} grid`)],
      ...[`N${neighbourhood}`, borderInWords(settings), ...layersInWords(settings)],
    ].join(say(', ')),
  });
}

/** What is rarely changed, piece by piece: "N4", "border cut off"; and whether each differs from its initial value. */
export function rareInWords(settings: ExplainSettings): { text: string; isChanged: boolean }[] {
  const smoothed = smoothingOf(settings.method, settings.smooth) !== 'none';
  return [
    { text: `N${settings.neighbourhood}`, isChanged: differs(settings, 'neighbourhood') },
    { text: borderInWords(settings), isChanged: differs(settings, 'torus') },
    ...[...layersInWords(settings), ...(smoothed ? [say('smoothed maps')] : [])].map((text) => ({
      text,
      isChanged: true,
    })),
  ];
}

/** Whether a setting differs from its initial value. */
export const differs = (settings: ExplainSettings, key: keyof ExplainSettings): boolean =>
  settings[key] !== initialSettings[key];

/** Whether anything of that differs from its initial value. */
export const isRareChanged = (settings: ExplainSettings): boolean =>
  rare.some((key) => differs(settings, key));

/** The settings that take these back to what they were at first; null where they are so. */
export function changedMeasuring(settings: ExplainSettings): Partial<ExplainSettings> | null {
  const changed = measuring.filter((key) => differs(settings, key));
  if (changed.length === 0) return null;
  return partOf(initialSettings, changed);
}
