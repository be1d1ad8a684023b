// @vitest-environment page
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterAll, afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useExplain } from '../../../state/explain-store';
import { initialSettings } from '../../../state/settings';
import { PatchPicker } from './PatchPicker';

const { change } = vi.hoisted(() => ({ change: vi.fn() }));
vi.mock('../explain-controller', () => ({ change }));

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

const initial = useExplain.getState();
let root: Root;
let host: HTMLElement;

const attention = {
  heads: 3,
  grid: [4, 4] as const,
  hasClassToken: true,
  keepsTokens: true,
  hasOwnScores: true,
};

function show(settings: object): void {
  act(() =>
    useExplain.setState({
      settings: { ...initialSettings, ...settings },
      manifest: { id: 'vit', title: 'vit', inputShape: [32, 32, 3], labels: ['a', 'b'], attention },
    }),
  );
}

beforeEach(() => {
  host = document.createElement('div');
  document.body.append(host);
  root = createRoot(host);
  change.mockReset();
  change.mockImplementation((changes: object) => show({ method: 'attention', ...changes }));
});

afterEach(() => {
  act(() => root.unmount());
  host.remove();
  useExplain.setState(initial, true);
});

const draw = () =>
  act(() =>
    root.render(<PatchPicker width={200} height={200} onPointerMove={() => {}} onPointerLeave={() => {}} />),
  );
const button = () => host.querySelector('button') as HTMLButtonElement;
const label = () => button().getAttribute('aria-label');
const press = (key: string) =>
  act(() => void button().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })));
const click = (x: number, y: number, detail: number) =>
  act(
    () =>
      void button().dispatchEvent(new MouseEvent('click', { clientX: x, clientY: y, detail, bubbles: true })),
  );

it('is there for the attention of a single token alone', () => {
  show({ method: 'rollout' });
  draw();
  expect(host.innerHTML).toBe('');
  show({ method: 'attention' });
  expect(label()).toBe('Patch that looks: none, the class token');
});

it('points at a patch with the arrow keys, stops at the edge, and lets go with Escape', () => {
  show({ method: 'attention' });
  draw();
  press('ArrowRight');
  expect(change).toHaveBeenLastCalledWith({ token: '0.625,0.625' });
  press('ArrowUp');
  expect(change).toHaveBeenLastCalledWith({ token: '0.625,0.375' });
  expect(label()).toBe('Patch that looks: column 3, row 2 of 4 × 4');
  press('ArrowRight');
  const calls = change.mock.calls.length;
  press('ArrowRight');
  expect(change.mock.calls.length).toBe(calls);
  press('Tab');
  expect(change.mock.calls.length).toBe(calls);
  press('Escape');
  expect(change).toHaveBeenLastCalledWith({ token: '' });
});

it('points at the patch that is clicked; Enter, which clicks at no place, changes nothing', () => {
  show({ method: 'attention' });
  draw();
  button().getBoundingClientRect = () => ({ left: 10, top: 20, width: 200, height: 200 }) as DOMRect;
  click(10 + 60, 20 + 199, 1);
  expect(change).toHaveBeenLastCalledWith({ token: '0.375,0.875' });
  click(0, 0, 0);
  expect(change).toHaveBeenCalledTimes(1);
});

// Nothing is written into an address when there is no page any more.
afterAll(async () => (await import('../address-writing')).dropPendingWrite());
