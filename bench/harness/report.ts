import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Row, reached, rounded } from './row';

const folder = path.resolve(import.meta.dirname, '..');
const jsonFile = path.join(folder, 'results.json');
const tableFile = path.join(folder, 'RESULTS.md');

export interface Results {
  date: string;
  machine: string;
  versions: Record<string, string>;
  rows: Row[];
  /** Series over a part's run, by the part's id. */
  curves: Record<string, object[]>;
}

export const machine = () =>
  `${os.cpus()[0].model.trim()}, ${os.cpus().length} cores, ${Math.round(os.totalmem() / 2 ** 30)} GB, ${os.platform()} ${os.arch()}`;

/** Writes what was measured beside the parts not run this time, as long as they are from the same machine. */
export function writeResults(measured: Results, parts: readonly string[], ran: readonly string[]): void {
  const before = readResults();
  const kept = before?.machine === measured.machine ? before : null;
  const order = (row: Row) => parts.indexOf(row.part);
  const results: Results = {
    ...measured,
    versions: { ...kept?.versions, ...measured.versions },
    rows: [...(kept?.rows ?? []).filter(({ part }) => !ran.includes(part)), ...measured.rows].sort(
      (a, b) => order(a) - order(b),
    ),
    curves: { ...kept?.curves, ...measured.curves },
  };
  writeFileSync(jsonFile, `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(tableFile, tableOf(results));
}

const readResults = (): Results | null =>
  existsSync(jsonFile) ? JSON.parse(readFileSync(jsonFile, 'utf8')) : null;

/** The rows on the terminal. */
export function printRows(rows: readonly Row[]): void {
  console.table(
    Object.fromEntries(
      rows.map((row) => [
        row.what,
        { result: resultText(row), reach: row.reach ?? '', reached: reached(row), note: row.note ?? '' },
      ]),
    ),
  );
}

/** `RESULTS.md`: the same for people, with machine, versions and date. */
function tableOf({ date, machine, versions, rows }: Results): string {
  const listed = Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
  const lines = rows.map((row) => {
    const sides =
      row.ours !== undefined && row.peer !== undefined
        ? `${rounded(row.ours)} ms against ${rounded(row.peer)} ms`
        : '';
    const notes = [
      sides,
      row.note,
      row.runs ? `${row.runs} runs` : '',
      row.date === date ? '' : `measured ${row.date}`,
    ];
    const reach = row.reach === null ? '' : `at most ${row.reach}`;
    const note = notes.filter(Boolean).join('; ');
    return `| ${row.part} | ${row.what} | ${resultText(row)} | ${reach} | ${reached(row)} | ${note} |`;
  });
  return [
    '# Results',
    '',
    'Written by `npm run bench`; [README.md](README.md) says how the rows are measured.',
    '',
    `- **Date**: ${date}`,
    `- **Machine**: ${machine}`,
    `- **Versions**: ${listed}`,
    '',
    '| part | what | result | reach | reached | note |',
    '| --- | --- | --- | --- | --- | --- |',
    ...lines,
    '',
  ].join('\n');
}

const resultText = ({ result, unit }: Row) =>
  result === null ? 'not measured' : `${result}${unit ? ` ${unit}` : ''}`;
