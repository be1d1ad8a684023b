import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Packages of `bench/peers/package.json`, which nothing but the bench needs. */
const installed = path.resolve(import.meta.dirname, '../peers/node_modules');

/** Where the engine's server gives out the files of such a package. */
export const peerPackages = '/peer-packages';

/** Folder of a package's files; null where it is not installed. */
export function peerPackage(name: string): { folder: string; version: string } | null {
  const folder = path.join(installed, name);
  const description = path.join(folder, 'package.json');
  if (!existsSync(description)) return null;
  const { version } = JSON.parse(readFileSync(description, 'utf8')) as { version: string };
  return { folder, version };
}

/** All of them. */
export const peerPackagesFolder = installed;

/** Why the rows against a package are empty. */
export const noPeerPackage = (name: string) =>
  `no ${name}: npm install --no-package-lock --prefix bench/peers`;
