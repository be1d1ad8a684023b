// @vitest-environment page
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { notKept } from './not-kept';

class FileHandle {
  createWritable() {}
}

beforeEach(() => {
  vi.stubGlobal('caches', {});
  vi.stubGlobal('indexedDB', {});
  vi.stubGlobal('FileSystemFileHandle', FileHandle);
  Object.defineProperty(navigator, 'storage', { configurable: true, value: { getDirectory() {} } });
});

const { localStorage } = window;

afterEach(() => {
  vi.unstubAllGlobals();
  Object.defineProperty(globalThis, 'localStorage', { configurable: true, value: localStorage });
});

const forbid = (on: object, name: string) =>
  Object.defineProperty(on, name, {
    configurable: true,
    get: () => {
      throw new DOMException('Access is denied for this document.', 'SecurityError');
    },
  });

it('is nothing where the browser keeps everything', () => {
  expect(notKept()).toBeNull();
});

it('is told in one sentence where the browser keeps nothing', () => {
  for (const name of ['caches', 'indexedDB', 'localStorage']) forbid(globalThis, name);
  forbid(navigator, 'storage');
  expect(notKept()).toBe(
    'Nothing is kept for another visit: this browser does not let the page keep anything.',
  );
});

it('is told with its reason where only some of it is there', () => {
  forbid(globalThis, 'indexedDB');
  vi.stubGlobal('FileSystemFileHandle', class {});
  expect(notKept()).toBe(
    'Not kept for another visit: networks of your own, since this browser has no place where the page could keep anything. ' +
      'Not kept for another visit: studies and trainings, since this browser does not let the page keep anything.',
  );
});
