// @vitest-environment page
import 'fake-indexeddb/auto';
import { expect, it, vi } from 'vitest';
import type { StudyRequest } from '../../../study/run/runner';
import type { Study } from '../../../study/study-data';
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
const { connectExplain } = await import('../../../state/explain-port');
const { useExplain } = await import('../../../state/explain-store');
const { readAddress, runRandomised, runStudy, writeAddress } = await import('./study-controller');
const { initialSettings } = await import('../../../state/settings');
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

it('reads the network of a study on screen as the study did, whatever Explain reads', async () => {
  const of = studyWith({ images: [], layers: ['conv1'], numbers: {} });
  const openStudy = async (model: string, read: Partial<Study['model']>) => {
    const study = { ...of, settings: { ...of.settings, model }, model: { ...of.model, ...read } };
    await vi.waitFor(() => expect(useStudy.getState().runs).toBeNull());
    useStudy.setState({ study, id: null });
    await runRandomised();
    expect(begun.at(-1)?.settings).toMatchObject({ model, weights: 'randomised' });
    return begun.at(-1);
  };
  expect(await openStudy('pictographs', { inputShape: [64, 48, 3] })).toMatchObject({
    labels: null,
    reading: { output: null, reads: 'auto', size: null },
  });
  const output = { name: 'masks', kind: 'classes', is: '', reason: '' } as const;
  expect(await openStudy('photos10', { inputShape: [64, 64, 3], output })).toMatchObject({
    reading: { output: 'masks', reads: 'auto', size: 64 },
  });
});

it('names output and size in its address, which opens the same study anew', async () => {
  const read = { model: 'photos10', output: 'boxes', reads: 'number', size: 96 } as const;
  useExplain.setState({ settings: { ...initialSettings, ...read } });
  history.replaceState(null, '', '#study');
  writeAddress();
  const parameters = new URLSearchParams(location.hash.split('?')[1]);
  expect(Object.fromEntries(parameters)).toMatchObject({ output: 'boxes', reads: 'number', size: '96' });

  useExplain.setState({ settings: initialSettings });
  connectExplain({
    change: (changes) => useExplain.setState(({ settings }) => ({ settings: { ...settings, ...changes } })),
  });
  await vi.waitFor(() => expect(useStudy.getState().runs).toBeNull());
  readAddress();
  runStudy();
  expect(begun.at(-1)?.reading).toMatchObject({ output: 'boxes', reads: 'number', size: 96 });
  expect(begun.at(-1)?.settings).not.toHaveProperty('output');
  expect(begun.at(-1)?.settings).not.toHaveProperty('size');
  expect(Object.fromEntries(new URLSearchParams(location.hash.split('?')[1]))).toEqual(
    Object.fromEntries(parameters),
  );

  // An address from before these were written: as the file says.
  history.replaceState(null, '', '#study?model=photos10');
  readAddress();
  await vi.waitFor(() => expect(useStudy.getState().runs).toBeNull());
  runStudy();
  expect(begun.at(-1)?.reading).toMatchObject({ output: null, size: null });
});
