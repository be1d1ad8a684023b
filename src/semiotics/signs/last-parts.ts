import type { LinkedSigns, SignRef } from './link-signs';

/** A part of a whole, as it was before it was taken in. */
export interface LastPart {
  /** The sign, in the last layer in which it stands by itself. */
  sign: SignRef;
  /** The supersign that takes it in. */
  into: SignRef;
}

/** A sign of at least this share of its map's mass is a part by itself. */
export const PART_SHARE = 0.05;
/** So many parts are looked for, and no more are told apart. */
const WANTED = 3;
const MOST = 5;

/** A merge of at least two parts. */
interface Merge {
  into: SignRef;
  parts: SignRef[];
}

/**
 * The parts of a sign that were taken in last: its merges are undone, the latest layer first and there that of the greatest sign, until
 * three parts stand by themselves or no merge is left; a merge of many leaves five. Signs of less than 5 % of their map are no parts.
 *
 * @param share of its map's mass that a sign holds
 * @returns the greatest part first; none where the sign was never aggregated from two of that size
 */
export function lastParts(
  { layers }: LinkedSigns,
  whole: SignRef,
  share: (sign: SignRef) => number,
): LastPart[] {
  const byShare = (a: SignRef, b: SignRef) => share(b) - share(a) || a.layer - b.layer || a.sign - b.sign;
  /** The latest merge in a sign's past; null where there is none. */
  const mergeBehind = ({ layer, sign }: SignRef): Merge | null => {
    let at = layers[layer][sign];
    while (at.parts.length > 0) {
      const parts = at.parts.map(({ from }) => from).sort(byShare);
      const great = parts.filter((part) => share(part) >= PART_SHARE);
      if (great.length > 1) return { into: { layer: at.layer, sign: at.sign }, parts: great };
      at = layers[parts[0].layer][parts[0].sign];
    }
    return null;
  };
  let found: (LastPart & { merge: Merge | null })[] = [
    { sign: whole, into: whole, merge: mergeBehind(whole) },
  ];
  while (found.length < WANTED) {
    const [latest] = found
      .filter(({ merge }) => merge !== null)
      .sort((a, b) => (b.merge?.into.layer ?? 0) - (a.merge?.into.layer ?? 0) || byShare(a.sign, b.sign));
    if (!latest?.merge) break;
    const { into, parts } = latest.merge;
    const undone = parts.map((sign) => ({ sign, into, merge: mergeBehind(sign) }));
    found = [...found.filter((part) => part !== latest), ...undone];
  }
  if (found.length < 2) return [];
  return found
    .sort((a, b) => byShare(a.sign, b.sign))
    .slice(0, MOST)
    .map(({ sign, into }) => ({ sign, into }));
}

/**
 * For every layer and sign the part it became, by its place in the list; the length of the list for what takes parts in, and -1 for
 * what belongs to none of them.
 */
export function partOfSigns({ layers }: LinkedSigns, parts: readonly LastPart[]): number[][] {
  const found = layers.map((signs) => signs.map(() => -1));
  for (const { into } of parts) {
    for (let at: SignRef | undefined = into; at; at = layers[at.layer][at.sign].into?.to) {
      found[at.layer][at.sign] = parts.length;
    }
  }
  for (const [i, { sign }] of parts.entries()) found[sign.layer][sign.sign] = i;
  for (let layer = layers.length - 1; layer >= 0; layer--) {
    for (const { sign, into } of layers[layer]) {
      if (found[layer][sign] >= 0 || !into) continue;
      const next = found[into.to.layer][into.to.sign];
      if (next < parts.length) found[layer][sign] = next;
    }
  }
  return found;
}
