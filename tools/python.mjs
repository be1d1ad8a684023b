// npm run python: builds the Python package, its front end first, and runs its tests in an environment that is thrown away.
//   --build     only the wheel, into python/dist
//   --front     only the front end, for work on the package as it lies here
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { systemChromium } from './browser.mjs';
import { fail, installPackages, root, run } from './install.mjs';

// Before what is imported from them: a fresh clone has none.
installPackages();
const { build } = await import('vite');
const { listPieces } = await import('./page-pieces.mjs');

const { values } = parseArgs({ options: { build: { type: 'boolean' }, front: { type: 'boolean' } } });
const python = path.join(root, 'python');
const front = path.join(python, 'src/supersign/front');

if (run(process.execPath, ['tools/package.mjs']) !== 0) fail('Page and commands could not be built.');
rmSync(front, { recursive: true, force: true });
mkdirSync(front, { recursive: true });
// Scripts of a folder are modules where its package says so; the folder above may lie in any project.
writeFileSync(path.join(front, 'package.json'), JSON.stringify({ name: 'supersign', type: 'module' }));
cpSync(path.join(root, 'commands'), path.join(front, 'commands'), { recursive: true });
cpSync(path.join(root, 'dist'), path.join(front, 'dist'), { recursive: true });
writeFileSync(path.join(front, 'pieces.json'), JSON.stringify(listPieces(path.join(root, 'dist'))));
await build({
  root,
  configFile: false,
  publicDir: false,
  logLevel: 'warn',
  build: {
    target: 'es2022',
    outDir: front,
    emptyOutDir: false,
    // Functions of it are sent into the frame as text.
    minify: false,
    lib: { entry: 'src/notebook/widget.ts', formats: ['es'], fileName: () => 'widget.js' },
  },
});
if (values.front) process.exit(0);

const environment = mkdtempSync(path.join(tmpdir(), 'supersign-python-'));
try {
  const bin = path.join(environment, process.platform === 'win32' ? 'Scripts' : 'bin', 'python');
  const inEnvironment = (...args) => run(bin, args, { cwd: python });
  const found = [process.env.PYTHON, 'python3', 'python'].find(
    (name) =>
      name &&
      run(name, ['-c', 'import sys; sys.exit(sys.version_info < (3, 10))'], { stdio: 'ignore' }) === 0,
  );
  if (!found) fail('Python 3.10 or newer is needed; PYTHON names one.');
  if (run(found, ['-m', 'venv', environment]) !== 0) fail('No environment could be made.');
  const pip = (...args) =>
    inEnvironment('-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...args);
  rmSync(path.join(python, 'dist'), { recursive: true, force: true });
  if (pip('build') !== 0 || inEnvironment('-m', 'build', '--wheel', '--outdir', 'dist') !== 0) {
    fail('The wheel could not be built; the messages above say why.');
  }
  const [wheel] = readdirSync(path.join(python, 'dist'));
  console.log(`python/dist/${wheel}`);
  if (!values.build) {
    if (pip(path.join('dist', wheel), '-r', 'tests/requirements.txt') !== 0)
      fail('The packages of the tests could not be installed.');
    const types = ['--strict', '--python-version', '3.10', '--ignore-missing-imports', 'src/supersign'];
    const failed = inEnvironment('-m', 'mypy', ...types) + inEnvironment('-m', 'pytest', '-q');
    const example = ['--to', 'notebook', '--execute', '--output-dir', environment, '../docs/example.ipynb'];
    const shown = inEnvironment('-m', 'nbconvert', ...example);
    const check = (script) => run(process.execPath, [script, bin]);
    const seen = systemChromium()
      ? check('tools/notebook-check.mjs') + check('tools/notebook-frames-check.mjs')
      : 0;
    if (!systemChromium())
      console.log('No notebook was opened: there is no Chromium. CHROMIUM_PATH names one.');
    process.exitCode = failed || shown || seen;
  }
} finally {
  rmSync(environment, { recursive: true, force: true });
}
