import { describe, expect, it } from 'vitest';
import { MissingCodeError } from '../../code/missing-code';
import { measurePicture } from '../../engine/study/measure-picture';
import { columnsOf } from '../../engine/study/measured-columns';
import type { StudiedPicture } from '../../engine/study/study-methods';
import type { TrustRequest } from '../../faithfulness/trust/trust-questions';
import type { ImageEntry } from '../../picture/sets/image-set';
import { studyFromParquet, studyParquet } from '../file/parquet';
import { parseStudy, serialiseStudy } from '../file/study-file';
import { drawColumn, trustColumn } from '../study-columns';
import type { StudySettings } from '../study-data';
import {
  engineHere,
  entry,
  numberOf,
  plan,
  poolHere,
  settings,
  size,
  studied,
  type Watched,
} from '../study-engine-testing';
import { headOf, type StudyChunk, studyOf } from './chunks';
import { createPause } from './pause';
import { type PipelineRequest, runPipeline } from './pipeline';
import { runOf } from './study-run';

async function run(
  entries: ImageEntry[],
  change: Partial<PipelineRequest> = {},
  trust?: StudySettings['trust'],
) {
  const chunks: StudyChunk[] = [];
  const watched: Watched = { most: 0 };
  const head = headOf({ ...settings, ...(trust ? { trust } : {}) }, plan, entries.length, '0.0.0');
  let counted = 0;
  await runPipeline({
    ...{ run: runOf({ settings, backend: 'wasm', network: { kind: 'address', address: '' } }), plan, head },
    entries,
    classOf: () => 0,
    studyBatch: engineHere,
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
  it('asks for trust of the class that the network names, and only where the study wants it', async () => {
    const asked: TrustRequest[] = [];
    const trust: PipelineRequest['trust'] = async (request) => {
      asked.push(request);
      return {
        methods: request.methods.map((method) => ({
          method,
          layers: (request.layers ?? []).map((name, layer) => ({
            name,
            values: { road: request.input.rgba[0] + layer / 10, sparseness: null },
          })),
        })),
      };
    };
    await run(entries.slice(0, 2), { trust });
    expect(asked).toEqual([]);
    const wanted: StudySettings['trust'] = {
      ...{ methods: ['grad-cam'], measures: ['road', 'sparseness'], percentages: [50] },
    };
    const { study } = await run(entries.slice(3, 5), { trust }, wanted);
    expect(
      asked.map(({ target, layers, measures, mask }) => [target, layers?.length, measures, mask]),
    ).toEqual([
      [0, 2, ['road', 'sparseness'], null],
      [1, 2, ['road', 'sparseness'], null],
    ]);
    const road = study.numbers[trustColumn('grad-cam', 'road')];
    // Two pictures, two classes, two layers: none for a true class that is another one.
    expect([...road.slice(0, 2)]).toEqual([3, 3.1]);
    expect([...road.slice(4)]).toEqual([4, 4.1, Number.NaN, Number.NaN]);
    expect(study.numbers[trustColumn('grad-cam', 'sparseness')].every(Number.isNaN)).toBe(true);
    expect((await run(entries.slice(3, 5), {}, wanted)).study.failures).toHaveLength(2);
  });

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

  it('measures pictures whose masks are empty, unreadable or of another shape, and says so', async () => {
    const masked = (text: string): ImageEntry['mask'] => ({ path: 'm', read: async () => new Blob([text]) });
    const of: Record<number, ImageEntry['mask']> = {
      0: masked(
        JSON.stringify({ boxes: [{ left: 0, top: 0, right: 10, bottom: 20, label: '' }], size: null }),
      ),
      1: masked('{"boxes":[],"size":null}'),
      2: masked('{"boxes":[],"size":{"width":30,"height":20}}'),
      3: masked('{"boxes":[],"size":{"width":5,"height":10}}'),
      4: masked(''),
      5: { path: 'm', read: () => Promise.reject(new Error('breaks off: “object” does not end.')) },
    };
    const asked: (TrustRequest['mask'] | undefined)[] = [];
    const { study } = await run(
      entries.slice(0, 7).map((each, i) => ({ ...each, mask: of[i] })),
      {
        trust: async ({ mask, layers, methods }) => {
          asked.push(mask);
          return {
            methods: methods.map((method) => ({
              method,
              layers: (layers ?? []).map((name) => ({ name, values: { 'pointing-game': mask ? 1 : null } })),
            })),
          };
        },
      },
      { methods: ['grad-cam'], measures: ['pointing-game'], percentages: [50] },
    );
    expect(study.failures).toEqual([]);
    expect(study.images.map(({ maskShare, maskNote }) => [maskShare, maskNote])).toEqual([
      [1, undefined],
      [0, undefined],
      [undefined, 'is 30 × 20 pixels, its image 10 × 20: of another shape, it is not used.'],
      [0, 'is 5 × 10 pixels, its image 10 × 20: it is scaled.'],
      [undefined, 'is empty (0 bytes).'],
      [undefined, 'breaks off: “object” does not end.'],
      [undefined, undefined],
    ]);
    expect(asked.filter((mask) => mask !== null)).toHaveLength(3);
    const opened = await parseStudy(await serialiseStudy(study));
    expect(opened.images).toEqual(study.images);
    expect((await studyFromParquet(new Blob([studyParquet(study)]))).images).toEqual(study.images);
  });

  it('measures every entropy of the maps that randomised twins make', async () => {
    const ramp = { values: Float32Array.from({ length: 64 }, (_, i) => i), width: 8, height: 8 };
    const nothing = { ...ramp, values: new Float32Array(64) };
    const { study } = await run(
      entries.slice(0, 1),
      {
        trust: async ({ draws, methods, layers }) => ({
          methods: methods.map((method) => ({
            method,
            layers: (layers ?? []).map((name) => ({ name, values: {} })),
          })),
          maps: {
            'grad-cam': Array.from({ length: 1 + (draws ?? 0) }, (_, k) => [ramp, k === 1 ? nothing : ramp]),
          },
        }),
      },
      { methods: ['grad-cam'], measures: ['road'], percentages: [50], draws: 2 },
    );
    const column = (draw: number) => [...study.numbers[drawColumn('grad-cam', 'shannon', draw)].slice(0, 2)];
    // Sixty-four different values in sixteen levels: four bits.
    expect(column(0)).toEqual([expect.closeTo(4, 9), expect.closeTo(4, 9)]);
    expect(column(1)).toEqual([expect.closeTo(4, 9), Number.NaN]);
    expect(column(2)).toEqual([expect.closeTo(4, 9), expect.closeTo(4, 9)]);
  });

  it.each(['decode', 'measure'] as const)(
    'ends where the code of its workers is missing when they are to %s, and blames no picture',
    async (missing) => {
      const whole = poolHere({ most: 0 });
      const pool: PipelineRequest['pool'] = {
        ...whole,
        call: (method, request, options) =>
          method === missing ? Promise.reject(new MissingCodeError()) : whole.call(method, request, options),
      };
      const chunks: StudyChunk[] = [];
      const studying = run(entries, { pool, onChunk: async (chunk) => void chunks.push(chunk) });
      await expect(studying).rejects.toThrow('a part of the page could not be loaded');
      expect(chunks.flatMap(({ failures }) => failures)).toEqual([]);
    },
  );

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
        return engineHere(request);
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

  it('tells of every picture as soon as it is measured, not when its batch is', async () => {
    const told: string[] = [];
    let finish = () => {};
    const slow = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const pool = poolHere({ most: 0 });
    const call = async (method: string, request: never) => {
      const maps = method === 'measure' && (request as { maps: StudiedPicture['maps'] }).maps;
      if (maps && maps[0].values[1] === studied(1).maps[0].values[1]) await slow;
      return (pool.call as (...given: unknown[]) => Promise<unknown>)(method, request);
    };
    const running = run(entries.slice(0, 4), {
      pool: { ...pool, call: call as typeof pool.call },
      onChunk: async ({ images }) => void told.push(...images.map(({ path }) => path)),
    });
    await expect.poll(() => [...told].sort()).toEqual(['000.png', '002.png', '003.png']);
    finish();
    await running;
    expect(told).toHaveLength(4);
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
        return engineHere(request);
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
