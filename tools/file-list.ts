import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { listName, type PageFile, type PageFiles } from '../src/offline/page-files.ts';

/** Not asked for by the page: notes for people, and what only programs use. */
const left =
  /(^|\/)(README\.md|report\.json|curves\.svg)$|^headless\.html$|^assets\/headless-|^(service-worker|element)\.js$/;

/** The files of a built page, by path, with what they weigh and what tells them from others. The same build gives the same list. */
export function listFiles(folder: string): PageFiles {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .filter((name) => name !== listName && !left.test(name))
    .sort()
    .map((name): PageFile => {
      const content = readFileSync(path.join(folder, name));
      const sha256 = createHash('sha256').update(content).digest('base64');
      return { path: name, bytes: content.length, sha256 };
    });
  return { files };
}

/** Writes the list of all files beside the page, once they are there. */
export const fileList = () => {
  let folder = '';
  return {
    name: 'file-list',
    apply: 'build' as const,
    configResolved({ root, build }: { root: string; build: { outDir: string } }) {
      folder = path.resolve(root, build.outDir);
    },
    closeBundle() {
      writeFileSync(path.join(folder, listName), JSON.stringify(listFiles(folder)));
    },
  };
};
