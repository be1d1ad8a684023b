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
  expression: RegExp;
}

const none: Words = {};
/** Letters of its own by which a text is found again: with fewer, as "{x} of {y}", it would be found in sentences not made of it. */
const leastOwnLetters = 6;
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
  const found = matched(sentence) ?? sentence;
  if (speaking.remembered.size >= mostRemembered) speaking.remembered.clear();
  speaking.remembered.set(sentence, found);
  return found;
}

function matched(sentence: string): string | null {
  speaking.patterns ??= patternsOf(speaking.words);
  for (const { text, names, expression } of speaking.patterns) {
    const match = expression.exec(sentence);
    if (!match) continue;
    const values = Object.fromEntries(names.map((name, i) => [name, say(match[i + 1])]));
    return filled(speaking.words[text], values);
  }
  return null;
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
      expression: new RegExp(
        `^${parts.map((part, i) => (i % 2 === 1 ? '([\\s\\S]+?)' : literal(part))).join('')}$`,
      ),
    }));
}

const ownParts = (parts: readonly string[]) => parts.filter((_, i) => i % 2 === 0);
const ownLength = (parts: readonly string[]) => ownParts(parts).join('').length;
const lettersIn = (parts: readonly string[]) => ownParts(parts).join('').match(/\p{L}/gu)?.length ?? 0;

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
