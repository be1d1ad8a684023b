// @vitest-environment page
import '../../../ui/page-testing';

import { act } from 'react';
import type { Root } from 'react-dom/client';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { rootOfEmptyPage } from '../../../ui/root-testing';

vi.mock('../../../engine/engine-client', () => ({ engine: {}, measures: {}, signFinder: {} }));

const { useExplain } = await import('../../../state/explain-store');
const { analysed, analysis } = await import('../explain-testing');
const { StatusLine } = await import('./StatusLine');

const line = () => document.querySelector('[role="status"]');

let root: Root;
beforeAll(async () => {
  const backend = { ...analysis.backend, reason: 'WebGPU finds no adapter here.' };
  useExplain.setState({ ...(await analysed()), analysis: { ...analysis, backend } });
  root = rootOfEmptyPage();
  await act(async () => root.render(<StatusLine />));
});
afterAll(() => act(async () => root.unmount()));

it('says why a backend computes apart from what it did, which stands first for the eye', async () => {
  expect(line()?.textContent).toMatch(
    /^WebGPU finds no adapter here\. Ready: 12 layers in \d\.\d\d s on WebA/,
  );
  const [why, ...more] = line()?.children ?? [];
  expect([why.textContent, more]).toEqual(['WebGPU finds no adapter here.', []]);
  await act(async () => useExplain.setState({ progress: { text: 'Explaining', fraction: 0.5 } }));
  expect([line()?.textContent, line()?.children.length]).toEqual(['Explaining, 50 % …', 0]);
});

it('says it once: with the next analysis the reason can only be pointed at, until there is another one', async () => {
  const before = useExplain.getState().analysis as typeof analysis;
  const reason = before.backend.reason;
  const next = (reason: string) =>
    act(async () =>
      useExplain.setState({
        progress: null,
        analysis: { ...before, backend: { ...before.backend, reason } },
      }),
    );
  await next(reason);
  expect(line()?.textContent).toMatch(/^Ready: 12 layers in /);
  expect(line()?.getAttribute('title')).toContain(reason);
  await next('The graphics device was lost.');
  expect(line()?.textContent).toMatch(/^The graphics device was lost\. Ready: 12 layers in /);
});
