// npm run bench: a table on the terminal, bench/results.json and bench/RESULTS.md.
//   --only a,b   these parts alone; the results of the others stay
//   --quick      few runs, to see that the bench works; writes nothing
//   --shared     on a machine that others use too: the smallest times instead of the median ones, and the rows say so
//   --webgpu     also WebGPU, on whatever adapter there is (software adapters take minutes)
//   --profile a  where the time of network a goes, kernel by kernel; writes nothing
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startBrowser } from './harness/browser';
import type { Bench, Part } from './harness/part';
import { printProfile } from './harness/profile';
import { machine, printRows, type Results, writeResults } from './harness/report';
import { type Row, rounded, skipped } from './harness/row';
import { startServers } from './harness/servers';
import { type NetworkId, networkIds, writeNetwork } from './networks/folder';
import { parts } from './rows';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    shared: { type: 'boolean', default: false },
    webgpu: { type: 'boolean', default: false },
    profile: { type: 'string' },
  },
});
const ids = parts.map(({ id }) => id);
const chosen = known(values.only?.split(',') ?? ids, ids, 'part');
const profiled = values.profile ? known([values.profile], networkIds, 'network')[0] : null;

const files = mkdtempSync(path.join(os.tmpdir(), 'supersign-bench-'));
// Also where the bench is stopped half-way: the files are large.
process.on('exit', () => rmSync(files, { recursive: true, force: true }));
const servers = await startServers(files);
const browser = await startBrowser(values.webgpu);
try {
  const bench: Bench = {
    browser,
    servers,
    files,
    quick: values.quick,
    shared: values.shared,
    webgpu: values.webgpu,
    network: onceEach((id: NetworkId) => writeNetwork(id, files)),
    versions: { Chromium: browser.version(), Node: process.versions.node },
  };
  if (profiled) await printProfile(bench, profiled);
  else await measure(bench);
} finally {
  await browser.close();
  await servers.close();
}

async function measure(bench: Bench): Promise<void> {
  const date = new Date().toISOString().slice(0, 10);
  const rows: Row[] = [];
  const curves: Results['curves'] = {};
  for (const part of parts.filter(({ id }) => chosen.includes(id))) {
    console.log(`\n${part.id}`);
    const result = await attempt(part, bench);
    const own = result.rows.map((row) => ({
      part: part.id,
      ...row,
      result: row.result === null ? null : rounded(row.result),
      reach: row.reach ?? null,
      date,
    }));
    printRows(own);
    rows.push(...own);
    if (result.curve) curves[part.id] = result.curve;
  }
  console.log('\nAll');
  printRows(rows);
  if (values.quick) return;
  writeResults({ date, machine: machine(), versions: bench.versions, rows, curves }, ids, chosen);
  console.log('\nWritten to bench/results.json and bench/RESULTS.md.');
}

/** A part that breaks takes its own rows only. */
async function attempt(part: Part, bench: Bench) {
  try {
    return await part.run(bench);
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
    const message = error instanceof Error ? error.message.split('\n')[0] : String(error);
    return { rows: [skipped(part.id, `broke: ${message}`)] };
  }
}

function known<Name extends string>(asked: readonly string[], names: readonly Name[], kind: string): Name[] {
  const unknown = asked.find((name) => !names.includes(name as Name));
  if (unknown === undefined) return asked as Name[];
  console.error(`There is no ${kind} "${unknown}". Known: ${names.join(', ')}.`);
  process.exit(1);
}

function onceEach<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new Map<Key, Value>();
  return (key) => {
    if (!made.has(key)) made.set(key, make(key));
    return made.get(key) as Value;
  };
}
