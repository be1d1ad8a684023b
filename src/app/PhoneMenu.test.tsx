// @vitest-environment page
import '../ui/page-testing';

import { act } from 'react';
import { beforeEach, expect, it } from 'vitest';
import { rootOfEmptyPage } from '../ui/root-testing';
import { PhoneMenu } from './PhoneMenu';

const button = () => document.querySelector('[aria-expanded]') as HTMLButtonElement;
const isOpen = () => button().getAttribute('aria-expanded') === 'true';
const press = (element: Element) => act(async () => (element as HTMLElement).click());

beforeEach(async () => {
  const root = rootOfEmptyPage('<p>page</p>');
  await act(async () =>
    root.render(
      <PhoneMenu>
        <button type="button">Open image</button>
        <select>
          <option>photos10</option>
        </select>
      </PhoneMenu>,
    ),
  );
});

it('opens what it holds, and closes when something was chosen', async () => {
  expect(isOpen()).toBe(false);
  await press(button());
  expect(isOpen()).toBe(true);
  expect(document.getElementById(button().getAttribute('aria-controls') ?? '')?.textContent).toContain(
    'Open image',
  );
  await press(document.querySelectorAll('button')[1]);
  expect(isOpen()).toBe(false);
  await press(button());
  await act(async () =>
    document.querySelector('select')?.dispatchEvent(new Event('change', { bubbles: true })),
  );
  expect(isOpen()).toBe(false);
});

it('closes at Escape, and gives the focus back, and at a touch beside it', async () => {
  await press(button());
  await act(async () => document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' })));
  expect(isOpen()).toBe(false);
  expect(document.activeElement).toBe(button());
  await press(button());
  await act(async () =>
    document.querySelector('p')?.dispatchEvent(new Event('pointerdown', { bubbles: true })),
  );
  expect(isOpen()).toBe(false);
});
