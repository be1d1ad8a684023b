import { inputScalingNames } from '../protocol';
import type { ReadNetwork } from './formats';

/**
 * Labels and scaling where a file tells them beside its layers, as files written here do: `{labels, scaling}`, strings and an id of
 * {@link inputScalingNames}. What has another form is passed over: the file is read as one that tells nothing.
 */
export function toldMetadata(metadata: unknown): Pick<ReadNetwork, 'labels' | 'scaling'> {
  if (typeof metadata !== 'object' || metadata === null) return { labels: null, scaling: null };
  const { labels, scaling } = metadata as { labels?: unknown; scaling?: unknown };
  return {
    labels: isLabels(labels) ? labels : null,
    scaling: isScaling(scaling) ? { scaling, reason: 'As the file tells.' } : null,
  };
}

const isLabels = (value: unknown): value is string[] =>
  Array.isArray(value) && value.length > 0 && value.every((label) => typeof label === 'string');

const isScaling = (value: unknown): value is keyof typeof inputScalingNames =>
  typeof value === 'string' && Object.hasOwn(inputScalingNames, value);
