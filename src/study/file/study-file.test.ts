import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { columnsOf } from '../../engine/study/measured-columns';
import type { WrittenScaling } from '../../export/scaling-schema';
import { seededRandom } from '../../semiotics';
import type { Study, StudyImage } from '../study-data';
import { studyFromParquet, studyParquet } from './parquet';
import { studyCsv } from './study-csv';
import { parseStudy, StudyFileError, serialiseStudy } from './study-file';

const random = seededRandom(11);
const measures: Study['settings']['measures'] = ['aura-matrix', 'shannon'];

function image(path: string, trueClass: number | null, predicted: number): StudyImage {
  return {
    path,
    sha256: `${path.length}`.padStart(64, 'a'),
    width: 128,
    height: 96,
    trueClass,
    predicted,
    probability: 0.1 + 0.2 * predicted,
    trueProbability: trueClass === null ? null : 1 / 3,
  };
}

/** Three pictures on two layers: named right, named wrong, of no known class; with numbers that doubles hold badly. */
function example(): Study {
  const images = [image('val/a, "b".jpg', 0, 0), image('val/c.jpg', 1, 2), image('val/ü.jpg', null, 1)];
  const value = (row: number) => {
    if (Math.floor(row / 4) === 2 && row % 4 >= 2) return Number.NaN;
    return row % 5 === 3 ? Number.NaN : random.next() * 10 ** (random.below(9) - 4);
  };
  return {
    schema: 'supersign/study',
    version: 1,
    app: { version: '0.1.0' },
    settings: {
      model: 'photos10',
      inputScaling: null,
      method: 'grad-cam++',
      pooling: false,
      measures,
      levels: 256,
      grid: 'input',
      neighbourhood: 4,
      torus: false,
      tau: 0.1,
      theta: 0.2,
      shuffles: 32,
      seed: 1,
      sample: 3,
      split: 'val',
      weights: 'trained',
    },
    model: { name: 'photos10', format: 'tfjs-layers-model', sha256: 'f00d', inputShape: [112, 112, 3] },
    scaling: {
      name: null,
      source: 'guess',
      factor: [1 / 255, 0.0171247538316637, 1 / 3],
      offset: [-1, 0, 0.5],
      bgr: true,
      reason: 'Guessed: "quoted", with commas.',
    },
    backend: { name: 'wasm', adapter: null, threads: 2 },
    labels: ['tench', 'church', 'golf ball'],
    layers: [
      { name: 'conv1', kind: 'convolution', shape: [112, 112, 32] },
      { name: 'conv2', kind: 'convolution', shape: [56, 56, 64] },
    ],
    images,
    numbers: Object.fromEntries(
      columnsOf(measures).map((name) => [name, Float64Array.from({ length: 12 }, (_, row) => value(row))]),
    ),
    failures: [{ path: 'val/z.jpg', reason: 'is cut off: the end of the JPEG file is missing.' }],
    of: 9,
  };
}

