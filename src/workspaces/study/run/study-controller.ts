import { nullShuffles } from '../../../engine/measure/null-shuffles';
import { picturesInWords } from '../../../figures/study/study-figures';
import { networkRequest } from '../../../models/networks';
import type { ImageSource } from '../../../picture/sets/image-set';
import { smoothingOf } from '../../../saliency/smoothing/map-smoothing';
import { settle, warn } from '../../../state/alerts';
import { explain } from '../../../state/explain-port';
import { useExplain } from '../../../state/explain-store';
import { createLatestWork } from '../../../state/latest-work';
import { placeOf } from '../../../state/place';
import { partOf } from '../../../state/setting-table';
import { asItsFileSays, type ExplainSettings, isInputSize } from '../../../state/settings';
import {
  createStudyRun,
  listStudies,
  openStudy,
  removeStudy,
  requestOfKept,
  resumeStudy,
  type StudyCallbacks,
  type StudyProgress,
  type StudyRequest,
  type StudyRun,
} from '../../../study/run/runner';
import { news } from '../../../study/study-claims';
import type { Study, StudySettings } from '../../../study/study-data';
import { readyInWords } from '../../../study/study-words';
import { messageOf } from '../../../text/message-of';
import { say } from '../../../text/say';
import { duplicatesToLeaveOut } from '../images/duplicate-search';
import { isComputing } from '../results/remembered';
import { createCurrentRun } from './current-run';
import { formatStudyAddress, pageKeys, parseStudyAddress, type StudyChoices } from './study-settings';
import { type FormChoices, type Running, useStudy } from './study-store';
import { trustSettings } from './trust-settings';

const { getState, setState } = useStudy;

const current = createCurrentRun();

/** Changes settings of the next study. */
export function choose(changes: Partial<FormChoices>): void {
  setState(({ choices }) => ({ choices: { ...choices, ...changes } }));
  writeAddress();
}

/** All settings, those of the page among them. */
export const allChoices = (): StudyChoices => ({
  ...getState().choices,
  ...partOf(useExplain.getState().settings, pageKeys),
});

/** Writes the settings into the address while it is this workspace's. */
export function writeAddress(): void {
  if (placeOf(location.hash) !== 'study') return;
  const address = formatStudyAddress(allChoices());
  if (address !== location.hash) history.replaceState(history.state, '', address);
}

/** Takes over the settings of an address, and tells what in it is not understood. */
export function readAddress(): void {
  if (placeOf(location.hash) !== 'study') return;
  // Without settings it is the tab's: those of the last time stay.
  if (location.hash.includes('?')) {
    const { settings, problems } = parseStudyAddress(location.hash);
    setState({ choices: settings });
    const now = useExplain.getState().settings;
    if (pageKeys.some((key) => settings[key] !== now[key])) explain.change(partOf(settings, pageKeys));
    if (problems.length > 0) warn('study', problems.map((problem) => say(problem)).join(' '));
  }
  writeAddress();
}

/** Studies the open images with the chosen settings. */
export function runStudy(): void {
  const request = requestOf(settingsNow());
  if (request) follow('study', (callbacks) => createStudyRun(request, callbacks));
}

/** Studies the images of the study on screen once more, by the same network with its weights randomised. */
export const runRandomised = (): Promise<void> =>
  attempt('It cannot be set against randomised weights', async () => {
    const { study, id } = getState();
    if (!study) return;
    const kept = id === null ? null : await requestOfKept(id).catch(() => null);
    const images = imagesOf(study) ?? kept?.images ?? null;
    if (!images) throw new Error(whatRandomisedNeeds(study));
    const settings = { ...study.settings, weights: 'randomised' } as const;
    const { leftOut } = study;
    const request = kept ? { ...kept.request, settings, images } : requestOf(settings, readingOf(study));
    if (request && leftOut) request.duplicates = async () => leftOut;
    if (request) follow('comparison', (callbacks) => createStudyRun(request, callbacks));
  });

