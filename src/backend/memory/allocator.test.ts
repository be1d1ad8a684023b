import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAllocator, OutOfMemoryError } from './allocator';

const PAGE = 2 ** 16;
const memoryOf = (maximum: number) => new WebAssembly.Memory({ initial: 1, maximum });

describe('an allocator', () => {
  it('gives out blocks that do not overlap, at multiples of 64, in any order of giving and freeing', () => {
    const steps = fc.array(fc.tuple(fc.nat(200_000), fc.boolean(), fc.nat(1000)), { maxLength: 120 });
    fc.assert(
      fc.property(steps, (orders) => {
        const memory = memoryOf(2000);
        const allocator = createAllocator(memory, 100);
        const held: { address: number; bytes: number; mark: number }[] = [];
        orders.forEach(([bytes, frees, which], mark) => {
          if (frees && held.length > 0) {
            const [{ address, ...block }] = held.splice(which % held.length, 1);
            const values = new Uint8Array(memory.buffer, address, block.bytes);
            expect(values.every((value) => value === block.mark % 251)).toBe(true);
            allocator.free(address);
            return;
          }
          const address = allocator.allocate(bytes);
          expect(address % 64).toBe(0);
          expect(address).toBeGreaterThanOrEqual(100);
          // Vectors may be read beyond the last number.
          expect(address + bytes + 64).toBeLessThanOrEqual(memory.buffer.byteLength);
          new Uint8Array(memory.buffer, address, bytes).fill(mark % 251);
          held.push({ address, bytes, mark });
        });
        for (const { address, bytes, mark } of held) {
          const values = new Uint8Array(memory.buffer, address, bytes);
          expect(values.every((value) => value === mark % 251)).toBe(true);
          allocator.free(address);
        }
        expect(allocator.used()).toBe(0);
        // All of it is one block again.
        const size = allocator.size();
        allocator.free(allocator.allocate(size - 1024));
        expect(allocator.size()).toBe(size);
      }),
      { numRuns: 60 },
    );
  });

  it('joins what is freed, and uses it again before memory grows', () => {
    const allocator = createAllocator(memoryOf(2000), 64);
    const blocks = Array.from({ length: 100 }, () => allocator.allocate(100_000));
    const size = allocator.size();
    for (const [i, block] of blocks.entries()) if (i % 2 === 0) allocator.free(block);
    for (const [i, block] of blocks.entries()) if (i % 2 === 1) allocator.free(block);
    allocator.free(allocator.allocate(9_900_000));
    for (let i = 0; i < 1000; i++) allocator.free(allocator.allocate(1 + ((i * 7919) % 9_000_000)));
    expect(allocator.size()).toBe(size);
  });

  it('grows by about what it lacks', () => {
    const allocator = createAllocator(memoryOf(2000), 64);
    allocator.allocate(10_000_000);
    expect(allocator.size()).toBeLessThan(10_000_000 + 17 * PAGE);
    allocator.allocate(10_000_000);
    expect(allocator.size()).toBeLessThan(20_000_000 + 17 * PAGE);
  });

  it('says when memory is full, and goes on with what fits', () => {
    const allocator = createAllocator(memoryOf(20), 64);
    const block = allocator.allocate(15 * PAGE);
    expect(() => allocator.allocate(6 * PAGE)).toThrow(OutOfMemoryError);
    allocator.allocate(4 * PAGE);
    allocator.free(block);
    expect(allocator.allocate(15 * PAGE)).toBe(block);
  });

  it('reaches beyond 2 GB', () => {
    const allocator = createAllocator(memoryOf(65536), 64);
    const blocks = Array.from({ length: 3 }, () => allocator.allocate(1.2e9));
    expect(blocks[2]).toBeGreaterThan(2 ** 31);
    for (const block of blocks) allocator.free(block);
    expect(allocator.used()).toBe(0);
  });

  it('refuses what it did not give out', () => {
    const allocator = createAllocator(memoryOf(20), 64);
    const block = allocator.allocate(10);
    allocator.free(block);
    expect(() => allocator.free(block)).toThrow('Nothing was given out');
  });
});
