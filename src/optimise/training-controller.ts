import { trainer } from '../engine/client';
import type { BackendPreference } from '../engine/protocol';
import type { Checkpoint, EpochReport, Evaluation, TrainingData } from '../engine/training/protocol';
import { messageOf, warn } from '../explain/controller';
import { architectureView } from './architecture-view';
import { takeRun } from './controller';
import { forget, keep, kept } from './kept';
import { dataInWords, dataOf, recipeOf } from './network-of';
import { currentArchitecture, useOptimise } from './optimise-store';
import { initialWeights } from './start-weights';
import { endsEarly, hasExploded } from './training-rules';
import {
  type GoodWeights,
  noHistory,
  type StoredTraining,
  type TrainingRun,
  useTraining,
} from './training-store';

const { getState, setState } = useTraining;

/** Names of what is kept on the disk: weights and history, and the pictures, which do not change and can be large. */
const TRAINING = 'training';
const PICTURES = 'training-data';

/** Milliseconds of steps between two looks at the page, and between two checkpoints. */
const STRETCH = 400;
const BETWEEN_CHECKPOINTS = 12_000;

/** The training that goes on; another one, or none, once it was paused or stopped. */
let going: AbortController | null = null;
/** Whether the worker holds the training on screen. */
let held = false;

/** Looks for a training of an earlier visit; it is offered, not gone on with. */
export async function offerKept(): Promise<void> {
  if (getState().phase !== 'idle' || getState().offered) return;
  try {
    const stored = await kept<StoredTraining>(TRAINING);
    if (!stored || getState().phase !== 'idle') return;
    takeRun(stored.run.settings);
    const { last, best, run, finished } = stored;
    setState({
      run,
      history: last.checkpoint.history,
      weights: last,
      best,
      phase: finished ? 'finished' : 'paused',
      offered: finished ? null : stored,
      note: finished ? finishedNote(last) : `Paused at step ${last.checkpoint.step} on an earlier visit.`,
    });
  } catch {
    // A browser without a database, such as in a private window: then there is nothing to offer.
  }
}

/** Begins a training of the network in the editor. */
export async function train(): Promise<void> {
  const page = useOptimise.getState();
  const { settings, images } = page;
  const architecture = currentArchitecture(page);
  const { problem } = architectureView(architecture, null);
  if (problem !== null) return warn(problem);
  if (settings.data === 'images') {
    if (!images) return warn('There are no pictures to train on yet: drop a folder or a zip archive of class folders.');
    if (images.summary.problem !== null) return warn(images.summary.problem);
  }
  const recipe = recipeOf(settings);
  const data = dataOf(settings, images?.sources ?? null);
  const controller = begin();
  try {
    await closeHeld();
    const weights = await initialWeights(architecture, settings);
    const opened = await open(settings.backend, data, { architecture, recipe, weights }, controller.signal);
    const run: TrainingRun = {
      ...opened,
      architecture: { ...architecture, classes: opened.data.classes.length },
      recipe,
      settings,
      source: dataInWords(settings, images?.name ?? null),
      begun: new Date().toISOString(),
    };
    setState({ run, history: noHistory, weights: null, best: null });
    await keepPictures(data);
    await endEpoch(0, controller.signal);
    await advance(controller);
  } catch (error) {
    failed(error, controller);
  }
}

/** Goes on where a training was, also where that was on an earlier visit. */
export async function resume(): Promise<void> {
  const { run, weights } = getState();
  if (!run || !weights) return;
  const controller = begin();
  try {
    if (!held) {
      const data = await kept<TrainingData>(PICTURES);
      if (!data) throw new Error('its pictures are not kept any more; begin again');
      await open(run.settings.backend, data, weights.checkpoint, controller.signal);
    }
    setState({ offered: null });
    await advance(controller);
  } catch (error) {
    failed(error, controller);
  }
}

/** Lets the steps under way end, keeps the weights, and asks for no further steps. */
export function pause(): void {
  if (getState().phase === 'running') setState({ phase: 'pausing' });
}

