import { expect, test } from 'vitest';
import { withOwnMemory } from './assembly.mjs';

/** A section of a module: its number, its size, what is in it. */
const section = (number: number, ...content: number[]) => [number, content.length, ...content];

const letters = (text: string) => [text.length, ...new TextEncoder().encode(text)];

const limits = { shared: [3, 1, 0x80, 0x80, 4], own: [0, 1] };

/** A module, as the format's specification spells it: `load(at)` gives a number of the memory that it imports, of 1 to 65,536 pages. */
const moduleWith = (memory: keyof typeof limits) =>
  Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, 1, 0x60, 1, 0x7f, 1, 0x7f),
    ...section(2, 1, ...letters('env'), ...letters('memory'), 2, ...limits[memory]),
    ...section(3, 1, 0),
    ...section(7, 1, ...letters('load'), 0, 0),
    ...section(10, 1, 7, 0, 0x20, 0, 0x28, 2, 0, 0x0b),
  ]);

const memoryOf = (shared: boolean) => new WebAssembly.Memory({ initial: 1, maximum: 65536, shared });

const linked = (bytes: Uint8Array<ArrayBuffer>, memory: WebAssembly.Memory) =>
  new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });

test('a module for a memory of its own is the one for a shared memory, in all but what it imports', () => {
  const own = withOwnMemory(moduleWith('shared'));
  expect(own).toEqual(moduleWith('own'));
  const memory = memoryOf(false);
  new Int32Array(memory.buffer)[3] = 1234;
  const { load } = linked(own, memory).exports as { load(at: number): number };
  expect(load(12)).toBe(1234);
  expect(() => linked(own, memoryOf(true))).toThrow(WebAssembly.LinkError);
  expect(() => linked(moduleWith('shared'), memory)).toThrow(WebAssembly.LinkError);
});

test('a module whose memory is not shared already is refused', () => {
  expect(() => withOwnMemory(moduleWith('own'))).toThrow('something else than one shared memory');
});
