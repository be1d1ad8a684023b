import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');

/** Rooms of pure computation: their tests leave the world as it was. Others start backends, stores or workers. */
const pure = ['codecs', 'figures', 'files', 'pictographs', 'picture', 'semiotics', 'text'];

/** What reaches other tests in the same world all the same: modules, globals or a clock that are replaced. */
const reachesOthers = /\bvi\.(mock|doMock|hoisted|resetModules|spyOn|stub\w+|useFakeTimers)\b|fake-indexeddb/;

const testsIn = (folder: string) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.test\.tsx?$/.test(name))
    .map((name) => path.posix.join(folder, ...name.split(path.sep)));

const sharesItsWorld = (file: string) =>
  pure.includes(file.split('/')[1]) && !reachesOthers.test(readFileSync(path.join(root, file), 'utf8'));

/**
 * Starting a world takes half a second, longer than most tests. So those of pure computation share one a worker; the others have
 * one each.
 */
export function unitProjects() {
  const files = [...testsIn('src'), ...testsIn('tools')];
  return [
    {
      extends: true as const,
      test: { name: 'alone', include: files.filter((file) => !sharesItsWorld(file)) },
    },
    {
      extends: true as const,
      test: { name: 'shared', isolate: false, include: files.filter(sharesItsWorld) },
    },
  ];
}
