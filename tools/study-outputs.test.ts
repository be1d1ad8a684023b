import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { BackendReport } from '../src/backend/backend-names';
import { startBackend } from '../src/engine/engine-testing';
import { measurePicture } from '../src/engine/study/measure-picture';
import type { StudyPool } from '../src/engine/study/pool';
import { studyBatch, studyPlan } from '../src/engine/study/study-batch';
import { buildNetwork } from '../src/network/build';
import { readKerasBytes } from '../src/network/keras/keras-testing';
import { named } from '../src/network/labels/labels';
import type { LoadedNetwork } from '../src/network/load-network-files';
import type { OutputReads } from '../src/network/output-kind';
import { usualNames } from '../src/network/output-kind';
import { scalingNumbers } from '../src/network/scaling/chosen-scaling';
import type { ImageEntry } from '../src/picture/sets/image-set';
import { matchClasses } from '../src/picture/sets/match-classes';
import { studyFromParquet, studyParquet } from '../src/study/file/parquet';
import { parseStudy, serialiseStudy } from '../src/study/file/study-file';
import { findingsOf } from '../src/study/findings/findings';
import { imageRows } from '../src/study/image-rows';
import { headOf, type StudyChunk, studyOf } from '../src/study/run/chunks';
import { runPipeline } from '../src/study/run/pipeline';
import { runOf } from '../src/study/run/study-run';
import { namesClasses, type Study } from '../src/study/study-data';
import { askAtOnce, usualSettings } from '../src/study/study-testing';
import { evidenceOf } from '../src/study/summary/evidence';
import { groupsOf } from '../src/study/summary/groups';
import { studyColumns } from '../src/study/summary/number-columns';
import { axisChoices, scatterData } from '../src/workspaces/study/results/scatter-view';
import { useStudy } from '../src/workspaces/study/run/study-store';

const fixtures = path.join(import.meta.dirname, '../src/network/fixtures');
/** What Keras says of pictures of one colour each; `output-kinds.py` asked it. */
const { 'linear-unit': unit }: Record<string, { flat: number[] }> = JSON.parse(
  readFileSync(path.join(fixtures, 'output-kinds.json'), 'utf8'),
);
const side = 16;
const backend: BackendReport = { name: 'cpu', reason: '', adapter: null, threads: 1 };

/** The network of one linear unit as the engine holds it. */
async function loaded(reads: OutputReads, names: string[] | null): Promise<LoadedNetwork> {
  const bytes = readFileSync(path.join(fixtures, 'linear-unit.keras'));
  const { graph } = await readKerasBytes('linear-unit.keras', bytes);
  const network = buildNetwork(graph, { reads });
  const { kind, what, reason, readsEitherWay, noun } = network.reading;
  const usual = usualNames(noun, network.nodes[network.output].shape[0]);
  const labels = names ? named(names, { kind, labels: usual }, 'labels.txt') : usual;
  const scaling = { ...scalingNumbers('bytes', 3), name: 'bytes', reason: '', isGuess: false } as const;
  return {
    network,
    summary: {
      ...{ id: 'unit', title: 'unit', format: 'keras', sha256: 'f0', inputShape: [side, side, 3], labels },
      ...{ scaling, scalingReason: '', outputs: ['dense'], output: 'dense', takesAnySize: false },
      ...{ kind, outputIs: what, outputReason: reason, readsEitherWay },
    },
    scaling,
    probe: null,
  };
}

/** The pictures of the recipe, two of them in one folder and four in the other. */
const entries = Array.from({ length: 6 }, (_, index): ImageEntry => {
  const folder = index < 2 ? 'cats' : 'dogs';
  const read = async () => new Blob([String(index)]);
  return { path: `${folder}/${index}.png`, split: null, folder, bytes: 1, read };
});

function rgbaOf(index: number): Uint8ClampedArray {
  const rgba = new Uint8ClampedArray(side * side * 4);
  for (let place = 0; place < side * side; place++)
    rgba.set([51 * index, 255 - 51 * index, 90, 255], place * 4);
  return rgba;
}

const pool: StudyPool = {
  ...{ size: 1, end() {} },
  call: (async (method: string, request: { file: Blob }) => {
    if (method === 'measure') return measurePicture(request as never, async () => {});
    const sha256 = await request.file.text();
    const input = { rgba: rgbaOf(Number(sha256)), width: side, height: side };
    return { ...{ width: side, height: side }, sha256, input };
  }) as StudyPool['call'],
};

