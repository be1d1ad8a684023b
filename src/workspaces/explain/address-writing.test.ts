// @vitest-environment page
import '../../ui/page-testing';

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { initialSettings } from '../../state/settings';

const { useExplain } = await import('../../state/explain-store');
const { writeAddress } = await import('./address-writing');

beforeEach(() => {
  vi.useFakeTimers();
  history.replaceState(null, '', '#explain?image=church');
  useExplain.setState({ settings: { ...initialSettings, image: 'church', layer: 'conv1_1' } });
});
afterEach(() => void vi.useRealTimers());

it('settings are written into the address, together where several change at once', () => {
  writeAddress();
  useExplain.setState({ settings: { ...initialSettings, image: 'church', layer: 'conv2_1' } });
  writeAddress();
  vi.advanceTimersByTime(400);
  expect(location.hash).toContain('image=church');
  expect(location.hash).toContain('layer=conv2_1');
});

it('an address that came in the meantime is not written over, though nobody has heard of it yet', () => {
  writeAddress();
  vi.advanceTimersByTime(400);
  for (const newer of ['#explain?image=parachute', '#about', '#study']) {
    history.replaceState(null, '', '#explain?image=church');
    writeAddress();
    location.hash = newer;
    vi.advanceTimersByTime(400);
    expect(location.hash).toBe(newer);
  }
});

it('a network that was chosen in another workspace is in use, and in the address, when Explain is returned to', async () => {
  const { goTo } = await import('../../state/place');
  const { parseAddress } = await import('../../state/address');
  history.replaceState(null, '', '#study?sample=50');
  // As an analysis does that ends while Study is shown.
  useExplain.setState(({ settings }) => ({ settings: { ...settings, model: 'pictographs', layer: '' } }));
  writeAddress();
  vi.advanceTimersByTime(400);
  expect(location.hash).toBe('#study?sample=50');
  goTo('explain');
  expect(parseAddress(location.hash).settings).toMatchObject({ model: 'pictographs', image: 'church' });
  expect(parseAddress(location.hash).settings).toEqual(useExplain.getState().settings);
});
