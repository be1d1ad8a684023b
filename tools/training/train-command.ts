import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { backendTitle } from '../../src/backend/backend-names';
import type { HeadlessData } from '../../src/headless/headless-training';
import { durationInWords } from '../../src/text/duration-in-words';
import { parseCheckpoint, serialiseCheckpoint } from '../../src/training/checkpoint-file';
import { type TrainingReport, trainingReport } from '../../src/training/export/training-report';
import { freezingDefaults } from '../../src/training/freezing/settled-blocks';
import type { Checkpoint, DataSummary, Evaluation, Recipe } from '../../src/training/training-methods';
import { paceOf } from '../../src/workspaces/optimise/training/training-series';
import { isClone, networks } from '../bundled';
import { type Arguments, readArguments, UsageError } from '../command-line';
import { searchDesign } from '../search-design';
import { manifestOf, modelCard } from '../train-card';
import { comparedTrainings } from '../train-comparison';
import { curvesFigure } from '../train-figure';
import { type BundledNetwork, bundledNetworks } from '../train-recipes';
import { type TrainingPage, withTrainingPage } from '../training-page';
import { keepFile } from './keep-file';

export const trainUsage = `npx supersign train NETWORK [options]
npx supersign train compare OUT...

Trains a network that comes with the product: ${bundledNetworks.map(({ id }) => id).join(', ')}. Goes on where it was when OUT has a checkpoint.
"compare" sets trainings that froze blocks beside those with the same seed that did not: accuracy, and processor time.

  --data ARCHIVE   zip of class folders, for networks of photographs
  --out OUT        folder of the result; default trained/NETWORK
  --seed SEED      of weights and order; default that of the recipe
  --epochs EPOCHS  default those of the recipe
  --train COUNT    scenes an epoch, --held-out COUNT and --test COUNT; default those of the recipe, Pictographs only
  --same           the same scenes every epoch, drawn once, Pictographs only; else new ones
  --freeze RULE    entropy or clock: blocks learn no more from the front on, once their entropy has settled, or evenly with time
  --fresh          forgets the checkpoint in OUT
  --no-build       in a clone: takes the page as it was last built
  --replace        in a clone: copies the result to public/networks/NETWORK if it is at least as accurate as what is there

Trains in Chromium without a window. Exit codes: 0 done, 2 usage, 4 no browser or the engine failed, 5 interrupted: the same
command goes on from the checkpoint in OUT.`;

/** Milliseconds between two lines of the log, and between two checkpoints. */
const LOG_EVERY = 15_000;
const KEEP_EVERY = 60_000;

const log = (text: string) => console.log(`${new Date().toISOString().slice(11, 19)}  ${text}`);
const percent = (share: number) => `${(100 * share).toFixed(2)} %`;

/**
 * Trains a network and writes it with its card.
 * @param line what stands behind the command
 * @throws UsageError, HeadlessError, InterruptedError
 */
export async function trainCommand(line: string[], signal: AbortSignal): Promise<void> {
  const options = readArguments(line, {
    valued: ['freeze', 'data', 'out', 'seed', 'epochs', 'train', 'held-out', 'test'],
    switches: ['same', 'fresh', 'no-build', 'replace'],
  });
  if (options.words[0] === 'compare') return console.log(comparisonIn(options.words.slice(1)));
  const known = bundledNetworks.find(({ id }) => id === options.words[0]);
  if (!known || options.words.length > 1)
    throw new UsageError(`Say which network: ${bundledNetworks.map(({ id }) => id).join(', ')}.`);
  if (options.isSet('replace') && !isClone)
    throw new UsageError('--replace is for a clone: the networks of a package stay what they are.');
  const network = withSizes(known, options);
  const out = path.resolve(options.value('out') ?? `trained/${network.id}`);
  const archive = archiveOf(network, options);
  mkdirSync(out, { recursive: true });
  const folders: Record<string, string> = archive ? { '/pictures': path.dirname(archive) } : {};
  const kept = `${out} holds the last checkpoint: the same command goes on from it.`;
  const command = ['npx supersign train', ...line]
    .filter((word) => !['--replace', '--no-build', '--fresh'].includes(word))
    .join(' ');
  const begun = beginning(network, out, options);
  await withTrainingPage({ build: !options.isSet('no-build'), folders }, { signal, kept }, (page) =>
    train(page, network, { out, command }, dataOf(network, archive, options), begun, options),
  );
}

