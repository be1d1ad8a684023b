// @vitest-environment page
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { tab, visits } from './text-store';

const stores = [
  ['visits', 'localStorage', visits],
  ['tab', 'sessionStorage', tab],
] as const;

const real = { localStorage: window.localStorage, sessionStorage: window.sessionStorage };

beforeEach(() => {
  for (const store of Object.values(real)) store.clear();
});

afterEach(() => {
  for (const [name, value] of Object.entries(real)) {
    Object.defineProperty(globalThis, name, { configurable: true, value });
  }
  vi.restoreAllMocks();
});

const instead = (name: string, get: () => unknown) =>
  Object.defineProperty(globalThis, name, { configurable: true, get });

it.each(stores)('%s keeps texts in %s', (_, name, store) => {
  expect(store.get('colours')).toBeNull();
  expect(store.set('colours', 'dark')).toBeNull();
  expect(real[name].getItem('colours')).toBe('dark');
  expect(store.get('colours')).toBe('dark');
  expect(store.problem()).toBeNull();
});

it.each(stores)('%s holds texts for the page where reading %s throws', (_, name, store) => {
  instead(name, () => {
    throw new DOMException('Access is denied for this document.', 'SecurityError');
  });
  expect(store.get('throwing')).toBeNull();
  expect(store.set('throwing', 'dark')?.reason).toBe('this browser does not let the page keep anything');
  expect(store.get('throwing')).toBe('dark');
  expect(store.problem()?.problem).toBe('forbidden');
});

it.each(stores)('%s holds texts for the page where there is no %s', (_, name, store) => {
  instead(name, () => undefined);
  expect(store.set('absent', 'dark')?.problem).toBe('absent');
  expect(store.get('absent')).toBe('dark');
});

it.each(stores)(
  '%s holds the newest text where %s is full, and no other once it is not',
  (_, name, store) => {
    store.set('full', 'light');
    const setItem = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('', 'QuotaExceededError');
    });
    expect(store.set('full', 'dark')?.problem).toBe('full');
    expect(store.get('full')).toBe('dark');
    setItem.mockRestore();
    expect(store.set('full', 'light')).toBeNull();
    expect(real[name].getItem('full')).toBe('light');
    expect(store.get('full')).toBe('light');
  },
);
