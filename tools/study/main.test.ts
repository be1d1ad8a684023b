import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Study } from '../../src/study/study-data';
import { studyWith } from '../../src/study/study-testing';
import { main } from './main';
import { parseStudyOptions } from './options';
import { writeResults } from './results';

let folder: string;
const at = (name: string) => path.join(folder, name);
const bytes = (name: string) => readFileSync(at(name));

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'supersign-'));
  mkdirSync(at('empty'));
  mkdirSync(at('set'));
  writeFileSync(at('set/a.jpg'), Uint8Array.of(0xff, 0xd8, 0xff));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the command line in this process, as far as it needs no browser. */
async function run(...args: string[]) {
  const listening: [NodeJS.EventEmitter, string][] = [
    ...['SIGINT', 'SIGTERM', 'SIGHUP'].map((name): [NodeJS.EventEmitter, string] => [process, name]),
    [process.stdout, 'error'],
  ];
  const before = listening.map(([target, name]) => target.listeners(name));
  let told = '';
  const out = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    told += text;
    return true;
  });
  const said: string[] = [];
  const error = vi.spyOn(console, 'error').mockImplementation((text) => void said.push(String(text)));
  try {
    const code = await main(args);
    const events = told
      .split('\n')
      .filter(Boolean)
      .map((line): Record<string, unknown> => JSON.parse(line));
    return { code, events, errors: said.join('\n') };
  } finally {
    out.mockRestore();
    error.mockRestore();
    listening.forEach(([target, name], i) => {
      for (const each of target.listeners(name)) {
        if (!before[i].includes(each)) target.removeListener(name, each as () => void);
      }
    });
  }
}

const study = (...args: string[]) =>
  run('study', ...['--model', 'photos10', '--images', at('set'), '--out', at('x.csv')], ...args);

it('maps are smoothed as far as their method can be', () => {
  const smooth = (...args: string[]) =>
    parseStudyOptions(['--model', 'photos10', '--images', 'x', '--out', 'x.csv', ...args]).settings.smooth;
  expect(smooth()).toBeUndefined();
  expect(smooth('--smooth', 'none')).toBeUndefined();
  expect(smooth('--method', 'layer-cam', '--smooth', 'both')).toBe('both');
  expect(() => smooth('--method', 'fem', '--smooth', 'eigen')).toThrow('fem has no such smoothing');
  expect(() => smooth('--smooth', 'soft')).toThrow('expected one of none, aug');
});

it('the surest box of a detector, and what of it, is taken in place of a class', () => {
  const asked = (...args: string[]) =>
    parseStudyOptions(['--model', 'yolo.onnx', '--images', 'x', '--out', 'x.csv', ...args]).settings;
  expect(asked()).not.toHaveProperty('box');
  expect(asked('--box', 'surest')).toMatchObject({ box: 'surest' });
  expect(asked('--box', 'surest', '--part', 'score')).not.toHaveProperty('part');
  expect(asked('--box', 'surest', '--part', 'left')).toMatchObject({ box: 'surest', part: 'left' });
  expect(() => asked('--box', '7')).toThrow('--box 7: expected one of surest');
  expect(() => asked('--part', 'place')).toThrow('--part belongs to --box, which is missing.');
  expect(() => asked('--box', 'surest', '--part', 'middle')).toThrow('--part middle: expected one of score');
  expect(() => asked('--box', 'surest', '--against', 'rest')).toThrow('Choose one.');
});

it('the output that is explained and the size of pictures are taken, as the page has them', () => {
  const asked = (...args: string[]) =>
    parseStudyOptions(['--model', 'two.onnx', '--images', 'x', '--out', 'x.csv', ...args]).reading;
  expect(asked()).toEqual({ output: null, size: null });
  expect(asked('--output', 'aux', '--size', '96')).toEqual({ output: 'aux', size: 96 });
  for (const size of ['8', '2000', '96.5', '']) {
    expect(() => asked('--size', size)).toThrow('expected a whole number from 16 to 1024');
  }
});