/** What is trained, and how far an earlier run of it came; null for nowhere. */
interface Beginning {
  recipe: Recipe;
  kept: Checkpoint | null;
}

/** @throws UsageError where the checkpoint in the folder is of another training */
function beginning(network: BundledNetwork, out: string, options: Arguments): Beginning {
  const recipe: Recipe = {
    ...network.recipe,
    seed: options.number('seed') ?? network.recipe.seed,
    epochs: options.number('epochs') ?? network.recipe.epochs,
    ...freezingOf(options),
  };
  const { architecture } = network;
  const kept = options.isSet('fresh') ? null : checkpointIn(checkpointFile(out), { architecture, recipe });
  return { recipe, kept };
}

const checkpointFile = (out: string) => path.join(out, 'checkpoint.json');

/** @throws UsageError where a folder has no report, or they do not go together */
function comparisonIn(folders: readonly string[]): string {
  const reports = folders.map((folder) => {
    const file = path.resolve(folder, 'report.json');
    if (!existsSync(file)) throw new UsageError(`${folder} has no report.json: its training has not ended.`);
    return JSON.parse(readFileSync(file, 'utf8')) as TrainingReport;
  });
  return comparedTrainings(reports);
}

/** The network with numbers of scenes as the command line asks. */
function withSizes(network: BundledNetwork, options: Arguments): BundledNetwork {
  const { data } = network;
  const [train, heldOut, fresh] = ['train', 'held-out', 'test'].map((name) => options.number(name));
  if (data.kind !== 'pictographs') {
    if ([train, heldOut, fresh].every((count) => count === null) && !options.isSet('same')) return network;
    throw new UsageError(
      '--train, --held-out, --test and --same are for Pictographs: photographs are as many as there are.',
    );
  }
  return {
    ...network,
    data: {
      ...data,
      train: train ?? data.train,
      heldOut: heldOut ?? data.heldOut,
      fresh: fresh ?? data.fresh,
    },
  };
}

function archiveOf({ id, data }: BundledNetwork, options: Arguments): string | null {
  if (data.kind === 'pictographs') return null;
  const archive = options.value('data');
  if (archive === null)
    throw new UsageError(`${id} is trained on photographs: say where they are with --data ARCHIVE.`);
  const file = path.resolve(archive);
  if (!existsSync(file)) throw new UsageError(`There is no ${file}.`);
  return file;
}

function dataOf({ data, recipe }: BundledNetwork, archive: string | null, options: Arguments): HeadlessData {
  if (data.kind === 'pictographs') {
    const { seed, train, heldOut } = data;
    return { kind: 'pictographs', seed, train, heldOut, endless: !options.isSet('same') };
  }
  const name = path.basename(archive as string);
  const address = `/pictures/${encodeURIComponent(name)}`;
  return { kind: 'images', archive: { name, address }, heldOutShare: data.heldOutShare, seed: recipe.seed };
}

