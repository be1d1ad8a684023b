import { expect, it } from 'vitest';
import { interleavedLatency } from './interleaved-latency';

/** A machine on which passes take as long as is said, times how busy it is at the moment. */
function machine(busy: (time: number) => number) {
  let time = 0;
  const order: string[] = [];
  const pass = (name: string, milliseconds: number) => async () => {
    order.push(name);
    time += milliseconds * busy(order.length);
  };
  return { order, pass, clock: () => time };
}

it('tells the ratio of two networks on a machine that grows slower, and one network from itself not at all', async () => {
  const { pass, clock } = machine((count) => 1 + count / 20);
  const half = await interleavedLatency(pass('whole', 4), pass('half', 2), clock);
  expect(Math.abs(half.ratio - 0.5)).toBeLessThan(0.02);
  // Two passes of three are disturbed.
  const same = machine((count) => (count % 3 === 0 ? 1 : 6));
  const twice = await interleavedLatency(same.pass('a', 3), same.pass('a', 3), same.clock);
  expect(twice).toEqual({ reference: 3, ratio: 1 });
});

it('changes which of the two goes first', async () => {
  const { pass, clock, order } = machine(() => 1);
  await interleavedLatency(pass('r', 1), pass('n', 1), clock);
  const pairs = Array.from({ length: order.length / 2 }, (_, i) => order.slice(2 * i, 2 * i + 2).join(''));
  expect(pairs.filter((pair) => pair === 'rn').length).toBeGreaterThan(50);
  expect(pairs.filter((pair) => pair === 'nr').length).toBeGreaterThan(50);
  expect(pairs.filter((pair) => pair === 'rr' || pair === 'nn')).toEqual([]);
});
