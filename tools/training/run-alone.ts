import { InterruptedError } from '../study/run-study';

/** Runs a command on what stands behind the script's name; exit code 0 done, 5 interrupted, 1 for all else. */
export async function runAlone(
  command: (line: string[], signal: AbortSignal) => Promise<void>,
  usage: string,
): Promise<void> {
  const line = process.argv.slice(2);
  if (line.includes('--help')) {
    console.log(usage);
    return;
  }
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => controller.abort());
  try {
    await command(line, controller.signal);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = error instanceof InterruptedError ? 5 : 1;
  }
}
