import { type ChildProcess, spawn } from 'node:child_process';
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
import { createInterface } from 'node:readline';
import { parquetReadObjects } from 'hyparquet';
import { studyFromParquet } from '../src/study/file/parquet';
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
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.describe.configure({ mode: 'serial', timeout: 180_000 });

interface Ended {
  code: number | null;
  events: { event: string; [detail: string]: unknown }[];
  errors: string;
}

/** Runs the command line in the folder of the pictures. */
function supersign(
  args: string[],
  watch: (line: string, child: ChildProcess) => void = () => {},
): Promise<Ended> {
  const child = spawn(process.execPath, [path.join(root, 'bin/supersign.mjs'), ...args], { cwd: folder });
  const lines: string[] = [];
  let errors = '';
  child.stderr.on('data', (data) => {
    errors += data;
  });
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => {
    lines.push(line);
    watch(line, child);
  });
  return new Promise((resolve) => {
    let code: number | null = null;
    child.on('exit', (status) => {
      code = status;
    });
    child.on('close', () => resolve({ code, events: lines.map((line) => JSON.parse(line)), errors }));
  });
}

const study = (...args: string[]) => [
  'study',
  ...['--model', 'photos10', '--images', 'set', '--shuffles', '2', '--measures', 'aura-matrix,shannon'],
  ...args,
];

const inFolder = (name: string) => path.join(folder, name);
const bytes = (name: string) => readFileSync(inFolder(name));

