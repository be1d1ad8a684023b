import { afterAll, vi } from 'vitest';

/**
 * Makes the world new before a test file where files share a process: modules of the product, the page, globals, timers and channels.
 * Only what lies in `node_modules` stays loaded: React, d3 and jsdom take longer than most tests.
 */

const { renewPage } = globalThis as { renewPage?: () => Promise<void> };

/** What files leave in a process, told by a symbol, since this module too is new for every file. */
interface Left {
  timers: Set<NodeJS.Timeout>;
  channels: Set<BroadcastChannel>;
  /** Globals as the file found them. */
  globals: Map<string, PropertyDescriptor>;
}

const KEY = Symbol.for('supersign: what test files leave');

/** Own globals by name, without those of Vitest. */
const ownGlobals = () =>
  new Map(
    Object.entries(Object.getOwnPropertyDescriptors(globalThis)).filter(([name]) => !name.startsWith('__')),
  );

/** Watches which timers and channels a file begins: a page that is closed ends its own, and so does a process. */
function watch(): Left {
  const left: Left = { timers: new Set(), channels: new Set(), globals: ownGlobals() };
  const { setTimeout, setInterval, BroadcastChannel } = globalThis;
  const timed = (begin: typeof setTimeout | typeof setInterval, isOver: boolean) =>
    Object.assign((run: (...given: unknown[]) => void, wait?: number, ...given: unknown[]) => {
      const timer = begin(() => {
        if (isOver) left.timers.delete(timer);
        run(...given);
      }, wait);
      left.timers.add(timer);
      return timer;
    }, begin);
  const watched = {
    setTimeout: timed(setTimeout, true),
    setInterval: timed(setInterval, false),
    BroadcastChannel: class extends BroadcastChannel {
      constructor(name: string) {
        super(name);
        left.channels.add(this);
      }
    },
  };
  for (const [name, value] of Object.entries(watched))
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  Object.defineProperty(globalThis, KEY, { value: left });
  return left;
}

/** Ends what the file before has left. */
function clear({ timers, channels, globals }: Left): void {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
  for (const timer of timers) clearTimeout(timer);
  for (const channel of channels) channel.close();
  timers.clear();
  channels.clear();
  for (const name of ownGlobals().keys()) if (!globals.has(name)) Reflect.deleteProperty(globalThis, name);
  for (const [name, was] of globals) {
    const is = Object.getOwnPropertyDescriptor(globalThis, name);
    if (is?.value !== was.value || is?.get !== was.get) Reflect.defineProperty(globalThis, name, was);
  }
}

const found = (globalThis as { [KEY]?: Left })[KEY];
const left = found ?? watch();
// A file that could not be loaded has had no end.
if (found) clear(found);
vi.resetModules();
await renewPage?.();
left.globals = ownGlobals();

afterAll(() => clear(left));
