// @vitest-environment page
import { expect, it, vi } from 'vitest';

vi.stubGlobal('matchMedia', () => ({ addEventListener() {} }));
const { keptInWords } = await import('./KeptHere');

it('says whether everything is kept, and its size', () => {
  expect(keptInWords({ state: 'kept', bytes: 14_234_000 })).toBe(
    'Everything this page can do is kept in this browser: 14.2 MB. It works without a network.',
  );
  expect(keptInWords({ state: 'keeping', bytes: 310_000, of: 14_234_000 })).toBe(
    'What this page can do is being kept in this browser, for use without a network: 310 kB of 14.2 MB.',
  );
  expect(keptInWords({ state: 'stopped', reason: 'its host cannot be reached' })).toBe(
    'Not everything this page can do is kept in this browser, for use without a network: its host cannot be reached. The next visit goes on with it.',
  );
  expect(keptInWords({ state: 'none' })).toBeNull();
});
