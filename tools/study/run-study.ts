import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { WrittenScaling } from '../../src/export/scaling-schema';
import { scalingTitle } from '../../src/models/scaling/scaling-words';
import { scalingsFor } from '../../src/network/scaling/chosen-scaling';
import type { ImageEntry, ImageSet } from '../../src/picture/sets/image-set';
import { choosePictures, ofSplit } from '../../src/study/run/choose-pictures';
import { studyOf } from '../../src/study/run/chunks';
import type { HeadlessMessage, HeadlessStudyRequest } from '../../src/study/run/headless-study';
import type { Study } from '../../src/study/study-data';
import { UsageError } from '../command-line';
import { openHeadless } from '../headless';
import type { Route } from '../page-server';
import { assertNoForeign, findModel } from './model';
import type { StudyOptions } from './options';
import { openPartFile, type PartFile, type PartIdentity } from './part-file';
import { openPictures } from './pictures';
import { writeResults } from './results';
import { type Event, rounded, summaryOf } from './study-events';

/** The run was ended from outside; what it has so far is kept. */
export class InterruptedError extends Error {
  override name = 'InterruptedError';
}

/** The network cannot be had, or the engine fails; the page's own words. */
export class EngineError extends Error {
  override name = 'EngineError';
}

/**
 * Runs a study in a browser without a window, and writes it to its file.
 * @returns the study; null where `--resume` found it finished
 * @throws UsageError, ImageSetError, HeadlessError, EngineError, InterruptedError
 */
export async function runStudy(
  options: StudyOptions,
  tell: (event: Event) => void,
  signal: AbortSignal,
): Promise<Study | null> {
  const { out, shard, resume, reading } = options;
  if (existsSync(out)) {
    if (!resume) throw new UsageError(`${out} is there already. Remove it, or give another name.`);
    tell({ event: 'done', out, note: 'It was there already.' });
    return null;
  }
  const model = findModel(options.settings.model);
  await assertNoForeign(options.settings.model);
  const settings = { ...options.settings, model: model.setting };
  const classes = options.classes ? JSON.parse(textOf(options.classes)) : {};
  const labels = options.labels
    ? { name: path.basename(options.labels), text: textOf(options.labels) }
    : null;
  const set = await openPictures(options.images);
  const chosen = choosePictures(set.entries, settings, shard);
  const of = ofSplit(set.entries, settings.split ?? null).length;
  const identity = {
    ...{ settings, shard: shard && `${shard.index}/${shard.of}`, chosen: chosen.length },
    ...(reading.output === null && reading.size === null ? {} : { reading }),
  };
  const part = openPart(`${out}.part`, resume, identity);
  const finished = new Set(
    part.chunks.flatMap(({ images, failures }) => [...images, ...failures].map((each) => each.path)),
  );
  const todo = chosen.filter((entry) => !finished.has(entry.path));
  tell({
    event: 'start',
    out,
    pictures: chosen.length,
    of,
    finished: finished.size,
    refused: set.refused.length,
  });
  const counts = { measured: finished.size, failed: 0 };
  let head = part.found?.head ?? null;

  const report = async (message: HeadlessMessage) => {
    switch (message.type) {
      case 'head': {
        const unmatched = message.classes.filter((match) => match.class === null).map(({ folder }) => folder);
        const { model: network, scaling, backend, layers } = message.head;
        tell({ event: 'network', ...network, scaling, backend, layers: layers.length, unmatched });
        if (scaling?.source === 'guess') console.error(guessInWords(scaling, network.inputShape[2]));
        if (head && head.model.sha256 !== network.sha256) {
          throw new UsageError(`${network.name} is not the network that ${out}.part was begun with.`);
        }
        if (!head) part.begin({ identity, head: message.head });
        head ??= message.head;
        break;
      }
      case 'chunk':
        part.add(message.chunk);
        counts.failed += message.chunk.failures.length;
        for (const failure of message.chunk.failures) tell({ event: 'failure', ...failure });
        break;
      case 'progress': {
        const done = finished.size + message.measured;
        const { rate } = message;
        const left = rate === null ? null : Math.round((chosen.length - done) / rate);
        tell({
          event: 'progress',
          done,
          failed: counts.failed,
          of: chosen.length,
          rate: rounded(rate),
          left,
        });
        break;
      }
      case 'note':
        tell({ event: 'note', text: message.text });
        break;
    }
  };

  const page = await openHeadless({ folders: model.folders, routes: { '/pictures/': pictureRoute(todo) } });
  const interrupted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () =>
      reject(new InterruptedError(`${out}.part holds what is done so far.`)),
    );
  });
  interrupted.catch(() => {});
  let refused: unknown = null;
  try {
    signal.throwIfAborted();
    await page.page.exposeFunction('report', async (message: HeadlessMessage) => {
      try {
        await report(message);
      } catch (error) {
        refused ??= error;
        throw error;
      }
    });
    const request: HeadlessStudyRequest = {
      settings,
      backend: options.backend,
      network: model.source(page.address),
      reading: { ...reading, operations: false },
      labels,
      pictures: todo.map(({ read: _, mask, ...entry }, index) => ({
        ...entry,
        address: `${page.address}/pictures/${index}`,
        ...(mask ? { maskAddress: `${page.address}/pictures/${index}/mask` } : {}),
      })),
      folders: foldersOf(set),
      classes,
      of,
    };
    const crashed = new Promise<never>((_, reject) => {
      page.page.on('crash', () => reject(new EngineError('The page crashed.')));
    });
    crashed.catch(() => {});
    await Promise.race([
      page.page.evaluate((asked) => window.supersign.study(asked), request),
      crashed,
      interrupted,
    ]);
  } catch (error) {
    if (signal.aborted) throw new InterruptedError(`${out}.part holds what is done so far.`);
    if (refused) throw refused;
    if (error instanceof EngineError) throw error;
    throw new EngineError(pageMessage(error));
  } finally {
    await page.close();
  }
  if (!head) throw new EngineError('The page said nothing.');
  const study = studyOf(head, part.chunks, shard && shard.index > 1 ? [] : set.refused);
  await writeResults(out, study);
  part.remove();
  tell({ event: 'done', out, ...summaryOf(study) });
  return study;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new UsageError(`${file} cannot be read.`);
  }
}

