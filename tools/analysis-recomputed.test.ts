import { readFileSync } from 'node:fs';
import path from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import * as tf from '@tensorflow/tfjs-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { bundledNetwork, startBackend } from '../src/engine/engine-testing';
import { measure } from '../src/engine/measure/measure-maps';
import { signs } from '../src/engine/measure/measure-signs';
import { type AnalysisFile, parseAnalysis, serialiseAnalysis } from '../src/export';
import type { Network } from '../src/network/network';
import type { NetworkManifest } from '../src/network/network-summary';
import { predict } from '../src/network/run-network';
import { uniformNumbers, usedScaling } from '../src/network/scaling/chosen-scaling';
import type { InputScaling } from '../src/network/scaling/input-scaling';
import { scalePicture, scalingReport } from '../src/network/scaling/scaling';
import type { InputPicture } from '../src/picture/picture';
import type { Task } from '../src/rpc/serve';
import { explain } from '../src/saliency/explain-layers';
import { type ExplainState, useExplain } from '../src/state/explain-store';
import { analysisOf } from '../src/workspaces/explain/files/analysis-of';
import { measuredAs } from '../src/workspaces/explain/layers/measure-layers';

const root = path.resolve(import.meta.dirname, '..');
const unhurried = async () => {};
const task = {
  signal: new AbortController().signal,
  checkpoint: unhurried,
  report: () => {},
} as unknown as Task<never>;

/** Bytes of a PNG of 8-bit RGBA, without filters. */
function png({ rgba, width, height }: InputPicture): Buffer {
  const chunk = (type: string, content: Buffer) => {
    const typed = Buffer.concat([Buffer.from(type, 'latin1'), content]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(content.length);
    check.writeUInt32BE(crc32(typed));
    return Buffer.concat([length, typed, check]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6], 8);
  const row = (y: number) => [0, ...rgba.subarray(4 * y * width, 4 * (y + 1) * width)];
  const pixels = deflateSync(Buffer.from(Array.from({ length: height }, (_, y) => row(y)).flat()));
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** What a browser's canvas does for the file: it keeps the pixels it is given and writes them as a PNG. */
function standInForCanvas(): void {
  let kept: InputPicture | null = null;
  const context = {
    putImageData: (image: { data: Uint8ClampedArray; width: number; height: number }) => {
      kept = { ...image, rgba: image.data };
    },
  };
  const canvas = {
    getContext: () => context,
    toDataURL: () => `data:image/png;base64,${png(kept as unknown as InputPicture).toString('base64')}`,
  };
  vi.stubGlobal('document', { createElement: () => canvas });
  vi.stubGlobal(
    'ImageData',
    class {
      constructor(
        readonly data: Uint8ClampedArray,
        readonly width: number,
        readonly height: number,
      ) {}
    },
  );
}

const manifest: NetworkManifest = JSON.parse(
  readFileSync(path.join(root, 'public/networks/photos10/manifest.json'), 'utf8'),
);
const own = scalingReport(
  {
    scaling: uniformNumbers(manifest.preprocessing.scale, manifest.preprocessing.offset, 3),
    reason: 'As the network was trained.',
    isGuess: false,
  },
  3,
);

let network: Network;
let input: InputPicture;

beforeAll(async () => {
  standInForCanvas();
  await startBackend('wasm');
  network = await bundledNetwork();
  const { data } = await sharp(path.join(root, 'public/examples/golf-ball.jpg'))
    .resize(112, 112)
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  input = { rgba: new Uint8ClampedArray(data), width: 112, height: 112 };
});
afterAll(() => {
  network.dispose();
  vi.unstubAllGlobals();
});

/** The exported file of the picture, as the engine and the page compute it with this choice of a scaling. */
async function exported(chosen: InputScaling | null): Promise<AnalysisFile> {
  const scaling = usedScaling(own, chosen);
  const values = tf.tensor4d(scalePicture(input, scaling), [1, 112, 112, 3]);
  const layers = [network.nodes.findIndex(({ name }) => name === 'conv5_2')];
  const options = { method: 'grad-cam', layers, target: null, checkpoint: unhurried } as const;
  const { logits, target, ...explained } = await explain(network, values, options);
  values.dispose();
  const maps = explained.layers.map(({ map }) => map);
  const { settings } = useExplain.getState();
  const { id, title, labels, inputShape, format } = manifest;
  const state: Partial<ExplainState> = {
    settings: { ...settings, inputScaling: chosen ?? 'auto' },
    picture: {
      ...{ name: 'golf ball', source: 'golf-ball', width: 448, height: 448, sha256: '', decodeMs: 1, input },
      ...{ file: new Blob(), preview: new Blob(), display: null as unknown as ImageBitmap },
    },
    analysis: {
      ...{ method: 'grad-cam', ...explained },
      backend: { name: 'wasm', reason: '', adapter: null, threads: 1 },
      network: {
        ...{ id, title, labels, inputShape, format, sha256: '', scaling: own, scalingReason: own.reason },
        ...{ outputs: ['logits'], output: 'logits', takesAnySize: false },
        ...{ kind: 'classes', outputIs: '', outputReason: '', readsEitherWay: false },
      },
      predictions: labels.map((label, index) => ({ index, label, probability: 0, logit: logits[index] })),
      target: { index: target, label: labels[target as number] },
      scaling,
    },
    measurement: await measure(
      { maps, ...measuredAs(settings, input), shuffles: 2, seed: 1 },
      task as unknown as Parameters<typeof measure>[1],
    ),
    signs: signs({ maps, grid: input, tau: settings.tau, theta: settings.theta }),
  };
  return parseAnalysis(serialiseAnalysis(analysisOf({ ...useExplain.getState(), ...state })));
}

/** Logits of what the file alone holds: its picture, and its scaling as the documentation describes it. */
async function recomputed({ image, scaling }: AnalysisFile): Promise<Float32Array> {
  const bytes = Buffer.from((image.input ?? '').split(',')[1], 'base64');
  const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  if (!scaling) throw new Error('the file tells no scaling');
  const read = Float32Array.from(data, (_, at) => {
    const [pixel, channel] = [Math.floor(at / 3), at % 3];
    const value = data[3 * pixel + (scaling.bgr ? 2 - channel : channel)];
    return value * scaling.factor[channel] + scaling.offset[channel];
  });
  const values = tf.tensor4d(read, [1, info.height, info.width, 3]);
  try {
    return await predict(network, values, unhurried);
  } finally {
    values.dispose();
  }
}

describe('an exported analysis', () => {
  it.each([
    [null, 'signed', 'file'],
    ['unit', 'unit', 'chosen'],
    ['imagenet', 'imagenet', 'chosen'],
    ['caffe', 'caffe', 'chosen'],
    ['bytes', 'bytes', 'chosen'],
  ] as const)(
    'with the scaling %s gives the same logits again from its picture and numbers',
    async (chosen, name, source) => {
      const file = await exported(chosen);
      expect(file.scaling).toMatchObject({ name, source, bgr: name === 'caffe' });
      const again = await recomputed(file);
      const off = file.predictions.map(({ index, logit }) => Math.abs(again[index] - logit));
      expect(Math.max(...off)).toBeLessThan(1e-4);
    },
  );

  it('tells its scalings apart: by the numbers of another one the logits are others', async () => {
    const file = await exported(null);
    const { scaling } = await exported('caffe');
    const again = await recomputed({ ...file, scaling });
    expect(
      Math.max(...file.predictions.map(({ index, logit }) => Math.abs(again[index] - logit))),
    ).toBeGreaterThan(1);
  });
});
