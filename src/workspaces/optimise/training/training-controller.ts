import { trainer } from '../../../engine/engine-client';
import { settle, warn } from '../../../state/alerts';
import { createLatestWork } from '../../../state/latest-work';
import { ClaimedError } from '../../../storage/claims';
import { guardLeaving } from '../../../storage/leaving';
import { messageOf } from '../../../text/message-of';
import type { Evaluation, StepReport } from '../../../training/training-methods';
import { architectureView } from '../architecture/architecture-view';
import { dataInWords, dataOf, recipeOf } from '../architecture/network-of';
import { takeRun } from '../optimise-controller';
import { currentArchitecture, useOptimise } from '../optimise-store';
import { newId, remember, runToOffer } from './kept-runs';
import { adoptOldTraining, keepPictures, keepTraining, keptPictures, keptTraining } from './kept-training';
import { startWeights } from './start-weights';
import { createTrainingClaim } from './training-claim';
import {
  type GoodWeights,
  noHistory,
  type StoredTraining,
  type TrainingRun,
  useTraining,
} from './training-store';
import { createWorkerTraining } from './worker-training';

const { getState, setState } = useTraining;

/** Milliseconds of steps between two looks at the page, and between two checkpoints. */
const STRETCH = 400;
const BETWEEN_CHECKPOINTS = 12_000;

/** The training that goes on; another one, or none, once it was paused or stopped. */
const going = createLatestWork();
const claim = createTrainingClaim();
const worker = createWorkerTraining();

/** Looks for a training of an earlier visit; it is offered, not gone on with. */
export async function offerKept(): Promise<void> {
  if (getState().phase !== 'idle') return;
  try {
    await adoptOldTraining();
    const offered = await runToOffer('training');
    if (offered && getState().phase === 'idle') await show(offered.id);
  } catch {
    // A browser without a database, such as in a private window: then there is nothing to offer.
  }
}

/** Puts a kept training on screen, in place of the one that is there, which stays kept. */
export async function openKept(id: string): Promise<void> {
  if (isGoing())
    return warn('optimise', 'A training is under way: pause or stop it before another one is opened.');
  try {
    await worker.close();
    claim.giveUp();
    await show(id);
    settle('optimise');
  } catch (error) {
    warn('optimise', `The training could not be opened: ${messageOf(error)}.`);
  }
}

const isGoing = () => ['opening', 'running', 'pausing'].includes(getState().phase);

async function show(id: string): Promise<void> {
  const stored = await keptTraining(id);
  if (!stored) throw new Error('this browser does not keep it any more');
  if (isGoing()) return;
  takeRun(stored.run.settings);
  remember('training', id);
  place(stored, 'on an earlier visit');
}

function place({ run, last, finished }: StoredTraining, when: string): void {
  setState({
    run,
    history: last.checkpoint.history,
    weights: last,
    phase: finished ? 'finished' : 'paused',
    note: finished ? finishedNote(last) : `Paused at step ${last.checkpoint.step} of ${run.steps} ${when}.`,
    told: performance.now(),
  });
}

/** Why the network in the editor cannot be trained on the data at hand; null where it can. */
export function dataProblem(): string | null {
  const page = useOptimise.getState();
  const { problem } = architectureView(currentArchitecture(page), null);
  if (problem !== null || page.settings.data === 'pictographs') return problem;
  if (!page.images) {
    return 'There are no pictures to train on yet: drop a folder or a zip archive of class folders.';
  }
  return page.images.summary.problem;
}

