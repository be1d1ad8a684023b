import { useSyncExternalStore } from 'react';
import { type FigureTheme, figureThemes, themesOfContrast } from '../figures';
import { visits } from '../storage/text-store';

export type ThemeName = FigureTheme['name'];

const storageKey = 'supersign-theme';
const systemDark = window.matchMedia('(prefers-color-scheme: dark)');
const wantsContrast = window.matchMedia('(prefers-contrast: more)');

/** The theme of the page, and who has to know when it, or how clear it is to be, changes. */
function createTheme() {
  const listeners = new Set<() => void>();
  let name: ThemeName = 'light';
  let isClear = wantsContrast.matches;
  return {
    get name() {
      return name;
    },
    /** Whether more contrast is asked for. */
    get isClear() {
      return isClear;
    },
    becomeClear(next: boolean): void {
      isClear = next;
    },
    become(next: ThemeName): void {
      name = next;
    },
    tell(): void {
      for (const listener of listeners) listener();
    },
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const theme = createTheme();

/** The theme chosen on an earlier visit, else the system's. */
export function preferredTheme(): ThemeName {
  const kept = visits.get(storageKey);
  if (kept === 'light' || kept === 'dark') return kept;
  return systemDark.matches ? 'dark' : 'light';
}

/**
 * The table of a theme, as clear as the system is asked to be. What the query says is not looked up here: Chromium takes a look between
 * a change and its event for the event, and no other listener hears of it.
 */
const themeOf = (name: ThemeName) => (theme.isClear ? themesOfContrast : figureThemes)[name];

/** Page and figures share one table of colours: its tokens become CSS variables. */
export function applyTheme(name: ThemeName): void {
  theme.become(name);
  const { style, dataset } = document.documentElement;
  dataset.theme = name;
  style.colorScheme = name;
  for (const [token, value] of Object.entries(themeOf(name))) {
    style.setProperty(`--${token.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, value);
  }
  theme.tell();
}

export function toggleTheme(): void {
  const next = theme.name === 'light' ? 'dark' : 'light';
  visits.set(storageKey, next);
  applyTheme(next);
}

systemDark.addEventListener('change', () => applyTheme(preferredTheme()));
wantsContrast.addEventListener('change', ({ matches }) => {
  theme.becomeClear(matches);
  applyTheme(theme.name);
});

/** The colours figures are drawn in on the page. */
export const useFigureTheme = (): FigureTheme =>
  useSyncExternalStore(theme.subscribe, () => themeOf(theme.name));