/** Ends the training for good; its weights stay. */
export async function stop(): Promise<void> {
  const { phase, weights } = getState();
  if (phase === 'opening') {
    going?.abort();
    going = null;
    held = false;
    setState({ phase: weights ? 'paused' : 'idle', progress: null, note: 'Stopped before it began.' });
    return;
  }
  if (phase === 'running' || phase === 'pausing') {
    stopping = true;
    setState({ phase: 'pausing' });
    return;
  }
  if (phase === 'paused') await finish(null, 'Stopped');
}

/** Whether the pause that was asked for is to be the end. */
let stopping = false;

/** Forgets the training that is kept, and clears the page of it. */
export async function discard(): Promise<void> {
  await closeHeld();
  setState({
    phase: 'idle',
    run: null,
    history: noHistory,
    weights: null,
    best: null,
    progress: null,
    note: null,
    offered: null,
  });
  await Promise.all([forget(TRAINING), forget(PICTURES)]).catch(() => {});
}

function begin(): AbortController {
  going?.abort();
  const controller = new AbortController();
  going = controller;
  stopping = false;
  setState({ phase: 'opening', note: null, offered: null, progress: { text: 'Opening', fraction: null } });
  return controller;
}

async function open(
  backend: BackendPreference,
  data: TrainingData,
  start: Parameters<typeof trainer.call<'open'>>[1]['start'],
  signal: AbortSignal,
) {
  const opened = await trainer.call(
    'open',
    { backend, data, start },
    { signal, onProgress: (progress) => setState({ progress }) },
  );
  held = true;
  return opened;
}

async function closeHeld(): Promise<void> {
  if (!held) return;
  held = false;
  await trainer.call('close', {});
}

/** Step by step, until the end, a pause, or weights that are good no more. */
async function advance(controller: AbortController): Promise<void> {
  const { signal } = controller;
  setState({ phase: 'running', progress: null });
  let lastKept = performance.now();
  while (!signal.aborted) {
    const run = getState().run as TrainingRun;
    const { reports, epochDone, done } = await trainer.call(
      'advance',
      { steps: run.stepsPerEpoch, milliseconds: STRETCH },
      { signal },
    );
    if (hasExploded(reports, getState().history, run.data.classes.length)) throw explosion(reports.at(-1)?.step);
    const { history } = getState();
    setState({ history: { ...history, steps: [...history.steps, ...reports] } });
    const step = getState().history.steps.at(-1)?.step ?? 0;
    if (epochDone) {
      await endEpoch(Math.round(step / run.stepsPerEpoch), signal);
      lastKept = performance.now();
    } else if (performance.now() - lastKept > BETWEEN_CHECKPOINTS) {
      await keepWeights(null);
      lastKept = performance.now();
    }
    const early = epochDone && endsEarly(getState().history.epochs, run.recipe.patience);
    if (done) return finish(controller, null);
    if (early) return finish(controller, `The held-out loss has not fallen for ${run.recipe.patience} epochs`);
    if (getState().phase === 'pausing') {
      if (!epochDone) await keepWeights(null);
      if (stopping) return finish(controller, 'Stopped');
      setState({ phase: 'paused', progress: null, note: `Paused at step ${step} of ${run.steps}.` });
      return;
    }
  }
}

/** Tests the network on all held-out pictures, measures the layers' entropies, and keeps the weights. */
async function endEpoch(epoch: number, signal: AbortSignal): Promise<void> {
  const begun = performance.now();
  const run = getState().run as TrainingRun;
  const { profiled: pictures, method, measure, levels } = run.settings;
  const tell = (text: string) => (progress: { fraction: number }) =>
    setState({ progress: { text, fraction: progress.fraction } });
  const evaluation = await trainer.call(
    'evaluate',
    { pictures: null },
    { signal, onProgress: tell('Testing on held-out pictures') },
  );
  const profile =
    pictures === 0
      ? null
      : await trainer.call(
          'profile',
          { pictures, method, measure, levels, shuffles: 4 },
          { signal, onProgress: tell('Measuring the entropies of the layers') },
        );
  const { history } = getState();
  const { loss, accuracy } = evaluation;
  const step = history.steps.at(-1)?.step ?? 0;
  const report: EpochReport = { epoch, step, loss, accuracy, profile };
  setState({
    history: { ...history, epochs: [...history.epochs, report] },
    epochEnd: performance.now() - begun,
    progress: null,
  });
  await keepWeights(evaluation);
}