/** Begins a training of the network in the editor. */
export async function train(): Promise<void> {
  const page = useOptimise.getState();
  const { settings, images } = page;
  const architecture = currentArchitecture(page);
  const problem = dataProblem();
  if (problem !== null) return warn('optimise', problem);
  const recipe = recipeOf(settings);
  const data = dataOf(settings, images?.sources ?? null);
  await goOn(async (signal) => {
    await worker.close();
    const id = newId();
    await claim.take(id);
    const weights = await startWeights(architecture, settings, signal);
    const opened = await worker.open(settings.backend, data, { architecture, recipe, weights }, signal);
    const run: TrainingRun = {
      id,
      ...opened,
      architecture: { ...architecture, classes: opened.data.classes.length },
      recipe,
      settings,
      source: dataInWords(settings, images?.name ?? null),
      begun: new Date().toISOString(),
    };
    setState({ run, history: noHistory, weights: null });
    settle('optimise');
    await keepPictures(id, data);
    await measureUntrained(run, signal);
    await advance(signal);
  });
}

/** Goes on where a training was, also where that was on an earlier visit. */
export async function resume(): Promise<void> {
  const { run, weights } = getState();
  if (!run || !weights) return;
  await goOn(async (signal) => {
    if (!claim.has(run.id)) {
      await claim.take(run.id);
      // Another tab may have gone on with it since it was put on this screen.
      const stored = await keptTraining(run.id).catch(() => undefined);
      if (stored && (stored.finished || stored.last.checkpoint.step > weights.checkpoint.step)) {
        place(stored, 'in another tab');
        if (stored.finished) return claim.giveUp();
      }
    }
    if (!worker.isHeld()) {
      const data = await keptPictures(run.id);
      if (!data) throw new Error('its pictures are not kept any more; begin again');
      const { checkpoint } = getState().weights as GoodWeights;
      await worker.open(run.settings.backend, data, checkpoint, signal);
    }
    await advance(signal);
  });
}

/** Says what went wrong, unless it was ended; what was to be done before is ended. */
async function goOn(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  setState({
    phase: 'opening',
    stopping: false,
    note: null,
    progress: { text: 'Opening', fraction: null },
  });
  try {
    await going.run(work);
  } catch (error) {
    failed(error);
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
    going.end();
    worker.forget();
    claim.giveUp();
    setState({
      phase: weights ? 'paused' : 'idle',
      progress: null,
      note: 'Stopped before it began.',
      told: performance.now(),
    });
    return;
  }
  if (phase === 'running' || phase === 'pausing') {
    setState({ phase: 'pausing', stopping: true });
    return;
  }
  if (phase === 'paused') await finish('Stopped.');
}

/** What would be lost with the page, in words; null where the weights on the disk are the newest. */
function unkept(): string | null {
  const { history, weights } = getState();
  if (!isGoing()) return null;
  const newest = history.steps.at(-1)?.step ?? 0;
  return weights?.checkpoint.step === newest ? null : 'The last steps of the training are not kept yet.';
}

const leaving = watchLeaving();

/** While a training goes on the page is not left without a word, and where it is hidden its weights are to be kept. */
function watchLeaving() {
  let unguard: (() => void) | null = null;
  let keepSoon = false;
  useTraining.subscribe(() => {
    if (isGoing() === (unguard !== null)) return;
    unguard?.();
    unguard = isGoing()
      ? guardLeaving({
          unkept,
          keepNow: () => {
            keepSoon = true;
          },
        })
      : null;
  });
  return {
    /** Whether the page was hidden since this was asked last, and may be gone soon. */
    asksToKeep(): boolean {
      const asked = keepSoon;
      keepSoon = false;
      return asked;
    },
  };
}

