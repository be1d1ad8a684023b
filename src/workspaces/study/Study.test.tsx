// @vitest-environment page
import 'fake-indexeddb/auto';
import { createRoot, type Root } from 'react-dom/client';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { askAtOnce, someImages, studyWith } from '../../study/study-testing';

vi.mock('../../engine/engine-client', () => ({ engine: {}, measures: {}, signFinder: {} }));
vi.mock('../../study/statistics/statistics-client', () => ({ statistics: { call: askAtOnce } }));
vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => {} }));
vi.stubGlobal(
  'ResizeObserver',
  class {
    observe() {}
    disconnect() {}
  },
);
HTMLCanvasElement.prototype.getContext = () => null;
// jsdom has no layout: figures are drawn at this width, but for those on a canvas.
Object.defineProperty(HTMLElement.prototype, 'clientWidth', {
  get() {
    return this.querySelector('canvas') || this.closest('[data-part=scatter]') ? 0 : 800;
  },
});

const { Study } = await import('./Study');
const { useStudy } = await import('./run/study-store');

const patience = { timeout: 60_000 };
let root: Root;

beforeAll(() => {
  document.body.innerHTML = '<main><div id="root"></div></main>';
  root = createRoot(document.querySelector('#root') as Element);
  root.render(<Study />);
});

afterAll(() => root.unmount());

/** A study of two layers whose entropy falls by so much, every fourth image named wrong. */
const study = (images: number, fall: number) =>
  studyWith({
    images: someImages(images, (i) => ({ predicted: i % 4 === 0 ? 1 : 0 })),
    layers: ['conv1', 'conv2'],
    numbers: {
      'aura-matrix': (image, layer) => 1 - fall * layer + (image % 7) / 100,
      'aura-matrix null': () => 1.2,
      'class formation': (_, layer) => (layer ? -fall : Number.NaN),
      'complex formation': (_, layer) => (layer ? 0 : Number.NaN),
      'class formation null': (_, layer) => (layer ? 0 : Number.NaN),
      'complex formation null': (_, layer) => (layer ? 0 : Number.NaN),
    },
  });

const findings = () => document.querySelector('.findings ul')?.textContent ?? '';
const titles = () => [...document.querySelectorAll('.results figcaption h2')].map((each) => each.textContent);
const drawn = () => document.querySelectorAll('.results figure svg[aria-label]').length;

it('shows findings and figures of a study, and of the next one where that takes its place', async () => {
  await expect.poll(() => document.body.textContent, patience).toContain('tested on many');
  useStudy.setState({ study: study(20, 0.3) });
  await expect.poll(findings, patience).toContain('The network names 75 % of 20 images right.');
  expect(findings()).toContain('Aura matrix (AME) lies below its null at 2 of 2 layers');
  await expect.poll(drawn, patience).toBe(5);
  expect(titles()).toEqual([
    'Aura matrix (AME) by layer',
    'Aura matrix (AME) by layer, right against wrong',
    'Aura matrix (AME): wrong against right',
    'Change by step',
    'Distribution of Aura matrix (AME)',
    'Aura matrix (AME) at conv2 against probability of the predicted class',
  ]);
  expect(document.querySelector('[role="grid"]')?.getAttribute('aria-rowcount')).toBe('21');
  expect(document.querySelector('.results .pending')).toBeNull();

  useStudy.setState({ study: study(24, 0) });
  await expect.poll(findings, patience).toContain('of 24 images right.');
  expect(findings()).toContain('in none of 1 step');
  const rows = () => document.querySelector('[role="grid"]')?.getAttribute('aria-rowcount');
  await expect.poll(rows, patience).toBe('25');
  await expect.poll(() => document.querySelector('.results .pending'), patience).toBeNull();

  useStudy.setState({ study: null });
  await expect.poll(() => document.body.textContent, patience).toContain('tested on many');
});

it('says why no image could be studied where none could', async () => {
  const failures = [{ path: 'empty.png', reason: 'Nothing was found in it.' }];
  useStudy.setState({ study: { ...study(0, 0), failures } });
  const reasons = () => document.querySelector('.results details')?.textContent ?? '';
  await expect.poll(reasons, patience).toContain('1 image could not be studied');
  expect(reasons()).toContain('empty.png Nothing was found in it.');
  expect(document.body.textContent).toContain('tested on many');
  useStudy.setState({ study: null });
  await expect.poll(reasons, patience).toBe('');
});
