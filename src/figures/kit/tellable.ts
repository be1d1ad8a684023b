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
  const told = toldAmong(
    [...new Set(names)].map((name) => [name]),
    room,
  );
  return names.map((name) => told.get(name) ?? '');
}

/** Texts of names in groups: those of a group are told apart, and groups with a text in common become one if that tells more. */
function toldAmong(groups: readonly string[][], room: Room): Map<string, string> {
  const texts = groups.map((alike) => textsOf(alike, room));
  const told = new Map(groups.flatMap((alike, group) => alike.map((name, i) => [name, texts[group][i]])));
  const joined = joinedWhereAlike(groups, texts);
  if (joined.length === groups.length) return told;
  const together = toldAmong(joined, room);
  const different = (each: Map<string, string>) => new Set(each.values()).size;
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

/** The words and numbers in which names of one build differ; null where they have no such places, or no room. */
function inPlaces(all: readonly (readonly string[])[], [width, fontSize, weight]: Room): string[] | null {
  const [{ length }] = all;
  if (all.some((each) => each.length !== length)) return null;
  const places = all[0].flatMap((part, at) => (all.some((each) => each[at] !== part) ? [at] : []));
  const ends = [places[0] > 0 ? '…' : '', places[places.length - 1] < length - 1 ? '…' : ''];
  const texts = all.map((own) => {
    const between = places.map((at, i) => `${i > 0 && at > places[i - 1] + 1 ? '…' : ''}${own[at]}`).join('');
    const whole = `${ends[0]}${between}${ends[1]}`;
    return [whole, between].find((text) => textWidth(text, fontSize, weight) <= width);
  });
  return texts.every((text) => text !== undefined) ? texts : null;
}

/** The part in which each name differs from the others, with as much about it as fits. */
function differing(all: readonly (readonly string[])[], room: Room): string[] {
  const shortest = Math.min(...all.map(({ length }) => length));
  const alikeFrom = (letter: (name: readonly string[], i: number) => string, most: number) => {
    let i = 0;
    while (i < most && all.every((each) => letter(each, i) === letter(all[0], i))) i++;
    return i;
  };
  const head = alikeFrom((each, i) => each[i], shortest);
  const tail = alikeFrom((each, i) => each[each.length - 1 - i], shortest - head);
  return all.map((own) => withWhatFits(own, [head, own.length - tail], room));
}

/** A part of a name, and as much about it as fits. */
function withWhatFits(
  own: readonly string[],
  [start, end]: readonly [number, number],
  [width, fontSize, weight]: Room,
): string {
  const fits = (text: string) => textWidth(text, fontSize, weight) <= width;
  let [from, to] = [start, end];
  const cut = () => `${from > 0 ? '…' : ''}${own.slice(from, to).join('')}${to < own.length ? '…' : ''}`;
  // A number is read whole: "12" among "2" and "22" is no "1".
  while (from > 0 && /\d/.test(own[from - 1])) from--;
  while (to < own.length && /\d/.test(own[to])) to++;
  if (!fits(cut())) return shortenText(own.slice(from, to).join(''), width, fontSize, weight);
  for (let grows = true; grows; ) {
    grows = false;
    for (const [first, last] of [
      [from, to + 1],
      [from - 1, to],
    ]) {
      if (first < 0 || last > own.length) continue;
      const before = [from, to];
      [from, to] = [first, last];
      if (fits(cut())) grows = true;
      else [from, to] = before;
    }
  }
  return cut();
}
