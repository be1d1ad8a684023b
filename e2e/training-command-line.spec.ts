import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { parseSearch } from '../src/search/search-file';
import { environment, inPackage } from './support/command-line';
import { root } from './support/files';

// None waits for another.
test.describe.configure({ mode: 'parallel' });

let folder: string;

test.beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'supersign-training-'));
});

test.afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Runs a command on the page that was built for these tests. */
function node(...line: string[]) {
  const all = [...line, '--no-build', '--out', folder];
  const { status, stdout, stderr } = spawnSync(process.execPath, all, {
    cwd: root,
    env: environment(),
    encoding: 'utf8',
  });
  return { status, text: `${stdout}${stderr}` };
}

type Tool = 'train' | 'search';

/** `npx supersign train`, as a package holds it. */
const run = async (tool: Tool, ...options: string[]) => node(await inPackage(), tool, ...options);

/** `npm run train`, in a clone. */
const trainInClone = (...options: string[]) => node('--import', 'tsx', 'tools/train.ts', ...options);

test('a network is trained from the command line, its card written, and a finished training not begun again', async () => {
  const sizes = ['--epochs', '2', '--train', '32', '--held-out', '20', '--test', '30'];
  const first = await run('train', 'pictographs', ...sizes);
  expect(first.text).toContain('32 pictures an epoch, 20 held out');
  expect(first.text).toContain('epoch 2 of 2: held out');
  expect(first.text).toContain('of 30 fresh scenes are named right');
  expect(first.status).toBe(0);
  expect(readdirSync(folder).sort()).toEqual([
    'README.md',
    'checkpoint.json',
    'curves.svg',
    'manifest.json',
    'model.json',
    'report.json',
    'weights.bin',
  ]);
  const report = JSON.parse(readFileSync(path.join(folder, 'report.json'), 'utf8'));
  expect(report.history.steps).toHaveLength(2);
  const model = JSON.parse(readFileSync(path.join(folder, 'model.json'), 'utf8'));
  expect(model.userDefinedMetadata.labels).toEqual(report.data.classes);
  const weights = readFileSync(path.join(folder, 'weights.bin'));

  const again = await run('train', 'pictographs', ...sizes);
  expect(again.text).toContain('goes on after step 2');
  expect(again.text).not.toContain('step 1/2');
  expect(readFileSync(path.join(folder, 'weights.bin')).equals(weights)).toBe(true);

  const other = await run('train', 'pictographs', ...sizes, '--seed', '8');
  expect(other.status).toBe(2);
  expect(other.text).toContain(
    'is of a training with another architecture, recipe, seed or number of epochs',
  );
});

test('a search is run from the command line, goes on where it was, and says what came of it', async () => {
  const sizes = [
    '--train',
    '32',
    '--held-out',
    '40',
    '--reference-epochs',
    '1',
    '--epochs',
    '1',
    '--pictures',
    '4',
  ];
  const design = ['pictographs', ...sizes, '--seeds', '1', '--orders', 'semiotic,random', '--trainings', '1'];
  const first = await run('search', ...design);
  expect(first.text).toContain('1/reference: The whole architecture, 12 blocks, as the reference.');
  expect(first.text).toMatch(
    /1\/semiotic\/1: Take out conv\d_\d, first of \d candidates: least superization/,
  );
  expect(first.text).toContain('Against random order: only one seed (1)');
  expect(first.status).toBe(0);
  const { state } = parseSearch(readFileSync(path.join(folder, 'search.json'), 'utf8'));
  expect(state.networks.map(({ id }) => id)).toEqual(['1/reference', '1/semiotic/1', '1/random/1']);
  for (const file of ['README.md', 'front-parameters.svg', 'tree-seed-1.svg', 'profiles-seed-1.svg']) {
    expect(existsSync(path.join(folder, file)), file).toBe(true);
  }
  const again = await run('search', ...design);
  expect(again.text).toContain('goes on after 3 networks');
  expect(again.text).not.toContain('1/reference: The whole');
});

// And what `search` does not: tools/study/main.test.ts.
test('what a tool of a clone does not understand is said in words', () => {
  expect(trainInClone('photos10')).toEqual({
    status: 1,
    text: 'photos10 is trained on photographs: say where they are with --data ARCHIVE.\n',
  });
});
