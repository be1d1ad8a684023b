import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { studyFromParquet } from '../src/study/file/parquet';
import { mergeStudies } from '../tools/study/merge';
import { inClone, supersign as runIn } from './support/command-line';
import { root } from './support/files';
import { expect, test } from './support/test';
import { tinyNetworkFiles } from './support/tiny-network';

const all: { network: string; file: string; title: string }[] = JSON.parse(
  readFileSync(path.join(root, 'public/examples/index.json'), 'utf8'),
);

const examples = all.filter(({ network }) => network === 'photos10');

let folder: string;
test.beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'supersign-'));
  for (const { file } of examples) {
    const own = path.join(folder, 'set/val', path.basename(file, '.jpg'));
    mkdirSync(own, { recursive: true });
    copyFileSync(path.join(root, 'public/examples', file), path.join(own, file));
  }
  const torn = path.join(folder, 'set/val/tench/torn.jpg');
  writeFileSync(torn, readFileSync(path.join(root, 'public/examples/tench.jpg')).subarray(0, 9000));
  mkdirSync(inFolder('tiny'));
  for (const { name, buffer } of tinyNetworkFiles()) writeFileSync(inFolder(`tiny/${name}`), buffer);
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.describe.configure({ mode: 'serial' });

/** Runs the command line in the folder of the pictures. */
const supersign = (args: string[], watch?: Parameters<typeof runIn>[2]) => runIn(folder, args, watch);
const supersignOfClone = (args: string[]) => runIn(folder, args, undefined, inClone);

/** Quick to compute: what these tests ask does not depend on it. */
const quick = ['--shuffles', '2', '--levels', '16', '--grid', 'native'];

const study = (...args: string[]) => [
  'study',
  ...['--model', 'photos10', '--images', 'set', '--measures', 'aura-matrix,shannon', ...quick],
  ...args,
];

const inFolder = (name: string) => path.join(folder, name);
const bytes = (name: string) => readFileSync(inFolder(name));

test('a folder of classes is measured, with progress as JSON and the accuracy at the end; interrupted, it goes on where it was', async () => {
  const args = study('--out', 'whole.parquet', '--split', 'val');
  const part = inFolder('whole.parquet.part');
  const begun = await supersign(args, ({ event }, child) => {
    if (event !== 'network') return;
    // As soon as there is a result behind the head.
    const watcher = setInterval(() => {
      if (!existsSync(part) || readFileSync(part, 'utf8').split('\n').length <= 2) return;
      clearInterval(watcher);
      child.kill('SIGTERM');
    }, 10);
  });
  expect(begun.code).toBe(5);
  expect(begun.events[0]).toMatchObject({ event: 'start', pictures: 10, of: 10, finished: 0 });
  expect(begun.events[1]).toMatchObject({ event: 'network', layers: 12, unmatched: [] });
  expect(existsSync(inFolder('whole.parquet'))).toBe(false);
  // Killed while it wrote.
  appendFileSync(part, '{"images":[{"path":"23.j');
  const resumed = await supersign([...args, '--resume']);
  expect(resumed.errors).toBe('');
  expect(resumed.code).toBe(0);
  const [{ event: start, pictures, of, finished }] = resumed.events;
  expect({ start, pictures, of }).toEqual({ start: 'start', pictures: 10, of: 10 });
  expect(finished).toBeGreaterThan(0);
  expect(finished).toBeLessThan(10);
  const failures = [...begun.events, ...resumed.events].filter(({ event }) => event === 'failure');
  expect(failures).toMatchObject([
    { path: 'val/tench/torn.jpg', reason: expect.stringMatching(/^is cut off/) },
  ]);
  const { event, measured, failed, correct } = resumed.events.at(-1) ?? { event: '' };
  expect({ event, measured, failed }).toEqual({ event: 'done', measured: 9, failed: 1 });
  // Every example is what it is called.
  expect(correct).toBe(examples.length);
  expect(existsSync(part)).toBe(false);

  const file = bytes('whole.parquet');
  const rows = await parquetReadObjects({
    file: file.buffer.slice(file.byteOffset, file.byteOffset + file.length),
  });
  // Nine pictures, two classes, twelve layers, and one that failed.
  expect(rows).toHaveLength(9 * 2 * 12 + 1);
  const opened = await studyFromParquet(new Blob([file]));
  expect(opened.images.map(({ path }) => path)).toEqual(
    examples.map(({ file }) => `val/${path.basename(file, '.jpg')}/${file}`).sort(),
  );
  expect(opened.settings).toMatchObject({ model: 'photos10', split: 'val', shuffles: 2 });
});

