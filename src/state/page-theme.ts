import { useSyncExternalStore } from 'react';
import { type FigureTheme, figureThemes, themesOfContrast } from '../figures';
import { visits } from '../storage/text-store';

export type ThemeName = FigureTheme['name'];

const storageKey = 'supersign-theme';
const systemDark = window.matchMedia('(prefers-color-scheme: dark)');
const wantsContrast = window.matchMedia('(prefers-contrast: more)');
const listeners = new Set<() => void>();
let current: ThemeName = 'light';

/** The theme chosen on an earlier visit, else the system's. */
export function preferredTheme(): ThemeName {
  const kept = visits.get(storageKey);
  if (kept === 'light' || kept === 'dark') return kept;
  return systemDark.matches ? 'dark' : 'light';
}

/** The table of a theme, as clear as the system is asked to be. */
const themeOf = (name: ThemeName) => (wantsContrast.matches ? themesOfContrast : figureThemes)[name];

/** Page and figures share one table of colours: its tokens become CSS variables. */
export function applyTheme(name: ThemeName): void {
  current = name;
  const { style, dataset } = document.documentElement;
  dataset.theme = name;
  style.colorScheme = name;
  for (const [token, value] of Object.entries(themeOf(name))) {
    style.setProperty(`--${token.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, value);
  }
  for (const listener of listeners) listener();
}

export function toggleTheme(): void {
  const next = current === 'light' ? 'dark' : 'light';
  visits.set(storageKey, next);
  applyTheme(next);
}

systemDark.addEventListener('change', () => applyTheme(preferredTheme()));
wantsContrast.addEventListener('change', () => applyTheme(current));

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The colours figures are drawn in on the page. */
export const useFigureTheme = (): FigureTheme => useSyncExternalStore(subscribe, () => themeOf(current));
