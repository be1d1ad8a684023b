import { describe, expect, it } from 'vitest';
import { createLatestWork } from './latest-work';

/** A promise, and how it is settled. */
function pending<Value>() {
  let settle = { resolve: (_: Value) => {}, reject: (_: Error) => {} };
  const promise = new Promise<Value>((resolve, reject) => {
    settle = { resolve, reject };
  });
  return { promise, ...settle };
}

describe('work of which only the latest counts', () => {
  it('gives its result, and is under way until then', async () => {
    const work = createLatestWork();
    const answer = pending<number>();
    const done = work.run(() => answer.promise);
    expect(work.isUnderWay).toBe(true);
    answer.resolve(3);
    expect(await done).toBe(3);
    expect(work.isUnderWay).toBe(false);
  });

  it('is ended by the next, which stays under way when the first comes to its end', async () => {
    const work = createLatestWork();
    const [first, second] = [pending<number>(), pending<number>()];
    let signalOfFirst: AbortSignal | undefined;
    const one = work.run((signal) => {
      signalOfFirst = signal;
      return first.promise;
    });
    const two = work.run(() => second.promise);
    expect(signalOfFirst?.aborted).toBe(true);
    first.resolve(1);
    expect(await one).toBeUndefined();
    expect(work.isUnderWay).toBe(true);
    second.resolve(2);
    expect(await two).toBe(2);
  });

  it('says nothing of what fails because it was ended', async () => {
    const work = createLatestWork();
    const answer = pending<never>();
    const done = work.run(() => answer.promise);
    work.end();
    expect(work.isUnderWay).toBe(false);
    answer.reject(new Error('aborted'));
    expect(await done).toBeUndefined();
  });

  it('fails as its work does, and can be begun again', async () => {
    const work = createLatestWork();
    await expect(work.run(async () => Promise.reject(new Error('no such network')))).rejects.toThrow(
      'no such network',
    );
    expect(work.isUnderWay).toBe(false);
    expect(await work.run(async () => 'again')).toBe('again');
  });
});
