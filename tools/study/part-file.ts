import { appendFileSync, existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { decodeColumn } from '../../src/study/file/column-text';
import type { StudyChunk, StudyHead } from '../../src/study/run/chunks';
import type { TextChunk } from '../../src/study/run/headless-study';

/** What a run is about, by which another run knows that it may go on with it. */
export interface PartIdentity {
  settings: StudyHead['settings'];
  shard: string | null;
  /** Pictures it takes. */
  chosen: number;
  /** Where the network is read otherwise than its file says. */
  reading?: { output: string | null; size: number | null };
}

interface PartHead {
  identity: PartIdentity;
  head: StudyHead;
}

/**
 * Results of a run as they come: a line of JSON for what it is about, and one for each chunk. A line that breaks
 * off, because the run was killed, counts as not written.
 */
export interface PartFile {
  /** What an earlier run left; null where there was none. */
  readonly found: PartHead | null;
  readonly chunks: readonly StudyChunk[];
  begin(head: PartHead): void;
  add(chunk: TextChunk): void;
  remove(): void;
}

/** @throws SyntaxError where the file is none of these */
export function openPartFile(file: string): PartFile {
  const lines = existsSync(file) ? wholeLines(file) : [];
  const [first, ...rest] = lines.map((line) => JSON.parse(line));
  const chunks = rest.map(chunkOfText);
  return {
    found: (first as PartHead | undefined) ?? null,
    chunks,
    begin: (head) => writeFileSync(file, `${JSON.stringify(head)}\n`),
    add(chunk) {
      appendFileSync(file, `${JSON.stringify(chunk)}\n`);
      chunks.push(chunkOfText(chunk));
    },
    remove: () => rmSync(file, { force: true }),
  };
}

/** The lines of a file; what follows the last line's end is cut off from it. */
function wholeLines(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole.length < text.length) truncateSync(file, Buffer.byteLength(whole));
  return whole.split('\n').slice(0, -1);
}

const chunkOfText = ({ numbers, ...chunk }: TextChunk): StudyChunk => ({
  ...chunk,
  numbers: Object.fromEntries(Object.entries(numbers).map(([name, text]) => [name, decodeColumn(text)])),
});
