import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import {
  graphFromFolder,
  hasShared,
  networkFromFolder,
  sharedFolder,
  startBackend,
} from '../engine/engine-testing';
import { resizePicture } from '../picture/resize-picture';
import { explain } from '../saliency/explain-layers';
import { featureLayers } from './network';
import { scalingNumbers } from './scaling/chosen-scaling';
import type { InputScaling } from './scaling/input-scaling';
import { scalePicture } from './scaling/scaling';
import { normalisationProbe } from './scaling/scaling-check';

const photos = path.join(sharedFolder, 'photos');
const mobilenet = path.join(sharedFolder, 'models/mobilenet_v1_0.75_224');
const unhurried = async () => {};

/** Side of the network's input in pixels. */
const side = 224;

/** A photograph as the page gives it to a network: the square around its centre, resampled. */
async function read(file: string) {
  const image = sharp(path.join(photos, file)).rotate().toColourspace('srgb');
  const { width, height } = await image.metadata();
  const edge = Math.min(width, height);
  const area = {
    left: Math.floor((width - edge) / 2),
    top: Math.floor((height - edge) / 2),
    width: edge,
    height: edge,
  };
  const pixels = await image.extract(area).ensureAlpha().raw().toBuffer();
  const rgba = resizePicture(new Uint8ClampedArray(pixels), edge, edge, side, side);
  return { rgba, width: side, height: side };
}

/** Position of every ImageNet class by its WordNet id, from the file of Keras. */
function classesById(): Map<string, number> {
  const file = path.join(sharedFolder, 'models/imagenet_class_index.json');
  const index: Record<string, [string, string]> = JSON.parse(readFileSync(file, 'utf8'));
  return new Map(Object.entries(index).map(([position, [id]]) => [id, Number(position)]));
}

const photographs = new Map<string, ReturnType<typeof read>>();

/** Every test looks at all of them: each is decoded once. */
function photograph(file: string): ReturnType<typeof read> {
  const known = photographs.get(file) ?? read(file);
  photographs.set(file, known);
  return known;
}

describe.skipIf(!hasShared)('MobileNet v1 0.75 on photographs (skipped where ../shared is absent)', () => {
  it('names at least 80 % at first, 93 % among the first five, and maps every layer of each', async () => {
    await startBackend('wasm');
    const network = await networkFromFolder(mobilenet);
    const layers = featureLayers(network, ['convolution']);
    const classes = classesById();
    const files = readdirSync(photos).filter((file) => /^n\d{8}_.+\.JPEG$/.test(file));
    expect(files).toHaveLength(29);
    const ranks: number[] = [];
    for (const file of files) {
      const picture = await photograph(file);
      const input = tf.tensor4d(scalePicture(picture, scalingNumbers('signed', 3)), [1, side, side, 3]);
      const options = { method: 'grad-cam', layers, target: null, checkpoint: unhurried } as const;
      const result = await explain(network, input, options);
      input.dispose();
      const truth = classes.get(file.slice(0, 9)) as number;
      const { logits } = result;
      ranks.push(logits.filter((logit) => logit > logits[truth]).length);
      expect(result.layers).toHaveLength(27);
      for (const { name, map } of result.layers) {
        expect(
          map.values.every((value) => Number.isFinite(value) && value >= 0),
          `${name} of ${file}`,
        ).toBe(true);
      }
      const last = result.layers.at(-1)?.map.values ?? new Float32Array();
      expect(Math.max(...last), file).toBeGreaterThan(0);
    }
    network.dispose();
    const within = (rank: number) => ranks.filter((each) => each < rank).length / files.length;
    expect(within(1)).toBeGreaterThanOrEqual(0.8);
    expect(within(5)).toBeGreaterThanOrEqual(0.93);
  });

  it('speak against a wrong scaling, and not against the right one', async () => {
    await startBackend('wasm');
    const before = tf.memory().numTensors;
    const probe = normalisationProbe(graphFromFolder(mobilenet), {});
    const files = readdirSync(photos).filter((file) => file.endsWith('.JPEG'));
    const pictures = await Promise.all(files.map(photograph));
    const doubts = async (used: InputScaling) => {
      const found = [];
      for (const picture of pictures) {
        found.push((await probe?.check(picture, scalingNumbers(used, 3), unhurried)) ?? null);
      }
      return found.filter((doubt) => doubt !== null).map(({ scaling }) => scaling);
    };
    expect(await doubts('signed')).toEqual([]);
    const closeTo = (scaling: InputScaling | null) => scaling === 'signed' || scaling === 'imagenet';
    for (const [used, least] of [
      ['unit', 24],
      ['caffe', 29],
      ['bytes', 29],
    ] as const) {
      const found = await doubts(used);
      expect(found.length, used).toBeGreaterThanOrEqual(least);
      // The two differ by less than a photograph does from the mean of all.
      expect(found.every(closeTo), used).toBe(true);
    }
    probe?.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('also where the first normalisation is folded, by the second: of quite another size only', async () => {
    await startBackend('wasm');
    const graph = graphFromFolder(mobilenet);
    const folded = graph.nodes.findIndex(({ spec }) => spec.type === 'affine' && spec.statistics);
    const nodes = graph.nodes.map((node, i) =>
      i === folded && node.spec.type === 'affine'
        ? { ...node, spec: { ...node.spec, statistics: undefined } }
        : node,
    );
    const probe = normalisationProbe({ ...graph, nodes }, {});
    const files = readdirSync(photos).filter((file) => file.endsWith('.JPEG'));
    const outcomes = async (used: InputScaling) => {
      const found: string[] = [];
      for (const file of files) {
        const doubt = await probe?.check(await photograph(file), scalingNumbers(used, 3), unhurried);
        found.push(doubt?.outcome ?? 'fits');
      }
      return found;
    };
    expect(await outcomes('signed')).not.toContain('another');
    for (const used of ['caffe', 'bytes'] as const) {
      expect(await outcomes(used)).toEqual(files.map(() => 'another'));
    }
    const unit = await outcomes('unit');
    expect(unit.filter((outcome) => outcome === 'fits').length).toBeLessThanOrEqual(2);
    probe?.dispose();
  });
});
