import { useSyncExternalStore } from 'react';
import { loadCode } from '../code/missing-code';
import { visits } from '../storage/text-store';
import { type Language, languages, speak, spoken, type Words } from '../text/say';

const storageKey = 'supersign-language';
/** Parameter of the address, before its `#`: it goes for every workspace. */
const parameter = 'language';

const listeners = new Set<() => void>();

/** The words of each language but English, which the page is written in. */
const words: Record<Exclude<Language, 'en'>, () => Promise<Words>> = {
  zh: () => loadCode(() => import('../text/zh')).then((module) => module.zh),
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
  speak(language, language === 'en' ? {} : await words[language]());
  document.documentElement.lang = language === 'zh' ? 'zh-Hans' : language;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const usePageLanguage = (): Language => useSyncExternalStore(subscribe, spoken);
