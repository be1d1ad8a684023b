// @vitest-environment page
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { settle, useAlerts, warn } from '../state/alerts';
import { AlertBar } from './AlertBar';

let root: Root;

beforeEach(async () => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  useAlerts.setState({ alerts: [] });
  document.body.innerHTML = '<button role="tab" aria-selected="true">Study</button><div id="root"></div>';
  root = createRoot(document.querySelector('#root') as Element);
  await act(async () => root.render(<AlertBar />));
});

afterEach(async () => {
  await act(async () => root.unmount());
});

const alerts = () => [...document.querySelectorAll('[role="alert"] p')].map((each) => each.textContent);
const closers = () => [...document.querySelectorAll<HTMLElement>('[aria-label="Close message"]')];

test('a warning of Optimise outlives the success of an analysis that nobody looks at', async () => {
  await act(async () => warn('optimise', 'A network this deep ends in a single place.'));
  await act(async () => settle('explain'));
  expect(alerts()).toEqual(['A network this deep ends in a single place.']);
});

test('closing one of several by keyboard leaves the focus on the next one, then on the workspace', async () => {
  await act(async () => warn('explain', 'The picture is empty.'));
  await act(async () => warn('study', 'Open the images first.'));
  const [first, second] = closers();
  first.focus();
  await act(async () => first.click());
  expect(alerts()).toEqual(['Open the images first.']);
  expect(document.activeElement).toBe(second);
  await act(async () => second.click());
  expect(alerts()).toEqual([]);
  expect(document.activeElement?.textContent).toBe('Study');
});
