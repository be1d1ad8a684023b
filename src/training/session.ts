import * as tf from '@tensorflow/tfjs-core';
import { buildNetwork } from '../network/build';
import type { Network } from '../network/network';
import type { Graph } from '../network/network-graph';
import { counted } from '../text/counted';
import type { Architecture } from './architecture/architecture';
import { architectureGraph } from './architecture/architecture-graph';
import { startingWeights } from './architecture/initial-weights';
import type { NamedWeight } from './architecture/named-weight';
import { type Batches, batchesOf, type TrainingBatch } from './data/batches';
import { type Dataset, DatasetError } from './data/dataset';
import { type DivergenceWatch, watchForDivergence } from './data/divergence';
import { distillationLoss, type Taught } from './distillation';
import { layerEntropies, profileNetwork } from './entropy-profile';
import { evaluateNetwork } from './evaluate';
import { type FrozenFront, frozenFront } from './freezing/frozen-front';
import { frozenBlocks } from './freezing/settled-blocks';
import { batchLoss } from './loss';
import { createState, disposeState, readMoments, readWeights, shareState, type TrainingState } from './state';
import { createStepper, type Stepper } from './step';
import type {
  Advance,
  Checkpoint,
  EpochReport,
  Evaluation,
  LayerProfile,
  ProfileOptions,
  Recipe,
  StepReport,
  TrainingHistory,
} from './training-methods';
import type { SessionHooks, SessionStart, Teacher, TrainingSession } from './training-session';

export type { SessionHooks, SessionStart, TrainingSession } from './training-session';

/** Steps between two states that are kept in case the loss explodes. */
const STEPS_BETWEEN_GOOD = 20;

/**
 * Starts a training, or goes on with one, on the current backend.
 * @throws ArchitectureError, DatasetError
 */
export function createTrainingSession(options: SessionStart & { data: Dataset }): TrainingSession {
  return new Session(options.data, options);
}

/** A step that was computed, and whose loss is still to be read. */
interface Pending {
  step: number;
  began: number;
  /** The state it began with, where it is one to be kept. */
  before: TrainingState | null;
  logits: Promise<Float32Array>;
  labels: Int32Array;
  /** The teacher's answers, where there is one. */
  taught: Taught | null;
  learningRate: number;
}

class Session implements TrainingSession {
  readonly architecture: Architecture;
  readonly recipe: Recipe;
  readonly stepsPerEpoch: number;
  readonly steps: number;
  readonly history: TrainingHistory;

  private readonly stepper: Stepper;
  private readonly batches: Batches;
  private readonly watch: DivergenceWatch;
  private state: TrainingState;
  /** The last state whose loss was read and found sound. */
  private good: TrainingState;
  private best: Checkpoint['best'];
  private next: { step: number; batch: Promise<TrainingBatch> } | null = null;
  private ended: string | null = null;
  private readonly teacher: Teacher | null;
  private front: FrozenFront | null = null;

  constructor(
    private readonly data: Dataset,
    start: SessionStart,
  ) {
    const from = 'checkpoint' in start ? start.checkpoint : null;
    const { architecture, recipe } = 'checkpoint' in start ? start.checkpoint : start;
    assertFits(architecture, data);
    this.architecture = architecture;
    this.recipe = recipe;
    this.teacher = 'checkpoint' in start ? null : (start.teacher ?? null);
    this.batches = batchesOf(data, recipe);
    this.stepsPerEpoch = this.batches.stepsPerEpoch;
    this.steps = recipe.epochs * this.stepsPerEpoch;
    this.stepper = createStepper(architecture, recipe, this.batches.size, this.steps);
    this.watch = watchForDivergence(architecture.classes);
    const given = 'checkpoint' in start ? start.checkpoint.weights : start.weights;
    const weights = startingWeights(architecture, recipe.seed, given ?? []);
    this.state = createState(
      this.stepper.places,
      from?.step ?? 0,
      weights,
      recipe.optimiser,
      from?.moments ?? null,
    );
    this.good = shareState(this.state);
    this.best = from?.best ?? null;
    this.history = { steps: [...(from?.history.steps ?? [])], epochs: [...(from?.history.epochs ?? [])] };
  }

  get step(): number {
    return this.state.step;
  }

