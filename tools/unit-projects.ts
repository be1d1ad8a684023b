import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');

/**
 * Rooms whose tests leave the world as it was: pure computation, and what reads and builds networks. Others have stores or workers, or
 * try kernels and threads of backends, on which the last digits of what is computed after them hang.
 */
const leftAsFound = [
  ...['codecs', 'export', 'figures', 'files', 'offline', 'pictographs', 'picture', 'semiotics', 'text'],
  ...['network', 'search', 'study'],
];

/** What reaches other tests in the same world all the same: modules, globals, a clock or kernels that are replaced. */
const reachesOthers =
  /\bvi\.(mock|doMock|hoisted|resetModules|spyOn|stub\w+|useFakeTimers)\b|fake-indexeddb|\bunregisterKernel\b/;

/** Tests that compute with networks or kernels. */
const computes = /engine-testing|study-testing/;

/** Tests of kernels against a second backend or their definitions: whatever ran before, they hold; the last digits of others hang on them. */
const isOfKernels = (file: string) => {
  const test = readFileSync(path.join(root, file), 'utf8');
  return file.startsWith('src/backend/') && computes.test(test) && !reachesOthers.test(test);
};

const testsIn = (folder: string) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.test\.tsx?$/.test(name))
    .map((name) => path.posix.join(folder, ...name.split(path.sep)));

function sharesItsWorld(file: string): boolean {
  const [room, folder] = file.split('/');
  const test = readFileSync(path.join(root, file), 'utf8');
  return (
    (room === 'tools' ? !computes.test(test) : leftAsFound.includes(folder)) && !reachesOthers.test(test)
  );
}

/**
 * Starting a world takes half a second, with TensorFlow.js a whole one, longer than most tests. So those that leave it as they found
 * it share one a worker, and tests of kernels another; the others have one each, in a process of its own: what tabs say to each other
 * goes from thread to thread of a process.
 */
export function unitProjects() {
  const files = [...testsIn('src'), ...testsIn('tools')];
  return [
    {
      extends: true as const,
      test: { name: 'alone', include: files.filter((file) => !sharesItsWorld(file) && !isOfKernels(file)) },
    },
    {
      extends: true as const,
      test: { name: 'kernels', isolate: false, include: files.filter(isOfKernels) },
    },
    {
      extends: true as const,
      test: { name: 'shared', isolate: false, include: files.filter(sharesItsWorld) },
    },
  ];
}
