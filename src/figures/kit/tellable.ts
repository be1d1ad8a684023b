import { type FontWeight, shortenText, textWidth } from './chart-text';

/**
 * Names no wider than `width` that stay tellable from one another: where shortening each by itself would make two of them
 * alike, what they have in common gives way and what they differ in stays ("…block_12_expand…"). Empty where nothing fits.
 */
export function shortenAmong(
  names: readonly string[],
  width: number,
  fontSize: number,
  weight: FontWeight = 400,
): string[] {
  const alone = names.map((name) => shortenText(name, width, fontSize, weight));
  return names.map((name, i) => {
    if (alone[i] === '') return '';
    const alike = [...new Set(names.filter((_, j) => alone[j] === alone[i]))];
    return alike.length === 1 ? alone[i] : differing(name, alike, [width, fontSize, weight]);
  });
}

/** The part in which a name differs from the others, with as much about it as fits. */
function differing(
  name: string,
  names: readonly string[],
  [width, fontSize, weight]: readonly [width: number, fontSize: number, weight: FontWeight],
): string {
  const fits = (text: string) => textWidth(text, fontSize, weight) <= width;
  const all = names.map((each) => [...each]);
  const own = [...name];
  const shortest = Math.min(...all.map(({ length }) => length));
  const alikeFrom = (letter: (name: string[], i: number) => string, most: number) => {
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
