import { ImageSetError } from '../../src/picture/sets/image-set';
import { StudyFileError } from '../../src/study/file/study-file';
import { UsageError } from '../command-line';
import { explainUsage, parseExplainOptions } from '../explain/options';
import { ExplainEngineError } from '../explain/pool';
import { runExplain } from '../explain/run-explain';
import { HeadlessError } from '../headless';
import { serve } from '../serve';
import { mergeStudies } from './merge';
import { parseMergeOptions, parseStudyOptions, usage } from './options';
import { EngineError, type Event, InterruptedError, runStudy } from './run-study';

/** As `usage` tells them. */
const exitCode = { done: 0, failures: 1, usage: 2, input: 3, engine: 4, interrupted: 5 };

/** Runs the command line; gives the exit code. */
export async function main([command, ...args]: string[]): Promise<number> {
  const tell = (event: Event) => process.stdout.write(`${JSON.stringify(event)}\n`);
  // Whoever listens may stop: the study goes on.
  process.stdout.on('error', () => {});
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => controller.abort());
  try {
    // Without a command, or with options alone.
    if (command === undefined || (command.startsWith('--') && command !== '--help')) {
      await serve(command === undefined ? [] : [command, ...args], controller.signal);
      return exitCode.done;
    }
    if (command === 'study') {
      const options = parseStudyOptions(args);
      const study = await runStudy(options, tell, controller.signal);
      return options.strict && study && study.failures.length > 0 ? exitCode.failures : exitCode.done;
    }
    if (command === 'explain') {
      if (args.includes('--help') || args.includes('-h')) {
        console.log(explainUsage);
        return exitCode.done;
      }
      const options = parseExplainOptions(args);
      const failed = await runExplain(options, tell, controller.signal);
      return options.strict && failed > 0 ? exitCode.failures : exitCode.done;
    }
    if (command === 'merge') {
      const { files, out } = parseMergeOptions(args);
      await mergeStudies(files, out, tell);
      return exitCode.done;
    }
    if (command === 'help' || command === '--help' || command === '-h') {
      console.log(usage);
      return exitCode.done;
    }
    throw new UsageError(`There is no command "${command}".`);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    tell({ event: 'error', message });
    console.error(
      error instanceof UsageError ? `${message}\n\n${command === 'explain' ? explainUsage : usage}` : message,
    );
    return codeOf(error);
  }
}

function codeOf(error: unknown): number {
  if (error instanceof UsageError) return exitCode.usage;
  if (error instanceof ImageSetError || error instanceof StudyFileError) return exitCode.input;
  if (error instanceof InterruptedError) return exitCode.interrupted;
  if (error instanceof HeadlessError || error instanceof EngineError) return exitCode.engine;
  if (error instanceof ExplainEngineError) return exitCode.engine;
  console.error(error);
  return exitCode.engine;
}
