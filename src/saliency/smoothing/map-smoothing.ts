import { hasOwnLayers, type SaliencyMethod, saliencyMethodNames } from '../method-names';

/** How maps are smoothed, by id; the names go behind that of a method. */
export const mapSmoothingNames = {
  none: 'not smoothed',
  aug: 'mean over flips and brightness',
  eigen: 'first component of its channels',
  both: 'first component, mean over flips and brightness',
} as const;

export type MapSmoothing = keyof typeof mapSmoothingNames;

/** Methods that make a map by summing what each channel says at each place. */
const sumsChannels: readonly SaliencyMethod[] = [
  ...(['grad-cam', 'grad-cam++', 'hires-cam', 'layer-cam', 'grad-cam-elementwise', 'xgrad-cam'] as const),
  ...(['score-cam', 'ablation-cam', 'shapley-cam'] as const),
];

/** The smoothings of a method: `eigen` needs channels that are summed, and attention is of places that a flip would move. */
export const smoothingsFor = (method: SaliencyMethod): readonly MapSmoothing[] => {
  if (hasOwnLayers(method)) return ['none'];
  return sumsChannels.includes(method) ? ['none', 'aug', 'eigen', 'both'] : ['none', 'aug'];
};

/** Whether several variants of a picture run. */
export const isOverVariants = (smooth: MapSmoothing = 'none'): boolean =>
  smooth === 'aug' || smooth === 'both';

/** Whether the channels' first component stands for their sum. */
export const isByComponent = (smooth: MapSmoothing = 'none'): boolean =>
  smooth === 'eigen' || smooth === 'both';

/** What of a smoothing applies to a method. */
export function smoothingOf(method: SaliencyMethod, smooth: MapSmoothing = 'none'): MapSmoothing {
  const allowed = smoothingsFor(method);
  if (allowed.includes(smooth)) return smooth;
  return smooth === 'both' && allowed.includes('aug') ? 'aug' : 'none';
}

/** "Grad-CAM", or "Grad-CAM (mean over flips and brightness)" */
export function methodInWords(method: SaliencyMethod, smooth?: MapSmoothing): string {
  const applied = smoothingOf(method, smooth);
  const name = saliencyMethodNames[method];
  return applied === 'none' ? name : `${name} (${mapSmoothingNames[applied]})`;
}
