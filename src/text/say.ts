/** Languages of the page, by their BCP 47 tags. */
export const languages = { en: 'English', zh: '中文' } as const;
export type Language = keyof typeof languages;

/** English texts with what they are in another language; `{names}` stand for what is put in. */
export type Words = Readonly<Record<string, string>>;

type Values = Readonly<Record<string, string | number | null | undefined>>;

/** A text with `{names}`, as what finds it in a sentence that is whole already. */
interface Pattern {
  text: string;
  names: readonly string[];
  /** Whether what is put in is the name of something, in straight quotes: it is the same in every language. */
  areNames: readonly boolean[];
  /** Its longest part of its own: a sentence without it is not made of this text. */
  longest: string;
  /** Whether it has few letters of its own, so that long sentences may fit it that are not made of it. */
  isLoose: boolean;
  expression: RegExp;
}

const none: Words = {};
/** Letters of its own by which a text is found again: with fewer, as "{x} of {y}", it would be found in sentences not made of it. */
const leastOwnLetters = 5;
/** With fewer letters of its own a text holds nothing but names, numbers and what has words of its own. */
const looseLetters = 15;
/** Words of something that is put in and has no other language. */
const mostWordsOfName = 3;
/** Sentences that came whole and were looked for once; more are forgotten together. */
const mostRemembered = 2000;

const speaking = {
  language: 'en' as Language,
  words: none,
  /** Made when a sentence is first looked for. */
  patterns: null as Pattern[] | null,
  remembered: new Map<string, string>(),
};

/** The language that is spoken. */
export const spoken = (): Language => speaking.language;

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

const filled = (text: string, values: Values) =>
  text.replace(/\{(\w+)\}/g, (name, key: string) => (key in values ? String(values[key] ?? '') : name));

/** A sentence that was put together in English. */
function whole(sentence: string): string {
  const remembered = speaking.remembered.get(sentence);
  if (remembered !== undefined) return remembered;
  const found =
    matched(sentence) ?? number(sentence) ?? oneByOne(sentence) ?? behindName(sentence) ?? sentence;
  if (speaking.remembered.size >= mostRemembered) speaking.remembered.clear();
  speaking.remembered.set(sentence, found);
  return found;
}

function matched(sentence: string): string | null {
  speaking.patterns ??= patternsOf(speaking.words);
  for (const { text, names, areNames, longest, isLoose, expression } of speaking.patterns) {
    if (!sentence.includes(longest)) continue;
    const match = expression.exec(sentence);
    if (!match) continue;
    const given = match.slice(1);
    const values = given.map((value, i) => (areNames[i] ? value : say(value)));
    if (isLoose && values.some((value, i) => value === given[i] && isLong(value))) continue;
    return filled(speaking.words[text], Object.fromEntries(names.map((name, i) => [name, values[i]])));
  }
  return null;
}

const isLong = (value: string) => value.split(' ').length > mostWordsOfName;

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

/** Several sentences, each by itself; null where none of them has other words. */
function oneByOne(text: string): string | null {
  const sentences = text.split(/(?<=[.?!]) (?=["“]?\p{Lu})/u);
  if (sentences.length === 1) return null;
  const told = sentences.map((sentence) => say(sentence));
  if (told.every((sentence, i) => sentence === sentences[i])) return null;
  return told.reduce((before, sentence) => `${before}${/[。？！]$/.test(before) ? '' : ' '}${sentence}`);
}

/** "photo.png: it is empty", with what stands behind the name in other words. */
function behindName(text: string): string | null {
  const at = text.indexOf(': ');
  if (at < 1) return null;
  const reason = text.slice(at + 2);
  const told = say(reason);
  return told === reason ? null : `${text.slice(0, at)}：${told}`;
}

/** Texts with names, those with the most letters of their own first: what fits them fits looser ones too. */
function patternsOf(words: Words): Pattern[] {
  return Object.keys(words)
    .map((text) => ({ text, parts: text.split(/\{(\w+)\}/) }))
    .filter(({ parts }) => parts.length > 1 && lettersIn(parts) >= leastOwnLetters)
    .sort((a, b) => ownLength(b.parts) - ownLength(a.parts))
    .map(({ text, parts }) => ({
      text,
      names: parts.filter((_, i) => i % 2 === 1),
      areNames: parts.flatMap((_, i) =>
        i % 2 === 1 ? [parts[i - 1].endsWith('"') && parts[i + 1].startsWith('"')] : [],
      ),
      longest: ownParts(parts).reduce((long, part) => (part.length > long.length ? part : long)),
      isLoose: lettersIn(parts) < looseLetters,
      expression: new RegExp(
        `^${parts.map((part, i) => (i % 2 === 1 ? putIn(parts[i - 1]) : literal(part))).join('')}$`,
      ),
    }));
}

/** What is put in right behind a word or a quote may be left out: an ending, or a part of a sentence. */
const putIn = (before: string) => (/[\p{L}"]$/u.test(before) ? '([\\s\\S]*?)' : '([\\s\\S]+?)');

const ownParts = (parts: readonly string[]) => parts.filter((_, i) => i % 2 === 0);
const ownLength = (parts: readonly string[]) => ownParts(parts).join('').length;
const lettersIn = (parts: readonly string[]) => ownParts(parts).join('').match(/\p{L}/gu)?.length ?? 0;

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
