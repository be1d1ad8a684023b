// @vitest-environment page
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

const loadNetwork = vi.fn(async () => manifest);
const fetchPicture = vi.fn((_address: string) => new Promise<File>(() => {}));
const decode = vi.fn((_file: Blob) => new Promise<never>(() => {}));
const manifest = { id: 'photos10', title: 'photos10', labels: ['horn', 'church'] };
const examples = [{ id: 'horn', file: 'horn.jpg', title: 'Horn', label: 'horn', network: 'photos10' }];

vi.mock('../../models/load-network', () => ({
  loadNetwork,
  fallBack: vi.fn(),
  json: async (address: string) => (address.endsWith('index.json') ? examples : manifest),
  takeNetwork: vi.fn(),
}));
vi.mock('./picture/picture-source', () => ({ fetchPicture, decode, nameOfUrl: String }));
vi.mock('./picture/keep-picture', () => ({ keepPicture: vi.fn(), pictureBeforeReload: async () => null }));
vi.mock('../../models/keep-network', () => ({ listKept: async () => {} }));
vi.mock('./files/hand-over', () => ({ takeHandedOver: async () => null }));

beforeEach(() => {
  vi.resetModules();
  vi.clearAllMocks();
});

/** What ends the page that is open. */
const closing: { close: () => void } = { close: () => {} };
afterEach(() => closing.close());

/** Opens the page at an address. */
async function openAt(hash: string): Promise<void> {
  history.replaceState(null, '', hash);
  const listening = vi.spyOn(window, 'addEventListener');
  closing.close = () => {
    for (const [type, listener] of listening.mock.calls) window.removeEventListener(type, listener as never);
    listening.mockRestore();
  };
  const { useExplain } = await import('../../state/explain-store');
  const { start } = await import('./explain-controller');
  useExplain.setState({ manifest: manifest as never });
  void start();
  await vi.waitFor(() => expect(useExplain.getState().examples).toEqual(examples));
}

const firstExample = expect.stringContaining('examples/horn.jpg');

it.each(['', '#explain?layer=conv1_1', '#about'])('reads the first example at once at "%s"', async (hash) => {
  await openAt(hash);
  await vi.waitFor(() => expect(fetchPicture).toHaveBeenCalledTimes(1));
  expect(fetchPicture.mock.calls[0][0]).toEqual(firstExample);
  expect(loadNetwork).toHaveBeenCalledTimes(1);
});

it.each([
  ['#study?levels=16', '#explain'],
  ['#optimise', '#explain?layer=conv1_1'],
  ['#optimise', '#about/signs'],
])('reads nothing at "%s", and the first example at "%s" after that', async (hash, next) => {
  await openAt(hash);
  await new Promise((resolve) => setTimeout(resolve));
  expect(loadNetwork).not.toHaveBeenCalled();
  expect(fetchPicture).not.toHaveBeenCalled();
  location.hash = next;
  await vi.waitFor(() => expect(fetchPicture).toHaveBeenCalledTimes(1));
  expect(fetchPicture.mock.calls[0][0]).toEqual(firstExample);
});

it('lets what another workspace shows come in place of the first example', async () => {
  await openAt('#study');
  const { explain } = await import('../../state/explain-port');
  const { useExplain } = await import('../../state/explain-store');
  const file = new Blob(['own']);
  location.hash = '#explain';
  void explain.show({ file, name: 'own.png', settings: useExplain.getState().settings });
  await new Promise((resolve) => window.addEventListener('hashchange', resolve, { once: true }));
  await new Promise((resolve) => setTimeout(resolve));
  expect(decode.mock.calls.map(([given]) => given)).toEqual([file]);
  expect(fetchPicture).not.toHaveBeenCalled();
});
