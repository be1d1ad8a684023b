import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PANEL, split } from './geometry';

const upTo = (max: number) => fc.integer({ min: 1, max });

describe('a job cut into tasks', () => {
  it('gives every thread as many tasks, of blocks that fit and of chunks that hold all channels', () => {
    fc.assert(
      fc.property(upTo(4000), upTo(64), upTo(600), upTo(16), (rows, fours, channels, threads) => {
        const largest = 4 * fours;
        const { blockRows, blocks, chunkPanels, chunksTogether, tasks } = split(
          rows,
          largest,
          channels,
          threads,
        );
        expect(blockRows).toBeLessThanOrEqual(largest);
        // The kernels cut rows into fours, as evenly as they can.
        expect(Math.ceil(Math.ceil(rows / 4) / blocks) * 4).toBe(blockRows);
        const chunks = Math.ceil(Math.ceil(channels / PANEL) / chunkPanels);
        expect(tasks).toBe(blocks * Math.ceil(chunks / chunksTogether));
        const limited = blocks === Math.ceil(rows / 4);
        expect(tasks % threads === 0 || limited).toBe(true);
      }),
    );
  });

  it('is cut alike for two threads whether rows or channels are many', () => {
    expect(split(49, 96, 64, 2)).toMatchObject({ blockRows: 16, blocks: 4, tasks: 4 });
    expect(split(16, 64, 192, 2)).toMatchObject({ blocks: 1, chunkPanels: 12, tasks: 2 });
    expect(split(3136, 256, 32, 2)).toMatchObject({ blockRows: 224, blocks: 14, tasks: 14 });
  });
});