/** The open images, where they are those of a study. */
function imagesOf({ images }: Study): ImageSource[] | null {
  const open = getState().images;
  const paths = new Set(open?.set.entries.map(({ path }) => path));
  return open && images.every(({ path }) => paths.has(path)) ? open.sources : null;
}

/** What "Against randomised weights" lacks, in words. */
function whatRandomisedNeeds({ images }: Study): string {
  const others = getState().images ? ', for those that are open are others' : '';
  return `The images of this study are needed again${others}: drop the folder or archive with its ${picturesInWords(images.length)}.`;
}

/** Goes on with a study that was interrupted. */
export function resumeKept(id: string): void {
  follow('study', (callbacks) => resumeStudy(id, callbacks, picturesFor(id)));
}

/** Those of a kept study are in the browser, unless it had no room for them. */
const picturesFor = (id: string) =>
  getState().kept.find((kept) => kept.id === id)?.picturesKept ? null : (getState().images?.sources ?? null);

export const pause = (): void => current.going()?.pause();
export const resume = (): void => current.going()?.resume();
export const cancel = (): void => current.going()?.cancel();

const settingsNow = (): StudySettings => {
  const {
    backend,
    inputScaling,
    output: _output,
    reads,
    size: _size,
    split,
    withoutDuplicates,
    against,
    box,
    part,
    trust,
    trustMethods,
    trustDraws,
    smooth,
    ...choices
  } = allChoices();
  const applied = smoothingOf(choices.method, smooth);
  return {
    ...choices,
    ...(reads === 'auto' ? {} : { reads }),
    ...(applied === 'none' ? {} : { smooth: applied }),
    ...(against === 'none' || box !== 'none' ? {} : { against }),
    ...(box === 'none' ? {} : { box }),
    ...(box === 'none' || part === 'score' ? {} : { part }),
    inputScaling: inputScaling === 'auto' ? null : inputScaling,
    neighbourhood: choices.neighbourhood as 4 | 8,
    split: split || null,
    ...(withoutDuplicates ? { withoutDuplicates } : {}),
    ...trustSettings(trust, trustMethods, choices.method, trustDraws),
    shuffles: nullShuffles,
    weights: 'trained',
  };
};

type Reading = Pick<ExplainSettings, 'output' | 'reads' | 'size'>;

/** How the network of a study was read, whatever Explain reads now. */
function readingOf({ model, settings }: Study): Reading {
  const [rows, columns] = model.inputShape;
  return {
    output: model.output?.name ?? '',
    reads: settings.reads ?? 'auto',
    // Of networks that take any size; others have their own.
    size: rows === columns && isInputSize(rows) ? rows : null,
  };
}

/** @param reading how the network is read; as Explain reads it where left out */
function requestOf(settings: StudySettings, reading?: Reading): StudyRequest | null {
  const { images } = getState();
  if (!images) {
    warn('study', 'Open the images first: drop a folder, files or a zip archive.');
    return null;
  }
  const shown = useExplain.getState().settings;
  const { model } = settings;
  // Output and size that are chosen of the network on screen mean nothing to another one.
  const own = { ...shown, ...(model === shown.model ? {} : asItsFileSays), model, ...reading };
  try {
    const { scaling: _, ...network } = networkRequest({ ...own, operations: false });
    return {
      ...network,
      name: images.name,
      settings,
      images: images.sources,
      classes: Object.fromEntries(images.folders.map(({ folder, class: matched }) => [folder, matched])),
      duplicates: (tell) => duplicatesToLeaveOut(images, settings.split ?? null, tell),
    };
  } catch (error) {
    warn('study', `The study could not be begun: ${messageOf(error)}.`);
    return null;
  }
}

/** Least time between two drawings of what a run has so far; more where more is to be drawn. */
const drawEvery = (images: number) => 1500 + images / 2;

