import { version } from '../../../package.json';
import { engine } from '../../engine/engine-client';
import { createStudyPool } from '../../engine/study/pool';
import type { NetworkRequest } from '../../network/network-request';
import type { ImageEntry } from '../../picture/sets/image-set';
import { type ClassMatch, matchClasses } from '../../picture/sets/match-classes';
import { encodeColumn } from '../file/column-text';
import { namesClasses, type StudySettings } from '../study-data';
import { headOf, type StudyChunk, type StudyHead } from './chunks';
import { createKeeper } from './keep-results';
import { createPace } from './pace';
import { runPipeline } from './pipeline';
import { runOf } from './study-run';

/** A study as the command line asks for it. */
export interface HeadlessStudyRequest extends NetworkRequest {
  settings: StudySettings;
  /** What is to be done, each with the address its file is at, and that of its mask where it has one. */
  pictures: (Omit<ImageEntry, 'read' | 'mask'> & { address: string; maskAddress?: string })[];
  /** Every class folder of the set. */
  folders: string[];
  /** Names of the network's classes, or their numbers, for folders that are not called like one. */
  classes: Record<string, string | number>;
  /** Pictures in the set, before a sample is drawn. */
  of: number;
}

/** A part of the results, its columns as `encodeColumn` writes them. */
export interface TextChunk extends Omit<StudyChunk, 'numbers'> {
  numbers: Record<string, string>;
}

/** What the study tells as it goes; it waits until each is taken. */
export type HeadlessMessage =
  | { type: 'head'; head: StudyHead; classes: ClassMatch[] }
  | { type: 'chunk'; chunk: TextChunk }
  | { type: 'progress'; measured: number; rate: number | null }
  | { type: 'note'; text: string };

declare global {
  interface Window {
    report(message: HeadlessMessage): Promise<void>;
  }
}

/** Progress is told no more often than this, in milliseconds. */
const PROGRESS_EVERY = 1000;

/** Runs a study without keeping anything in the browser. @throws Error where the network cannot be had */
export async function studyHeadless(request: HeadlessStudyRequest): Promise<void> {
  const { settings } = request;
  const run = runOf(request);
  const { signal } = new AbortController();
  const plan = await engine.call('planStudy', run, { signal });
  const head = headOf(settings, plan, request.of, version);
  const labels = namesClasses(head) ? head.labels : [];
  const matches = matchClasses(request.folders, labels).map((match) =>
    withChoice(match, request.classes[match.folder], labels),
  );
  await window.report({ type: 'head', head, classes: matches });
  const classes = new Map(matches.map((match) => [match.folder, match.class] as const));
  const entries = request.pictures.map(
    ({ address, maskAddress, ...entry }): ImageEntry => ({
      ...entry,
      read: () => fetchPicture(address),
      ...(maskAddress ? { mask: { path: maskAddress, read: () => fetchPicture(maskAddress) } } : {}),
    }),
  );
  const pool = createStudyPool();
  const pace = createPace();
  let backend = plan.backend.name;
  let measured = 0;
  let told = performance.now();
  // A failure to report is a failure of the study.
  let lost: unknown = null;
  const keeper = createKeeper(
    (chunk) => window.report({ type: 'chunk', chunk: asText(chunk) }),
    (error) => {
      lost ??= error;
    },
  );
  try {
    await runPipeline({
      ...{ run, plan, head, entries, pool, signal },
      studyBatch: (batch, options) => engine.call('studyBatch', batch, options),
      trust: (asked, options) => engine.call('trust', asked, options),
      classOf: ({ folder }) => (folder === null ? null : (classes.get(folder) ?? null)),
      gate: async () => {},
      onPicture() {
        measured += 1;
        pace.add(1);
        if (performance.now() - told < PROGRESS_EVERY && measured < entries.length) return;
        told = performance.now();
        void window.report({ type: 'progress', measured, rate: pace.rate() });
      },
      onChunk: keeper.take,
      onBackend({ name, reason }) {
        if (name === backend) return;
        backend = name;
        void window.report({ type: 'note', text: `The study goes on on ${name}. ${reason}` });
      },
    });
    await keeper.flush();
    if (keeper.unkept() > 0) throw lost;
  } finally {
    pool.end();
  }
}

/** What the caller says of a folder goes before what its name says. */
function withChoice(match: ClassMatch, chosen: string | number | undefined, labels: string[]): ClassMatch {
  if (chosen === undefined) return match;
  const index = typeof chosen === 'number' ? chosen : labels.indexOf(chosen);
  if (!(index in labels)) {
    throw new Error(
      `The network has no class ${JSON.stringify(chosen)}, which "${match.folder}" is to be of.`,
    );
  }
  return { folder: match.folder, class: index, by: null };
}

async function fetchPicture(address: string): Promise<Blob> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(await response.text());
  return response.blob();
}

const asText = ({ numbers, ...chunk }: StudyChunk): TextChunk => ({
  ...chunk,
  numbers: Object.fromEntries(Object.entries(numbers).map(([name, values]) => [name, encodeColumn(values)])),
});
