// @vitest-environment page
import '../../../ui/page-testing';

import { act } from 'react';
import type { Root } from 'react-dom/client';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { ExplainState } from '../../../state/explain-store';
import { rootOfEmptyPage } from '../../../ui/root-testing';

/** What the engine was asked: nothing, if all is well. */
const asked = vi.hoisted(() => [] as string[]);

vi.mock('../../../engine/measure/null-shuffles', () => ({ nullShuffles: 2 }));
vi.mock('../../../engine/engine-client', async () => {
  const { measuresHere } = await import('../../../engine/measure/measure-testing');
  const engine = {
    call(name: string) {
      asked.push(name);
      return new Promise(() => {});
    },
  };
  return { engine, measures: measuresHere, signFinder: measuresHere };
});
const fetched = vi.fn();
vi.stubGlobal('fetch', fetched);

const { useExplain } = await import('../../../state/explain-store');
const { ENTROPY_MEASURES } = await import('../../../semiotics');
const { analysed, analysis } = await import('../explain-testing');
const { MeasuredAs } = await import('./MeasuredAs');
const { ValuesTable } = await import('./ValuesTable');

let start: Partial<ExplainState>;
let root: Root;

beforeAll(async () => {
  start = await analysed();
  useExplain.setState(start);
  root = rootOfEmptyPage();
  await act(async () =>
    root.render(
      <>
        <MeasuredAs />
        <ValuesTable />
      </>,
    ),
  );
  await act(async () => (document.querySelector('[aria-expanded=false]') as HTMLElement).click());
});
afterAll(() => act(async () => root.unmount()));
beforeEach(() => act(async () => useExplain.setState(start)));

const field = (label: string) =>
  [...document.querySelectorAll('label')]
    .find((each) => each.querySelector('span')?.textContent === label)
    ?.querySelector('select') as HTMLSelectElement;

const pick = (label: string, option: string) =>
  act(async () => {
    const { options } = field(label);
    field(label).value = [...options].find(({ text }) => text === option)?.value ?? '';
    field(label).dispatchEvent(new Event('change', { bubbles: true }));
  });

const preset = (name: string) =>
  [...document.querySelectorAll('button')].find(
    ({ textContent }) => textContent === name,
  ) as HTMLButtonElement;

/** The column of the table of values, once all of it is there, of another measurement than one that was there before. */
async function entropies(before?: ExplainState['measurement']): Promise<string[]> {
  const headings = [...document.querySelectorAll('thead th')].map(({ textContent }) => textContent);
  const column = headings.indexOf('Entropy');
  await expect
    .poll(async () => {
      await act(async () => {});
      const { measurement } = useExplain.getState();
      return measurement !== before && measurement?.layers.every(({ null: shuffled }) => shuffled);
    })
    .toBe(true);
  return [...document.querySelectorAll('tbody tr')].map(({ children }) => children[column].textContent ?? '');
}

it('every measure, number of levels, grid, neighbourhood and border changes the numbers, not the maps', async () => {
  let before = await entropies();
  expect(before).toHaveLength(12);
  const changes = async (label: string, option: string) => {
    const { measurement } = useExplain.getState();
    await pick(label, option);
    const now = await entropies(measurement);
    expect(now, option).not.toEqual(before);
    before = now;
  };
  const names = ENTROPY_MEASURES.map(({ name }) => name);
  expect([...field('Entropy measure').options].map(({ text }) => text)).toEqual(names);
  expect(names.length).toBeGreaterThan(10);
  const first = 'Aura matrix (AME)';
  for (const name of names.filter((each) => each !== first)) await changes('Entropy measure', name);
  await changes('Entropy measure', first);
  await changes('Levels', '16');
  await changes('Grid', 'native');
  await changes('Neighbourhood', 'N8');
  await changes('Border', 'torus');

  expect(asked, 'the network did not run').toEqual([]);
  expect(fetched, 'nothing was loaded').not.toHaveBeenCalled();
  expect(useExplain.getState().analysis).toBe(analysis);
  expect(useExplain.getState().progress).toBeNull();
});

