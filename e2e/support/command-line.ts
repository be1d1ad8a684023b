import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { testChromium } from '../../tools/browser.mjs';
import { buildCommands } from '../../tools/build-commands.mjs';
import { built, root } from './files';
import { ofThisRun } from './this-run';

export type CommandEvent = { event: string; [detail: string]: unknown };

export interface Ended {
  /** Null where a signal ended it. */
  code: number | null;
  events: CommandEvent[];
  /** What it wrote beside its events. */
  errors: string;
}

const script = 'bin/supersign.mjs';

/** The command line of a clone, whose sources are compiled at every start. */
export const inClone = path.join(root, script);

/** The command line as a package holds it, its sources compiled once a run. */
export async function inPackage(): Promise<string> {
  const folder = ofThisRun('package');
  if (!existsSync(folder)) {
    mkdirSync(path.dirname(folder), { recursive: true });
    const own = mkdtempSync(`${folder}-`);
    mkdirSync(path.join(own, 'bin'));
    copyFileSync(inClone, path.join(own, script));
    symlinkSync(built, path.join(own, 'dist'), 'junction');
    await buildCommands(path.join(own, 'commands'));
    try {
      renameSync(own, folder);
    } catch {
      // Another Playwright worker has built them meanwhile.
      rmSync(own, { recursive: true });
    }
  }
  return path.join(folder, script);
}

/** Has the command line use the browser of the tests. */
export const environment = () => ({ ...process.env, CHROMIUM_PATH: testChromium() });

/** Runs the command line in a folder, that of a package unless told otherwise; `watch` hears every event as it comes. */
export async function supersign(
  folder: string,
  args: readonly string[],
  watch: (event: CommandEvent, child: ChildProcess) => void = () => {},
  commandLine?: string,
): Promise<Ended> {
  const file = commandLine ?? (await inPackage());
  const child = spawn(process.execPath, [file, ...args], { cwd: folder, env: environment() });
  const events: CommandEvent[] = [];
  let errors = '';
  child.stderr.on('data', (data) => {
    errors += data;
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    const event: CommandEvent = JSON.parse(line);
    events.push(event);
    watch(event, child);
  });
  return new Promise((resolve) => {
    let code: number | null = null;
    child.on('exit', (status) => {
      code = status;
    });
    child.on('close', () => resolve({ code, events, errors }));
  });
}