test('a guessed scaling is said on standard error with what else there is', async () => {
  const args = ['study', '--model', 'tiny/model.json', '--images', 'set', '--sample', '1', ...quick];
  const guessed = await supersignOfClone([...args, '--out', 'guessed.csv']);
  expect(guessed.code).toBe(0);
  expect(guessed.errors).toMatch(
    /^Pictures are scaled by a guess, "0 to 1"\. .+ --scaling says otherwise: unit, signed, imagenet, caffe, bytes\.\n$/,
  );
  const scaling = { name: 'unit', source: 'guess', factor: [1 / 255, 1 / 255, 1 / 255], bgr: false };
  expect(guessed.events[1]).toMatchObject({ event: 'network', scaling });
  expect(bytes('guessed.csv').toString()).toContain(',unit,guess,');
});

// They ran undisturbed, and the whole was interrupted.
test('shards have the rows of the whole, byte for byte', async () => {
  for (const index of [1, 2]) {
    const { code } = await supersign(
      study('--out', `shard-${index}.parquet`, '--split', 'val', '--shard', `${index}/2`),
    );
    expect(code).toBe(0);
  }
  const { code, events } = await supersign([
    'merge',
    'shard-2.parquet',
    'shard-1.parquet',
    '--out',
    'merged.csv',
  ]);
  expect(code).toBe(0);
  expect(events.at(-1)).toMatchObject({ measured: 9, failed: 1 });
  await mergeStudies([inFolder('whole.parquet')], inFolder('whole.csv'), () => {});
  expect(bytes('merged.csv').equals(bytes('whole.csv'))).toBe(true);
});

// What is refused before a browser is needed: tools/study/main.test.ts.
test('exit codes say what is wrong; classes, their names and the scaling are as they are given', async () => {
  writeFileSync(inFolder('no-network.json'), '{"a": 1}');
  writeFileSync(inFolder('labels.txt'), 'golf ball\ntench\nchurch\nparachute\n');
  writeFileSync(inFolder('classes.json'), JSON.stringify({ tench: 'church' }));
  mkdirSync(inFolder('two/tench'), { recursive: true });
  for (const name of ['tench.jpg', 'torn.jpg']) {
    copyFileSync(inFolder(`set/val/tench/${name}`), inFolder(`two/tench/${name}`));
  }
  const of = (model: string) => ['study', '--model', model, '--images', 'two', ...quick];
  const given = ['--classes', 'classes.json', '--labels', 'labels.txt', '--scaling', 'caffe'];
  const cases: [number, RegExp, string[]][] = [
    [1, /^$/, [...of('tiny/model.json'), '--out', 'strict.csv', '--strict', ...given]],
    [4, /network|model/i, [...of('no-network.json'), '--out', 'x.csv']],
  ];
  for (const [expected, message, args] of cases) {
    const { code, errors, events } = await supersign(args);
    expect(errors, args.join(' ')).toMatch(message);
    expect(code, args.join(' ')).toBe(expected);
    if (code !== 1)
      expect(events.at(-1)).toMatchObject({ event: 'error', message: expect.stringMatching(message) });
  }
  const [header, ...rows] = bytes('strict.csv').toString().trimEnd().split('\r\n');
  const label = header.split(',').indexOf('true_label');
  const tench = rows.filter((row) => row.startsWith('tench/')).map((row) => row.split(',')[label]);
  // By hand, the tench is a church.
  expect(new Set(tench)).toEqual(new Set(['church']));
  // Nothing is guessed, and nothing said of a guess.
  expect(bytes('strict.csv').toString()).toContain(
    ',caffe,chosen,"[1,1,1]","[-103.939,-116.779,-123.68]",true',
  );
});
