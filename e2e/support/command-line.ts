import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { root } from './files';

export type CommandEvent = { event: string; [detail: string]: unknown };

export interface Ended {
  /** Null where a signal ended it. */
  code: number | null;
  events: CommandEvent[];
  /** What it wrote beside its events. */
  errors: string;
}

/** Runs the command line in a folder; `watch` hears every event as it comes. */
export function supersign(
  folder: string,
  args: readonly string[],
  watch: (event: CommandEvent, child: ChildProcess) => void = () => {},
): Promise<Ended> {
  const child = spawn(process.execPath, [path.join(root, 'bin/supersign.mjs'), ...args], { cwd: folder });
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