describe('a saved study', () => {
  it('opens as it was, packed or not', async () => {
    const study = example();
    const file = await serialiseStudy(study);
    expect(file.type).toBe('application/gzip');
    expect(await parseStudy(file)).toEqual(study);
    const plain = await new Response(file.stream().pipeThrough(new DecompressionStream('gzip'))).blob();
    expect(await parseStudy(plain)).toEqual(study);
    // Little-endian float64 in base64, as its description says.
    const json = JSON.parse(await plain.text());
    expect(Buffer.from(json.numbers.shannon, 'base64').readDoubleLE(8)).toBe(study.numbers.shannon[1]);
  });

  it('of an earlier version, which does not tell how pictures were scaled, opens as well', async () => {
    const { scaling: _, ...study } = example();
    expect(await parseStudy(await serialiseStudy(study))).toEqual(study);
    expect(await parseStudy(new Blob([studyParquet(study)]))).toEqual(study);
    const lines = (await studyCsv(study).text()).trimEnd().split('\r\n');
    expect(lines[0]).toMatch(/,scaling,scaling_source,scaling_factor,scaling_offset,scaling_bgr$/);
    expect(lines[1]).toMatch(/,,,,,$/);
  });

  it('is refused with what is wrong with it', async () => {
    const study = example();
    const saved = await serialiseStudy(study);
    const text = await new Response(saved.stream().pipeThrough(new DecompressionStream('gzip'))).text();
    const refused = (change: (json: Record<string, never>) => void) => {
      const json = JSON.parse(text);
      change(json);
      return expect(parseStudy(new Blob([JSON.stringify(json)]))).rejects;
    };
    await expect(parseStudy(new Blob([]))).rejects.toThrow('This file is empty.');
    await expect(parseStudy(saved.slice(0, saved.size - 20))).rejects.toThrow('damaged or cut off');
    await expect(parseStudy(new Blob([text.slice(0, 500)]))).rejects.toThrow('neither JSON nor Parquet');
    await expect(parseStudy(new Blob(['{"a":1}']))).rejects.toThrow('This is no Supersign study');
    await expect(parseStudy(new Blob(['PAR1 and nothing more']))).rejects.toThrow(StudyFileError);
    await refused((json) => Object.assign(json, { version: 2 })).toThrow('newer Supersign');
    await refused((json) => Object.assign(json.settings, { method: 'magic' })).toThrow(
      'settings.method is "magic"',
    );
    await refused((json) => Object.assign(json.scaling, { factor: [1] })).toThrow('scaling is');
    await refused((json) => Object.assign(json.images[1], { probability: 2 })).toThrow('[1].probability');
    await refused((json) => Object.assign(json.images[1], { predicted: 3 })).toThrow(
      'there are only 3 labels',
    );
    await refused((json) => Object.assign(json.images[1], { path: 'val/ü.jpg' })).toThrow('is in it twice');
    await refused((json) => Object.assign(json.numbers, { signs: undefined })).toThrow('no column "signs"');
    await refused((json) => Object.assign(json.numbers, { signs: 'AAAA' })).toThrow('holds 0 numbers');
    await refused((json) => Object.assign(json.numbers, { signs: '%%' })).toThrow('is no base64');
  });
});

