import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** The folder of the project. */
export const root = path.resolve(import.meta.dirname, '..');

/** Runs a command with its output on the terminal; gives its exit code. */
export function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  if (error) throw error;
  return status ?? 1;
}

/** Ends this process with a message that says what to do. */
export function fail(message) {
  console.error(`\n${message}\n`);
  process.exit(1);
}

/** npm on Windows is a batch file, which Node starts through a shell only. */
export const npm = (args, options = {}) =>
  run('npm', args, { shell: process.platform === 'win32', ...options });

/** The same while other things go on; resolves with the exit code. */
export const npmShown = async (args, options) => ({
  status: await ended(npmProcess(args, { ...options, stdio: 'inherit' })),
  said: '',
});

/** The same with nothing shown: what it said comes with the exit code. */
export async function npmUnseen(args, options) {
  const child = npmProcess(args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text) => said.push(text));
  }
  return { status: await ended(child), said: said.join('') };
}

const npmProcess = (args, options) =>
  spawn('npm', args, { cwd: root, shell: process.platform === 'win32', ...options });

const ended = (child) =>
  new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve(status ?? 1));
  });

/** Installs the packages of the lock file where they are missing or older than it. */
export function installPackages() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const { engines } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  if (major < 20 || (major === 20 && minor < 19)) {
    fail(`Node ${process.versions.node} is too old: ${engines.node} is needed.`);
  }
  const stamp = path.join(root, 'node_modules/.package-lock.json');
  const lock = path.join(root, 'package-lock.json');
  if (existsSync(stamp) && statSync(stamp).mtimeMs >= statSync(lock).mtimeMs) return;
  console.log('Installing packages …');
  if (npm(['ci', '--no-audit', '--no-fund', '--loglevel=error']) !== 0) {
    fail('The packages could not be installed; npm says why above.');
  }
}
