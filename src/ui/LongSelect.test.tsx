// @vitest-environment page
import './page-testing';

import { act, useState } from 'react';
import type { Root } from 'react-dom/client';
import { afterAll, afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LongSelect, optionsATime } from './LongSelect';
import { rootOfEmptyPage } from './root-testing';

const many = Array.from({ length: 2 * optionsATime + 50 }, (_, i) => `class ${i}`);

/** What waits for the page to have nothing to do. */
let idle: (() => void)[] = [];
let root: Root;

beforeEach(() => {
  idle = [];
  vi.stubGlobal('requestIdleCallback', (call: () => void) => idle.push(call));
  vi.stubGlobal('cancelIdleCallback', () => {});
  root = rootOfEmptyPage();
});
afterEach(() => act(async () => root.unmount()));
afterAll(() => void vi.unstubAllGlobals());

function Choice({
  labels,
  first,
  without,
  waits,
}: Partial<Parameters<typeof LongSelect>[0]> & { first?: number }) {
  const [value, setValue] = useState(String(first ?? 'none'));
  return (
    <LongSelect
      value={value === 'none' ? value : Number(value)}
      labels={labels ?? many}
      without={without}
      waits={waits}
      onChoose={setValue}
    >
      <option value="none">none</option>
    </LongSelect>
  );
}

const show = (props: Parameters<typeof Choice>[0] = {}) =>
  act(async () => root.render(<Choice {...props} />));
const select = () => document.querySelector('select') as HTMLSelectElement;
const names = () => [...select().options].map(({ text }) => text);
const pause = () =>
  act(async () => {
    for (const call of idle.splice(0)) call();
  });

it('has the first options at once, and the others a slice at a time when the page is idle', async () => {
  await show();
  expect(names()).toEqual(['none', ...many.slice(0, optionsATime)]);
  await pause();
  expect(names()).toEqual(['none', ...many.slice(0, 2 * optionsATime)]);
  await pause();
  expect(names()).toEqual(['none', ...many]);
  expect(idle).toEqual([]);
});

it.each(['focusin', 'pointerdown', 'keydown'])('has all of them with %s', async (event) => {
  await show({ waits: true });
  await act(async () => void select().dispatchEvent(new Event(event, { bubbles: true })));
  expect(names()).toEqual(['none', ...many]);
});

it('keeps what is chosen while the others come, wherever it stands', async () => {
  await show({ first: 249 });
  expect(select().selectedOptions[0].text).toBe('class 249');
  expect(names()).toHaveLength(1 + optionsATime + 50);
  await pause();
  expect(select().value).toBe('249');
  expect(names()).toEqual(['none', ...many]);
});

it('leaves out what is not offered, and the values are still places', async () => {
  await show({ without: 1 });
  await pause();
  await pause();
  expect(names()).toEqual(['none', ...many.filter((_, i) => i !== 1)]);
  await act(async () => {
    select().value = '240';
    select().dispatchEvent(new Event('change', { bubbles: true }));
  });
  expect(select().selectedOptions[0].text).toBe('class 240');
});

it('begins anew with other labels', async () => {
  await show();
  await pause();
  await pause();
  const others = many.map((label) => `other ${label}`);
  await show({ labels: others });
  expect(names()).toEqual(['none', ...others.slice(0, optionsATime)]);
  await pause();
  expect(names()).toEqual(['none', ...others.slice(0, 2 * optionsATime)]);
});

it('asks for nothing while it waits, and never with few', async () => {
  await show({ waits: true });
  expect(idle).toEqual([]);
  await show({ labels: many.slice(0, optionsATime) });
  expect(names()).toEqual(['none', ...many.slice(0, optionsATime)]);
  expect(idle).toEqual([]);
});
