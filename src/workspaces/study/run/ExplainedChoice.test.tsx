// @vitest-environment page
import '../../../ui/page-testing';

import { act } from 'react';
import { expect, it, vi } from 'vitest';
import { rootOfEmptyPage } from '../../../ui/root-testing';

vi.mock('../../../engine/engine-client', () => ({ engine: {}, measures: {}, signFinder: {} }));

const { useExplain } = await import('../../../state/explain-store');
const { useStudy } = await import('./study-store');
const { formatStudyAddress, initialChoices, parseStudyAddress } = await import('./study-settings');
const { ExplainedChoice } = await import('./ExplainedChoice');

it('offers the surest box where the network finds boxes, and what of it, in controls and address', async () => {
  const root = rootOfEmptyPage();
  await act(async () => root.render(<ExplainedChoice />));
  const labels = () =>
    [...document.querySelectorAll('label')].map((label) => label.querySelector('span')?.textContent);
  const set = (label: string, value: string) =>
    act(async () => {
      const field = [...document.querySelectorAll('label')].find(({ textContent }) =>
        textContent?.startsWith(label),
      )?.control as HTMLSelectElement;
      field.value = value;
      field.dispatchEvent(new Event('change', { bubbles: true }));
    });
  expect(labels()).toEqual(['Set against']);
  await act(async () => useExplain.setState({ manifest: { kind: 'boxes' } as never }));
  expect(labels()).toEqual(['Explained', 'Set against']);
  await set('Explained', 'surest');
  expect(labels()).toEqual(['Explained', 'Of this box']);
  await set('Of this box', 'place');
  const address = formatStudyAddress({ ...initialChoices, ...useStudy.getState().choices });
  expect(address).toContain('box=surest&part=place');
  expect(parseStudyAddress(address)).toMatchObject({
    problems: [],
    settings: { box: 'surest', part: 'place' },
  });
  // Another network: what is chosen can still be seen, and given up.
  await act(async () => useExplain.setState({ manifest: null }));
  await set('Explained', 'none');
  expect(labels()).toEqual(['Set against']);
  await act(async () => root.unmount());
});