  async advance(
    steps: number,
    {
      milliseconds = Number.POSITIVE_INFINITY,
      onStep,
      onProgress,
      pause = goOn,
    }: SessionHooks & { milliseconds?: number } = {},
  ): Promise<Advance> {
    const started = performance.now();
    const reports: StepReport[] = [];
    const tell = (report: StepReport) => {
      reports.push(report);
      this.history.steps.push(report);
      onStep?.(report);
    };
    let pending: Pending | null = null;
    /** Reads the loss of a step that was computed; false where it has exploded. */
    const settle = async (
      { logits, labels, taught, step, learningRate, before, began }: Pending,
      until?: number,
    ): Promise<boolean> => {
      const { classes } = this.architecture;
      const numbers = await logits.catch((error) => {
        if (before) disposeState(before);
        throw error;
      });
      const { labelSmoothing } = this.recipe;
      const { loss: ofLabels, right } = batchLoss(numbers, labels, classes, labelSmoothing);
      const loss = taught ? distillationLoss(numbers, labels, labelSmoothing, taught) : ofLabels;
      const accuracy = right / labels.length;
      tell({ step: step + 1, loss, accuracy, learningRate, time: (until ?? performance.now()) - began });
      const wrong = this.watch.check(ofLabels);
      if (wrong) {
        if (before) disposeState(before);
        this.goBack(step + 1, wrong);
        return false;
      }
      if (before) this.keepGood(before);
      return true;
    };
    const endOfEpoch = (Math.floor(this.step / this.stepsPerEpoch) + 1) * this.stepsPerEpoch;
    const end = this.owesEvaluation() ? this.step : Math.min(this.step + steps, endOfEpoch, this.steps);
    let sound = this.ended === null;
    try {
      while (sound && this.step < end && performance.now() - started < milliseconds) {
        await pause();
        // One step is read while the next one is computed, so that a GPU never waits for the page.
        const before = pending;
        pending = null;
        const began = performance.now();
        const taken = await this.takeStep().catch(async (error) => {
          if (before) await settle(before, began);
          throw error;
        });
        pending = taken;
        if (before) sound = await settle(before, began);
      }
    } finally {
      if (pending) sound = sound ? await settle(pending) : await abandon(pending);
    }
    const epoch = sound && this.owesEvaluation() ? await this.endEpoch(onProgress, pause) : null;
    return {
      reports,
      epochDone: epoch !== null,
      epoch,
      done: this.ended !== null || this.step >= this.steps,
      ended: this.ended,
    };
  }

  private async takeStep(): Promise<Pending> {
    const began = performance.now();
    await this.mindFront();
    const { state } = this;
    const batch = await this.batchOf(state.step);
    const taught = await this.taughtBy(batch);
    const { logits, learningRate, state: next } = this.stepper.step(state, batch, taught);
    const isKept = state.step % STEPS_BETWEEN_GOOD === 0;
    if (!isKept) disposeState(state);
    this.state = next;
    const numbers = read(logits);
    // They are waited for while the next step is computed; where the device is lost before, whoever waits is told then.
    numbers.catch(() => {});
    return {
      step: state.step,
      began,
      before: isKept ? state : null,
      logits: numbers,
      labels: batch.labels,
      taught,
      learningRate,
    };
  }

  private async taughtBy({ input, labels }: TrainingBatch): Promise<Taught | null> {
    if (!this.teacher) return null;
    const { weight, temperature } = this.teacher;
    return { weight, temperature, logits: await this.teacher.logits(input, labels.length) };
  }

  /** The batch of a step; that of the next one is asked for at once, so that it may be drawn meanwhile. */
  private async batchOf(step: number): Promise<TrainingBatch> {
    const batch = this.next?.step === step ? this.next.batch : this.batches.read(step);
    const read = await batch;
    const following = step + 1 < this.steps ? this.batches.read(step + 1) : null;
    // Whoever waits for it later is told of its failure.
    following?.catch(() => {});
    this.next = following && { step: step + 1, batch: following };
    return read;
  }

  private keepGood(state: TrainingState): void {
    disposeState(this.good);
    this.good = state;
  }

  /** Takes the last good weights up again, and lets the training end with them. */
  private goBack(step: number, wrong: string): void {
    disposeState(this.state);
    this.state = shareState(this.good);
    this.forgetAfter(this.state.step);
    this.ended = `Training stopped at step ${step}: ${wrong}. The learning rate, ${this.recipe.learningRate}, is too high for this network and batch; lower it. The weights after step ${this.state.step} are kept.`;
  }

  private forgetAfter(step: number): void {
    const upTo = <Report extends { step: number }>(reports: Report[]) =>
      reports.splice(0, reports.length, ...reports.filter((report) => report.step <= step));
    upTo(this.history.steps);
    upTo(this.history.epochs);
  }

  /** True at the end of an epoch, until it is evaluated: who cancels the evaluation gets it the next time. */
  private owesEvaluation(): boolean {
    return (
      this.step > 0 && this.step % this.stepsPerEpoch === 0 && this.history.epochs.at(-1)?.step !== this.step
    );
  }

  private async endEpoch(
    onProgress: SessionHooks['onProgress'],
    pause: () => Promise<void>,
  ): Promise<EpochReport> {
    const { loss, accuracy } = await this.evaluate(null, { onProgress, pause });
    const settling = await this.settling(pause);
    const epoch = this.step / this.stepsPerEpoch;
    const report: EpochReport = { epoch, step: this.step, loss, accuracy, profile: null, ...settling };
    this.history.epochs.push(report);
    this.decideFreezing(report);
    await this.mindPatience();
    return report;
  }

