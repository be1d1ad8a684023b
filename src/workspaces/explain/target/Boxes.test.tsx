// @vitest-environment page
import '../../../ui/page-testing';
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { layoutOfList } from '../../../network/targets/box-layout';
import { detectionsIn } from '../../../network/targets/detections';
import { useExplain } from '../../../state/explain-store';
import { analysed } from '../explain-testing';
import { Boxes } from './Boxes';

const { change } = vi.hoisted(() => ({ change: vi.fn() }));
vi.mock('../explain-controller', () => ({ change }));

const initial = useExplain.getState();
let root: Root;
let host: HTMLElement;

beforeEach(() => {
  host = document.createElement('div');
  document.body.append(host);
  root = createRoot(host);
  change.mockClear();
});

afterEach(() => {
  act(() => root.unmount());
  host.remove();
  useExplain.setState(initial, true);
});

/** What the page finds in a list of boxes in a grid, each surer than the next. */
function found(count: number) {
  const layout = layoutOfList({ name: 'boxes', shape: [count, 6], names: 2, inputShape: [320, 320, 3] });
  const list = Array.from({ length: count }, (_, i) => [
    ...[(i % 32) * 10 + 5, Math.floor(i / 32) * 10 + 5, 8, 8],
    ...[0.9 - i / (2 * count), 0.1],
  ]);
  return detectionsIn(list.flat(), layout as NonNullable<typeof layout>, [320, 320, 3]);
}

async function show(count: number, box: number | null = null) {
  const state = await analysed();
  const boxes = count === 0 ? [] : found(count);
  const analysis = state.analysis && {
    ...state.analysis,
    boxes,
    target: box === null ? state.analysis.target : { ...state.analysis.target, kind: 'box' as const, box },
  };
  act(() => {
    useExplain.setState({ ...state, analysis });
    root.render(<Boxes />);
  });
}

const buttons = () => [...host.querySelectorAll('button')];

it('of a detector with a thousand boxes the surest are listed, and how many more there are', async () => {
  await show(1000);
  expect(buttons()).toHaveLength(20);
  expect(host.textContent).toContain('And 280 more.');
  act(() => buttons()[3].click());
  expect(change).toHaveBeenCalledWith(expect.objectContaining({ box: 3, target: null }));
});

it('of a thousand boxes the one that is explained is listed too, wherever it stands', async () => {
  await show(1000, 250);
  expect(buttons()).toHaveLength(21);
  expect(buttons()[20].getAttribute('aria-pressed')).toBe('true');
  expect(host.textContent).toContain('And 279 more.');
});

it('the box that is explained is marked, and let go by choosing it once more', async () => {
  await show(40, 2);
  expect(buttons().map((button) => button.getAttribute('aria-pressed'))).toEqual(
    Array.from({ length: 20 }, (_, i) => String(i === 2)),
  );
  act(() => buttons()[2].click());
  expect(change).toHaveBeenCalledWith(expect.objectContaining({ box: null }));
});

it('a class that nobody names is called by its number, the first as every other', async () => {
  await show(3);
  const { analysis } = useExplain.getState();
  const network = { ...analysis?.network, labels: ['output'], things: [] };
  act(() => useExplain.setState({ analysis: { ...analysis, network } as never }));
  expect(buttons()[0].textContent).toContain('class 0');
});

it('where nothing is found, that is said', async () => {
  await show(0);
  expect(buttons()).toHaveLength(0);
  expect(host.textContent).toContain('The network finds nothing in this picture.');
});

it('offers what of the box is explained once one is chosen, and keeps it for the next box', async () => {
  await show(40);
  expect(host.querySelector('select')).toBeNull();
  await show(40, 2);
  const choice = host.querySelector('select') as HTMLSelectElement;
  expect([...choice.options].map(({ value }) => value)).toEqual([
    ...['score', 'place', 'both', 'left', 'top', 'right', 'bottom'],
  ]);
  act(() => {
    choice.value = 'place';
    choice.dispatchEvent(new Event('change', { bubbles: true }));
  });
  expect(change).toHaveBeenCalledWith({ part: 'place' });
  act(() => useExplain.setState(({ settings }) => ({ settings: { ...settings, part: 'place' } })));
  act(() => buttons()[4].click());
  expect(change).toHaveBeenLastCalledWith(expect.objectContaining({ box: 4, part: 'place' }));
  act(() => buttons()[2].click());
  expect(change).toHaveBeenLastCalledWith(expect.objectContaining({ box: null, part: 'score' }));
});