test('a folder of classes is measured, with progress as JSON and the accuracy at the end', async () => {
  const { code, events, errors } = await supersign(study('--out', 'whole.parquet', '--split', 'val'));
  expect(errors).toBe('');
  expect(code).toBe(0);
  expect(events[0]).toMatchObject({ event: 'start', pictures: 10, of: 10, finished: 0 });
  expect(events[1]).toMatchObject({ event: 'network', layers: 12, unmatched: [] });
  const [failure] = events.filter(({ event }) => event === 'failure');
  expect(failure).toMatchObject({ path: 'val/tench/torn.jpg', reason: expect.stringMatching(/^is cut off/) });
  const { event, measured, failed, correct } = events.at(-1) ?? { event: '' };
  expect({ event, measured, failed }).toEqual({ event: 'done', measured: 9, failed: 1 });
  // They are what they are called; the network is right in nine of ten.
  expect(correct).toBeGreaterThanOrEqual(7);
  expect(existsSync(inFolder('whole.parquet.part'))).toBe(false);

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

test('a guessed scaling is said on standard error with what else there is, and --scaling settles it', async () => {
  mkdirSync(inFolder('tiny'));
  for (const { name, buffer } of tinyNetworkFiles()) writeFileSync(inFolder(`tiny/${name}`), buffer);
  const args = ['study', '--model', 'tiny/model.json', '--images', 'set', '--sample', '2', '--shuffles', '2'];
  const guessed = await supersign([...args, '--out', 'guessed.csv']);
  expect(guessed.code).toBe(0);
  expect(guessed.errors).toMatch(
    /^Pictures are scaled by a guess, "0 to 1"\. .+ --scaling says otherwise: unit, signed, imagenet, caffe, bytes\.\n$/,
  );
  const scaling = { name: 'unit', source: 'guess', factor: [1 / 255, 1 / 255, 1 / 255], bgr: false };
  expect(guessed.events[1]).toMatchObject({ event: 'network', scaling });
  const chosen = await supersign([...args, '--out', 'chosen.csv', '--scaling', 'caffe']);
  expect(chosen.errors).toBe('');
  expect(bytes('guessed.csv').toString()).toContain(',unit,guess,');
  expect(bytes('chosen.csv').toString()).toContain(
    ',caffe,chosen,"[1,1,1]","[-103.939,-116.779,-123.68]",true',
  );
});

test('shards have the rows of the whole, byte for byte', async () => {
  for (const index of [1, 2, 3]) {
    const { code } = await supersign(
      study('--out', `shard-${index}.parquet`, '--split', 'val', '--shard', `${index}/3`),
    );
    expect(code).toBe(0);
  }
  const shards = [3, 1, 2].map((index) => `shard-${index}.parquet`);
  expect((await supersign(['merge', ...shards, '--out', 'merged.csv'])).code).toBe(0);
  expect((await supersign(['merge', 'whole.parquet', '--out', 'whole.csv'])).code).toBe(0);
  expect(bytes('merged.csv').equals(bytes('whole.csv'))).toBe(true);
  expect((await supersign(['merge', ...shards, '--out', 'merged.json.gz'])).events.at(-1)).toMatchObject({
    measured: 9,
    failed: 1,
  });
  const twice = await supersign(['merge', 'shard-1.parquet', 'whole.parquet', '--out', 'twice.csv']);
  expect(twice.code).toBe(3);
  expect(twice.errors).toMatch(/is in more than one of the files/);
});

test('an interrupted run goes on where it was', async () => {
  for (let copy = 0; copy < 40; copy++) {
    const { file } = examples[copy % examples.length];
    mkdirSync(inFolder('many'), { recursive: true });
    copyFileSync(
      path.join(root, 'public/examples', file),
      inFolder(`many/${String(copy).padStart(2, '0')}.jpg`),
    );
  }
  const args = ['study', '--model', 'photos10', '--images', 'many', '--shuffles', '8'];
  const whole = await supersign([...args, '--out', 'undisturbed.csv']);
  expect(whole.code).toBe(0);
  const again = [...args, '--out', 'again.csv'];
  const interrupted = await supersign(again, (line, child) => {
    const { event, done } = JSON.parse(line);
    if (event === 'progress' && done >= 24) child.kill('SIGTERM');
  });
  expect(interrupted.code).toBe(5);
  expect(existsSync(inFolder('again.csv'))).toBe(false);
  const refused = await supersign(again);
  expect(refused.code).toBe(2);
  expect(refused.errors).toMatch(/left from an interrupted run/);
  const others = await supersign([...again, '--resume', '--levels', '16']);
  expect(others.code).toBe(2);
  expect(others.errors).toMatch(/begun with other settings/);
  // Killed while it wrote.
  appendFileSync(inFolder('again.csv.part'), '{"images":[{"path":"39.j');
  const resumed = await supersign([...again, '--resume']);
  expect(resumed.code).toBe(0);
  const { finished, pictures } = resumed.events[0] as unknown as { finished: number; pictures: number };
  expect(pictures).toBe(40);
  expect(finished).toBeGreaterThanOrEqual(16);
  expect(finished).toBeLessThan(40);
  expect(bytes('again.csv').equals(bytes('undisturbed.csv'))).toBe(true);
  expect(existsSync(inFolder('again.csv.part'))).toBe(false);
  const once = await supersign([...again, '--resume']);
  expect(once.code).toBe(0);
  expect(once.events).toEqual([{ event: 'done', out: 'again.csv', note: 'It was there already.' }]);
});

test('exit codes say what is wrong', async () => {
  const empty = inFolder('empty');
  mkdirSync(empty);
  writeFileSync(inFolder('no-network.json'), '{"a": 1}');
  const images = ['--images', 'set'];
  const model = ['--model', 'photos10'];
  const cases: [number, RegExp, string[]][] = [
    [1, /^$/, study('--out', 'strict.csv', '--strict', '--classes', 'classes.json')],
    [2, /There is no command "measure"/, ['measure']],
    [2, /--out is missing/, ['study', ...model, ...images]],
    [2, /--shard 4\/3: expected I\/N/, study('--out', 'x.csv', '--shard', '4/3')],
    [
      2,
      /--measures magic: expected one of/,
      ['study', ...model, ...images, '--out', 'x.csv', '--measures', 'magic'],
    ],
    [
      2,
      /--model nothing.onnx: there is no such file/,
      ['study', '--model', 'nothing.onnx', ...images, '--out', 'x.csv'],
    ],
    [3, /There are no pictures in it/, ['study', ...model, '--images', 'empty', '--out', 'x.csv']],
    [4, /network|model/i, ['study', '--model', 'no-network.json', ...images, '--out', 'x.csv']],
  ];
  writeFileSync(inFolder('classes.json'), JSON.stringify({ tench: 'church' }));
  for (const [expected, message, args] of cases) {
    const { code, errors, events } = await supersign(args);
    expect(errors, args.join(' ')).toMatch(message);
    expect(code, args.join(' ')).toBe(expected);
    if (code !== 1)
      expect(events.at(-1)).toMatchObject({ event: 'error', message: expect.stringMatching(message) });
  }
  const [header, ...rows] = bytes('strict.csv').toString().trimEnd().split('\r\n');
  const label = header.split(',').indexOf('true_label');
  const tench = rows.filter((row) => row.startsWith('val/tench/')).map((row) => row.split(',')[label]);
  // By hand, the tench is a church.
  expect(new Set(tench)).toEqual(new Set(['church']));
});
