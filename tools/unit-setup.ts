import fc from 'fast-check';
import { expect } from 'vitest';
import { propertySeed } from './property-seed';

type Numbers = ArrayLike<number> & ArrayBufferView;

const isNumbers = (value: unknown): value is Numbers =>
  ArrayBuffer.isView(value) && !(value instanceof DataView);

/** The same numbers in the same kind of array, told at once: Vitest itself takes 8 µs a number, 0.1 s a map. */
function sameNumbers(a: unknown, b: unknown): true | undefined {
  if (!isNumbers(a) || !isNumbers(b)) return undefined;
  if (a.constructor !== b.constructor || a.length !== b.length) return undefined;
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return undefined;
  return true;
}

// Vitest keeps them for a worker, and asks every one of them about everything that is compared: once is enough for all its files.
const told = Symbol.for('supersign: numbers are compared at once');
if (!(told in globalThis)) {
  expect.addEqualityTesters([sameNumbers]);
  Object.defineProperty(globalThis, told, { value: true });
}

fc.configureGlobal({ seed: propertySeed() });