  /** The entropies that freezing goes by, where it goes by these. */
  private async settling(pause: () => Promise<void>): Promise<Pick<EpochReport, 'settling'>> {
    const { freezing } = this.recipe;
    if (freezing?.by !== 'entropy') return {};
    const settling = await this.withNetwork((network) =>
      layerEntropies(network, this.data, freezing.profile, { pause }),
    );
    return { settling };
  }

  /** Says in the report which blocks learn no more; the next step makes a front of them. */
  private decideFreezing(report: EpochReport): void {
    const { freezing, epochs } = this.recipe;
    if (freezing) report.frozen = frozenBlocks(this.architecture, freezing, this.history.epochs, epochs);
  }

  /** Freezes what the history says, with the weights as they are: they have not moved since it was decided. */
  private async mindFront(): Promise<void> {
    const blocks = this.history.epochs.at(-1)?.frozen ?? [];
    if (blocks.length === (this.front?.blocks.length ?? 0)) return;
    this.stepper.freeze(null);
    this.front?.dispose();
    this.front = null;
    if (blocks.length === 0) return;
    this.front = frozenFront(this.stepper.layout, this.stepper.plan, await this.graph(), blocks);
    this.stepper.freeze(this.front);
  }

  /** Keeps the best weights, and ends the training with them when nothing better has come for long enough. */
  private async mindPatience(): Promise<void> {
    const { patience } = this.recipe;
    if (patience === null) return;
    const { epochs } = this.history;
    const newest = epochs[epochs.length - 1];
    const lowest = epochs.reduce((least, each) => (each.loss < least.loss ? each : least));
    if (lowest === newest) {
      this.best = { epoch: newest.epoch, weights: await this.weights() };
    } else if (newest.epoch - lowest.epoch >= patience && this.step < this.steps && this.best) {
      const { learned, moments, statistics } = this.state;
      const best = createState(
        this.stepper.places,
        this.step,
        this.best.weights,
        this.recipe.optimiser,
        null,
      );
      tf.dispose([learned, statistics, best.moments]);
      this.state = { ...best, moments };
      this.ended = `Training stopped after epoch ${newest.epoch}: the held-out loss has not fallen for ${counted(patience, 'epoch')}. The weights of epoch ${this.best.epoch} are taken.`;
    }
  }

  evaluate(pictures: number | null, { onProgress, pause = goOn }: SessionHooks = {}): Promise<Evaluation> {
    return this.withNetwork((network) =>
      evaluateNetwork(network, this.data, { split: 'heldOut', pictures, onProgress, pause }),
    );
  }

  async profile(
    options: ProfileOptions,
    { onProgress, pause = goOn }: SessionHooks = {},
  ): Promise<LayerProfile[]> {
    const profile = await this.withNetwork((network) =>
      profileNetwork(network, this.data, options, { onProgress, pause }),
    );
    const newest = this.history.epochs.at(-1);
    if (newest?.step === this.step) newest.profile = profile;
    return profile;
  }

  private async withNetwork<Result>(work: (network: Network) => Promise<Result>): Promise<Result> {
    const network = buildNetwork(await this.graph());
    try {
      return await work(network);
    } finally {
      network.dispose();
    }
  }

  weights(): Promise<NamedWeight[]> {
    return readWeights(this.stepper.layout, this.state);
  }

  async graph(): Promise<Graph> {
    return architectureGraph(this.architecture, await this.weights());
  }

  async checkpoint(): Promise<Checkpoint> {
    return {
      architecture: this.architecture,
      recipe: this.recipe,
      step: this.step,
      weights: await this.weights(),
      moments: await readMoments(this.stepper.places, this.state, this.recipe.optimiser),
      best: this.best,
      history: structuredClone(this.history),
    };
  }

  dispose(): void {
    disposeState(this.state);
    disposeState(this.good);
    this.stepper.dispose();
    this.front?.dispose();
  }
}

const goOn = async () => {};

/** A step whose loss tells nothing any more. */
async function abandon({ logits, before }: Pending): Promise<false> {
  if (before) disposeState(before);
  await logits.catch(() => {});
  return false;
}

async function read(tensor: tf.Tensor): Promise<Float32Array> {
  try {
    return (await tensor.data()) as Float32Array;
  } finally {
    tensor.dispose();
  }
}

function assertFits({ title, side, classes }: Architecture, data: Dataset): void {
  const { summary } = data;
  if (classes !== summary.classes.length) {
    throw new DatasetError(
      `${title} tells ${counted(classes, 'class', 'classes')} apart, but the pictures have ${summary.classes.length}: set the number of classes to ${summary.classes.length}.`,
    );
  }
  if (side !== data.side) {
    throw new DatasetError(`${title} reads pictures of ${side} pixels a side, but they are ${data.side}.`);
  }
  if (summary.train < 1) throw new DatasetError('There is no picture to train on.');
}
