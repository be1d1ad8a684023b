import { isAttentionMethod, type SaliencyMethod, saliencyMethodNames } from '../method-names';

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
  ...(['score-cam', 'ablation-cam'] as const),
];

/** The smoothings of a method: `eigen` needs channels that are summed, and attention is of places that a flip would move. */
export const smoothingsFor = (method: SaliencyMethod): readonly MapSmoothing[] => {
  if (isAttentionMethod(method)) return ['none'];
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

/** What each smoothing does, and why a method has not all of them. */
export function smoothingHint(method: SaliencyMethod): string {
  if (isAttentionMethod(method)) return 'Maps of attention are shown as they are.';
  const flips =
    'Flips and brightness: the mean of the maps of six variants of the picture, mirrored or not, its values times 0.9, 1 and 1.1, each map scaled to 0..1. Six times the passes.';
  const component = sumsChannels.includes(method)
    ? 'First component: the principal component of what the channels say, in place of their sum.'
    : 'This method sums no channels, so their first component means nothing to it.';
  return `${flips} ${component}`;
}
