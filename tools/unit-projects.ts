import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const worlds = ['alone', 'pages', 'renewed', 'kernels', 'networks', 'shared'] as const;

type World = (typeof worlds)[number];

const root = path.resolve(import.meta.dirname, '..');

/** Rooms whose tests leave the world as it was, whatever they compute: pure computation, and what reads, builds and runs networks. */
const leftAsFound = [
  ...['codecs', 'export', 'figures', 'files', 'offline', 'pictographs', 'picture', 'semiotics', 'text'],
  ...['network', 'search', 'study'],
];

/** What tests mind or leave behind: stores that hold something, workers and ways to them, scenes, which helping workers paint where there are any. */
const leavesSomething =
  /\.setState\(|endless\b|openDataset\(|\/helper-workers'|import \{.*\} from '.*\/serve'|fake-indexeddb/;

/** Modules, globals and a clock that are replaced. */
const replaces = /vi\.(mock|doMock|hoisted|resetModules|stub\w+|useFakeTimers)\b/;

/** Methods that are replaced, until the file is over. */
const spies = /vi\.spyOn\b/;

/** What a process holds, whatever is made new in it: kernels that are taken away, threads, ways to them, a page of Vitest's own. */
const holdsProcess = /unregisterKernel\b|new Worker\(|becomeHost\b|@vitest-environment jsdom/;

/** Tests that hold how many tensors there are, and not how many more: others leave theirs to the process. */
const countsAll = /numTensors\b.*\.toBe\(0\)/;

/** Tests that compute with networks or kernels: what these register is there for as long as the process. */
const computes = /engine-testing|from '@tensorflow|\/(trainer|search-handlers)'/;

const testsIn = (folder: string) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.test\.tsx?$/.test(name))
    .map((name) => path.posix.join(folder, ...name.split(path.sep)));

const KEPT = Symbol.for('supersign: test files by world');

/** Whose world a test file lives in. */
function worldOf(file: string): World {
  const [where, room] = file.split('/');
  const test = readFileSync(path.join(root, file), 'utf8');
  if (holdsProcess.test(test) || countsAll.test(test)) return 'alone';
  if (/@vitest-environment page/.test(test)) return 'pages';
  if (replaces.test(test)) return computes.test(test) ? 'alone' : 'renewed';
  if (where === 'src' && leftAsFound.includes(room) && !spies.test(test)) return 'shared';
  // The last digits of what is computed hang on the kernels that were tried before.
  if (computes.test(test)) return room === 'backend' ? 'kernels' : 'networks';
  return leavesSomething.test(test) || spies.test(test) ? 'renewed' : 'shared';
}

function filesByWorld(): Record<World, string[]> {
  const files: Record<World, string[]> = {
    alone: [],
    pages: [],
    renewed: [],
    kernels: [],
    networks: [],
    shared: [],
  };
  for (const file of [...testsIn('src'), ...testsIn('tools')]) files[worldOf(file)].push(file);
  return files;
}

/** What Vitest calls the page of `page-environment.ts`. */
export const pageEnvironment = {
  'vitest-environment-page': path.join(import.meta.dirname, 'unit/page-environment.ts'),
};

const renewed = {
  setupFiles: ['tools/unit/renewed-world.ts'],
  // They hold which classes of the browser there are, or put them there.
  server: { deps: { inline: ['idb', 'fake-indexeddb'] } },
};

const settings: { [world: string]: object } = { pages: { ...renewed, environment: 'page' }, renewed };

/**
 * Starting a process takes half a second, with jsdom and React or with TensorFlow.js a whole one, longer than most tests. So files share one a
 * worker: those that leave the world as they found it, tests of kernels, tests of what is computed with networks; and those that
 * would find it changed, in a page or without one, have it made new for each (`unit/renewed-world.ts`). The few that change what a process
 * holds whatever is made new have one each.
 */
export function unitProjects() {
  // Vitest asks for its configuration once more for every world.
  const kept = globalThis as { [KEPT]?: Record<World, string[]> };
  kept[KEPT] ??= filesByWorld();
  const files = kept[KEPT];
  return worlds.map((name) => ({
    extends: true as const,
    test: { name, isolate: name === 'alone', ...settings[name], include: files[name] },
  }));
}
