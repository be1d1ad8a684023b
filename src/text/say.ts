/** Languages of the page, by their BCP 47 tags. */
export const languages = { en: 'English', zh: '中文' } as const;
export type Language = keyof typeof languages;

/** English texts with what they are in another language; `{names}` stand for what is put in. */
export type Words = Readonly<Record<string, string>>;

type Values = Readonly<Record<string, string | number | null | undefined>>;

/** A text with `{names}`, as what finds it in a sentence that is whole already. */
interface Pattern {
  text: string;
  /** Its own letters and the names between them, in turn. */
  parts: readonly string[];
  names: readonly string[];
  /** Whether what is put in is the name of something, in straight quotes: it is the same in every language. */
  areNames: readonly boolean[];
  /** Its own letters between what is put in. */
  own: readonly string[];
  /** Whether it has few letters of its own, so that long sentences may fit it that are not made of it. */
  isLoose: boolean;
  /** Made when a sentence is first held against it. */
  expression: RegExp | null;
}

const none: Words = {};
/** Signs of its own by which a text is found again: with fewer, as "{x} of {y}", it would be found in sentences not made of it. */
const leastOwnSigns = 5;
/** With fewer letters of its own a text holds nothing but names, numbers and what has words of its own. */
const looseLetters = 15;
/** More words in a row than a name has, in no other language. */
const wordsInARow = /([A-Za-z]+ ){3}[A-Za-z]+/;
/** Sentences that came whole and were looked for once; more are forgotten together. */
const mostRemembered = 2000;

/** What is put in under these names was told elsewhere, such as an error of the engine, and is said in turn. */
const toldElsewhere = new Set(['reason', 'why', 'problem', 'message']);

const speaking = {
  language: 'en' as Language,
  words: none,
  /** Made when a sentence is first looked for. */
  patterns: null as Pattern[] | null,
  remembered: new Map<string, string>(),
};

/** The language that is spoken. */
export const spoken = (): Language => speaking.language;

/** The language as documents and voices name it (BCP 47). */
export const tagOf = (language: Language): string => (language === 'zh' ? 'zh-Hans' : language);

/** From now on `say` speaks this language. */
export function speak(language: Language, words: Words = none): void {
  speaking.language = language;
  speaking.words = words;
  speaking.patterns = null;
  speaking.remembered.clear();
}

/**
 * An English text in the language of the page, or itself where that has no words for it.
 * @param text as it stands in the list of words, with `{names}` for what differs; or a sentence that was put together elsewhere, such as
 *   an error of the engine, which is found by the text it was made of
 * @param values what stands for the names, in the language of the page
 */
export function say(text: string, values?: Values): string {
  const known = Object.hasOwn(speaking.words, text) ? speaking.words[text] : null;
  if (values) return filled(known ?? text, values);
  if (known !== null) return known;
  return speaking.language === 'en' ? text : whole(text);
}

function filled(text: string, values: Values): string {
  return text.split(/\{(\w+)\}/).reduce((before, part, i) => {
    if (i % 2 === 0) return together(before, part);
    if (!(part in values)) return `${before}{${part}}`;
    const given = String(values[part] ?? '');
    return together(before, toldElsewhere.has(part) && given !== '' ? say(given) : given);
  });
}

/** Chinese and Latin letters or digits stand apart where something is put in. */
const together = (before: string, after: string) => `${before}${meet(before, after) ? ' ' : ''}${after}`;

const meet = (before: string, after: string) =>
  (/\p{Script=Han}$/u.test(before) && /^[\w−]/.test(after)) ||
  (/\w$/.test(before) && /^\p{Script=Han}/u.test(after));

/** A sentence that was put together in English. */
function whole(sentence: string): string {
  const remembered = speaking.remembered.get(sentence);
  if (remembered !== undefined) return remembered;
  const found =
    matched(sentence) ??
    number(sentence) ??
    oneByOne(sentence) ??
    behindName(sentence) ??
    withoutStop(sentence) ??
    sentence;
  if (speaking.remembered.size >= mostRemembered) speaking.remembered.clear();
  speaking.remembered.set(sentence, found);
  return found;
}

