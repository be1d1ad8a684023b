import { expect, it } from 'vitest';
import { checkpointFor } from './serve';

/** Long enough for a checkpoint to be due. */
const untilDue = () => new Promise((resolve) => setTimeout(resolve, 20));

it('any number of checkpoints may wait at once', async () => {
  const { signal } = new AbortController();
  const checkpoints = Array.from({ length: 50 }, () => checkpointFor(signal));
  await untilDue();
  await expect(Promise.all(checkpoints.map((checkpoint) => checkpoint()))).resolves.toHaveLength(50);
});

it('checkpoints that wait go on in the order in which they came', async () => {
  const { signal } = new AbortController();
  const checkpoints = Array.from({ length: 5 }, () => checkpointFor(signal));
  await untilDue();
  const order: number[] = [];
  await Promise.all(checkpoints.map((checkpoint, i) => checkpoint().then(() => order.push(i))));
  expect(order).toEqual([0, 1, 2, 3, 4]);
});

it('one that was cancelled while it waited ends there, and the others go on', async () => {
  const cancelled = new AbortController();
  const going = new AbortController();
  const checkpoints = [checkpointFor(cancelled.signal), checkpointFor(going.signal)];
  await untilDue();
  const waiting = checkpoints.map((checkpoint) => checkpoint());
  cancelled.abort();
  await expect(waiting[0]).rejects.toThrow('abort');
  await expect(waiting[1]).resolves.toBeUndefined();
});
