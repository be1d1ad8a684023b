// @vitest-environment page
import '../../../ui/page-testing';

import { act } from 'react';
import type { Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { rootOfEmptyPage } from '../../../ui/root-testing';

vi.mock('../../../engine/engine-client', () => ({ engine: {}, measures: {}, signFinder: {} }));

const { useExplain } = await import('../../../state/explain-store');
const { analysed } = await import('../explain-testing');
const { Story } = await import('./Story');
const { storyFacts } = await import('./story-facts');
const { storySteps } = await import('./story-steps');

const start = await analysed();
const settings = () => useExplain.getState().settings;
const at = () => settings().story;
const stage = () => document.querySelector<HTMLElement>('dialog section');
const heading = () => document.querySelector('dialog h2')?.textContent;
const blank = () => document.querySelector('[aria-label="Blank"][role="status"]');
const press = (key: string, more: KeyboardEventInit = {}, target: Element | null = stage()) =>
  act(async () => {
    target?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));
  });
const steps = () => {
  const facts = storyFacts(useExplain.getState());
  return facts ? storySteps(facts) : [];
};

Object.assign(HTMLDialogElement.prototype, { showModal() {}, close() {} });
HTMLCanvasElement.prototype.toDataURL = () => 'data:image/png;base64,';

let root: Root;

beforeEach(async () => {
  useExplain.setState({ ...start, settings: { ...settings(), story: 1 } });
  root = rootOfEmptyPage();
  await act(async () => root.render(<Story />));
});
afterEach(async () => {
  await act(async () => root.unmount());
  (await import('../address-writing')).dropPendingWrite();
});

it('is walked by every key of a remote control, and stays at its ends', async () => {
  const titles = steps().map(({ title }) => title);
  expect(titles.length).toBeGreaterThan(7);
  expect(document.activeElement).toBe(stage());
  for (const [i, key] of ['ArrowRight', 'ArrowDown', 'PageDown', ' ', 'Enter'].entries()) {
    await press(key);
    expect([at(), heading()]).toEqual([i + 2, titles[i + 1]]);
  }
  for (const [i, key] of ['ArrowLeft', 'ArrowUp', 'PageUp', 'Backspace'].entries()) {
    await press(key);
    expect(at()).toBe(5 - i);
  }
  await press(' ', { shiftKey: true });
  expect(at()).toBe(1);
  await press('ArrowLeft');
  expect(at()).toBe(1);
  await press('End');
  expect([at(), heading()]).toEqual([titles.length, 'What this does not prove']);
  await press('PageDown');
  expect(at()).toBe(titles.length);
  await press('Home');
  expect(at()).toBe(1);
});

it('announces every step, by what is read on it', async () => {
  for (const { title, says } of steps()) {
    const live = document.querySelector('[aria-live="polite"][aria-atomic="true"]');
    expect(live?.textContent).toBe([title, ...says].join(''));
    await press('ArrowRight');
  }
});

it('goes dark, and comes back with the step that is asked for', async () => {
  await press('b');
  expect(blank()).not.toBeNull();
  await press('.');
  expect(blank()).toBeNull();
  await press('B', { shiftKey: true });
  expect(blank()).not.toBeNull();
  await press('PageDown');
  expect([blank(), at()]).toEqual([null, 2]);
});

it('asks for the full screen, and closes by Escape', async () => {
  const asked = vi.fn(async () => {});
  (stage() as HTMLElement).requestFullscreen = asked;
  await press('f');
  expect(asked).toHaveBeenCalledOnce();
  await press('Escape');
  expect([at(), stage()]).toEqual([0, null]);
});

it('leaves keys to the browser and to buttons in focus, and hands none on to the page behind', async () => {
  const heard = vi.fn();
  document.addEventListener('keydown', heard);
  await press('ArrowRight');
  await press('ArrowRight', { altKey: true });
  await press('f', { ctrlKey: true });
  await press(' ', {}, [...document.querySelectorAll('dialog button')].at(-1));
  document.removeEventListener('keydown', heard);
  expect([at(), heard.mock.calls.length]).toEqual([2, 0]);
});

it('is swiped', async () => {
  const touch = (type: string, clientX: number) =>
    act(async () => {
      const event = new MouseEvent(type, { bubbles: true, clientX });
      Object.assign(event, { pointerType: 'touch', isPrimary: true, pointerId: 1 });
      stage()?.dispatchEvent(event);
    });
  await touch('pointerdown', 300);
  await touch('pointerup', 200);
  expect(at()).toBe(2);
  await touch('pointerdown', 200);
  await touch('pointerup', 230);
  expect(at()).toBe(2);
  await touch('pointerdown', 200);
  await touch('pointerup', 290);
  expect(at()).toBe(1);
});

it('shows the last step where the address asks for one beyond it, and nothing before there are numbers', async () => {
  await act(async () => useExplain.setState({ settings: { ...settings(), story: 20 } }));
  expect(heading()).toBe('What this does not prove');
  await act(async () => useExplain.setState({ measurement: null }));
  expect(stage()).toBeNull();
});