it('the presets Paper and Native set levels and grid', async () => {
  const { measurement: paper } = useExplain.getState();
  await act(async () => preset('Native').click());
  expect([field('Levels').value, field('Grid').value]).toEqual(['16', 'native']);
  expect(preset('Native').getAttribute('aria-pressed')).toBe('true');
  const native = await entropies(paper);
  const { measurement } = useExplain.getState();
  await act(async () => preset('Paper').click());
  expect([field('Levels').value, field('Grid').value]).toEqual(['256', 'input']);
  expect(await entropies(measurement)).not.toEqual(native);
  await pick('Levels', '8');
  for (const name of ['Paper', 'Native']) expect(preset(name).getAttribute('aria-pressed')).toBe('false');
});

it('what differs from its initial value is said, and taken back at once', async () => {
  const reset = () => [...document.querySelectorAll('button')].find((each) => each.textContent === 'Reset');
  const changed = () =>
    [...document.querySelectorAll('[data-changed=true] > span, [aria-expanded] b')].map(
      (one) => one.textContent,
    );
  expect([reset(), changed()]).toEqual([undefined, []]);
  await pick('Levels', '64');
  await pick('Border', 'torus');
  expect(changed()).toEqual(['Levels', 'torus']);
  await act(async () => reset()?.click());
  expect([reset(), changed()]).toEqual([undefined, []]);
  expect([field('Levels').value, field('Border').value]).toEqual(['256', '0']);
});

it('what is rarely changed is folded behind its sentence, and stays as it was left', async () => {
  localStorage.clear();
  const sentence = () => document.querySelector('[aria-expanded]') as HTMLButtonElement;
  const anew = (key: string) => act(async () => root.render(<MeasuredAs key={key} />));
  await anew('a first visit');
  expect([sentence().textContent, sentence().ariaExpanded]).toEqual(['N4, border cut off', 'false']);
  const always = ['Saliency method', 'Entropy measure', 'Levels', 'Grid'];
  for (const name of always) expect(field(name), name).toBeDefined();
  for (const name of ['Neighbourhood', 'Border']) expect(field(name), name).toBeUndefined();
  await act(async () => sentence().click());
  expect(field('Neighbourhood')).toBeDefined();
  expect(document.getElementById(sentence().getAttribute('aria-controls') ?? '')).not.toBeNull();
  await anew('the next visit');
  expect(sentence().ariaExpanded, 'as it was left').toBe('true');
  await act(async () => sentence().click());
  await anew('one more');
  expect(sentence().ariaExpanded).toBe('false');
  await act(async () =>
    useExplain.setState(({ settings }) => ({ settings: { ...settings, pooling: true } })),
  );
  expect(sentence().textContent).toBe('N4, border cut off, with pooling layers');
  await anew('by an address that says so');
  expect(sentence().ariaExpanded).toBe('true');
});

// Nothing is written into an address when there is no page any more.
afterAll(async () => (await import('../address-writing')).dropPendingWrite());

it('maps are smoothed by a switch, and by what, where the method allows it', async () => {
  const named = (text: string) =>
    [...document.querySelectorAll('label')]
      .find(({ textContent }) => textContent === text)
      ?.querySelector('input') as HTMLInputElement;
  expect(field('Map smoothing')).toBeUndefined();
  await act(async () => named('Smoothed').click());
  expect(useExplain.getState().settings.smooth).toBe('aug');
  await vi.waitFor(async () => {
    await act(async () => {});
    expect(field('Map smoothing')).toBeDefined();
  });
  expect([...field('Map smoothing').options].map(({ value }) => value)).toEqual(['aug', 'eigen', 'both']);
  await pick('Map smoothing', 'first component of its channels');
  expect(useExplain.getState().settings.smooth).toBe('eigen');
  await pick('Saliency method', 'FEM');
  // FEM sums no channels.
  expect(named('Smoothed').checked).toBe(false);
  await act(async () =>
    useExplain.setState({ settings: { ...useExplain.getState().settings, method: 'rollout' } }),
  );
  expect(named('Smoothed').disabled).toBe(true);
});
