import type { ScalingOffer } from '../explain/scaling-words';
import { percent } from '../explain/view-model';
import type { TriedImages } from './scaling-trial-store';
import type { ClassFolder } from './study-store';

type Says = Pick<ScalingOffer, 'says' | 'share' | 'number'>;

/** What came of trying a scaling on some images: how many are named right, else how sure the network is of its answers. */
export function resultInWords(tried: TriedImages | undefined, folders: readonly ClassFolder[]): Says {
  if (!tried || tried.images.length === 0) return { says: null, share: null, number: null };
  const classes = new Map(folders.map((each) => [each.folder, each.class] as const));
  const known = tried.images.flatMap(({ answer, folder }) => {
    const trueClass = folder === null ? null : (classes.get(folder) ?? null);
    return trueClass === null ? [] : [answer.index === trueClass];
  });
  if (known.length > 0) {
    const right = known.filter(Boolean).length;
    return { says: 'named right', share: right / known.length, number: `${right} of ${known.length}` };
  }
  const sum = tried.images.reduce((total, { answer }) => total + answer.probability, 0);
  const mean = sum / tried.images.length;
  return { says: 'sure on average', share: mean, number: percent(mean) };
}
