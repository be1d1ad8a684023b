import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { csv } from '../../src/codecs/csv';
import type { LabelFile } from '../../src/network/network-request';
import type { ImageEntry } from '../../src/picture/sets/image-set';
import { parametersOf } from '../../src/state/address';
import { choosePictures } from '../../src/study/run/choose-pictures';
import { UsageError } from '../command-line';
import { assertNoForeign } from '../study/model';
import { openPictures } from '../study/pictures';
import { InterruptedError } from '../study/run-study';
import type { Event } from '../study/study-events';
import { findNetwork } from './network';
import type { ExplainOptions } from './options';
import { createExplainPool } from './pool';
import { findSecond } from './second-picture';
import { workingTeller } from './tell-working';
import type { PictureRecord } from './write-picture';
import { writeWhole } from './write-whole';

/** A picture that is done with, as a line of the part file. */
type PartLine = { path: string; record: PictureRecord } | { path: string; failure: string };

/** More processes than this wait for memory more than they compute. */
const mostJobs = 16;

/** Progress is told no more often than this, in milliseconds. */
const progressEvery = 1000;

/**
 * Explains pictures side by side and writes their files, and at the end the tables of all.
 * @returns pictures that failed
 * @throws UsageError, ImageSetError, ExplainEngineError, InterruptedError
 */
export async function runExplain(
  options: ExplainOptions,
  tellEvent: (event: Event) => void,
  signal: AbortSignal,
): Promise<number> {
  const { tell, working } = workingTeller(tellEvent, process);
  const { out, shard, resume, weigh, draw, compare } = options;
  const suffix = shard ? `-${shard.index}-of-${shard.of}` : '';
  const tables = {
    layers: `${compare ? 'methods' : 'layers'}${suffix}.csv`,
    pictures: `pictures${suffix}.csv`,
  };
  const part = path.join(out, `${compare ? 'compare' : 'explain'}${suffix}.part`);
  if (existsSync(path.join(out, tables.pictures)) && !existsSync(part)) {
    if (!resume)
      throw new UsageError(
        `${path.join(out, tables.pictures)} is there already. Remove it, or give another folder.`,
      );
    tell({ event: 'done', out, note: 'It was there already.' });
    return 0;
  }
  const { setting, ...found } = findNetwork(options.model, options.name);
  await assertNoForeign(options.model);
  const network = { ...found, labels: labelsIn(options.labels) };
  const { alike } = options.settings;
  const likened = alike ? findSecond(alike) : null;
  const settings = { ...options.settings, model: setting, alike: likened?.setting ?? '' };
  const set = await openPictures(options.images);
  const chosen = choosePictures(set.entries, { split: null, sample: null, seed: 1 }, shard);
  if (existsSync(part) && !resume)
    throw new UsageError(`${part} is left from an interrupted run. Go on with --resume, or remove it.`);
  const identity = JSON.stringify({
    ...{
      settings: parametersOf(settings),
      draw,
      ...(compare ? { compare } : {}),
      ...(alike ? { alike } : {}),
    },
    ...{ network: network.name, weigh, chosen: chosen.length, first: chosen[0]?.path ?? null },
  });
  mkdirSync(out, { recursive: true });
  const lines = openPart(part, identity);
  const finished = new Set(lines.map((line) => line.path));
  const todo = chosen.filter((entry) => !finished.has(entry.path));
  tell({
    event: 'start',
    ...{ out, pictures: chosen.length, finished: finished.size, refused: set.refused.length },
  });
  const jobs = Math.max(1, Math.min(options.jobs ?? availableParallelism(), mostJobs, todo.length));
  const pool = createExplainPool(jobs, {
    type: 'start',
    order: {
      ...{ network, settings, second: likened?.second ?? null },
      ...{ weigh, compare, concepts: draw?.figures.includes('concepts') ?? false },
    },
    write: { out, draw },
  });
  const interrupted = new Promise<never>((_, reject) => {
    const stop = () => reject(new InterruptedError(`${part} holds what is done so far.`));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop);
  });
  interrupted.catch(() => {});
  const started = performance.now();
  let told = started;
  let failed = lines.filter((line) => 'failure' in line).length;
  let done = 0;

  const explainOne = async ({ path: name, read }: ImageEntry) => {
    const answer = await pool.explain(name, read, (progress) => {
      if (!signal.aborted) working(name, progress);
    });
    if (signal.aborted) return;
    const line =
      answer.type === 'done' ? { path: name, record: answer.record } : { path: name, failure: answer.reason };
    appendFileSync(part, `${JSON.stringify(line)}\n`);
    lines.push(line);
    done += 1;
    if ('failure' in line) {
      failed += 1;
      tell({ event: 'failure', path: name, reason: line.failure });
    } else {
      const { picture, files } = line.record;
      tell({
        event: 'picture',
        path: name,
        predicted: picture.predicted_label,
        probability: picture.probability,
        files,
      });
    }
    const now = performance.now();
    if (now - told < progressEvery && done < todo.length) return;
    told = now;
    const rate = done / ((now - started) / 1000);
    const left = Math.round((todo.length - done) / rate);
    tell({
      event: 'progress',
      ...{ done: finished.size + done, failed, of: chosen.length },
      ...{ rate: Number(rate.toPrecision(4)), left },
    });
  };

  try {
    const { name, ...described } = await Promise.race([pool.ready(), interrupted]);
    tell({ event: 'network', name, ...described, jobs });
    if (described.scaling?.isGuess && settings.inputScaling === 'auto') {
      console.error(`Pictures are scaled by a guess. ${described.scaling.reason} --scaling says otherwise.`);
    }
    let next = 0;
    const work = async () => {
      while (next < todo.length && !signal.aborted) await explainOne(todo[next++]);
    };
    await Promise.race([Promise.all(Array.from({ length: jobs }, work)), interrupted]);
  } finally {
    pool.end();
  }
  writeTables(out, tables, chosen, lines);
  rmSync(part);
  tell({ event: 'done', out, explained: lines.length - failed, failed, tables: Object.values(tables) });
  return failed;
}

