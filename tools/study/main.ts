import { ImageSetError } from '../../src/picture/sets/image-set';
import { StudyFileError } from '../../src/study/file/study-file';
import { UsageError } from '../command-line';
import {
  compareUsage,
  type ExplainOptions,
  explainUsage,
  parseCompareOptions,
  parseExplainOptions,
} from '../explain/options';
import { ExplainEngineError } from '../explain/pool';
import { runExplain } from '../explain/run-explain';
import { HeadlessError } from '../headless';
import { openUsage } from '../open-page';
import { openWith, serve } from '../serve';
import { mergeStudies } from './merge';
import { ForeignNetworkError } from './model';
import { mergeUsage, overview, parseMergeOptions, parseStudyOptions, studyUsage } from './options';
import { EngineError, InterruptedError, runStudy } from './run-study';
import type { Event } from './study-events';

/** As the usage of every command tells them. */
const exitCode = { done: 0, failures: 1, usage: 2, input: 3, engine: 4, interrupted: 5 };

type Tell = (event: Event) => void;

interface Command {
  usage(): string | Promise<string>;
  /** @returns the exit code */
  run(args: string[], tell: Tell, signal: AbortSignal): Promise<number>;
}

const explainWith = (parse: (args: string[]) => ExplainOptions): Command['run'] => {
  return async (args, tell, signal) => {
    const options = parse(args);
    const failed = await runExplain(options, tell, signal);
    return options.strict && failed > 0 ? exitCode.failures : exitCode.done;
  };
};

const commands: Record<string, Command> = {
  explain: { usage: () => explainUsage, run: explainWith(parseExplainOptions) },
  compare: { usage: () => compareUsage, run: explainWith(parseCompareOptions) },
  open: {
    usage: () => openUsage,
    async run(args, _, signal) {
      await openWith(args, signal);
      return exitCode.done;
    },
  },
  study: {
    usage: () => studyUsage,
    async run(args, tell, signal) {
      const options = parseStudyOptions(args);
      const study = await runStudy(options, tell, signal);
      return options.strict && study && study.failures.length > 0 ? exitCode.failures : exitCode.done;
    },
  },
  merge: {
    usage: () => mergeUsage,
    async run(args, tell) {
      const { files, out } = parseMergeOptions(args);
      await mergeStudies(files, out, tell);
      return exitCode.done;
    },
  },
  // Both are large, and few ask for them.
  train: {
    usage: async () => (await import('../training/train-command')).trainUsage,
    async run(args, _, signal) {
      await (await import('../training/train-command')).trainCommand(args, signal);
      return exitCode.done;
    },
  },
  search: {
    usage: async () => (await import('../training/search-command')).searchUsage,
    async run(args, _, signal) {
      await (await import('../training/search-command')).searchCommand(args, signal);
      return exitCode.done;
    },
  },
};

const asksForHelp = (word: string | undefined) => word === 'help' || word === '--help' || word === '-h';

/** Runs the command line; gives the exit code. */
export async function main([name, ...args]: string[]): Promise<number> {
  const tell = (event: Event) => process.stdout.write(`${JSON.stringify(event)}\n`);
  // Whoever listens may stop: the study goes on.
  process.stdout.on('error', () => {});
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => controller.abort());
  const command = name === undefined ? undefined : commands[name];
  try {
    if (command) {
      if (!args.some((word) => word === '--help' || word === '-h'))
        return await command.run(args, tell, controller.signal);
      console.log(await command.usage());
      return exitCode.done;
    }
    if (asksForHelp(name)) {
      const [of] = args;
      console.log(of === undefined || !commands[of] ? overview : await commands[of].usage());
      return exitCode.done;
    }
    // Without a command, or with options alone.
    if (name === undefined || name.startsWith('--')) {
      await serve(name === undefined ? [] : [name, ...args], controller.signal);
      return exitCode.done;
    }
    throw new UsageError(`There is no command "${name}".`);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    tell({ event: 'error', message });
    console.error(
      error instanceof UsageError ? `${message}\n\n${command ? await command.usage() : overview}` : message,
    );
    return codeOf(error);
  }
}

function codeOf(error: unknown): number {
  if (error instanceof UsageError) return exitCode.usage;
  if (error instanceof ImageSetError || error instanceof StudyFileError) return exitCode.input;
  if (error instanceof ForeignNetworkError) return exitCode.input;
  if (error instanceof InterruptedError) return exitCode.interrupted;
  if (error instanceof HeadlessError || error instanceof EngineError) return exitCode.engine;
  if (error instanceof ExplainEngineError) return exitCode.engine;
  console.error(error);
  return exitCode.engine;
}
