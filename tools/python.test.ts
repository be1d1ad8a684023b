import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';

const python = path.resolve(import.meta.dirname, '../python');
const command = process.env.PYTHON ?? 'python3';
const run = (...args: string[]) => spawnSync(command, args, { cwd: python, encoding: 'utf8' });

/** What the package is made of, and what tests it. */
const asked = ['pytest', 'numpy', 'PIL', 'anywidget'];
const here = run('-c', `import sys, ${asked.join(', ')}; sys.exit(sys.version_info < (3, 10))`);

it('the Python package, as far as no network and no engine is needed', ({ skip }) => {
  if (here.status !== 0)
    skip(
      `${command} is not here, or older than 3.10, or lacks one of ${asked.join(', ')}: npm run python tests the package.`,
    );
  const { status, stdout, stderr } = run(
    ...['-m', 'pytest', '-q', '-m', 'not slow', '-p', 'no:cacheprovider', '-o', 'pythonpath=src'],
  );
  expect(stdout + stderr).toMatch(/\d+ passed/);
  expect(status, stdout).toBe(0);
});
