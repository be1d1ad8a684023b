import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { createEngine, type Engine } from '../src/engine/engine';
import { measure } from '../src/engine/measure/measure-maps';
import { nullSignCounts, signs } from '../src/engine/measure/measure-signs';
import { type AnalysisFile, parseAnalysis, serialiseAnalysis, withoutMaps } from '../src/export';
import { loadNetwork } from '../src/models/load-network';
import { takeKept } from '../src/models/networks';
import type { InputPicture } from '../src/picture/picture';
import { alertOf } from '../src/state/alerts';
import { useExplain } from '../src/state/explain-store';
import { type ExplainSettings, initialSettings, OWN_SECOND } from '../src/state/settings';
import { analyse } from '../src/workspaces/explain/explain-controller';
import { analysisOf } from '../src/workspaces/explain/files/analysis-of';
import { restore } from '../src/workspaces/explain/files/restore';
import { keepOwn, ownSecond, takeSecondPicture } from '../src/workspaces/explain/target/second-picture';
import { decodeInNode } from './node/decode';
import { becomeHost } from './node/host';

vi.mock('../src/backend/choose-backend', () => import('../src/engine/cpu-backend-testing'));
vi.mock('../src/workspaces/explain/address-writing', () => ({ writeAddress() {}, dropPendingWrite() {} }));
vi.mock('../src/workspaces/explain/picture/keep-picture', () => ({ keepPicture: () => () => {} }));
vi.mock('../src/models/keep-network', () => ({ keepNetwork: async () => {}, listKept: async () => {} }));

const task = { signal: new AbortController().signal, report: () => {}, checkpoint: async () => {} };
const { own } = vi.hoisted(() => ({ own: { engine: null as unknown } }));

/** The engine and what measures, in this thread and as they are. */
vi.mock('../src/engine/engine-client', () => ({
  engine: {
    call: (method: string, request: never) => {
      if (method !== 'decode') return (own.engine as Record<string, CallableFunction>)[method](request, task);
      const { file, inputSize } = request as { file: Blob; inputSize: { width: number; height: number } };
      return decodeInNode(file, '', inputSize);
    },
  },
  measures: { call: (_: string, request: object) => measure({ ...request, shuffles: 1 } as never, task) },
  signFinder: {
    call: async (method: string, request: object) =>
      method === 'signs'
        ? signs(request as never)
        : nullSignCounts({ ...request, shuffles: 1 } as never, task),
  },
}));

const fixtures = path.resolve(import.meta.dirname, '../src/network');
/** A picture of another size. */
const second = new Uint8Array(
  readFileSync(path.resolve(import.meta.dirname, '../public/examples/golf-ball.jpg')),
);
const names = 'ant\nbee\ncat\ndog\neel';

/** A picture that no two places of are alike. */
const pictureOf = (side: number, shift = 0): InputPicture => ({
  ...{ width: side, height: side },
  rgba: Uint8ClampedArray.from({ length: side * side * 4 }, (_, i) =>
    i % 4 === 3 ? 255 : ((i + shift) * 7919) % 256,
  ),
});

/** Opens a network and explains a picture by it, as the page does. */
async function explainedBy(file: string, changes: Partial<ExplainSettings>): Promise<AnalysisFile> {
  const name = path.basename(file);
  const model = takeKept(
    name,
    {
      source: {
        ...{ kind: 'files', id: name, main: name },
        files: [{ path: name, blob: new Blob([new Uint8Array(readFileSync(path.join(fixtures, file)))]) }],
      },
      fingerprint: name,
    } as Parameters<typeof takeKept>[1],
    /embedding|open/.test(file) ? null : { name: 'names.txt', text: names },
  );
  useExplain.setState({ ...useExplain.getInitialState(), examples: [] }, true);
  const settings = { ...initialSettings, ...changes, model, measure: 'shannon' as const };
  const asked = await analyse({
    ...{ name: 'stripes.png', settings },
    network: () => loadNetwork(settings, () => {}),
    open: async (_, { inputShape: [height, width] }) => ({
      ...{ width, height, name: 'stripes.png', source: '', sha256: 'f1', decodeMs: 1 },
      ...{ file: new Blob(), preview: new Blob(), display: { width, height } as ImageBitmap },
      input: pictureOf(width),
    }),
  });
  expect(asked).toBe(true);
  await settled();
  return parseAnalysis(serialiseAnalysis(analysisOf(useExplain.getState())));
}

const settled = () =>
  vi.waitFor(() => {
    const { measurement, signs: found, nullSigns } = useExplain.getState();
    expect(measurement && found && nullSigns).not.toBeNull();
  });

/** What is on screen of an analysis, without what it took. */
const shown = () => {
  const { analysis, settings } = useExplain.getState();
  const { target, boxes, places, layers } = analysis as NonNullable<typeof analysis>;
  const { target: index, against, region, box, part, alike, operations, size, output, reads } = settings;
  return {
    seen: { target, boxes, places },
    maps: layers.map(({ map }) => map.values),
    asked: { index, against, region, box, part, alike, operations, size, output, reads },
  };
};

