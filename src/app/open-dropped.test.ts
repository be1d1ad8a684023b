import { afterEach, expect, it, vi } from 'vitest';

const { openFound, recognise } = vi.hoisted(() => ({ openFound: vi.fn(), recognise: vi.fn() }));
vi.mock('../workspaces/explain/files/open-explain', () => ({ openFound }));
vi.mock('../workspaces/explain/explain-controller', () => ({ renameClasses: vi.fn() }));
vi.mock('../files/recognise', () => ({ recognise }));
vi.stubGlobal('location', { hash: '#explain' });

const { openDropped } = await import('./open-dropped');
const { beginOpening } = await import('../state/opening');

const found = { studies: [], searches: [], analyses: [], networks: [], archives: [], pictures: ['cat.png'] };
const file = { path: 'cat.png', blob: new Blob() };

afterEach(() => openFound.mockClear());

it('opens in Explain what was dropped there', async () => {
  recognise.mockResolvedValue(found);
  await openDropped([file]);
  expect(openFound).toHaveBeenCalledWith(found);
});

it('does not bring to the screen what took its time, after something that was opened later', async () => {
  let tell = (_: typeof found) => {};
  recognise.mockReturnValueOnce(
    new Promise((resolve) => {
      tell = resolve;
    }),
  );
  const slow = openDropped([file]);
  beginOpening();
  tell(found);
  await slow;
  expect(openFound).not.toHaveBeenCalled();
});
