// @vitest-environment page
import 'fake-indexeddb/auto';
import { expect, it, vi } from 'vitest';
import type { StudyRequest } from '../../../study/run/runner';
import { studyWith } from '../../../study/study-testing';

const begun = vi.hoisted(() => [] as StudyRequest[]);

vi.mock('../../../engine/engine-client', () => ({ engine: {}, measures: {}, signFinder: {} }));
vi.mock('../../../study/run/runner', async (original) => ({
  ...(await original<typeof import('../../../study/run/runner')>()),
  createStudyRun(request: StudyRequest) {
    begun.push(request);
    return { id: 'one', current: () => null, done: Promise.reject(new DOMException('', 'AbortError')) };
  },
}));
vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => {} }));

const { nameClasses } = await import('../../../models/networks');
const { useExplain } = await import('../../../state/explain-store');
const { runRandomised, runStudy } = await import('./study-controller');
const { useStudy } = await import('./study-store');

it('reads the network as it is shown: by the names given to it, to the output and at the size that are chosen', () => {
  const names = { name: 'labels.txt', text: 'ant\nbee\n' };
  nameClasses('photos10', names);
  useExplain.setState(({ settings }) => ({
    settings: { ...settings, model: 'photos10', output: 'boxes', reads: 'number', size: 96 },
  }));
  useStudy.setState({
    images: {
      ...{ name: 'set', sources: [], folders: [], splits: [] },
      set: { entries: [], refused: [] },
      duplicates: { kind: 'none' },
    } as never,
  });
  runStudy();
  expect(begun).toHaveLength(1);
  expect(begun[0]).toMatchObject({
    labels: names,
    reading: { output: 'boxes', reads: 'number', size: 96 },
    settings: { model: 'photos10', reads: 'number' },
  });
});

it('reads another network, that of a study on screen, as its file says', async () => {
  const study = studyWith({ images: [], layers: ['conv1'], numbers: {} });
  useStudy.setState({ study: { ...study, settings: { ...study.settings, model: 'pictographs' } }, id: null });
  await vi.waitFor(() => expect(useStudy.getState().running).toBeNull());
  await runRandomised();
  expect(begun.at(-1)).toMatchObject({
    labels: null,
    reading: { output: null, size: null },
    settings: { model: 'pictographs', weights: 'randomised' },
  });
});
