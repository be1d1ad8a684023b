import { spawnSync } from 'node:child_process';
import { run } from '../install.mjs';
import { systemFirefox } from './start-engine.mjs';
import { systemWebKit } from './webkit.mjs';

/** The system's packages of an engine, and what tells that they are here. */
const packages = {
  firefox: { isHere: systemFirefox, names: ['firefox-esr'] },
  webkit: { isHere: systemWebKit, names: ['webkit2gtk-driver', 'xvfb'] },
};

/** Installs the engines that are missing where that is allowed; elsewhere their journeys are skipped, and say so. */
export function ensureEngines() {
  const missing = Object.values(packages).flatMap(({ isHere, names }) => (isHere() ? [] : names));
  const isRoot = process.getuid?.() === 0;
  if (missing.length === 0 || !isRoot || spawnSync('apt-get', ['--version']).status !== 0) return;
  console.log('Installing other engines for the journeys …');
  const quiet = { stdio: ['ignore', 'ignore', 'inherit'] };
  run('apt-get', ['update', '-qq'], quiet);
  for (const name of missing) run('apt-get', ['install', '-y', '-qq', name], quiet);
}