async function train(
  page: TrainingPage,
  network: BundledNetwork,
  { out, command }: { out: string; command: string },
  data: HeadlessData,
  { recipe, kept }: Beginning,
  options: Arguments,
): Promise<void> {
  const { architecture } = network;
  const file = checkpointFile(out);
  const opened = await page.ask('open', {
    backend: 'auto',
    data,
    start: kept ?? { architecture, recipe, weights: null },
  });
  const { stepsPerEpoch, steps } = opened;
  const backend = backendTitle(opened.backend);
  log(
    `${network.id} on ${backend}: ${opened.data.train} pictures an epoch, ${opened.data.heldOut} held out, ${opened.data.refused.length} left out; ${recipe.epochs} epochs of ${stepsPerEpoch} steps, seed ${recipe.seed}`,
  );
  if (kept) log(`goes on after step ${kept.step}`);
  const history = kept?.history ?? { steps: [], epochs: [] };
  let keptAt = performance.now();
  const before = await page.processorSeconds();
  for (let done = (kept?.step ?? 0) >= steps; !done; ) {
    const advance = await page.ask('advance', { steps: stepsPerEpoch, milliseconds: LOG_EVERY });
    history.steps.push(...advance.reports);
    if (advance.epoch) history.epochs.push(advance.epoch);
    done = advance.done;
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const pace = paceOf(history, { steps, recipe }, 0);
    const last = history.steps.at(-1);
    log(
      [
        `step ${last?.step}/${steps}`,
        `loss ${mean(advance.reports.map(({ loss }) => loss)).toFixed(4)}`,
        `accuracy ${percent(mean(advance.reports.map(({ accuracy }) => accuracy)))}`,
        `rate ${last?.learningRate.toExponential(2)}`,
        `${last?.time.toFixed(0)} ms a step`,
        pace ? `${durationInWords(pace.left)} left` : '',
      ].join('  '),
    );
    if (advance.epoch) {
      const { epoch, loss, accuracy, frozen } = advance.epoch;
      const still = frozen && frozen.length > 0 ? `; frozen: ${frozen.join(', ')}` : '';
      log(
        `epoch ${epoch} of ${recipe.epochs}: held out ${percent(accuracy)}, loss ${loss.toFixed(4)}${still}`,
      );
    }
    if (advance.ended) throw new Error(advance.ended);
    if (done || performance.now() - keptAt > KEEP_EVERY) {
      keepFile(file, serialiseCheckpoint(await page.ask('checkpoint', {})));
      keptAt = performance.now();
    }
  }
  const processorSeconds = (await page.processorSeconds()) - before;
  const checkpoint = await page.ask('checkpoint', {});
  keepFile(file, serialiseCheckpoint(checkpoint));
  // Photographs are tested on those held out, which are open.
  const measured =
    data.kind === 'images'
      ? await testOpened(page, data, opened.data)
      : await lastTest(page, network, data, checkpoint);
  log(`${percent(measured.evaluation.accuracy)} of ${measured.on} are named right`);
  const result = {
    ...{ checkpoint, classes: opened.data, backend, stepsPerEpoch, ...measured },
    ...(!kept && { processorSeconds }),
  };
  await write(page, network, { out, command }, result, options);
  if (options.isSet('replace')) await replace(page, network, out, data, checkpoint, measured);
}

/** Small maps have few pairs of neighbours, so that few levels are enough. @throws UsageError */
function freezingOf(options: Arguments): Pick<Recipe, 'freezing'> {
  const rule = options.value('freeze');
  if (rule === null) return {};
  if (rule === 'clock') return { freezing: { by: 'clock', from: freezingDefaults.from } };
  if (rule !== 'entropy')
    throw new UsageError(`There is no rule ${rule} to freeze by; there are entropy, clock.`);
  const { profile } = searchDesign;
  return {
    freezing: { by: 'entropy', epochs: freezingDefaults.epochs, profile: { ...profile, pictures: 24 } },
  };
}

/** @throws UsageError where it is of another training */
function checkpointIn(file: string, asked: Pick<Checkpoint, 'architecture' | 'recipe'>): Checkpoint | null {
  if (!existsSync(file)) return null;
  const checkpoint = parseCheckpoint(readFileSync(file, 'utf8'));
  const { architecture, recipe } = checkpoint;
  if (!isDeepStrictEqual({ architecture, recipe }, asked)) {
    throw new UsageError(
      `${file} is of a training with another architecture, recipe, seed or number of epochs. Give another --out, or --fresh to begin anew.`,
    );
  }
  return checkpoint;
}

interface LastTest {
  evaluation: Evaluation;
  /** What it was tested on, in words. */
  on: string;
}

/** The final weights on pictures that the training never reported on; photographs have no others than those held out. */
async function lastTest(
  page: TrainingPage,
  network: BundledNetwork,
  data: HeadlessData,
  start: Pick<Checkpoint, 'architecture' | 'recipe' | 'weights'>,
): Promise<LastTest> {
  const { architecture, recipe, weights } = start;
  const tested: HeadlessData =
    data.kind === 'pictographs' && network.data.kind === 'pictographs'
      ? { ...data, seed: data.seed + 1, heldOut: network.data.fresh }
      : data;
  const { data: summary } = await page.ask('open', {
    backend: 'auto',
    data: tested,
    start: { architecture, recipe, weights },
  });
  return testOpened(page, data, summary);
}

