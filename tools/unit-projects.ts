import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');

/** Rooms whose tests leave the world as it was, whatever they compute: pure computation, and what reads, builds and runs networks. */
const leftAsFound = [
  ...['codecs', 'export', 'figures', 'files', 'offline', 'pictographs', 'picture', 'semiotics', 'text'],
  ...['network', 'search', 'study'],
];

/** What reaches other tests in the same world all the same: modules, globals, a clock or kernels that are replaced. */
const reachesOthers =
  /\bvi\.(mock|doMock|hoisted|resetModules|spyOn|stub\w+|useFakeTimers)\b|fake-indexeddb|\bunregisterKernel\b/;

/**
 * What tests of other rooms may leave behind, or mind: stores that hold something, workers and ways to them, a page, scenes, which
 * helping workers paint where there are any.
 */
const leavesSomething =
  /\.setState\(|\bWorker\(|@vitest-environment|\bendless\b|\bopenDataset\(|\/helper-workers'|\/serve'/;

/** Tests that compute with networks or kernels. */
const computes = /engine-testing|study-testing|from '@tensorflow/;

const testsIn = (folder: string) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.test\.tsx?$/.test(name))
    .map((name) => path.posix.join(folder, ...name.split(path.sep)));

/** Whose world a test file lives in. */
function worldOf(file: string): 'alone' | 'kernels' | 'networks' | 'shared' {
  const [where, room] = file.split('/');
  const test = readFileSync(path.join(root, file), 'utf8');
  if (reachesOthers.test(test)) return 'alone';
  if (where === 'src' && leftAsFound.includes(room)) return 'shared';
  if (leavesSomething.test(test)) return 'alone';
  if (!computes.test(test)) return 'shared';
  // The last digits of what is computed hang on the kernels that were tried before.
  return room === 'backend' ? 'kernels' : 'networks';
}

/**
 * Starting a world takes half a second, with TensorFlow.js a whole one, longer than most tests. So those that leave it as they found
 * it share one a worker, and so do tests of kernels, and tests of what is computed with networks; the others have one each, in a
 * process of its own: what tabs say to each other goes from thread to thread of a process.
 */
export function unitProjects() {
  const files = [...testsIn('src'), ...testsIn('tools')];
  return (['alone', 'kernels', 'networks', 'shared'] as const).map((name) => ({
    extends: true as const,
    test: { name, isolate: name === 'alone', include: files.filter((file) => worldOf(file) === name) },
  }));
}