/** Starts a run and shows what becomes of it; there is one at a time. */
function follow(role: Running['role'], start: (callbacks: StudyCallbacks) => StudyRun): void {
  if (current.going()) return;
  const clock = workClock();
  let drawn = 0;
  let notes = '';
  const show = () => {
    const study = started.current();
    if (!study) return;
    drawn = performance.now();
    if (role === 'study') setState({ study, id: started.id });
    else showComparison(study);
  };
  const onProgress = (progress: StudyProgress) => {
    clock.take(progress);
    setState({ running: { progress, role } });
  };
  settle('study');
  if (role === 'study') setState({ study: null, id: null, comparison: null, selected: null });
  const started = start({
    onProgress,
    onKept: told,
    onNote: (note) => {
      notes += `${note} `;
      warn('study', note);
    },
    onResults: () => {
      const images = started.current()?.images.length ?? 0;
      // What is drawn now must be done before it is drawn anew, or it would never be.
      if (performance.now() - drawn > drawEvery(images) && !isComputing()) show();
    },
  });
  current.begin(started);
  started.done
    .then((study) => {
      show();
      setState({ note: `${notes}${readyInWords(study, clock.result())}` });
    })
    .catch((error) => {
      show();
      const so = picturesInWords(started.current()?.images.length ?? 0);
      const stopped = error instanceof Error && error.name === 'AbortError';
      setState({ note: stopped ? `Cancelled after ${so}. What there is stays.` : 'Ready' });
      if (!stopped) warn('study', `The study came to an end: ${messageOf(error)}`);
    })
    .finally(() => {
      current.end();
      setState({ running: null, runs: null });
      told();
    });
  setState({ runs: started.id });
}

/** The studies in this browser have changed: here, and for other tabs. */
function told(): void {
  news.tell();
  void refreshKept();
}

/** The study on screen lies in a file: nothing of it is lost any more. */
export function savedAsFile(study: Study): void {
  if (study === getState().study) current.saved();
}

/** Time spent studying, without pauses, and the images studied in it. */
function workClock() {
  let [worked, since] = [0, Number.NaN];
  let first: number | null = null;
  let last = 0;
  return {
    take({ state, measured, failed }: StudyProgress) {
      const now = performance.now();
      if (!Number.isNaN(since)) worked += now - since;
      since = state === 'running' ? now : Number.NaN;
      if (state === 'running') first ??= measured + failed;
      last = measured + failed;
    },
    result: () => ({ seconds: worked / 1000, images: last - (first ?? last) }),
  };
}

const listing = createLatestWork();

/** The studies in this browser, as they are now. */
export async function refreshKept(): Promise<void> {
  try {
    const kept = await listing.run(listStudies);
    if (kept) setState({ kept });
  } catch (error) {
    // Without a place to keep them there are none.
    setState({ kept: [] });
    console.warn(error);
  }
}

/** Shows a study of which nothing but its numbers need be there. */
export function showStudy(study: Study, id: string | null): void {
  setState({
    study,
    id,
    comparison: null,
    selected: null,
    note: `Ready: ${picturesInWords(study.images.length)}`,
  });
  settle('study');
}

export const openKept = (id: string): Promise<void> =>
  attempt('The study could not be opened', async () => showStudy(await openStudy(id), id));

export const removeKept = (id: string): Promise<void> =>
  attempt('The study could not be removed', async () => {
    await removeStudy(id).finally(told);
  });

/** Sets a kept study against the one on screen. */
export const compareWith = (id: string): Promise<void> =>
  attempt('The study could not be opened', async () => showComparison(await openStudy(id)));

export const endComparison = (): void => setState({ comparison: null });

export function showComparison(other: Study): void {
  const { study } = getState();
  if (study) setState({ comparison: { study: other } });
}

async function attempt(failed: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    warn('study', `${failed}: ${messageOf(error)}`);
  }
}