describe('what is asked of trust', () => {
  const asked = (...args: string[]) =>
    parseStudyOptions(['--model', 'photos10', '--images', 'x', '--out', 'x.csv', ...args]).settings.trust;

  it('is nothing, some measures, or the quick ones', () => {
    expect(asked()).toBeUndefined();
    expect(
      asked('--trust', 'road,sparseness', '--method', 'layer-cam', '--road-percentages', '30,60'),
    ).toEqual({
      ...{ methods: ['layer-cam'], measures: ['road', 'sparseness'], percentages: [30, 60] },
    });
    const quick = asked('--trust', 'quick,road,road', '--trust-methods', 'grad-cam,eigen-cam');
    expect(quick?.methods).toEqual(['grad-cam', 'eigen-cam']);
    expect(quick?.measures).toContain('pointing-game');
    expect(quick?.measures.filter((measure) => measure === 'road')).toHaveLength(1);
    expect(quick?.percentages).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 90]);
  });

  it('is refused where it means nothing', () => {
    expect(() => asked('--trust', 'truth')).toThrow('--trust truth: expected one of road, deletion');
    expect(() => asked('--trust', 'road', '--trust-methods', 'rollout')).toThrow('--trust-methods rollout');
    expect(() => asked('--trust', 'road', '--road-percentages', '0')).toThrow('at least 1');
    expect(() => asked('--trust-methods', 'grad-cam')).toThrow('belongs to --trust');
    expect(asked('--trust', 'road', '--trust-draws', '3')?.draws).toBe(3);
    expect(() => asked('--trust', 'road', '--trust-draws', '0')).toThrow('at least 1');
  });
});

describe('what is wrong is said in a sentence, on standard error and as an event, with its exit code', () => {
  it.each<[number, RegExp, () => ReturnType<typeof run>]>([
    [2, /There is no command "measure"/, () => run('measure')],
    [2, /--out is missing/, () => run('study', '--model', 'photos10', '--images', at('set'))],
    [2, /--shard 4\/3: expected I\/N/, () => study('--shard', '4/3')],
    [2, /--measures magic: expected one of/, () => study('--measures', 'magic')],
    [2, /--against 3: expected one of rest, similar, opposite/, () => study('--against', '3')],
    [2, /--model nothing.onnx: there is no such file/, () => study('--model', 'nothing.onnx')],
    [2, /There is no picture nowhere.jpg/, () => run('open', 'nowhere.jpg')],
    [2, /Say which network: photos10, pictographs/, () => run('train', 'resnet')],
    [2, /Say what is searched/, () => run('search')],
    [2, /There is no order size/, () => run('search', 'pictographs', '--orders', 'size')],
    [3, /There are no pictures in it/, () => study('--images', at('empty'))],
    [3, /There is no .*nowhere/, () => study('--images', at('nowhere'))],
  ])('%i: %s', async (expected, message, ask) => {
    const { code, events, errors } = await ask();
    expect(errors).toMatch(message);
    expect(code).toBe(expected);
    expect(events.at(-1)).toMatchObject({ event: 'error', message: expect.stringMatching(message) });
  });
});

describe('help', () => {
  const commands = ['open', 'explain', 'compare', 'study', 'merge', 'train', 'search'];
  /** What a command line writes that is no event. */
  const toldBy = async (...args: string[]) => {
    const told: string[] = [];
    const log = vi.spyOn(console, 'log').mockImplementation((text) => void told.push(String(text)));
    const { code } = await run(...args);
    log.mockRestore();
    expect(code).toBe(0);
    return told.join('\n');
  };

  it('names every command', async () => {
    const overview = await toldBy('--help');
    for (const command of commands) expect(overview).toMatch(new RegExp(`^  ${command} `, 'm'));
    expect(await toldBy('help')).toBe(overview);
  });

  it.each([[], ...commands.map((command) => [command])])('fits a screen: %s', async (...command) => {
    const usage = await toldBy(...command, '--help');
    expect(usage).toContain(`npx supersign ${command.join('')}`.trim());
    const lines = usage.split('\n');
    expect(lines.length).toBeLessThanOrEqual(40);
    for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(128);
    if (command.length > 0) expect(await toldBy('help', ...command)).toBe(usage);
  });
});

