import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { isMissingCode, loadCode, MissingCodeError, whenCodeIsMissing } from './missing-code';

afterEach(() => whenCodeIsMissing(() => {}));

describe('code that is loaded when it is needed', () => {
  it.each([
    ['Chromium', 'Failed to fetch dynamically imported module: https://host/page/assets/Study-CCYxJ2t6.js'],
    ['Firefox', 'error loading dynamically imported module: https://host/page/assets/Study-CCYxJ2t6.js'],
    ['WebKit', 'Importing a module script failed.'],
    ['Vite, of a style sheet', 'Unable to preload CSS for /page/assets/Study-Ch6FNXOr.css'],
  ])('is told to be missing in the words of %s, without the address', async (_, message) => {
    const explain = vi.fn();
    whenCodeIsMissing(explain);
    const error = await loadCode(() => Promise.reject(new TypeError(message))).catch((thrown) => thrown);
    expect(isMissingCode(error)).toBe(true);
    expect(error.message).toBe('a part of the page could not be loaded');
    expect(explain).toHaveBeenCalledTimes(1);
  });

  it('keeps its own errors', async () => {
    const explain = vi.fn();
    whenCodeIsMissing(explain);
    await expect(loadCode(() => Promise.reject(new TypeError('pears is undefined')))).rejects.toThrow(
      'pears',
    );
    expect(explain).not.toHaveBeenCalled();
  });

  it('is known to be missing by a worker’s word', () => {
    expect(isMissingCode(new MissingCodeError())).toBe(true);
    expect(isMissingCode(Object.assign(new Error('…'), { name: 'MissingCodeError' }))).toBe(true);
    expect(isMissingCode('MissingCodeError')).toBe(false);
  });

  it('comes through loadCode everywhere in the page', () => {
    const source = path.resolve(import.meta.dirname, '..');
    const elsewhere = readdirSync(source, { recursive: true, encoding: 'utf8' })
      // Programs that drive the page see its errors themselves; a notebook has all code before it begins.
      .filter(
        (name) =>
          /\.tsx?$/.test(name) && !/(\.|-)test(ing)?\.tsx?$|^headless|^notebook|missing-code/.test(name),
      )
      .flatMap((name) => {
        const text = readFileSync(path.join(source, name), 'utf8').replace(/typeof import\(/g, '');
        const all = text.match(/\bimport\(/g)?.length ?? 0;
        const through = text.match(/(loadCode|lazyPart)(<[^>]*>)?\(\s*\(\)\s*=>\s*import\(/g)?.length ?? 0;
        return all > through ? [name] : [];
      });
    // A backend is used untested where its test is not at hand.
    expect(elsewhere).toEqual(['backend/choose-backend.ts']);
  });
});