function matched(sentence: string): string | null {
  speaking.patterns ??= patternsOf(speaking.words);
  for (const pattern of speaking.patterns) {
    const { text, names, areNames, own, isLoose } = pattern;
    if (!holdsInTurn(sentence, own)) continue;
    pattern.expression ??= expressionOf(pattern);
    const match = pattern.expression.exec(sentence);
    if (!match) continue;
    const given = match.slice(1);
    const values = given.map((value, i) => (areNames[i] ? value : say(value)));
    if (isLoose && values.some((value, i) => !areNames[i] && isEnglish(value))) continue;
    return filled(speaking.words[text], Object.fromEntries(names.map((name, i) => [name, values[i]])));
  }
  return null;
}

/** Whether a sentence begins and ends as a text does and holds its parts in their order, which is told faster than what is between. */
function holdsInTurn(sentence: string, own: readonly string[]): boolean {
  if (!sentence.startsWith(own[0]) || !sentence.endsWith(own[own.length - 1])) return false;
  let at = 0;
  for (const part of own) {
    const found = sentence.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return true;
}

const isEnglish = (value: string) => wordsInARow.test(value);

/** "3 layers", as `counted` puts it. */
function number(text: string): string | null {
  const [, count, noun] = /^([\d,]+) (\D+)$/.exec(text) ?? [];
  if (noun === undefined) return null;
  const singular = [
    noun,
    noun.replace(/s$/, ''),
    noun.replace(/es$/, ''),
    noun.replace(/ies$/, 'y'),
    noun.replace(/es$/, 'is'),
  ];
  const key = singular.map((each) => `# ${each}`).find((each) => Object.hasOwn(speaking.words, each));
  return key === undefined ? null : speaking.words[key].replace('#', count);
}

/** Several sentences, as many together as are one text; null where none of them has other words. */
function oneByOne(text: string): string | null {
  const sentences = text.split(/(?<=[.?!]) (?=["“]?\p{Lu})/u);
  for (let count = sentences.length - 1; count > 0; count--) {
    const first = sentences.slice(0, count).join(' ');
    const told = Object.hasOwn(speaking.words, first) ? speaking.words[first] : matched(first);
    if (told !== null) return oneBehindOther(told, say(sentences.slice(count).join(' ')));
  }
  if (sentences.length === 1) return null;
  const others = sentences.slice(1).join(' ');
  const told = say(others);
  return told === others ? null : oneBehindOther(sentences[0], told);
}

const oneBehindOther = (first: string, second: string) =>
  `${first}${/[。？！]$/.test(first) ? '' : ' '}${second}`;

/** "photo.png: it is empty", with what stands behind the name in other words. */
function behindName(text: string): string | null {
  const at = text.indexOf(': ');
  if (at < 1) return null;
  const reason = text.slice(at + 2);
  const told = say(reason);
  return told === reason ? null : `${text.slice(0, at)}：${told}`;
}

/** Sentences whose last full stop stands behind something that they were put into. */
function withoutStop(text: string): string | null {
  if (/[.?!:]$/.test(text) || !text.includes(' ')) return null;
  const told = say(`${text}.`);
  return told === `${text}.` ? null : told.replace(/[。.]$/, '');
}

/** Texts with names, those with the most letters of their own first: what fits them fits looser ones too. */
function patternsOf(words: Words): Pattern[] {
  const found = Object.keys(words).flatMap((text) => {
    const parts = text.split(/\{(\w+)\}/);
    const own = parts.filter((_, i) => i % 2 === 0);
    const letters = own.join('');
    return parts.length > 1 && letters.replace(/\s/g, '').length >= leastOwnSigns
      ? [{ text, parts, own, letters }]
      : [];
  });
  return found
    .sort((a, b) => b.letters.length - a.letters.length)
    .map(({ text, parts, own, letters }) => ({
      text,
      parts,
      names: parts.filter((_, i) => i % 2 === 1),
      areNames: own.slice(1).map((after, i) => own[i].endsWith('"') && after.startsWith('"')),
      own,
      isLoose: letters.replace(/\P{L}/gu, '').length < looseLetters,
      expression: null,
    }));
}

const expressionOf = ({ parts }: Pattern) =>
  new RegExp(`^${parts.map((part, i) => (i % 2 === 1 ? putIn(parts[i - 1], i) : literal(part))).join('')}$`);

/** What is put in right behind a word, a quote or something else may be left out: an ending, or a part of a sentence. */
const putIn = (before: string, place: number) =>
  (before === '' && place > 1) || /[\p{L}"]$/u.test(before) ? '([\\s\\S]*?)' : '([\\s\\S]+?)';

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