describe('the long table', () => {
  it('has a row for each picture, known class and layer in CSV', async () => {
    const study = example();
    const lines = (await studyCsv(study).text()).trimEnd().split('\r\n');
    expect(lines).toHaveLength(1 + 4 + 4 + 2);
    expect(lines[0]).toMatch(/^path,sha256,width,height,true_class,.*,target,layer_index,layer,/);
    const header = lines[0].split(',');
    expect(header).toContain('aura_matrix_null_sd');
    expect(lines[1]).toMatch(/^"val\/a, ""b"".jpg",/);
    const cells = lines[6].split(',');
    const cell = (name: string) => cells[header.indexOf(name)];
    expect([cell('path'), cell('target'), cell('layer'), cell('correct')]).toEqual([
      'val/c.jpg',
      'predicted',
      'conv2',
      'false',
    ]);
    // What every picture was scaled by, in every row, each list a JSON list.
    for (const line of lines.slice(1)) {
      expect(line).toMatch(
        /,,guess,"\[0\.00392156862745098,0\.0171247538316637,0\.3333333333333333\]","\[-1,0,0\.5\]",true$/,
      );
    }
    // Picture 1, target 0, layer 1.
    expect(Number(cell('supersigns'))).toBe(study.numbers.supersigns[(1 * 2 + 0) * 2 + 1]);
  });

  it('is read by another reader of Parquet, and opens again', async () => {
    const study = example();
    const file = studyParquet(study);
    const rows = await parquetReadObjects({ file });
    expect(rows).toHaveLength(11);
    expect(rows[5]).toMatchObject({
      path: 'val/c.jpg',
      true_label: 'church',
      predicted_class: 2,
      correct: false,
      target: 'predicted',
      layer_height: 56,
      failure: null,
      shannon: study.numbers.shannon[5],
      scaling: null,
      scaling_source: 'guess',
      scaling_factor: '[0.00392156862745098,0.0171247538316637,0.3333333333333333]',
      scaling_offset: '[-1,0,0.5]',
      scaling_bgr: true,
    });
    expect(rows[3].shannon).toBeNull();
    expect(rows[10]).toMatchObject({ path: 'val/z.jpg', target: null, failure: study.failures[0].reason });
    const metadata = parquetMetadata(file).key_value_metadata ?? [];
    const said = JSON.parse(metadata.find(({ key }) => key === 'supersign')?.value ?? '');
    expect(said.settings).toEqual(study.settings);
    expect(await parseStudy(new Blob([file]))).toEqual(study);
  });

  it('opens where several are put together, in any order, with what other programs do to numbers', async () => {
    const study = example();
    const parts = [[0], [1, 2]].map((pictures) => part(study, pictures));
    parts[1].failures = study.failures;
    const tables = await Promise.all(
      parts.map(async (each) => parquetReadObjects({ file: studyParquet(each) })),
    );
    const rows = [...tables[1], ...tables[0]].reverse();
    const columnData = Object.keys(rows[0]).map((name) => {
      const data = rows.map((row) => row[name]);
      const isNumber = data.some((value) => typeof value === 'number');
      return isNumber
        ? { name, data: data.map((value) => value ?? Number.NaN), type: 'DOUBLE' as const }
        : { name, data };
    });
    const merged = new Blob([parquetWriteBuffer({ columnData })]);
    expect(await studyFromParquet(merged)).toEqual(study);
  });

  it('opens what DuckDB puts together of two shards as the study that ran as a whole', async () => {
    // The nine examples by `npx supersign study --shuffles 2`, as a whole and with --shard 1/2 and 2/2; then, in DuckDB 2.0.1,
    // COPY (SELECT * FROM read_parquet(['2.parquet', '1.parquet'])) TO 'merged-by-duckdb.parquet' (FORMAT parquet).
    const fixture = (name: string) =>
      new Blob([readFileSync(path.join(import.meta.dirname, '../fixtures', name))]);
    const whole = await parseStudy(fixture('examples.supersign-study.json.gz'));
    const merged = await parseStudy(fixture('merged-by-duckdb.parquet'));
    expect(merged.images).toHaveLength(9);
    expect(merged).toEqual(whole);
  });

  it('is refused where its rows do not belong together', async () => {
    const study = example();
    const table = async (each: Study) => parquetReadObjects({ file: studyParquet(each) });
    const blob = (rows: Record<string, unknown>[], leave: string[] = []) => {
      const names = Object.keys(rows[0]).filter((name) => !leave.includes(name));
      return new Blob([
        parquetWriteBuffer({
          columnData: names.map((name) => ({ name, data: rows.map((row) => row[name]) })),
        }),
      ]);
    };
    const rows = await table(study);
    await expect(studyFromParquet(blob([...rows, rows[0]]))).rejects.toThrow('is in it twice');
    const other = await table({ ...study, settings: { ...study.settings, levels: 16 } });
    await expect(studyFromParquet(blob([...rows.slice(0, 4), ...other.slice(4)]))).rejects.toThrow(
      'different settings or networks',
    );
    const scaling = { ...(study.scaling as WrittenScaling), bgr: false };
    const scaled = await table({ ...study, scaling });
    await expect(studyFromParquet(blob([...rows.slice(0, 4), ...scaled.slice(4)]))).rejects.toThrow(
      'different settings or networks',
    );
    // What an earlier version wrote goes with it: it does not say otherwise.
    const silent = await table({ ...study, scaling: undefined });
    expect(await studyFromParquet(blob([...silent.slice(0, 4), ...rows.slice(4)]))).toEqual(study);
    await expect(studyFromParquet(blob(rows, ['study']))).rejects.toThrow('no column "study"');
    await expect(studyFromParquet(blob(rows, ['aura_matrix']))).rejects.toThrow('no column "aura_matrix"');
  });
});

/** The study of some of its pictures. */
function part(study: Study, pictures: number[]): Study {
  const rows = pictures.flatMap((picture) => [0, 1, 2, 3].map((row) => picture * 4 + row));
  const numbers = Object.entries(study.numbers).map(([name, values]) => [
    name,
    Float64Array.from(rows, (row) => values[row]),
  ]);
  return {
    ...study,
    images: pictures.map((picture) => study.images[picture]),
    numbers: Object.fromEntries(numbers),
    failures: [],
  };
}
