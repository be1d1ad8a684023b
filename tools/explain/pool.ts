import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import type { FromExplainWorker, PictureProgress, ReadyNetwork, ToExplainWorker } from './serve-explain';

type Start = Extract<ToExplainWorker, { type: 'start' }>;
type Answer = Extract<FromExplainWorker, { type: 'done' | 'failed' }>;

/** The network cannot be had, or the engine failed; its own words. */
export class ExplainEngineError extends Error {
  override name = 'ExplainEngineError';
}

type OnProgress = (progress: PictureProgress) => void;

/** Processes that explain pictures side by side, each with an engine and a network of its own. */
export interface ExplainPool {
  /** @throws ExplainEngineError where the network cannot be had */
  ready(): Promise<ReadyNetwork>;
  /** Explains a picture when a process is free. @throws ExplainEngineError where none starts any more */
  explain(pathOfPicture: string, read: () => Promise<Blob>, onProgress: OnProgress): Promise<Answer>;
  end(): void;
}

/** A process that ended over a picture ended for its sake. */
const died: Answer = {
  type: 'failed',
  reason: 'ended the process that computed it: too little memory, or a defect.',
};

export function createExplainPool(jobs: number, start: Start): ExplainPool {
  const free: Worker[] = [];
  const waiting: { resolve(worker: Worker): void; reject(error: unknown): void }[] = [];
  const all = new Set<Worker>();
  let over = false;
  const give = (worker: Worker) => {
    const next = waiting.shift();
    if (next) next.resolve(worker);
    else free.push(worker);
  };
  const begin = () => {
    const worker = startWorker(start);
    all.add(worker);
    worker.ready.then(
      () => give(worker),
      (error) => {
        all.delete(worker);
        // A process that waits for pictures would keep this one waiting too.
        worker.end();
        // Nobody is left who could free them.
        if (all.size === 0) for (const each of waiting.splice(0)) each.reject(error);
      },
    );
    return worker;
  };
  const first = begin();
  for (let i = 1; i < jobs; i++) begin();
  const taken = () => {
    const worker = free.shift();
    return worker
      ? Promise.resolve(worker)
      : new Promise<Worker>((resolve, reject) => waiting.push({ resolve, reject }));
  };

  return {
    ready: () => first.ready,
    async explain(pathOfPicture, read, onProgress) {
      const worker = await taken();
      try {
        const bytes = new Uint8Array(await (await read()).arrayBuffer());
        const answer = (await worker.ask(
          { type: 'picture', path: pathOfPicture, bytes },
          onProgress,
        )) as Answer;
        give(worker);
        return answer;
      } catch (error) {
        if (worker.isAlive()) {
          give(worker);
          return { type: 'failed', reason: error instanceof Error ? error.message : String(error) };
        }
        all.delete(worker);
        if (!over) begin();
        return died;
      }
    },
    end() {
      over = true;
      for (const worker of all) worker.end();
    },
  };
}

type Worker = ReturnType<typeof startWorker>;

function startWorker(start: Start) {
  const child: ChildProcess = fork(path.join(import.meta.dirname, 'worker.mjs'), {
    // What goes to standard output is for events alone.
    stdio: ['ignore', 2, 2, 'ipc'],
    serialization: 'advanced',
    execArgv: [],
  });
  let alive = true;
  let settle: {
    resolve(answer: FromExplainWorker): void;
    reject(error: Error): void;
    onProgress: OnProgress;
  } | null = null;
  child.on('message', (said: FromExplainWorker | PictureProgress) =>
    said.type === 'working' ? settle?.onProgress(said) : settle?.resolve(said),
  );
  child.on('exit', () => {
    alive = false;
    settle?.reject(new ExplainEngineError('The engine stopped.'));
  });
  const ask = (message: ToExplainWorker, onProgress: OnProgress = () => {}) =>
    new Promise<FromExplainWorker>((resolve, reject) => {
      settle = { resolve, reject, onProgress };
      child.send(message, (error) => error && reject(error));
    });
  const ready = ask(start).then((answer) => {
    if (answer.type === 'ready') return answer.network;
    throw new ExplainEngineError(answer.type === 'unusable' ? answer.message : 'The engine did not start.');
  });
  ready.catch(() => {});
  return { ready, ask, isAlive: () => alive, end: () => child.kill('SIGKILL') };
}
