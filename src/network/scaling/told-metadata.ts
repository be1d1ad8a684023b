import type { ReadNetwork } from '../files/read-network';
import { labelsInMetadata } from '../labels/labels';
import { scalingInNotes } from './scaling-notes';

/**
 * Labels and scaling where a file tells them beside its layers, as files written here do: `{labels, scaling}`, strings and an id of
 * `inputScalingNames`, or what other tools write. What has another form is passed over: the file is read as one that tells nothing.
 * @param channels that the network reads
 */
export function toldMetadata(metadata: unknown, channels: number): Pick<ReadNetwork, 'labels' | 'scaling'> {
  if (typeof metadata !== 'object' || metadata === null) return { labels: null, scaling: null };
  return {
    labels: labelsInMetadata(metadata),
    scaling: scalingInNotes(metadata, 'the file', channels),
  };
}
