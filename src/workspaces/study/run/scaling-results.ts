import type { ScalingOffer } from '../../../models/scaling/scaling-words';
import type { Prediction } from '../../../network/prediction';
import { valueInWords } from '../../../network/prediction';
import { say } from '../../../text/say';
import type { TriedImages } from './scaling-trial-store';
import type { ClassFolder } from './study-store';

type Says = Pick<ScalingOffer, 'says' | 'share' | 'number'>;

/** What came of trying a scaling on some images: how many are named right, else how sure the network is, else its number. */
export function resultInWords(tried: TriedImages | undefined, folders: readonly ClassFolder[]): Says {
  if (!tried || tried.images.length === 0) return { says: null, share: null, number: null };
  const classes = new Map(folders.map((each) => [each.folder, each.class] as const));
  const known = tried.images.flatMap(({ answer, folder }) => {
    const trueClass = folder === null ? null : (classes.get(folder) ?? null);
    return trueClass === null ? [] : [answer.index === trueClass];
  });
  if (known.length > 0) {
    const right = known.filter(Boolean).length;
    return {
      says: say('named right'),
      share: right / known.length,
      number: say('{value} of {all}', { value: right, all: known.length }),
    };
  }
  const mean = (value: (answer: Prediction) => number) =>
    tried.images.reduce((sum, { answer }) => sum + value(answer), 0) / tried.images.length;
  const isProbable = tried.images.every(({ answer }) => answer.probability !== null);
  const share = isProbable ? mean(({ probability }) => probability ?? 0) : null;
  const number = valueInWords({ probability: share, logit: mean(({ logit }) => logit) });
  return { says: isProbable ? say('sure on average') : say('on average'), share, number };
}
