import { expect, it } from 'vitest';
import { createTurns } from './turns';

it('begins each work in a task of its own, in their order, whatever becomes of the one before', async () => {
  const inTurn = createTurns();
  const said: string[] = [];
  const failing = inTurn(() => {
    said.push('first');
    setTimeout(() => said.push('a task between'));
    throw new Error('no');
  });
  const never = new Promise<string>(() => {});
  void inTurn(() => {
    said.push('second');
    return never;
  });
  const third = inTurn(() => 'third');
  expect(said).toEqual([]);
  await expect(failing).rejects.toThrow('no');
  // One that does not end holds up nothing.
  expect(await third).toBe('third');
  expect(said).toEqual(['first', 'a task between', 'second']);
});