/** Step by step, until the end, a pause, or weights that are good no more. */
async function advance(signal: AbortSignal): Promise<void> {
  setState({ phase: 'running', progress: null });
  let lastKept = performance.now();
  while (!signal.aborted) {
    const run = getState().run as TrainingRun;
    const begun = performance.now();
    const { reports, epoch, done, ended } = await trainer.call(
      'advance',
      { steps: run.stepsPerEpoch, milliseconds: STRETCH },
      { signal },
    );
    const { history } = getState();
    setState({ history: { ...history, steps: [...history.steps, ...reports] } });
    // Patience runs out at the end of an epoch; what ends a training in its midst is a loss that exploded.
    if (ended !== null && epoch === null) return exploded(ended);
    if (epoch) {
      const profile = await worker.measure(run, signal);
      const { history: before } = getState();
      setState({
        history: { ...before, epochs: [...before.epochs, { ...epoch, profile }] },
        epochEnd: Math.max(0, performance.now() - begun - sumOfTimes(reports)),
      });
    }
    if (done) return finish(ended, signal);
    const due = leaving.asksToKeep() || performance.now() - lastKept > BETWEEN_CHECKPOINTS;
    if (epoch || due || getState().phase === 'pausing') {
      await keepWeights(null);
      lastKept = performance.now();
    }
    if (getState().phase === 'pausing') {
      if (getState().stopping) return finish('Stopped.', signal);
      const { step } = (getState().weights as GoodWeights).checkpoint;
      setState({
        phase: 'paused',
        progress: null,
        note: `Paused at step ${step} of ${run.steps}.`,
        told: performance.now(),
      });
      return;
    }
  }
}

const sumOfTimes = (reports: readonly StepReport[]) => reports.reduce((sum, { time }) => sum + time, 0);

/** What the network can do and how its layers measure before its first step. */
async function measureUntrained(run: TrainingRun, signal: AbortSignal): Promise<void> {
  const evaluation = await worker.test(signal);
  const profile = await worker.measure(run, signal);
  const { loss, accuracy } = evaluation;
  setState({ history: { steps: [], epochs: [{ epoch: 0, step: 0, loss, accuracy, profile }] } });
  await keepWeights(evaluation);
}

/** Takes the weights out of the worker and puts them on the disk. */
async function keepWeights(evaluation: Evaluation | null): Promise<void> {
  const checkpoint = await trainer.call('checkpoint', {});
  // The page knows an epoch more: what was measured before the first step.
  setState({ weights: { checkpoint: { ...checkpoint, history: getState().history }, evaluation } });
  await keepTraining(false);
}

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

const finishedNote = ({ evaluation, checkpoint }: GoodWeights): string =>
  evaluation
    ? `Finished at step ${checkpoint.step}: ${percent(evaluation.accuracy)} of the held-out pictures named right.`
    : `Ended at step ${checkpoint.step}.`;

/** The end: the worker's weights, which are the best ones where patience ran out, are tested and kept. */
async function finish(why: string | null, signal?: AbortSignal): Promise<void> {
  if (worker.isHeld()) await keepWeights(await worker.test(signal));
  await worker.close();
  // Whoever leaves the page once it says so finds it finished again.
  await keepTraining(true);
  setState({
    phase: 'finished',
    progress: null,
    note: `${why ? `${why} ` : ''}${finishedNote(getState().weights as GoodWeights)}`,
    told: performance.now(),
  });
  claim.giveUp();
}

/** The worker has gone back to its last good weights: they are tested and kept, and what happened is said. */
async function exploded(why: string): Promise<void> {
  warn('optimise', why);
  const { step } = await trainer.call('checkpoint', {});
  const { history } = getState();
  const upTo = <Report extends { step: number }>(reports: readonly Report[]) =>
    reports.filter((report) => report.step <= step);
  setState({ history: { steps: upTo(history.steps), epochs: upTo(history.epochs) } });
  await finish('Stopped, for the loss exploded.');
}

/** Says what went wrong; from the last weights that were kept the training can go on. */
function failed(error: unknown): void {
  const { weights } = getState();
  if (error instanceof ClaimedError) {
    warn('optimise', 'This training is open in another tab: go on with it there.');
    setState({ phase: 'paused', progress: null });
    return;
  }
  claim.giveUp();
  // What the worker holds may be beyond repair.
  worker.forget();
  const text = messageOf(error);
  const back = weights
    ? ` The weights of step ${weights.checkpoint.step} are kept: "Resume" goes on from them.`
    : '';
  warn('optimise', `The training ended: ${text}${/[.!?]$/.test(text) ? '' : '.'}${back}`);
  setState({
    phase: weights ? 'paused' : 'idle',
    history: weights?.checkpoint.history ?? noHistory,
    progress: null,
    note: null,
  });
}
