// @vitest-environment page
import '../../../ui/page-testing';
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { ExplainState } from '../../../state/explain-store';
import { askForPrint } from '../../../state/print-store';
import { analysed, show } from '../explain-testing';
import { PrintDialog } from './PrintDialog';

let state: Partial<ExplainState>;
let root: ReturnType<typeof createRoot>;

beforeAll(async () => {
  state = await analysed();
  Object.assign(HTMLDialogElement.prototype, { showModal() {}, close() {} });
  HTMLCanvasElement.prototype.toDataURL = () => 'data:image/png;base64,AAAA';
});
beforeEach(async () => {
  show(state);
  askForPrint('entropy');
  const host = document.body.appendChild(document.createElement('div'));
  root = createRoot(host);
  await act(async () => root.render(<PrintDialog />));
});
afterEach(async () => {
  await act(async () => root.unmount());
  document.body.replaceChildren();
});

const field = (name: string) =>
  [...document.querySelectorAll('label')]
    .find((label) => label.textContent?.startsWith(name))
    ?.querySelector<HTMLInputElement & HTMLSelectElement>('input, select, textarea') as HTMLInputElement;

async function set(name: string, value: string) {
  const element = field(name);
  const own = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(element), 'value');
  await act(async () => {
    own?.set?.call(element, value);
    element.dispatchEvent(new Event(element.localName === 'select' ? 'change' : 'input', { bubbles: true }));
  });
}

/** Waits until that holds; what comes later than an event is taken in by the page. */
const until = (holds: () => void) =>
  vi.waitFor(
    async () => {
      await act(async () => {});
      holds();
    },
    { timeout: 60_000 },
  );

const previews = () => [...document.querySelectorAll('section[aria-label="Preview"] .figure > svg')];
const widths = () => previews().map((svg) => svg.getAttribute('width'));

it('shows the figure it was opened for at the size it will have, letters no smaller than is said', async () => {
  await until(() => expect(widths()).toEqual(['240.945pt']));
  const letters = () => previews()[0].querySelectorAll('text').length;
  const narrow = letters();
  await set('Width', 'page');
  await until(() => expect(widths()).toEqual(['504.567pt']));
  // It is laid out anew: more of it has room.
  expect(letters()).toBeGreaterThan(narrow);
  await set('Width', 'own');
  await set('Centimetres', '10');
  await until(() => expect(widths()).toEqual(['283.465pt']));
  // What is out of range is not taken.
  await set('Centimetres', '1');
  expect(widths()).toEqual(['283.465pt']);
});

it('calls the network what it is told to, in the figure and in the caption beside it', async () => {
  await until(() => expect(previews()).toHaveLength(1));
  expect(previews()[0].textContent).not.toContain('by photos10');
  await set('Network', 'Our network');
  await until(() => expect(field('Caption, for').value).toContain('by Our network in “French horn”.'));
  await act(async () => field('Caption in').click());
  await until(() => expect(previews()[0].textContent).toContain('by Our network in'));
});

it('offers the share inside a region where one is marked, with letters of 7 points and more', async () => {
  expect([field('Share of evidence').disabled, field('Trust by layer').disabled]).toEqual([true, true]);
  const { settings } = state as ExplainState;
  await act(async () => show({ settings: { ...settings, within: '0,0,0.5,0.5' } }));
  expect(field('Share of evidence').disabled).toBe(false);
  await act(async () => field('Share of evidence').click());
  await act(async () => field('Spatial entropy').click());
  await until(() => expect(previews()).toHaveLength(1));
  const [svg] = previews();
  const [, , pixels] = (svg.getAttribute('viewBox') ?? '').split(' ').map(Number);
  const points = [...svg.querySelectorAll('[font-size]')].map(
    (text) => (Number(text.getAttribute('font-size')) * 240.945) / pixels,
  );
  expect(points.length).toBeGreaterThan(10);
  expect(Math.min(...points)).toBeGreaterThan(6.99);
});

it('takes further figures in, and offers those only that are there', async () => {
  expect(field('Deletion and insertion').disabled).toBe(true);
  await act(async () => field('Change by step').click());
  await until(() => expect(widths()).toEqual(['240.945pt', '240.945pt']));
  await act(async () => field('Spatial entropy').click());
  await act(async () => field('Change by step').click());
  await until(() => expect(previews()).toEqual([]));
  expect(document.querySelector<HTMLButtonElement>('button[type="submit"]')?.disabled).toBe(true);
});
