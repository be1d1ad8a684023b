import { describe, expect, it } from 'vitest';
import type { ImageEntry } from '../engine/image-set/image-set';
import { scalingNumbers } from '../engine/input-scaling';
import { columnsOf } from '../engine/study/columns';
import { measurePicture } from '../engine/study/measure-picture';
import type { StudyPool } from '../engine/study/pool';
import type {
  StudiedPicture,
  StudyBatchRequest,
  StudyBatchResult,
  StudyMethods,
  StudyPlan,
} from '../engine/study/protocol';
import { headOf, type StudyChunk, studyOf } from './chunks';
import { createPause } from './pause';
import { type PipelineRequest, runPipeline } from './pipeline';
import type { StudySettings } from './study-data';
import { runOf } from './study-run';
import { usualSettings } from './testing';

const size = 8;
const settings: StudySettings = { ...usualSettings, levels: 16, shuffles: 2 };
const scaling = { ...scalingNumbers('unit', 3), name: 'unit', reason: '', isGuess: false } as const;
const plan: StudyPlan = {
  backend: { name: 'wasm', reason: '', adapter: null, threads: 1 },
  network: {
    ...{ id: 'n', title: 'n', format: 'onnx', sha256: 'f0', scalingReason: '', scaling },
    ...{ outputs: ['out'], output: 'out', takesAnySize: false },
    ...{ kind: 'classes' as const, outputIs: '', outputReason: '', readsEitherWay: false },
    inputShape: [size, size, 3],
    labels: ['a', 'b', 'c'],
  },
  scaling: { ...scaling, source: 'file' },
  layers: [
    { name: 'first', kind: 'convolution', shape: [size, size, 4] },
    { name: 'second', kind: 'convolution', shape: [4, 4, 4] },
  ],
  batch: 4,
};

/** A picture is one number, in all its pixels; its file holds it as a text. */
const entry = (number: number): ImageEntry => {
  const path = `${String(number).padStart(3, '0')}.png`;
  return { path, split: null, folder: 'a', bytes: 1, read: async () => new Blob([String(number)]) };
};

const mapOf = (number: number, layer: number) => {
  const side = layer === 0 ? size : 4;
  const values = Float32Array.from({ length: side * side }, (_, i) => (i * (number + 3)) % 17);
  return { values, width: side, height: side };
};

/** What a network would say: the class is the number's remainder. */
function studied(number: number): StudiedPicture {
  const predicted = number % 3;
  return {
    predicted,
    probability: 0.5,
    trueProbability: 0.25,
    maps: [mapOf(number, 0), mapOf(number, 1)],
    trueMaps: predicted === 0 ? null : [mapOf(number + 1, 0), mapOf(number + 1, 1)],
  };
}

const numberOf = ({ pictures }: StudyBatchRequest) => pictures.map(({ rgba }) => rgba[0]);

const engine = async (request: StudyBatchRequest): Promise<StudyBatchResult> => ({
  backend: plan.backend,
  pictures: numberOf(request).map(studied),
});

interface Watched {
  /** Most pictures that were decoded and not yet measured. */
  most: number;
}

/** The pool's work in this thread. */
function poolHere(watched: Watched): PipelineRequest['pool'] {
  let inside = 0;
  const call = async (method: keyof StudyMethods, request: unknown) => {
    await new Promise((resolve) => setTimeout(resolve));
    if (method === 'measure') {
      inside -= 1;
      return measurePicture(request as never, async () => {});
    }
    const text = await (request as StudyMethods['decode']['request']).file.text();
    if (Number.isNaN(Number(text))) throw new Error('is no picture.');
    inside += 1;
    watched.most = Math.max(watched.most, inside);
    const rgba = new Uint8ClampedArray(size * size * 4).fill(Number(text));
    return { width: 10, height: 20, sha256: text, input: { rgba, width: size, height: size } };
  };
  return { size: 2, call: call as StudyPool['call'] };
}

async function run(entries: ImageEntry[], change: Partial<PipelineRequest> = {}) {
  const chunks: StudyChunk[] = [];
  const watched: Watched = { most: 0 };
  const head = headOf(settings, plan, entries.length, '0.0.0');
  let counted = 0;
  await runPipeline({
    ...{ run: runOf({ settings, backend: 'wasm', network: { kind: 'address', address: '' } }), plan, head },
    entries,
    classOf: () => 0,
    studyBatch: engine,
    pool: poolHere(watched),
    signal: new AbortController().signal,
    gate: async () => {},
    onPicture: () => {
      counted += 1;
    },
    onChunk: async (chunk) => {
      chunks.push(chunk);
    },
    onBackend: () => {},
    ...change,
  });
  return { study: studyOf(head, chunks), watched, counted };
}

const entries = Array.from({ length: 22 }, (_, index) => entry(index));
const pathsOf = (list: { path: string }[]) => list.map(({ path }) => path);

