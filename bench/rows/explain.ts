import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Part } from '../harness/part';
import type { Measured } from '../harness/row';

const root = path.resolve(import.meta.dirname, '../..');
const examples = path.join(root, 'public/examples');

/** What a paper asks of every picture. */
const figures = ['--figures', 'heat,strip,entropy,flow', '--format', 'png,pdf', '--width', '8.5'];

/** Pictures explained from the command line, without a browser: their analyses alone, and with figures. */
export const explainPart: Part = {
  id: 'explain',
  async run({ files, quick }) {
    const count = quick ? 4 : 100;
    const pictures = path.join(files, 'explain-pictures');
    mkdirSync(pictures, { recursive: true });
    const own = readdirSync(examples).filter((name) => name.endsWith('.jpg'));
    for (let i = 0; i < count; i++) {
      const name = own[i % own.length];
      copyFileSync(path.join(examples, name), path.join(pictures, `${String(i).padStart(3, '0')}-${name}`));
    }
    const rows: Measured[] = [];
    for (const [what, asked, perPicture] of [
      ['their analyses', [], 0],
      ['their analyses and four figures as PNG and PDF', figures, 8],
    ] as const) {
      const out = path.join(files, 'explained');
      const before = timeOfChildren();
      const { ms, jobs } = await explain([
        ...['--model', 'photos10', '--images', pictures, '--out', out],
        ...asked,
      ]);
      const processor = before === null ? null : Number(timeOfChildren()) - before;
      rmSync(out, { recursive: true });
      const rate = count / (ms / 1000);
      const figuresToo = perPicture > 0 ? `, ${(rate * perPicture).toFixed(1)} figures a second` : '';
      const own =
        processor === null ? '' : `; processor time a picture: ${(processor / count).toFixed(0)} ms`;
      rows.push({
        what: `explain without a browser, ${count} pictures, ${what}`,
        result: rate,
        unit: 'pictures/s',
        note: `${(ms / count).toFixed(0)} ms a picture${figuresToo}, ${jobs} processes, their start included${own}`,
      });
    }
    return { rows };
  },
};

/** Processor time in milliseconds of all processes that this one started and that have ended; null where the system does not tell as Linux does. */
function timeOfChildren(): number | null {
  try {
    // Fields 16 and 17 of proc_pid_stat(5), behind the name in brackets, in hundredths of a second.
    const fields = readFileSync('/proc/self/stat', 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return 10 * (Number(fields[13]) + Number(fields[14]));
  } catch {
    return null;
  }
}

/** Milliseconds of a run, and how many processes it took. @throws Error where it does not end well */
function explain(args: readonly string[]): Promise<{ ms: number; jobs: number }> {
  const started = performance.now();
  const child = spawn(process.execPath, [path.join(root, 'bin/supersign.mjs'), 'explain', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let jobs = 0;
  createInterface({ input: child.stdout }).on('line', (line) => {
    const event = JSON.parse(line);
    if (event.event === 'network') jobs = event.jobs;
  });
  return new Promise((resolve, reject) => {
    child.on('close', (code) => {
      if (code === 0) resolve({ ms: performance.now() - started, jobs });
      else reject(new Error(`explain ended with ${code}`));
    });
  });
}
