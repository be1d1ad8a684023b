// @vitest-environment jsdom
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
