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
  const alone = names.map((name) => shortenText(name, ...room));
  const told = new Map<string, string>();
  for (const short of new Set(alone)) {
    const alike = [...new Set(names.filter((_, i) => alone[i] === short))];
    const own = short === '' || alike.length === 1 ? alike.map(() => short) : toldApart(alike, room);
    alike.forEach((name, i) => {
      told.set(name, own[i]);
    });
  }
  return names.map((name) => told.get(name) ?? '');
}

/** Names that would be alike, in the way that tells most of them apart. */
function toldApart(names: readonly string[], room: Room): string[] {
  const letters = names.map((name) => [...name]);
  const parts = names.map((name) => name.match(/\d+|\p{L}+|[^\d\p{L}]+/gu) ?? []);
  const inOnePlace = letters.map((own) => differing(own, letters, room));
  const inSeveral = parts.map((own) => inPlaces(own, parts, room));
  const isKnown = inSeveral.every((text) => text !== null);
  return isKnown && new Set(inSeveral).size > new Set(inOnePlace).size ? inSeveral : inOnePlace;
}

/** The words and numbers in which a name differs from others of its build; null where they have no such places, or no room. */
function inPlaces(own: readonly string[], all: readonly (readonly string[])[], room: Room): string | null {
  if (all.some(({ length }) => length !== own.length)) return null;
  const places = own.flatMap((_, at) => (all.some((each) => each[at] !== own[at]) ? [at] : []));
  const between = places.map((at, i) => `${i > 0 && at > places[i - 1] + 1 ? '…' : ''}${own[at]}`).join('');
  const ends = [places[0] > 0 ? '…' : '', places[places.length - 1] < own.length - 1 ? '…' : ''];
  const whole = `${ends[0]}${between}${ends[1]}`;
  return [whole, between].find((text) => textWidth(text, room[1], room[2]) <= room[0]) ?? null;
}

/** The part in which a name differs from the others, with as much about it as fits. */
function differing(
  own: readonly string[],
  all: readonly (readonly string[])[],
  [width, fontSize, weight]: Room,
): string {
  const fits = (text: string) => textWidth(text, fontSize, weight) <= width;
  const shortest = Math.min(...all.map(({ length }) => length));
  const alikeFrom = (letter: (name: readonly string[], i: number) => string, most: number) => {
    let i = 0;
    while (i < most && all.every((each) => letter(each, i) === letter(all[0], i))) i++;
    return i;
  };
  let from = alikeFrom((each, i) => each[i], shortest);
  let to = own.length - alikeFrom((each, i) => each[each.length - 1 - i], shortest - from);
  const cut = () => `${from > 0 ? '…' : ''}${own.slice(from, to).join('')}${to < own.length ? '…' : ''}`;
  // A number is read whole: "12" among "2" and "22" is no "1".
  while (from > 0 && /\d/.test(own[from - 1])) from--;
  while (to < own.length && /\d/.test(own[to])) to++;
  if (!fits(cut())) return shortenText(own.slice(from, to).join(''), width, fontSize, weight);
  for (let grows = true; grows; ) {
    grows = false;
    for (const [start, end] of [
      [from, to + 1],
      [from - 1, to],
    ]) {
      if (start < 0 || end > own.length) continue;
      const before = [from, to];
      [from, to] = [start, end];
      if (fits(cut())) grows = true;
      else [from, to] = before;
    }
  }
  return cut();
}
