// @vitest-environment page
import '../../../ui/page-testing';

import { act } from 'react';
import type { Root } from 'react-dom/client';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { rootOfEmptyPage } from '../../../ui/root-testing';

vi.mock('../../../engine/engine-client', () =>
  import('../../../engine/measure/measure-testing').then((module) => module.measuringEngine),
);

const { useExplain } = await import('../../../state/explain-store');
const { analysed } = await import('../explain-testing');
const { Explain } = await import('../Explain');

let root: Root;

beforeAll(async () => {
  useExplain.setState(await analysed());
  root = rootOfEmptyPage();
  await act(async () => root.render(<Explain />));
  await act(async () => void (await import('./Verdict')));
});
afterAll(async () => {
  await act(async () => root.unmount());
  (await import('../address-writing')).dropPendingWrite();
});

const clauses = () => [...document.querySelectorAll<HTMLAnchorElement>('section[aria-label="Verdict"] a')];
const weigh = (weight: number) => {
  const { analysis, signs } = useExplain.getState();
  const weights = (analysis?.layers ?? []).map((_, i) => ({
    ...{ signs: signs?.layers[i].signs.map(() => ({ weight, atInput: null })) ?? [], others: null },
    together: { weight, atInput: null },
  }));
  return act(async () => useExplain.setState({ weights }));
};

it('leads every clause to its figure, which takes the focus', async () => {
  await weigh(1.5);
  const found = clauses();
  expect(found.map(({ textContent }) => textContent)).toEqual([
    'It is named “horn” (90.0 %).',
    expect.stringContaining(' the evidence '),
    expect.stringMatching(/^Order grows beyond chance in (none|\d+) of 11 steps/),
    expect.stringMatching(/^Masking .* costs 1\.5 of 3\.0 logits\.$/),
  ]);
  const names: string[] = [];
  const before = location.hash;
  for (const clause of found) {
    await act(async () => clause.click());
    const place = document.activeElement;
    names.push(
      place?.querySelector('h2, svg, [role="application"]')?.getAttribute('aria-label') ??
        place?.querySelector('h2')?.textContent ??
        '',
    );
  }
  expect(names).toEqual(['Prediction', 'Signs by layer', 'Change by step', 'What carries it']);
  expect(location.hash).toBe(before);
});

it('says of masking nothing before it is computed', async () => {
  await act(async () => useExplain.setState({ weights: null }));
  expect(clauses()).toHaveLength(3);
});

it('waits for what is under way, and no longer for what failed', async () => {
  const { measures, signFinder } = await import('../../../engine/engine-client');
  const { findSigns, measureMaps } = await import('../layers/measure-layers');
  const said = () => document.querySelector('section[aria-label="Verdict"] p')?.textContent;
  const naming = 'It is named “horn” (90.0 %).';

  const { nullSigns } = useExplain.getState();
  const [found, measured] = [vi.spyOn(signFinder, 'call'), vi.spyOn(measures, 'call')];
  await act(async () => useExplain.setState({ nullSigns: null }));
  expect(said()).toBe(`${naming} Signs are held against chance …`);
  found.mockRejectedValueOnce(new Error('the worker ended'));
  await act(findSigns);
  expect(said()).toBe(naming);

  // Asked for again, they are waited for again.
  found.mockReturnValueOnce(new Promise(() => {}));
  await act(async () => void findSigns());
  expect(said()).toBe(`${naming} Signs are held against chance …`);

  await act(async () => useExplain.setState({ nullSigns, measurement: null }));
  expect(said()).toMatch(/ Order is held against chance …$/);
  measured.mockRejectedValueOnce(new Error('the worker ended'));
  await act(async () => measureMaps());
  expect(said()).not.toContain('…');
  expect(clauses()).toHaveLength(2);
  expect(useExplain.getState().failed).toEqual(['maps']);
  vi.restoreAllMocks();
});