type Case = [what: string, file: string, changes: Partial<ExplainSettings>, target: object];
const classifier = 'targets/fixtures/classifier.onnx';
const box = { box: 27 };
const cases: Case[] = [
  ['the winner', classifier, {}, { kind: 'class' }],
  ['a class', classifier, { target: 2 }, { kind: 'class', index: 2, label: 'cat' }],
  ['a class and not another', classifier, { target: 2, against: 4 }, { kind: 'contrast', against: 4 }],
  ['a class and no other', classifier, { target: 2, against: 'rest' }, { against: 'rest' }],
  ['those most like it', classifier, { target: 2, against: 'similar' }, { against: 'similar' }],
  ['what speaks against it', classifier, { against: 'opposite' }, { against: 'opposite' }],
  ['a component', 'targets/fixtures/embedding.onnx', { target: 3, reads: 'number' }, { index: 3 }],
  [
    'a likeness',
    'targets/fixtures/embedding.onnx',
    { alike: OWN_SECOND, reads: 'number' },
    { kind: 'similarity' },
  ],
  ['a region', 'targets/fixtures/fcn.onnx', { region: '20,9' }, { kind: 'region', place: [20, 9] }],
  ['a class everywhere', 'targets/fixtures/fcn.onnx', { region: 'class' }, { kind: 'region', place: null }],
  ['a box', 'targets/fixtures/yolo8.onnx', box, { kind: 'box', ...box }],
  [
    'the surest box',
    'targets/fixtures/yolo8.onnx',
    { box: 'surest' },
    { kind: 'box', box: expect.any(Number) },
  ],
  ['the place of a box', 'targets/fixtures/yolo8.onnx', { ...box, part: 'place' }, { ...box, part: 'place' }],
  ['an edge of a box', 'targets/fixtures/yolo8.onnx', { ...box, part: 'top' }, { ...box, part: 'top' }],
  [
    'another output at a size of its own',
    'onnx/fixtures/open.onnx',
    { output: 'boxes', size: 48, target: 1 },
    { index: 1 },
  ],
  ['every operation', classifier, { operations: true }, { kind: 'class' }],
];

beforeAll(async () => {
  becomeHost();
  vi.stubGlobal('window', { parent: null });
  await tf.setBackend('cpu');
  own.engine = createEngine() satisfies Engine;
});

describe('an analysis file holds what is explained, and opens to the same maps', () => {
  it.each(cases)('%s', async (_, file, changes, target) => {
    keepOwn(new Blob([second]), 'b.jpg');
    const written = await explainedBy(file, changes);
    expect(written.target).toMatchObject(target);
    const { output, reads, size, operations } = { ...initialSettings, ...changes };
    if (output) expect(written.model.output?.name).toBe(output);
    if (size) expect(written.model.inputShape).toEqual([size, size, 3]);
    expect(written.model.reading).toEqual({ output: output || null, reads, size, operations });
    const before = shown();
    const elsewhere = () =>
      useExplain.setState(({ settings }) => ({
        settings: { ...initialSettings, model: settings.model },
        analysis: null,
      }));

    elsewhere();
    await restore(written, 'analysis.json');
    expect(shown()).toEqual(before);

    // Without its maps, as figures carry it, the network runs again; a second picture comes out of the file.
    elsewhere();
    takeSecondPicture({ source: '', name: '', size: '', picture: pictureOf(1) });
    const { view: __, ...settings } = written.settings;
    await restore(withoutMaps({ ...written, settings }), 'figure.png');
    const again = shown();
    expect(again.seen.target.value).toBeCloseTo(before.seen.target.value as number, 4);
    expect(again.seen).toMatchObject({
      ...before.seen,
      target: { ...before.seen.target, value: expect.any(Number) },
    });
    again.maps.forEach((map, i) => {
      const most = Math.max(...before.maps[i], 1e-9);
      map.forEach((value, at) => {
        if (Math.abs(value - before.maps[i][at]) > 1e-4 * most)
          expect(value, `layer ${i}`).toBe(before.maps[i][at]);
      });
    });
    if (changes.alike) expect(ownSecond()?.name).toBe('b.jpg');
    await settled();
  });
});

/** Opens another picture by the network in use, as the page does. */
const openNext = (shift: number) =>
  analyse({
    name: `next ${shift}.png`,
    open: async (_, { inputShape: [height, width] }) => ({
      ...{ width, height, name: `next ${shift}.png`, source: '', sha256: 'f2', decodeMs: 1 },
      ...{ file: new Blob(), preview: new Blob(), display: { width, height } as ImageBitmap },
      input: pictureOf(width, shift),
    }),
  });

describe('what a picture does not have', () => {
  it('is said of the next picture, and its winner explained: a box', async () => {
    await explainedBy('targets/fixtures/yolo8.onnx', {});
    await openNext(100);
    const there = useExplain.getState().analysis?.boxes ?? [];
    const missing = Array.from({ length: 64 }).findIndex((_, at) => !there.some((one) => one.box === at));
    expect(missing).toBeGreaterThan(-1);
    useExplain.setState(({ settings }) => ({ settings: { ...settings, box: missing, part: 'place' } }));
    expect(await openNext(100)).toBe(true);
    const { settings, analysis } = useExplain.getState();
    expect(analysis?.target).toMatchObject({ kind: 'class' });
    expect(settings).toMatchObject({ box: null, part: 'score', target: null });
    expect(alertOf('target')).toBe(
      `next 100.png: This picture has no box ${missing}. Choose one of those that are found in it. Here the winner is explained.`,
    );
    await settled();
  });

  it('is an error on the picture on screen, whose analysis stays', async () => {
    await explainedBy('targets/fixtures/yolo8.onnx', box);
    const before = shown();
    const { picture } = useExplain.getState();
    useExplain.setState(({ settings }) => ({ settings: { ...settings, box: 999 } }));
    expect(
      await analyse({ name: 'stripes.png', open: async () => picture as NonNullable<typeof picture> }),
    ).toBe(false);
    expect(shown()).toEqual(before);
  });
});
