import { entropiesOfMaps } from '../engine/study/entropies-of-maps';
import { measurePicture } from '../engine/study/measure-picture';
import type { StudyPool } from '../engine/study/pool';
import type {
  StudiedPicture,
  StudyBatchRequest,
  StudyBatchResult,
  StudyMethods,
  StudyPlan,
} from '../engine/study/study-methods';
import { scalingNumbers } from '../network/scaling/chosen-scaling';
import { readMask } from '../picture/picture-mask';
import type { ImageEntry } from '../picture/sets/image-set';
import type { PipelineRequest } from './run/pipeline';
import type { StudySettings } from './study-data';
import { usualSettings } from './study-testing';

/** What stands for the engine in tests of what a study does around it: no network, but numbers made of a picture's number. */

export const size = 8;
export const settings: StudySettings = { ...usualSettings, levels: 16, shuffles: 2 };
const scaling = { ...scalingNumbers('unit', 3), name: 'unit', reason: '', isGuess: false } as const;
export const plan: StudyPlan = {
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
export const entry = (number: number): ImageEntry => {
  const path = `${String(number).padStart(3, '0')}.png`;
  return { path, split: null, folder: 'a', bytes: 1, read: async () => new Blob([String(number)]) };
};

export const mapOf = (number: number, layer: number) => {
  const side = layer === 0 ? size : 4;
  const values = Float32Array.from({ length: side * side }, (_, i) => (i * (number + 3)) % 17);
  return { values, width: side, height: side };
};

/** What a network would say: the class is the number's remainder. */
export function studied(number: number): StudiedPicture {
  const predicted = number % 3;
  return {
    predicted,
    probability: 0.5,
    trueProbability: 0.25,
    maps: [mapOf(number, 0), mapOf(number, 1)],
    trueMaps: predicted === 0 ? null : [mapOf(number + 1, 0), mapOf(number + 1, 1)],
  };
}

export const numberOf = ({ pictures }: StudyBatchRequest) => pictures.map(({ rgba }) => rgba[0]);

export const engineHere = async (request: StudyBatchRequest): Promise<StudyBatchResult> => ({
  backend: plan.backend,
  pictures: numberOf(request).map(studied),
});

export interface Watched {
  /** Most pictures that were decoded and not yet measured. */
  most: number;
}

/** The pool's work in this thread. */
export function poolHere(watched: Watched): PipelineRequest['pool'] {
  let inside = 0;
  const call = async (method: keyof StudyMethods, request: unknown) => {
    await new Promise((resolve) => setTimeout(resolve));
    if (method === 'measure') {
      inside -= 1;
      return measurePicture(request as never, async () => {});
    }
    if (method === 'entropies') return entropiesOfMaps(request as never, async () => {});
    const text = await (request as StudyMethods['decode']['request']).file.text();
    if (Number.isNaN(Number(text))) throw new Error('is no picture.');
    inside += 1;
    watched.most = Math.max(watched.most, inside);
    const rgba = new Uint8ClampedArray(size * size * 4).fill(Number(text));
    const picture = { width: 10, height: 20 };
    const { mask, inputSize } = request as StudyMethods['decode']['request'];
    const read = mask ? await readMask(mask, picture, inputSize) : {};
    return { ...picture, sha256: text, input: { rgba, width: size, height: size }, ...read };
  };
  return { size: 2, call: call as StudyPool['call'] };
}
