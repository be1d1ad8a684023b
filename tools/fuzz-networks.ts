/**
 * Reads damaged network files by the thousand, in a process of its own that may hang or die:
 *
 *     npx tsx tools/fuzz-networks.ts [how many, 10000] [first seed, 1]
 *
 * Ends with 1 where a file was answered with anything but a sentence for the user, took over ten seconds, or broke the
 * process; names the seed, which brings it back.
 */
import { fork } from 'node:child_process';
import { startBackend } from '../src/engine/engine-testing';
import { readMutant } from '../src/network/testing/mutants';

const PATIENCE_MS = 10_000;
/** After so many a new process begins: the page, too, reads every HDF5 file in a worker of its own. */
const ONE_PROCESS = 500;
/** Bytes a process may grow to over its files. */
const MOST_MEMORY = 1.5e9;
const [count, first] = [Number(process.argv[2] ?? 10_000), Number(process.argv[3] ?? 1)];

interface Answer {
  seed: number;
  ms: number;
  says: string | null;
  /** Largest resident memory of the process so far, bytes. */
  peak: number;
  problem?: string;
}

// TensorFlow.js advises its own Node package on every start.
console.warn = () => {};

if (process.send) await beWorker();
else process.exitCode = await watch();

async function beWorker(): Promise<void> {
  await startBackend('cpu');
  let peak = 0;
  const send = (answer: Answer) => process.send?.(answer);
  for (let seed = first; seed < first + Math.min(count, ONE_PROCESS); seed++) {
    const start = performance.now();
    const answer: Answer = { seed, ms: 0, says: null, peak: 0 };
    try {
      answer.says = await readMutant(seed);
    } catch (error) {
      answer.problem = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    }
    peak = Math.max(peak, process.memoryUsage.rss());
    send({ ...answer, ms: performance.now() - start, peak });
  }
  process.disconnect();
}

async function watch(): Promise<number> {
  const sentences = new Map<string, number>();
  const problems: string[] = [];
  let slowest: Pick<Answer, 'seed' | 'ms'> = { seed: 0, ms: 0 };
  let largest = 0;
  let next = first;
  while (next < first + count) {
    const from = next;
    await new Promise<void>((ended) => {
      const worker = fork(process.argv[1], [String(first + count - from), String(from)]);
      let patience: NodeJS.Timeout;
      const wait = () => {
        clearTimeout(patience);
        patience = setTimeout(() => worker.kill('SIGKILL'), next === from ? 60_000 : PATIENCE_MS);
      };
      wait();
      worker.on('message', ({ seed, ms, says, problem, peak }: Answer) => {
        wait();
        next = seed + 1;
        if (problem) problems.push(`seed ${seed}: ${problem}`);
        largest = Math.max(largest, peak);
        if (ms > slowest.ms) slowest = { seed, ms };
        const sentence = says?.replace(/"[^"]*"|\d+/g, '…') ?? 'read';
        sentences.set(sentence, (sentences.get(sentence) ?? 0) + 1);
      });
      worker.on('exit', () => {
        clearTimeout(patience);
        if (next < Math.min(first + count, from + ONE_PROCESS)) {
          problems.push(`seed ${next}: hangs or breaks the process`);
          next += 1;
        }
        ended();
      });
    });
  }
  const byCount = [...sentences].sort(([, a], [, b]) => b - a);
  for (const [sentence, times] of byCount.slice(0, 40)) console.log(`${times} × ${sentence}`);
  if (largest > MOST_MEMORY) problems.push('a process took over 1.5 GB of memory');
  console.log(
    `Slowest: seed ${slowest.seed}, ${slowest.ms.toFixed(0)} ms. Largest process: ${(largest / 1e6).toFixed(0)} MB.`,
  );
  console.log(problems.length > 0 ? problems.join('\n') : `${count} mutants, no problem.`);
  return problems.length > 0 ? 1 : 0;
}
