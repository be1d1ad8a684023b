import { useSyncExternalStore } from 'react';
import { loadCode } from '../code/missing-code';
import { visits } from '../storage/text-store';
import { type Language, languages, speak, spoken, tagOf, type Words } from '../text/say';

const storageKey = 'supersign-language';
/** Parameter of the address, before its `#`: it goes for every workspace. */
const parameter = 'language';

const listeners = new Set<() => void>();

/** The words of each language but English, which the page is written in. */
const words: Record<Exclude<Language, 'en'>, () => Promise<Words>> = {
  zh: () => loadCode(() => import('../text/zh')).then((module) => module.zh),
};

/** Of each language what is said of files that cannot be read: it comes when the page is drawn, for nobody needs it before. */
const laterWords: typeof words = {
  zh: () => loadCode(() => import('../text/zh/readers')).then((module) => module.readers),
};

const languageOf = (tag: string | null): Language | null =>
  (Object.keys(languages) as Language[]).find((language) => tag?.toLowerCase().split('-')[0] === language) ??
  null;

/** The language of the address, else the one chosen on an earlier visit, else the first of the browser's that the page speaks. */
export function preferredLanguage(): Language {
  const asked = languageOf(new URLSearchParams(location.search).get(parameter));
  const told = navigator.languages.map(languageOf).find((language) => language !== null);
  return asked ?? languageOf(visits.get(storageKey)) ?? told ?? 'en';
}

/**
 * Speaks the preferred language from now on; to be waited for before anything is drawn. English where its words cannot be had.
 * @returns null where there is nothing to wait for
 */
export function speakPreferred(): Promise<void> | null {
  const language = preferredLanguage();
  if (language === 'en') return null;
  return turnTo(language).catch(() => turnTo('en'));
}

/**
 * Another language, for this visit and later ones.
 * @throws where its words cannot be had
 */
export async function chooseLanguage(language: Language): Promise<void> {
  await turnTo(language);
  visits.set(storageKey, language);
  const address = new URL(location.href);
  address.searchParams.set(parameter, language);
  history.replaceState(history.state, '', address);
}

async function turnTo(language: Language): Promise<void> {
  const known = language === 'en' ? {} : await words[language]();
  speak(language, known);
  document.documentElement.lang = tagOf(language);
  tell();
  if (language !== 'en') void addLater(language, known);
}

/** Adds the words that nobody needs at first; what is said of files stays English where they cannot be had. */
async function addLater(language: keyof typeof words, known: Words): Promise<void> {
  const more = await laterWords[language]().catch(() => null);
  if (!more || spoken() !== language) return;
  speak(language, { ...known, ...more });
  tell();
}

const state = { times: 0 };

function tell(): void {
  state.times++;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const usePageLanguage = (): Language => useSyncExternalStore(subscribe, spoken);

/** For what may be on screen before all words of its language are there: it is drawn again when they come. */
export const useLaterWords = (): number => useSyncExternalStore(subscribe, () => state.times);