/** Tables of all pictures, in the order of the set. */
function writeTables(
  out: string,
  names: { layers: string; pictures: string },
  chosen: readonly ImageEntry[],
  lines: readonly PartLine[],
): void {
  const byPath = new Map(lines.map((line) => [line.path, line]));
  const ordered = chosen.flatMap(({ path: name }) => byPath.get(name) ?? []);
  const rows = ordered.flatMap((line) => ('record' in line ? line.record.layers : []));
  writeWhole(path.join(out, names.layers), csv(rows));
  const pictures = ordered.map((line) =>
    'record' in line
      ? { ...line.record.picture, failure: null }
      : { picture: line.path, failure: line.failure },
  );
  writeWhole(path.join(out, names.pictures), csv(pictures));
}

/**
 * The lines that an earlier run left, behind the one that says what it was about; a line that breaks off, because the run was
 * killed, counts as not written.
 */
function openPart(file: string, identity: string): PartLine[] {
  if (!existsSync(file)) {
    writeFileSync(file, `${identity}\n`);
    return [];
  }
  const text = readFileSync(file, 'utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole.length < text.length) truncateSync(file, Buffer.byteLength(whole));
  const [first, ...rest] = whole.split('\n').slice(0, -1);
  if (first === undefined) {
    writeFileSync(file, `${identity}\n`);
    return [];
  }
  if (first !== identity)
    throw new UsageError(
      `${file} was begun with other settings, pictures or shards. Remove it, or use the same.`,
    );
  try {
    return rest.map((line) => JSON.parse(line));
  } catch {
    throw new UsageError(`${file} is damaged. Remove it.`);
  }
}

function labelsIn(file: string | null): LabelFile | null {
  if (file === null) return null;
  try {
    return { name: path.basename(file), text: readFileSync(file, 'utf8') };
  } catch {
    throw new UsageError(`${file} cannot be read.`);
  }
}