async function studied(reads: OutputReads, names: string[] | null): Promise<Study> {
  const network = await loaded(reads, names);
  const own = reads === 'auto' ? {} : { reads };
  const settings = { ...usualSettings, ...own, levels: 16, grid: 'native' as const, shuffles: 2 };
  const run = runOf({ settings, backend: 'cpu', network: { kind: 'address', address: '' } });
  expect(run.reading?.reads).toBe(reads);
  const plan = studyPlan(network, backend, run);
  const head = headOf(settings, plan, entries.length, '0.0.0');
  const labels = namesClasses(head) ? head.labels : [];
  const classes = new Map(matchClasses(['cats', 'dogs'], labels).map((match) => [match.folder, match.class]));
  const chunks: StudyChunk[] = [];
  await runPipeline({
    ...{ run, plan, head, entries, pool, signal: new AbortController().signal },
    classOf: ({ folder }) => classes.get(folder ?? '') ?? null,
    studyBatch: async (request) => ({
      backend,
      pictures: await studyBatch(network, request, async () => {}),
    }),
    gate: async () => {},
    onPicture() {},
    onChunk: async (chunk) => {
      chunks.push(chunk);
    },
    onBackend() {},
  });
  network.network.dispose();
  return studyOf(head, chunks);
}

const accuracyOf = async (study: Study) =>
  findingsOf(await evidenceOf(study, 'aura-matrix', 'predicted', askAtOnce))[0];

beforeAll(() => startBackend('cpu'));

describe('a study by one unit read as two classes', () => {
  let study: Study;
  beforeAll(async () => {
    study = await studied('classes', ['cats', 'dogs']);
  });

  it('matches folders to both classes, and judges as Keras does', async () => {
    expect(study.failures).toEqual([]);
    study.images.forEach(({ trueClass, predicted, probability, trueProbability }, i) => {
      const p = 1 / (1 + Math.exp(-unit.flat[i]));
      expect(trueClass).toBe(i < 2 ? 0 : 1);
      expect(predicted).toBe(p > 0.5 ? 1 : 0);
      expect(probability).toBeCloseTo(Math.max(p, 1 - p), 5);
      expect(trueProbability).toBeCloseTo(i < 2 ? 1 - p : p, 5);
    });
    // The second cat alone is called a dog.
    expect((await accuracyOf(study)).text).toBe('The network names 83 % of 6 images right.');
    expect(study.settings.reads).toBe('classes');
    expect(study.model.output).toMatchObject({ kind: 'binary', name: 'dense' });
  });

  it('stands in its file and in its table as it was', async () => {
    const [own, table] = [await serialiseStudy(study), new Blob([studyParquet(study)])];
    for (const again of [await parseStudy(own), await studyFromParquet(table)]) {
      expect(again.images).toEqual(study.images);
      expect(again.model).toEqual(study.model);
      expect(again.settings).toEqual(study.settings);
    }
  });
});

describe('a study by one unit that gives out a number', () => {
  let study: Study;
  beforeAll(async () => {
    study = await studied('auto', null);
  });

  it('holds the number of every picture, and neither classes, probabilities nor an accuracy', async () => {
    study.images.forEach(({ trueClass, probability, trueProbability, value }, i) => {
      expect([trueClass, probability, trueProbability]).toEqual([null, null, null]);
      expect(value).toBeCloseTo(unit.flat[i], 5);
    });
    expect((await accuracyOf(study)).text).toBe(
      'The network’s output is one number: it names no classes, so there is no accuracy.',
    );
  });

  it('shows the number where the probability stood', () => {
    const column = studyColumns(study)[0];
    expect(imageRows(study, column, 'predicted', 0).map(({ said }) => said)[2]).toBe('0.2170');
    expect(groupsOf(study, 'confidence')[0].name).toBe('−0.04769 to 0.001888');
    expect(axisChoices(study).map(({ name }) => name)).not.toContain('Probability of the predicted class');
    const { x, xName } = scatterData(study, useStudy.getState().view);
    expect(xName).toBe('Number explained');
    expect(x[5]).toBeCloseTo(unit.flat[5], 5);
  });

  it('stands in its file and in its table as it was', async () => {
    const [own, table] = [await serialiseStudy(study), new Blob([studyParquet(study)])];
    for (const again of [await parseStudy(own), await studyFromParquet(table)]) {
      expect(again.images).toEqual(study.images);
      expect(again.model.output).toEqual(study.model.output);
    }
  });
});