async function testOpened(page: TrainingPage, data: HeadlessData, summary: DataSummary): Promise<LastTest> {
  const evaluation = await page.ask('evaluate', { pictures: null });
  const on =
    data.kind === 'pictographs'
      ? `${summary.heldOut.toLocaleString('en-GB')} fresh scenes`
      : `${summary.heldOut.toLocaleString('en-GB')} held-out photographs`;
  return { evaluation, on };
}

interface Result extends LastTest {
  checkpoint: Checkpoint;
  classes: DataSummary;
  backend: string;
  stepsPerEpoch: number;
  processorSeconds?: number;
}

async function write(
  page: TrainingPage,
  network: BundledNetwork,
  { out, command }: { out: string; command: string },
  { checkpoint, classes, backend, stepsPerEpoch, evaluation, on, processorSeconds }: Result,
  options: Arguments,
): Promise<void> {
  const { id, description } = network;
  const { architecture, recipe, weights, history } = checkpoint;
  const labels = classes.classes.map((folder) => network.labels[folder] ?? folder);
  const made = new Date().toISOString();
  const source =
    network.data.kind === 'pictographs'
      ? `Pictographs, ${options.isSet('same') ? 'the same in every epoch' : 'drawn anew for every epoch'}`
      : `Photographs of ${path.basename(options.value('data') ?? '')}`;
  const report = trainingReport({
    title: id,
    architecture,
    recipe,
    source,
    data: { ...classes, classes: labels },
    backend,
    history,
    evaluation,
    evaluatedOn: on,
    made,
    ...(processorSeconds !== undefined && { processorSeconds }),
  });
  const model = await page.ask('layersModel', {
    title: id,
    architecture,
    weights,
    labels,
    source,
    recipe,
    made,
  });
  const card = {
    id,
    description,
    report,
    sha256: createHash('sha256').update(model.weights).digest('hex'),
    bytes: model.weights.length,
    command,
  };
  const captions = {
    loss: 'Mean loss of the training, each step faintly, and of the held-out pictures after each epoch.',
    accuracy: 'Share of pictures that are named right.',
  };
  const files: Record<string, string | Uint8Array> = {
    'model.json': `${model.model}\n`,
    'weights.bin': model.weights,
    'manifest.json': `${JSON.stringify(manifestOf(card), null, 2)}\n`,
    'report.json': `${JSON.stringify(report)}\n`,
    'curves.svg': curvesFigure(history, { stepsPerEpoch, epochs: recipe.epochs }, captions),
    'README.md': modelCard(card),
  };
  for (const [name, contents] of Object.entries(files)) writeFileSync(path.join(out, name), contents);
  log(`written to ${path.relative(process.cwd(), out) || '.'}: ${Object.keys(files).join(', ')}`);
}

/** What is bundled, each with what it must beat. */
const bundledFiles = ['model.json', 'weights.bin', 'manifest.json', 'report.json', 'curves.svg', 'README.md'];

/** Copies the result over the bundled network, where there is none, or where it names no fewer of the same pictures right. */
async function replace(
  page: TrainingPage,
  network: BundledNetwork,
  out: string,
  data: HeadlessData,
  { recipe }: Checkpoint,
  measured: LastTest,
): Promise<void> {
  const target = path.join(networks, network.id);
  if (existsSync(path.join(target, 'manifest.json'))) {
    const { missing, weights } = await page.ask('startingWeights', {
      architecture: network.architecture,
      network: { kind: 'bundled', address: `networks/${network.id}/manifest.json` },
    });
    if (missing.length > 0) {
      throw new Error(
        `The bundled ${network.id} has another architecture (nothing in it for ${missing.join(', ')}), so the two cannot be compared here. Copy ${out} by hand if it is to be replaced.`,
      );
    }
    const there = await lastTest(page, network, data, {
      architecture: network.architecture,
      recipe,
      weights,
    });
    log(`the bundled ${network.id}: ${percent(there.evaluation.accuracy)} of the same`);
    if (measured.evaluation.accuracy < there.evaluation.accuracy) {
      log('it is more accurate, and stays');
      return;
    }
  }
  mkdirSync(target, { recursive: true });
  for (const name of bundledFiles) cpSync(path.join(out, name), path.join(target, name));
  const bytes = statSync(path.join(target, 'weights.bin')).size;
  log(`copied to public/networks/${network.id} (${(bytes / 1e6).toFixed(2)} MB of weights)`);
}
