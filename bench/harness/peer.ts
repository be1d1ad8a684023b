import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** Path of a Python with the packages of `bench/peers/requirements.txt`; undefined where none is named. */
export const peerPython = process.env.SUPERSIGN_PEER_PYTHON;

/** Why the rows against peers are empty. */
export const noPeer = 'no peer: SUPERSIGN_PEER_PYTHON is not set';

export interface Peer {
  /** One request, one answer. @throws Error with the peer's own message */
  ask<Answer = { ms: number }>(request: { do: string; [argument: string]: unknown }): Promise<Answer>;
  /** The time of one run, in milliseconds. */
  time(what: string, rest?: Record<string, unknown>): Promise<number>;
  end(): void;
}

/** Starts `bench/peers/<script>`, which answers JSON lines. */
export function startPeer(script: string): Peer {
  const file = path.join(import.meta.dirname, '../peers', script);
  const child: ChildProcess = spawn(peerPython as string, [file], { stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting: { resolve(line: string): void; reject(error: Error): void }[] = [];
  createInterface({ input: child.stdout as NonNullable<typeof child.stdout> }).on('line', (line) =>
    waiting.shift()?.resolve(line),
  );
  let gone: Error | null = null;
  const fail = (why: string) => {
    gone ??= new Error(`${script} ${why}`);
    for (const { reject } of waiting.splice(0)) reject(gone);
  };
  child.on('error', (error) => fail(`did not start: ${error.message}`));
  // Why it takes no more is told by its end.
  child.stdin?.on('error', () => {});
  child.on('exit', (code) => fail(`ended with code ${code}; it says why above.`));

  const ask: Peer['ask'] = async <Answer>(request: object) => {
    if (gone) throw gone;
    const line = await new Promise<string>((resolve, reject) => {
      waiting.push({ resolve, reject });
      child.stdin?.write(`${JSON.stringify(request)}\n`);
    });
    const answer = JSON.parse(line) as Answer & { error?: string };
    if (answer.error) throw new Error(`${script}: ${answer.error}`);
    return answer;
  };
  return {
    ask,
    time: async (what, rest = {}) => (await ask({ do: what, ...rest })).ms,
    end: () => child.stdin?.end(),
  };
}
