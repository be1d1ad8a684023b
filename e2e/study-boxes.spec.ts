import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { studyFromParquet } from '../src/study/file/parquet';
import { supersign } from './support/command-line';
import { root } from './support/files';
import { example } from './support/study-page';
import { expect, test } from './support/test';

const detector = path.join(root, 'src/network/targets/fixtures/yolo8.onnx');
const names = 'ant\nbee\ncat\ndog\neel\n';
/** Folders that are called like classes of the detector, which are no classes of its boxes. */
const pictures: [string, string][] = [
  ['ant', 'church'],
  ['bee', 'tench'],
  ['cat', 'golf-ball'],
];

test('the command line studies the boxes that it explains', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'supersign-'));
  copyFileSync(detector, path.join(folder, 'yolo8.onnx'));
  writeFileSync(path.join(folder, 'labels.txt'), names);
  for (const [own, name] of pictures) {
    mkdirSync(path.join(folder, 'set', own), { recursive: true });
    writeFileSync(path.join(folder, 'set', own, `${name}.jpg`), example(name));
  }
  const asked = ['--model', 'yolo8.onnx', '--labels', 'labels.txt', '--images', 'set'];
  const box = ['--box', 'surest', '--part', 'place'];
  const quick = ['--shuffles', '2', '--levels', '16', '--grid', 'native'];
  const trust = ['--trust', 'deletion,max-sensitivity,efficient-mprt'];
  const studied = await supersign(folder, [
    'study',
    ...[...asked, ...box, ...quick, ...trust, '--backend', 'wasm', '--out', 'boxes.parquet'],
  ]);
  expect(studied.code).toBe(0);
  expect(studied.events.at(-1)).toMatchObject({ event: 'done', measured: 3, failed: 0 });
  const study = await studyFromParquet(new Blob([readFileSync(path.join(folder, 'boxes.parquet'))]));
  expect(study.settings).toMatchObject({ box: 'surest', part: 'place' });
  for (const measure of ['deletion', 'max-sensitivity', 'efficient-mprt']) {
    const [column] = Object.keys(study.numbers).filter((name) => name.endsWith(measure));
    expect([...study.numbers[column]].some(Number.isFinite), measure).toBe(true);
  }

  const explained = await supersign(folder, ['explain', ...asked, ...box, '--out', 'explained']);
  expect(explained.code).toBe(0);
  for (const { path: picture, value, trueClass } of study.images) {
    expect(trueClass).toBeNull();
    const { target } = JSON.parse(
      readFileSync(path.join(folder, 'explained', picture, 'analysis.json'), 'utf8'),
    );
    expect(target).toMatchObject({ kind: 'box', part: 'place' });
    expect(value).toBeCloseTo(target.value, 3);
  }
  rmSync(folder, { recursive: true, force: true });
});
