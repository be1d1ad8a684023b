// @vitest-environment page
import { expect, it } from 'vitest';
import { placeOf } from './place';

it('tells the workspaces apart', () => {
  expect(placeOf('#study')).toBe('study');
  expect(placeOf('#optimise?preset=lenet')).toBe('optimise');
  expect(placeOf('#studying')).toBe('explain');
});

it('tells the text about the method from the workspace', () => {
  expect(placeOf('#about')).toBe('about');
  expect(placeOf('#about/null-model')).toBe('about');
  for (const hash of ['', '#', '#explain?image=about', '#aboutness', '#explain#about']) {
    expect(placeOf(hash)).toBe('explain');
  }
});
