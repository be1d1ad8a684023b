// @vitest-environment page
import { beforeEach, expect, it, vi } from 'vitest';
import { carriedNow, handOn } from '../../../state/carried';
import { studyWith } from '../../../study/study-testing';
import { useStudy } from '../run/study-store';

vi.mock('../../../engine/engine-client', () => ({ engine: {}, measures: {}, signFinder: {}, trainer: {} }));

const study = studyWith({ images: [{ path: 'a.png' }], layers: ['conv1'], numbers: {} });

beforeEach(() => useStudy.setState({ study: null, id: null }));

it('goes through a loading of the page where it is kept nowhere else, and is on screen after it', async () => {
  const { openCarried } = await import('./images-controller');
  openCarried();
  expect(carriedNow()).toEqual({});
  useStudy.setState({ study, id: null });
  expect(carriedNow()).toEqual({ study });
  // One of this browser's own is in its list after the loading.
  useStudy.setState({ study, id: 'kept' });
  expect(carriedNow()).toEqual({});
  useStudy.setState({ study: null, id: null });
  handOn({ study });
  expect(useStudy.getState().study).toBe(study);
  expect(useStudy.getState().id).toBeNull();
});