describe('the pipeline of a study', () => {
  it('measures every picture once, for both classes, in the order of the paths', async () => {
    const { study, counted } = await run([...entries].reverse());
    expect(pathsOf(study.images)).toEqual(pathsOf(entries));
    expect(counted).toBe(22);
    expect(study.failures).toEqual([]);
    expect(study.images[4]).toEqual({
      ...{ path: '004.png', sha256: '4', width: 10, height: 20 },
      ...{ trueClass: 0, predicted: 1, probability: 0.5, trueProbability: 0.25 },
    });
    const signGrid = { width: size, height: size };
    const { measures, levels, neighbourhood, torus, tau, theta, shuffles, seed } = settings;
    const measured = (maps: StudiedPicture['maps']) =>
      measurePicture(
        {
          ...{ maps, measures, levels, neighbourhood, torus, tau, theta, shuffles, seed },
          grid: signGrid,
          signGrid,
        },
        async () => {},
      );
    const { maps, trueMaps } = studied(4);
    const predicted = await measured(maps);
    const other = await measured(trueMaps as StudiedPicture['maps']);
    for (const name of columnsOf(measures)) {
      // Picture 4, two classes, two layers.
      expect(study.numbers[name].slice(16, 20)).toEqual(
        Float64Array.from([...predicted[name], ...other[name]]),
      );
      // Picture 3 is named right: both classes have the same numbers.
      expect(study.numbers[name].slice(12, 14)).toEqual(study.numbers[name].slice(14, 16));
    }
  });

  it('holds no more pictures at once however many there are', async () => {
    const many = Array.from({ length: 200 }, (_, index) => entry(index));
    const { study, watched } = await run(many);
    expect(study.images).toHaveLength(200);
    // Two batches decoded ahead and in the network, and what may wait to be measured.
    expect(watched.most).toBeLessThanOrEqual(2 * plan.batch + plan.batch + 2 * 2 + plan.batch);
  });

  it('lists pictures that cannot be read, and goes on', async () => {
    const bad: ImageEntry = { ...entry(5), read: async () => new Blob(['no number']) };
    const gone: ImageEntry = {
      ...entry(6),
      read: () => Promise.reject(new Error('The archive is damaged.')),
    };
    const { study, counted } = await run(entries.map((each, index) => ({ 5: bad, 6: gone })[index] ?? each));
    expect(study.failures).toEqual([
      { path: '005.png', reason: 'is no picture.' },
      { path: '006.png', reason: 'The archive is damaged.' },
    ]);
    expect(study.images).toHaveLength(20);
    expect(counted).toBe(22);
  });

  it('lists a picture whose numbers are not finite', async () => {
    const { study } = await run(entries, {
      studyBatch: async (request) => ({
        backend: plan.backend,
        pictures: numberOf(request).map((number) =>
          number === 9 ? { failure: 'Its map of "first" is not finite.' } : studied(number),
        ),
      }),
    });
    expect(study.failures).toEqual([{ path: '009.png', reason: 'Its map of "first" is not finite.' }]);
    expect(study.images).toHaveLength(21);
  });

  it('takes a batch that ends the engine picture by picture, and lists the one that it is about', async () => {
    const sizes: number[] = [];
    const { study } = await run(entries, {
      async studyBatch(request) {
        sizes.push(request.pictures.length);
        if (numberOf(request).includes(6)) throw new Error('The engine stopped twice over this request.');
        return engine(request);
      },
    });
    expect(sizes).toEqual([4, 4, 1, 1, 1, 1, 4, 4, 4, 2]);
    expect(study.failures).toEqual([
      { path: '006.png', reason: 'The engine stopped twice over this request.' },
    ]);
    expect(study.images).toHaveLength(21);
  });

  it('gives up where nothing works any more', async () => {
    let calls = 0;
    const broken = run(entries, {
      async studyBatch() {
        calls += 1;
        throw new Error('The network is gone.');
      },
    });
    await expect(broken).rejects.toThrow('The network is gone.');
    expect(calls).toBe(15);
  });

  it('ends at once when it is cancelled, and tells nothing afterwards', async () => {
    const controller = new AbortController();
    let chunks = 0;
    const cancelled = run(entries, {
      signal: controller.signal,
      async onChunk() {
        chunks += 1;
        controller.abort();
      },
    });
    await expect(cancelled).rejects.toThrow(/abort/i);
    const told = chunks;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(chunks).toBe(told);
  });

  it('waits at the gate, and goes on from there', async () => {
    const pause = createPause(new AbortController().signal);
    const batches: number[] = [];
    let going: (() => void) | undefined;
    const reached = new Promise<void>((resolve) => {
      going = resolve;
    });
    const running = run(entries, {
      gate: pause.gate,
      async studyBatch(request) {
        batches.push(request.pictures.length);
        if (batches.length === 2) {
          pause.set(true);
          going?.();
        }
        return engine(request);
      },
    });
    await reached;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(batches).toHaveLength(2);
    pause.set(false);
    expect((await running).study.images).toHaveLength(22);
    expect(batches).toHaveLength(6);
  });
});
