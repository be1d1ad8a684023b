import { nullShuffles } from '../explain/measure';
import { messageOf } from '../explain/messages';
import { sourceOf } from '../explain/networks';
import { picturesInWords } from '../figures/study';
import { settle, warn } from '../state/alerts';
import { explain } from '../state/explain-port';
import { useExplain } from '../state/explain-store';
import { placeOf } from '../state/place';
import { isComputing } from './remembered';
import {
  createStudyRun,
  listStudies,
  openStudy,
  removeStudy,
  resumeStudy,
  type StudyCallbacks,
  type StudyProgress,
  type StudyRequest,
  type StudyRun,
} from './runner';
import type { Study, StudySettings } from './study-data';
import { formatStudyAddress, parseStudyAddress, type StudyChoices } from './study-settings';
import { type FormChoices, type Running, useStudy } from './study-store';
import { readyInWords, toldApart } from './study-words';

const { getState, setState } = useStudy;

let run: StudyRun | null = null;

/** Changes settings of the next study. */
export function choose(changes: Partial<FormChoices>): void {
  setState(({ choices }) => ({ choices: { ...choices, ...changes } }));
  writeAddress();
}

/** All settings, those of the page among them. */
export const allChoices = (): StudyChoices => {
  const { model, inputScaling, reads, backend } = useExplain.getState().settings;
  return { ...getState().choices, model, inputScaling, reads, backend };
};

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
    const { model, inputScaling, reads, backend, ...choices } = settings;
    setState({ choices });
    const now = useExplain.getState().settings;
    const own = { model, inputScaling, reads, backend };
    if ((Object.keys(own) as (keyof typeof own)[]).some((key) => own[key] !== now[key])) explain.change(own);
    if (problems.length > 0) warn('study', problems.join(' '));
  }
  writeAddress();
}

/** Studies the open images with the chosen settings. */
export function runStudy(): void {
  const request = requestOf(settingsNow());
  if (request) follow('study', (callbacks) => createStudyRun(request, callbacks));
}

/** Studies the images of the study on screen once more, by the same network with its weights randomised. */
export function runRandomised(): void {
  const { study } = getState();
  const request = study && requestOf({ ...study.settings, weights: 'randomised' });
  if (request) follow('comparison', (callbacks) => createStudyRun(request, callbacks));
}

/** Goes on with a study that was interrupted. */
export function resumeKept(id: string): void {
  follow('study', (callbacks) => resumeStudy(id, callbacks, picturesFor(id)));
}

/** Those of a kept study are in the browser, unless it had no room for them. */
const picturesFor = (id: string) =>
  getState().kept.find((kept) => kept.id === id)?.picturesKept ? null : (getState().images?.sources ?? null);

export const pause = (): void => run?.pause();
export const resume = (): void => run?.resume();
export const cancel = (): void => run?.cancel();

const settingsNow = (): StudySettings => {
  const { backend, inputScaling, reads, split, ...choices } = allChoices();
  return {
    ...choices,
    ...(reads === 'auto' ? {} : { reads }),
    inputScaling: inputScaling === 'auto' ? null : inputScaling,
    neighbourhood: choices.neighbourhood as 4 | 8,
    split: split || null,
    shuffles: nullShuffles,
    weights: 'trained',
  };
};

function requestOf(settings: StudySettings): StudyRequest | null {
  const { images } = getState();
  if (!images) {
    warn('study', 'Open the images first: drop a folder, files or a zip archive.');
    return null;
  }
  try {
    return {
      name: images.name,
      settings,
      backend: useExplain.getState().settings.backend,
      network: sourceOf(settings.model),
      images: images.sources,
      classes: Object.fromEntries(images.folders.map(({ folder, class: matched }) => [folder, matched])),
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
  if (run) return;
  const clock = workClock();
  let drawn = 0;
  let notes = '';
  const show = () => {
    const current = started.current();
    if (!current) return;
    drawn = performance.now();
    if (role === 'study') setState({ study: current, id: started.id });
    else showComparison(current);
  };
  const onProgress = (progress: StudyProgress) => {
    clock.take(progress);
    setState({ running: { progress, role } });
  };
  settle('study');
  if (role === 'study') setState({ study: null, id: null, comparison: null, selected: null });
  const started = start({
    onProgress,
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
  run = started;
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
      run = null;
      setState({ running: null });
      void refreshKept();
    });
  void refreshKept();
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

/** The studies in this browser, as they are now. */
export async function refreshKept(): Promise<void> {
  try {
    setState({ kept: await listStudies() });
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
    await removeStudy(id);
    await refreshKept();
  });

/** Sets a kept study against the one on screen. */
export const compareWith = (id: string): Promise<void> =>
  attempt('The study could not be opened', async () => showComparison(await openStudy(id)));

export const endComparison = (): void => setState({ comparison: null });

export function showComparison(other: Study): void {
  const { study } = getState();
  if (study) setState({ comparison: { study: other, ...toldApart(study, other) } });
}

async function attempt(failed: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    warn('study', `${failed}: ${messageOf(error)}`);
  }
}
