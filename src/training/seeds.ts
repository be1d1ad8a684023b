/** What a stream of random numbers is for, so that no two of a training are the same. */
export type Purpose = 'weights' | 'order' | 'augmentation' | 'dropout' | 'split';

/**
 * A seed for one purpose and one place (an epoch, a step, a class) of a training: resuming needs no state of a generator. Mixed by
 * the finaliser of MurmurHash3 (Appleby).
 */
export function seedFor(seed: number, purpose: Purpose | `weights ${string}`, place = 0): number {
  let hash = mixed(seed | 0);
  for (let i = 0; i < purpose.length; i++) hash = mixed(hash ^ purpose.charCodeAt(i));
  return mixed(hash ^ place);
}

function mixed(value: number): number {
  let hash = (value + 0x9e3779b9) | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
}
