// @vitest-environment page
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { alertOf, settle } from '../state/alerts';
import { tellOnce } from './tell-not-kept';

beforeEach(() => {
  localStorage.clear();
  settle('storage');
});

afterEach(() => vi.restoreAllMocks());

it('says what is not kept once, on this and on later visits', () => {
  tellOnce('pears', 'Pears are not kept.');
  tellOnce('pears', 'Pears are not kept.');
  tellOnce('plums', 'Plums are not kept.');
  expect(alertOf('storage')).toBe('Pears are not kept. Plums are not kept.');
  settle('storage');
  tellOnce('pears', 'Pears are not kept.');
  expect(alertOf('storage')).toBeNull();
  // For another reason it is news.
  tellOnce('pears', 'Pears are not kept: there is no room.');
  expect(alertOf('storage')).toBe('Pears are not kept: there is no room.');
});
