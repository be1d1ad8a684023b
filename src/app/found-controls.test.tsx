// @vitest-environment page
import '../ui/page-testing';

import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Command } from '../workspaces/explain/palette/command';

vi.mock('../engine/measure/null-shuffles', () => ({ nullShuffles: 2 }));
vi.mock('../engine/engine-client', async () => {
  const { measuresHere } = await import('../engine/measure/measure-testing');
  const engine = { call: () => new Promise(() => {}) };
  return { engine, measures: measuresHere, signFinder: measuresHere, demonstrations: measuresHere };
});
vi.stubGlobal('fetch', vi.fn());

const { useExplain } = await import('../state/explain-store');
const { analysed } = await import('../workspaces/explain/explain-testing');
const { commandsFor } = await import('../workspaces/explain/palette/commands');
const { find } = await import('../workspaces/explain/palette/command');
const { Explain } = await import('../workspaces/explain/Explain');
const { TopBar } = await import('./TopBar');

let root: Root;

beforeAll(async () => {
  Element.prototype.scrollIntoView = () => {};
  const models = [{ id: 'photos10', title: 'photos10', bytes: null }];
  const example = { network: 'photos10', file: '', description: '', label: '' };
  const examples = ['French horn', 'Church'].map((title) => ({ ...example, id: title, title }));
  useExplain.setState({ ...(await analysed()), models, examples });
  document.body.innerHTML = '<main id="root"></main>';
  root = createRoot(document.querySelector('#root') as Element);
  await act(async () =>
    root.render(
      <>
        <TopBar />
        <Explain />
      </>,
    ),
  );
  await until(() => expect(named()).toEqual(expect.arrayContaining(comeLast)));
}, 120_000);
afterAll(() => act(async () => root.unmount()));

/** Of parts of the page that come late, controls by which they are known. */
const comeLast = [
  ...['Open image', 'Export analysis', 'Box', 'Lasso', 'Export Saliency of conv5_2', 'Decision card'],
  ...['All measures', 'Export All layers', 'Export Superization flow', 'Table of values', 'Save animation'],
];
const named = () =>
  [...document.querySelectorAll('button:not(:disabled), summary')].map((control) => labelOf(control));
const found = (asked: string) => find(commandsFor(useExplain.getState()), asked);
/** Draws the page until it is so. */
const until = (check: () => void) =>
  vi.waitFor(
    async () => {
      await act(async () => {});
      check();
    },
    { timeout: 60_000 },
  );
/** Does what was found, and waits for what comes of it. */
const done = async (command: Command, check: () => void) => {
  await act(async () => command.run());
  await until(check);
};
const labelOf = (control: Element) => {
  const isField = control instanceof HTMLInputElement || control instanceof HTMLSelectElement;
  const text = isField ? control.labels?.[0]?.textContent : control.textContent;
  return (control.getAttribute('aria-label') ?? text ?? '').trim();
};

/** What is pressed to find, to fold something away, or stands for a sign in a figure, where it is found by pointing. */
const notToFind = /^(Find|Menu|More of the player|N4, border cut off|Explain)$/;
const signs = '[aria-label="Signs of the tree"], [aria-labelledby=carries] [aria-pressed]';

it('every control of the page is found by its name, every choice of a list by its own', () => {
  const controls = [
    ...document.querySelectorAll('button, summary, input:not([hidden]), select, header a'),
  ].filter((control) => !control.matches(':disabled') && !control.closest(signs));
  expect(controls.length).toBeGreaterThan(60);
  const commands = commandsFor(useExplain.getState());
  const isFound = (asked: string) => find(commands, asked).length > 0;
  const lost = controls.flatMap((control) => {
    if (control instanceof HTMLSelectElement)
      return [...control.options]
        .filter(({ text, value }) => !isFound(text) && !(value && isFound(value)))
        .map(({ text }) => `${labelOf(control)}: ${text}`);
    // Values stand beside what is chosen: "church 12.3 %", "conv1_1, 112 × 112", "vs church".
    const name = labelOf(control)
      .replace(/ [\d.]+ %$|, .*/, '')
      .replace(/^vs /, 'Compare with ');
    return notToFind.test(labelOf(control)) || isFound(name) ? [] : [name];
  });
  expect(lost).toEqual([]);
});

it('offers what can be done now: not the next layer after the last one, nor a comparison to be ended', async () => {
  expect(found('next layer')).toEqual([]);
  expect(found('end comparison')).toEqual([]);
  const [previous] = found('previous layer');
  await done(previous, () => expect(useExplain.getState().layer).toBe(10));
  expect(found('next layer')).toHaveLength(1);
});

it('presses what it finds: menus open, choices are chosen', async () => {
  const [saving, ...others] = found('svg flow');
  expect([saving.title, others]).toEqual(['Export Superization flow', []]);
  await done(saving, () => expect(document.querySelector('[role=menu]')?.textContent).toContain('CSV'));
  const [twice] = found('speed 2');
  await done(twice, () => expect(found('speed 2')[0].chosen).toBe(true));
});