describe('what an earlier run left', () => {
  it('is not overwritten, and nothing is done twice', async () => {
    writeFileSync(at('done.csv'), 'as it was');
    const refused = await study('--out', at('done.csv'));
    expect(refused.code).toBe(2);
    expect(refused.errors).toMatch(/done\.csv is there already\. Remove it, or give another name\./);
    const once = await study('--out', at('done.csv'), '--resume');
    expect(once.code).toBe(0);
    expect(once.events).toEqual([{ event: 'done', out: at('done.csv'), note: 'It was there already.' }]);
    expect(bytes('done.csv').toString()).toBe('as it was');
  });

  it('is gone on with only where that is asked for, by the same settings', async () => {
    const part = { identity: { settings: {}, shard: null, chosen: 1 }, head: {} };
    writeFileSync(at('again.csv.part'), `${JSON.stringify(part)}\n`);
    const refused = await study('--out', at('again.csv'));
    expect(refused.code).toBe(2);
    expect(refused.errors).toMatch(/left from an interrupted run/);
    const others = await study('--out', at('again.csv'), '--resume', '--levels', '16');
    expect(others.code).toBe(2);
    expect(others.errors).toMatch(/begun with other settings/);
    writeFileSync(at('again.csv.part'), 'no JSON\n');
    expect((await study('--out', at('again.csv'), '--resume')).errors).toMatch(/is damaged\. Remove it\./);
    expect(existsSync(at('again.csv'))).toBe(false);
  });
});

describe('shards', () => {
  const images = ['a', 'b', 'c', 'd'].map((name) => ({
    path: `fish/${name}.jpg`,
    sha256: name,
  }));
  const numbers = { 'aura-matrix': (image: number, layer: number) => image + layer / 10 };
  const failures = [{ path: 'fish/torn.jpg', reason: 'is cut off.' }];
  const whole = studyWith({ images, layers: ['conv1', 'conv2'], numbers, failures });
  /** Every other picture of the whole. */
  const shard = (rest: number): Study => ({
    ...whole,
    ...studyWith({
      images: images.filter((_, i) => i % 2 === rest),
      layers: ['conv1', 'conv2'],
      numbers: { 'aura-matrix': (image, layer) => 2 * image + rest + layer / 10 },
      failures: rest === 0 ? failures : [],
    }),
    of: whole.of,
  });

  it('make the whole, byte for byte, in whatever order they come', async () => {
    await writeResults(at('whole.parquet'), whole);
    await writeResults(at('even.parquet'), shard(0));
    await writeResults(at('odd.json.gz'), shard(1));
    expect((await run('merge', at('odd.json.gz'), at('even.parquet'), '--out', at('merged.csv'))).code).toBe(
      0,
    );
    expect((await run('merge', at('whole.parquet'), '--out', at('whole.csv'))).code).toBe(0);
    expect(bytes('merged.csv').equals(bytes('whole.csv'))).toBe(true);
    const gathered = await run('merge', at('even.parquet'), at('odd.json.gz'), '--out', at('all.json.gz'));
    expect(gathered.events.at(-1)).toMatchObject({ event: 'done', measured: 4, failed: 1 });
  });

  it('that have a picture in common, or are of other settings, are refused', async () => {
    await writeResults(at('whole.csv.parquet'), whole);
    await writeResults(at('first.parquet'), shard(0));
    const twice = await run('merge', at('first.parquet'), at('whole.csv.parquet'), '--out', at('x.csv'));
    expect(twice.code).toBe(3);
    expect(twice.errors).toMatch(/is in more than one of the files/);
    await writeResults(at('other.parquet'), { ...shard(1), settings: { ...whole.settings, levels: 16 } });
    const others = await run('merge', at('first.parquet'), at('other.parquet'), '--out', at('x.csv'));
    expect(others.code).toBe(3);
    expect(others.errors).toMatch(/has other settings or another network than/);
  });
});
