import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, expect, it } from 'vitest';
import { instantiate } from './kernel-exports';

/** No kind of the kernels': its tasks are over at once, so that what is tested is the sharing of them. */
const NOTHING = -1 as never;
const TASKS = 5_000_000;
const BOARD = 1024;
/** Places of the board, in numbers of 32 bits (`assembly/threads.ts`). */
const [LEFT, OPEN] = [BOARD / 4 + 1, BOARD / 4 + 2];

let thread: Worker | null = null;
afterEach(() => void thread?.terminate());

/** A thread that claims tasks as soon as there are any, ends so many of them, and no other. */
function threadThatEnds(tasks: number, memory: WebAssembly.Memory): Promise<void> {
  const script = `
    const { workerData: { buffer, tasks }, parentPort } = require('node:worker_threads');
    const board = new Int32Array(buffer);
    parentPort.postMessage('ready');
    for (let ended = 0; ; ) {
      if (Atomics.load(board, ${LEFT}) <= 0 || Atomics.sub(board, ${LEFT}, 1) <= 0) continue;
      if (ended === tasks) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
      ended++;
      if (Atomics.sub(board, ${OPEN}, 1) === 1) Atomics.notify(board, ${OPEN}, 1);
    }`;
  const started = new Worker(script, { eval: true, workerData: { buffer: memory.buffer, tasks } });
  thread = started;
  return new Promise((resolve) => started.once('message', () => resolve()));
}

/** Does a job beside such a thread. @returns how many of its tasks are open when it is given up, how long it took, and the board */
async function besideThreadThatEnds(tasks: number) {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536, shared: true });
  const file = path.join(import.meta.dirname, 'compiled/shared.wasm');
  const { run } = await instantiate(await WebAssembly.compile(readFileSync(file)), memory);
  await threadThatEnds(tasks, memory);
  const begun = performance.now();
  const open = run(BOARD, NOTHING, 0, TASKS, 2);
  await thread?.terminate();
  return { open, took: performance.now() - begun, board: new Int32Array(memory.buffer) };
}

/**
 * The same, again where a busy machine gave the thread no time: for 3 s, then it is taken for one that is stuck, or until all was done without it.
 */
async function untilOpen(open: number, tasks: number) {
  let done = await besideThreadThatEnds(tasks);
  for (let again = 0; done.open !== open && again < 9; again++) done = await besideThreadThatEnds(tasks);
  return done;
}

it('a job ends when all threads end their tasks', async () => {
  const { open } = await untilOpen(0, Number.POSITIVE_INFINITY);
  expect(open).toBe(0);
});

it('a thread that does not end a task is told after 3 s of silence, and everything else is done', async () => {
  const { open, took, board } = await untilOpen(1, 100);
  expect(open).toBe(1);
  expect(took).toBeGreaterThan(3000);
  expect(Atomics.load(board, OPEN)).toBe(1);
});
