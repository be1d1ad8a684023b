import { inputScalingNames } from '../protocol';
import type { ReadNetwork } from './formats';
import { labelsInMetadata } from './labels';

/**
 * Labels and scaling where a file tells them beside its layers, as files written here do: `{labels, scaling}`, strings and an id of
 * {@link inputScalingNames}. What has another form is passed over: the file is read as one that tells nothing.
 */
export function toldMetadata(metadata: unknown): Pick<ReadNetwork, 'labels' | 'scaling'> {
  if (typeof metadata !== 'object' || metadata === null) return { labels: null, scaling: null };
  const { scaling } = metadata as { scaling?: unknown };
  return {
    labels: labelsInMetadata(metadata),
    scaling: isScaling(scaling) ? { scaling, reason: 'As the file tells.', isGuess: false } : null,
  };
}

const isScaling = (value: unknown): value is keyof typeof inputScalingNames =>
  typeof value === 'string' && Object.hasOwn(inputScalingNames, value);
