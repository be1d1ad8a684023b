import type { ImageEntry } from '../../picture/sets/image-set';
import { seededRandom } from '../../semiotics';
import type { StudySettings } from '../study-data';

/** A part of a study that runs by itself; `index` counts from 1. */
export interface Shard {
  index: number;
  of: number;
}

/**
 * The pictures of a set that a study takes, in the set's order: of one split, drawn by the seed, and of these the shard's. The
 * shards of a study share no picture, and together they are the whole of it.
 */
export function choosePictures(
  entries: readonly ImageEntry[],
  { split, sample, seed }: Pick<StudySettings, 'split' | 'sample' | 'seed'>,
  shard: Shard | null = null,
): ImageEntry[] {
  const drawn = draw(ofSplit(entries, split ?? null), sample, seed);
  return shard ? drawn.filter((_, index) => index % shard.of === shard.index - 1) : drawn;
}

export const ofSplit = (entries: readonly ImageEntry[], split: string | null): readonly ImageEntry[] =>
  split === null ? entries : entries.filter((entry) => entry.split === split);

/** Every choice of `count` pictures equally likely (selection sampling; Knuth, volume 2, 3.4.2, algorithm S). */
function draw(entries: readonly ImageEntry[], count: number | null, seed: number): ImageEntry[] {
  if (count === null || count >= entries.length) return [...entries];
  const random = seededRandom(seed);
  const drawn: ImageEntry[] = [];
  for (const [index, entry] of entries.entries()) {
    if (random.next() * (entries.length - index) < count - drawn.length) drawn.push(entry);
  }
  return drawn;
}
