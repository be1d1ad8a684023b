// @vitest-environment page
import '../../../ui/page-testing';

import { act } from 'react';
import type { Root } from 'react-dom/client';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { rootOfEmptyPage } from '../../../ui/root-testing';

vi.mock('../../../engine/engine-client', async () => {
  const { measuresHere } = await import('../../../engine/measure/measure-testing');
  return { engine: {}, measures: measuresHere, signFinder: measuresHere };
});

const { useExplain } = await import('../../../state/explain-store');
const { analysed } = await import('../explain-testing');
const { follow } = await import('../selection');
const { SignSheet } = await import('./SignSheet');

let root: Root;
beforeAll(async () => {
  useExplain.setState(await analysed());
  root = rootOfEmptyPage();
  await act(async () => root.render(<SignSheet />));
});
afterAll(async () => {
  await act(async () => root.unmount());
  (await import('../address-writing')).dropPendingWrite();
});

const text = () => document.body.textContent ?? '';
const last = 11;
const weigh = (weight: number, others = false) => {
  const masked = { weight, atInput: null };
  const weights = Array.from({ length: 12 }, () => null) as never[];
  weights[last] = {
    signs: others ? [null] : [masked],
    others: others ? { ...masked, count: 3 } : null,
    together: null,
  } as never;
  return act(async () => useExplain.setState({ weights }));
};

it('says what the sign is that is held, what it is worth, and leads to what it takes in', async () => {
  expect(text()).toBe('');
  await act(async () => follow({ layer: last, sign: 0 }, true));
  expect(text()).toMatch(/sign \d of conv5_2/);
  expect(text()).toMatch(/\d % of the mass, .*final: the decision rests on it\./);
  expect(text()).toContain('What masking it costs is found out');
  await weigh(1.5);
  expect(text()).toContain('Masking it costs 1.5 of 3.0 logits.');
  await weigh(-0.5);
  expect(text()).toContain('Masking it adds 0.5 to 3.0: it speaks against.');
  await weigh(0.25, true);
  expect(text()).toContain('masked with 3 lesser signs of its layer, all at once');
  const { signs } = useExplain.getState();
  const [part] = signs?.linked.layers[last][0].parts ?? [];
  if (!part) throw new Error('the last sign of the test takes in nothing');
  const button = [...document.querySelectorAll('p button')].at(0) as HTMLButtonElement;
  await act(async () => button.click());
  const { followed, held, layer } = useExplain.getState();
  expect(held).toBe(true);
  expect(signs?.linked.layers[last][0].parts.map(({ from }) => from)).toContainEqual(followed);
  expect(layer).toBe(followed?.layer);
  expect(text()).toContain('Taken into');
});

it('goes when the sign is let go', async () => {
  await act(async () =>
    [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Let go')?.click(),
  );
  expect(text()).toBe('');
  expect(useExplain.getState().held).toBe(false);
});
