import { type FontWeight, shortenText, textWidth } from './chart-text';

type Room = readonly [width: number, fontSize: number, weight: FontWeight];

/**
 * Names no wider than `width` that stay tellable from one another: where shortening each by itself would make two of them
 * alike, what they have in common gives way and what they differ in stays ("…block_12_expand…"), at several places if need be
 * ("…1…2…"). Empty where nothing fits.
 */
export function shortenAmong(
  names: readonly string[],
  width: number,
  fontSize: number,
  weight: FontWeight = 400,
): string[] {
  const room: Room = [width, fontSize, weight];
  const each = [...new Set(names)];
  const told =
    toldAtOnce(each, room) ??
    toldAmong(
      each.map((name) => [name]),
      room,
    );
  return names.map((name) => told.get(name) ?? '');
}

/** How many texts there are. */
const different = (told: ReadonlyMap<string, string>) => new Set(told.values()).size;

/** All that have no room told apart at once, so that they look alike beside each other; null where that leaves two alike, or each tells enough by itself. */
function toldAtOnce(names: readonly string[], room: Room): Map<string, string> | null {
  const byItself = new Map(names.map((name) => [name, shortenText(name, ...room)]));
  if (different(byItself) === names.length) return null;
  const long = names.filter((name) => byItself.get(name) !== name);
  const texts = toldApart(long, room);
  const told = new Map([...byItself, ...long.map((name, i) => [name, texts[i]] as const)]);
  return different(told) === names.length ? told : null;
}

/** Texts of names in groups: those of a group are told apart, and groups with a text in common become one if that tells more. */
function toldAmong(groups: readonly string[][], room: Room): Map<string, string> {
  const texts = groups.map((alike) => textsOf(alike, room));
  const told = new Map(groups.flatMap((alike, group) => alike.map((name, i) => [name, texts[group][i]])));
  const joined = joinedWhereAlike(groups, texts);
  if (joined.length === groups.length) return told;
  const together = toldAmong(joined, room);
  return different(together) >= different(told) ? together : told;
}

/** A name by itself as much of it as fits, several so that they are told apart. */
function textsOf(alike: readonly string[], room: Room): string[] {
  return alike.length === 1 ? [shortenText(alike[0], ...room)] : toldApart(alike, room);
}

interface Joined {
  readonly names: string[];
  readonly texts: readonly string[];
}

function joinedWhereAlike(groups: readonly string[][], texts: readonly string[][]): string[][] {
  const withText = new Map<string, Joined>();
  const all = new Set<Joined>();
  groups.forEach((names, i) => {
    const own = { names, texts: texts[i].filter((text) => text !== '') };
    const met = [...new Set(own.texts.flatMap((text) => withText.get(text) ?? []))];
    const joined = {
      names: [...met, own].flatMap((each) => each.names),
      texts: [...met, own].flatMap((each) => each.texts),
    };
    for (const each of met) all.delete(each);
    all.add(joined);
    for (const text of joined.texts) withText.set(text, joined);
  });
  return [...all].map(({ names }) => names);
}

/** Names that would be alike, in the way that tells most of them apart. */
function toldApart(names: readonly string[], room: Room): string[] {
  const inOnePlace = differing(
    names.map((name) => [...name]),
    room,
  );
  const inSeveral = inPlaces(
    names.map((name) => name.match(/\d+|\p{L}+|[^\d\p{L}]+/gu) ?? []),
    room,
  );
  return inSeveral && new Set(inSeveral).size > new Set(inOnePlace).size ? inSeveral : inOnePlace;
}

const allFit = (texts: readonly string[], [width, fontSize, weight]: Room) =>
  texts.every((text) => textWidth(text, fontSize, weight) <= width);

/** The words and numbers in which names of one build differ; null where they have no such places, or no room. */
function inPlaces(all: readonly (readonly string[])[], room: Room): string[] | null {
  const [{ length }] = all;
  if (all.some((each) => each.length !== length)) return null;
  const places = all[0].flatMap((part, at) => (all.some((each) => each[at] !== part) ? [at] : []));
  const ends = [places[0] > 0 ? '…' : '', places[places.length - 1] < length - 1 ? '…' : ''];
  const between = all.map((own) =>
    places.map((at, i) => `${i > 0 && at > places[i - 1] + 1 ? '…' : ''}${own[at]}`).join(''),
  );
  // All with dots at their ends, or none: beside each other they look alike.
  const whole = between.map((text) => `${ends[0]}${text}${ends[1]}`);
  return [whole, between].find((texts) => allFit(texts, room)) ?? null;
}

/** The part in which each name differs from the others, and about it as much of what they share as all have room for: beside each other they look alike. */
function differing(all: readonly (readonly string[])[], room: Room): string[] {
  const [one] = all;
  const shortest = Math.min(...all.map(({ length }) => length));
  const alikeFrom = (letter: (name: readonly string[], i: number) => string, most: number) => {
    let i = 0;
    while (i < most && all.every((each) => letter(each, i) === letter(one, i))) i++;
    return i;
  };
  const head = alikeFrom((each, i) => each[i], shortest);
  const tail = alikeFrom((each, i) => each[each.length - 1 - i], shortest - head);
  // A number is read whole: "12" among "2" and "22" is no "1".
  let [before, after] = [0, 0];
  while (before < head && /\d/.test(one[head - before - 1])) before++;
  while (after < tail && /\d/.test(one[one.length - tail + after])) after++;
  const part = (own: readonly string[], from: number, to: number) =>
    own.slice(head - from, own.length - tail + to).join('');
  const cut = (from: number, to: number) => {
    if (from > head || to > tail) return null;
    const ends = [from < head ? '…' : '', to < tail ? '…' : ''];
    const texts = all.map((own) => `${ends[0]}${part(own, from, to)}${ends[1]}`);
    return allFit(texts, room) ? texts : null;
  };
  let texts = cut(before, after);
  if (!texts) return all.map((own) => shortenText(part(own, before, after), ...room));
  for (let grows = true; grows; ) {
    grows = false;
    for (const [moreBefore, moreAfter] of [
      [0, 1],
      [1, 0],
    ]) {
      const larger = cut(before + moreBefore, after + moreAfter);
      if (!larger) continue;
      texts = larger;
      [before, after] = [before + moreBefore, after + moreAfter];
      grows = true;
    }
  }
  return texts;
}
