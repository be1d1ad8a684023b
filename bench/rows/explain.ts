import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
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
      const { ms, jobs } = await explain([
        ...['--model', 'photos10', '--images', pictures, '--out', out],
        ...asked,
      ]);
      rmSync(out, { recursive: true });
      const rate = count / (ms / 1000);
      rows.push({
        what: `time a picture of explain, ${count} pictures, ${what}`,
        result: ms / count,
        unit: 'ms',
        note: `${rate.toFixed(2)} pictures${perPicture > 0 ? ` and ${(rate * perPicture).toFixed(1)} figures` : ''} a second, ${jobs} processes, their start included`,
      });
    }
    return { rows };
  },
};

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