function openPart(file: string, resume: boolean, identity: PartIdentity): PartFile {
  if (!resume && existsSync(file)) {
    throw new UsageError(`${file} is left from an interrupted run. Go on with --resume, or remove it.`);
  }
  let part: PartFile;
  try {
    part = openPartFile(file);
  } catch {
    throw new UsageError(`${file} is damaged. Remove it.`);
  }
  if (part.found && JSON.stringify(part.found.identity) !== JSON.stringify(identity)) {
    throw new UsageError(
      `${file} was begun with other settings, pictures or shards. Remove it, or use the same.`,
    );
  }
  return part;
}

/** What is said of a guess before thousands of pictures are read by it. */
function guessInWords(scaling: WrittenScaling, channels: number): string {
  const others = scalingsFor(channels).join(', ');
  return `Pictures are scaled by a guess, "${scalingTitle(scaling)}". ${scaling.reason} --scaling says otherwise: ${others}.`;
}

/** Gives out the pictures by their place among those to do, and their masks behind them. */
const pictureRoute =
  (todo: readonly ImageEntry[]): Route =>
  async (rest, response) => {
    try {
      const [index, part] = rest.split('/');
      const entry = todo[Number(index)];
      const file = await (part === 'mask' ? entry.mask : entry)?.read();
      if (!file) throw new Error('There is no such picture.');
      const bytes = new Uint8Array(await file.arrayBuffer());
      response.setHeader('Content-Type', 'application/octet-stream');
      response.end(bytes);
    } catch (error) {
      response.writeHead(422).end(error instanceof Error ? error.message : String(error));
    }
  };

const foldersOf = ({ entries }: ImageSet): string[] =>
  [...new Set(entries.flatMap(({ folder }) => folder ?? []))].sort();

/** Playwright puts its own words before those of the page, and where it happened behind them. */
function pageMessage(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message
    .replace(/^page\.evaluate: /, '')
    .replace(/^\w*Error: /, '')
    .split('\n    at ')[0];
}
