/**
 * The studies behind docs/trust.md, one after the other. What is done is not done again, and what was interrupted goes on: run it again.
 *
 *   npx vite build && npx tsx tools/trust/studies.ts OUT [--photographs 1000] [--scenes 1000] [--mobilenet 1000] [--pairs 100] [--only NAME]
 *     [--shard I/N] [--first-scene 300]
 *
 * --shard runs a part of every study, of pictures from all over it, so that what was reached in the time that there was is a sample;
 * --first-scene goes on behind the scenes of a smaller run. `answers.ts` takes the parts together.
 * Needs the folder shared beside the checkout: photographs of ten classes, MobileNet and its 29 photographs. OUT gets a study a name and
 * number of pictures (.json.gz), which `npx tsx tools/trust/answers.ts` reads. On two cores a thousand photographs take hours.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { layerMethods, slowSaliencyMethods } from '../../src/saliency/method-names';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    photographs: { type: 'string', default: '1000' },
    scenes: { type: 'string', default: '1000' },
    pairs: { type: 'string', default: '100' },
    mobilenet: { type: 'string', default: '1000' },
    only: { type: 'string' },
    shard: { type: 'string' },
    'first-scene': { type: 'string', default: '0' },
  },
});
const [out] = positionals;
if (positionals.length !== 1) {
  console.error('Say where the studies go: npx tsx tools/trust/studies.ts OUT');
  process.exit(2);
}
const root = path.resolve(import.meta.dirname, '../..');
const shared = path.resolve(root, '../shared');
const first = values['first-scene'];
const numbered = first === '0' ? values.scenes : `${values.scenes}-from-${first}`;
const scenes = path.join(out, `scenes-${numbered}`);
/** Part of a study that is run, and how its file is called. */
const [part, partName] = values.shard
  ? [['--shard', values.shard], `-part-${values.shard.replace('/', '-of-')}`]
  : [[], ''];

/** @returns whether it ended well */
function run(command: string, args: string[]): boolean {
  console.log([command, ...args].join(' '));
  return spawnSync(command, args, { cwd: root, stdio: 'inherit' }).status === 0;
}

mkdirSync(out, { recursive: true });
if (!existsSync(scenes)) {
  run('npx', ['tsx', 'tools/trust/pictographs.ts', scenes, '--count', values.scenes, '--first', first]);
}

const photographs = ['--images', path.join(shared, 'data/imagenette-128.zip'), '--split', 'val'];
const drawn = ['--images', scenes];
const onePass = layerMethods.filter((method) => !slowSaliencyMethods.includes(method)).join(',');
/** ROAD at two shares of the pixels stands for nine: a third of the passes. */
const measured = ['--trust', 'road,quick', '--road-percentages', '30,60', '--shuffles', '4'];
/** One cheap measure of trust, for what is asked is what the twins' maps tell. */
const pairs = ['--trust', 'sparseness', '--trust-methods', onePass, '--trust-draws', '3', '--shuffles', '1'];
const mobilenet = [
  ...['--model', path.join(shared, 'models/mobilenet_v1_0.75_224/model.json'), '--scaling', 'signed'],
  ...['--labels', path.join(shared, 'models/imagenet_class_index.json')],
];
/** Entropies and what the softmax says, which a study holds only where trust is asked for. */
const doubts = ['--trust', 'sparseness', '--shuffles', '4'];

const photos = path.join(shared, 'photos');
/** WordNet ids of the classes of photos10, which begin the names of photographs. */
const known =
  'n01440764 n02102040 n02979186 n03000684 n03028079 n03394916 n03417042 n03425413 n03445777 n03888257';
const unknown = path.join(out, 'photographs-unknown');
mkdirSync(unknown, { recursive: true });
for (const name of readdirSync(photos)) {
  if (/^n\d{8}_/.test(name) && !known.includes(name.slice(0, 9))) {
    copyFileSync(path.join(photos, name), path.join(unknown, name));
  }
}

const sampled = (count: string) => ['--sample', count];
const studies: Record<string, string[]> = {
  // Does entropy see mistakes, and unfamiliar pictures?
  [`mistakes-photos10-${values.photographs}`]: [
    ...['--model', 'photos10', ...photographs, ...sampled(values.photographs), ...doubts],
  ],
  [`drawings-photos10-${numbered}`]: ['--model', 'photos10', ...drawn, ...doubts],
  'unknown-photos10': ['--model', 'photos10', '--images', unknown, ...doubts],
  [`mistakes-mobilenet-${values.mobilenet}`]: [
    ...mobilenet,
    ...photographs,
    ...sampled(values.mobilenet),
    ...doubts,
  ],
  [`drawings-mobilenet-${values.mobilenet}`]: [
    ...mobilenet,
    ...drawn,
    ...sampled(values.mobilenet),
    ...doubts,
  ],
  [`mistakes-pictographs-${numbered}`]: ['--model', 'pictographs', ...drawn, ...doubts],
  [`photographs-pictographs-${values.photographs}`]: [
    ...['--model', 'pictographs', ...photographs, ...sampled(values.photographs), ...doubts],
  ],
  // Which layer, and does entropy go with faithfulness?
  [`scenes-${numbered}`]: ['--model', 'pictographs', ...drawn, ...measured],
  [`photographs-${values.photographs}`]: [
    ...['--model', 'photos10', ...photographs, ...sampled(values.photographs), ...measured],
  ],
  'mobilenet-29': [...mobilenet, '--images', photos, ...measured],
  [`methods-${values.pairs}`]: [
    ...['--model', 'pictographs', ...drawn, ...sampled(values.pairs), ...measured],
    ...['--trust-methods', onePass],
  ],
  [`methods-photographs-${values.pairs}`]: [
    ...['--model', 'photos10', ...photographs, ...sampled(values.pairs), ...measured],
    ...['--trust-methods', 'grad-cam,grad-cam++,hires-cam,layer-cam,eigen-cam,fem'],
  ],
  // Is it the same by other methods than Grad-CAM?
  ...Object.fromEntries(
    ['grad-cam++', 'layer-cam', 'eigen-cam', 'fem', 'activation'].map((method) => [
      `by-${method}-${values.pairs}`,
      ['--model', 'pictographs', ...drawn, ...sampled(values.pairs), ...measured, '--method', method],
    ]),
  ),
  // Which pair of method and measure tells a trained network from a randomised one?
  [`pairs-photos10-${values.pairs}`]: [
    ...['--model', 'photos10', ...photographs, ...sampled(values.pairs), ...pairs],
  ],
  [`pairs-pictographs-${values.pairs}`]: [
    ...['--model', 'pictographs', ...drawn, ...sampled(values.pairs), ...pairs],
  ],
};

let failed = 0;
for (const [name, options] of Object.entries(studies)) {
  if (values.only !== undefined && !name.startsWith(values.only)) continue;
  const file = path.join(out, `${name}${partName}.json.gz`);
  if (!run('node', ['bin/supersign.mjs', 'study', ...options, ...part, '--resume', '--out', file]))
    failed += 1;
}
process.exitCode = failed > 0 ? 1 : 0;
