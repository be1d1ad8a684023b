// @vitest-environment page
import '../../../ui/page-testing';

import { act } from 'react';
import { expect, it, vi } from 'vitest';
import { rootOfEmptyPage } from '../../../ui/root-testing';

vi.mock('../../../engine/engine-client', () => ({ engine: {}, measures: {}, signFinder: {} }));

const { useStudy } = await import('./study-store');
const { formatStudyAddress, initialChoices } = await import('./study-settings');
const { SignsAndBorders } = await import('./SignsAndBorders');

it('changes what the address says of neighbours and signs, says so, and gives it back', async () => {
  const root = rootOfEmptyPage();
  await act(async () => root.render(<SignsAndBorders />));
  const summary = () => document.querySelector('summary')?.textContent;
  const field = (label: string) =>
    [...document.querySelectorAll('label')].find(({ textContent }) => textContent?.startsWith(label))
      ?.control as HTMLInputElement;
  const set = (label: string, value: string) =>
    act(async () => {
      const input = field(label);
      const kind = input instanceof HTMLSelectElement ? HTMLSelectElement : HTMLInputElement;
      Object.getOwnPropertyDescriptor(kind.prototype, 'value')?.set?.call(input, value);
      input.dispatchEvent(
        new Event(input instanceof HTMLSelectElement ? 'change' : 'input', { bubbles: true }),
      );
    });
  const before = useStudy.getState().choices;
  expect(summary()).toContain('N4, border cut off; signs: persistence 0.10, cut-off 0.20');
  await set('Neighbourhood', '8');
  await set('Border', 'torus');
  await set('Persistence', '0.25');
  await set('Cut-off', '0.4');
  expect(summary()).toContain('N8, border torus; signs: persistence 0.25, cut-off 0.40');
  const address = new URLSearchParams(
    formatStudyAddress({ ...initialChoices, ...useStudy.getState().choices }).split('?')[1],
  );
  expect(['neighbourhood', 'torus', 'tau', 'theta'].map((name) => address.get(name))).toEqual([
    '8',
    '1',
    '0.25',
    '0.4',
  ]);
  await act(async () =>
    [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Reset')?.click(),
  );
  expect(useStudy.getState().choices).toEqual(before);
  await act(async () => root.unmount());
});