/** Takes the weights out of the worker and puts them on the disk. */
async function keepWeights(evaluation: Evaluation | null): Promise<void> {
  const checkpoint: Checkpoint = {
    ...(await trainer.call('checkpoint', {})),
    history: getState().history,
  };
  const weights: GoodWeights = { checkpoint, evaluation };
  const { run, best } = getState();
  const better =
    evaluation !== null &&
    run?.recipe.patience !== null &&
    evaluation.loss < (best?.evaluation?.loss ?? Number.POSITIVE_INFINITY);
  setState({ weights, ...(better ? { best: weights } : {}) });
  await keepTraining(false);
}

async function keepTraining(finished: boolean): Promise<void> {
  const { run, weights: last, best } = getState();
  if (!run || !last) return;
  try {
    await keep(TRAINING, { run, last, best, finished } satisfies StoredTraining);
  } catch (error) {
    setState({ note: `The training cannot be kept for another visit: ${messageOf(error)}.` });
  }
}

async function keepPictures(data: TrainingData): Promise<void> {
  try {
    await keep(PICTURES, data);
  } catch (error) {
    setState({ note: `The pictures cannot be kept for another visit: ${messageOf(error)}.` });
  }
}

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

const finishedNote = ({ evaluation, checkpoint }: GoodWeights): string =>
  evaluation
    ? `Finished at step ${checkpoint.step}: ${percent(evaluation.accuracy)} of the held-out pictures named right.`
    : `Ended at step ${checkpoint.step}.`;

/** The end: the best weights where training may end early, else the last ones, tested. */
async function finish(controller: AbortController | null, why: string | null): Promise<void> {
  const signal = controller?.signal;
  const { best, weights } = getState();
  const last = weights as GoodWeights;
  let final = best ?? last;
  if (final.evaluation === null && held) {
    setState({ progress: { text: 'Testing on held-out pictures', fraction: null } });
    final = { ...final, evaluation: await trainer.call('evaluate', { pictures: null }, { signal }) };
  }
  await closeHeld();
  const chosen = best && best !== last ? ` The weights of step ${best.checkpoint.step} were the best and are kept.` : '';
  setState({
    phase: 'finished',
    weights: { ...final, checkpoint: { ...final.checkpoint, history: getState().history } },
    progress: null,
    note: `${why ? `${why}. ` : ''}${finishedNote(final)}${chosen}`,
  });
  await keepTraining(true);
}

const explosion = (step: number | undefined) =>
  Object.assign(new Error(`at step ${step}`), { name: 'ExplosionError' });

/** Says what went wrong; the last good weights stay, and where there are some the training can go on from them. */
function failed(error: unknown, controller: AbortController): void {
  if (controller.signal.aborted) return;
  const { weights, run } = getState();
  const exploded = error instanceof Error && /explosion|diverge/i.test(error.name);
  // What the worker holds may be beyond repair: going on opens it anew from the last good weights.
  held = false;
  const back = weights ? ` The weights of step ${weights.checkpoint.step} are kept.` : '';
  if (exploded) {
    warn(
      `The loss has exploded ${messageOf(error)}: the learning rate ${run?.recipe.learningRate} is too large for this network. The training is stopped.${back} Begin again with a smaller one.`,
    );
  } else {
    warn(`The training ended: ${messageOf(error)}${/[.!?]$/.test(messageOf(error)) ? '' : '.'}${back}`);
  }
  const history = weights?.checkpoint.history ?? noHistory;
  setState({
    phase: weights ? 'paused' : 'idle',
    history,
    progress: null,
    note: exploded ? 'Stopped: the loss has exploded.' : null,
  });
}
