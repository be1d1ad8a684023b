import { expect, it } from 'vitest';
import { FileInPieces } from './files/stored-bytes';
import type { ModelFile } from './layers-model';
import type { Weight } from './network-graph';
import { permutedConstant, readTensor, weightFrom } from './onnx/tensor';
import { layersModelGraph } from './testing/layers-at-once';
import { reshapedWeight, scaledFilter, weightOf } from './weights';

const PIECE = 1024;

/** More than two pieces of a file, and no whole number of anything. */
const LENGTH = 2 * PIECE + 803;

/** Bytes, of which no four in a row are a float32 that is no number. */
function fileOf(length: number) {
  const file = new FileInPieces(PIECE);
  file.append(Uint8Array.from({ length }, (_, i) => (i * 31 + (i >> 6)) % 120));
  return file.whole;
}

/** What a weight gives run by run. */
function inRuns(weight: Weight): Float32Array {
  const target = new Float32Array(weight.shape.reduce((product, size) => product * size, 1));
  expect(weight.readInto).toBeDefined();
  weight.readInto?.(target);
  return target;
}

const same = (a: Float32Array, b: Float32Array) =>
  a.length === b.length &&
  Buffer.compare(
    Buffer.from(a.buffer, a.byteOffset, a.byteLength),
    Buffer.from(b.buffer, b.byteOffset, b.byteLength),
  ) === 0;

it.each(['float32', 'int32', 'float16', 'uint16', 'uint8'])(
  'weights that a model.json describes as %s are the same run by run as at once',
  (dtype) => {
    const width = { float32: 4, int32: 4, float16: 2, uint16: 2, uint8: 1 }[dtype] as number;
    const quantization = width < 4 && dtype !== 'float16' ? { dtype, min: -1, scale: 0.01 } : undefined;
    // A byte in front, so that no number lies at a whole place.
    const count = Math.floor((LENGTH - 1) / width / 3);
    const model = {
      modelTopology: {
        class_name: 'Sequential',
        config: {
          layers: [
            {
              class_name: 'GlobalAveragePooling2D',
              config: { name: 'mean', batch_input_shape: [null, 1, 1, 3] },
            },
            { class_name: 'Dense', config: { name: 'logits', units: count } },
          ],
        },
      },
      weightsManifest: [
        {
          paths: ['a.bin'],
          weights: [
            { name: 'optimizer/iterations', shape: [1], dtype: 'uint8' },
            {
              name: 'logits/kernel',
              shape: [3, count],
              dtype: quantization ? 'float32' : dtype,
              quantization,
            },
            { name: 'logits/bias', shape: [count], dtype: 'uint8' },
          ],
        },
      ],
    } as unknown as ModelFile;
    const { spec } = layersModelGraph(model, fileOf(1 + 3 * count * width + count)).nodes[1];
    if (spec.type !== 'dense') throw new Error('It is no dense layer.');
    expect(same(inRuns(spec.kernel), spec.kernel.read())).toBe(true);
  },
);

it.each([
  ['float32', 1, 4],
  ['uint8', 2, 1],
  ['int64', 7, 8],
  ['float16', 10, 2],
  ['double', 11, 8],
  ['bfloat16', 16, 2],
] as const)('tensors that an ONNX file holds as %s are, in any order of their axes', (_, type, width) => {
  const shape = [7, 3, Math.floor(LENGTH / width / 21)];
  const size = shape[0] * shape[1] * shape[2];
  const raw = fileOf(size * width + 3).part(3, size * width + 3);
  const message = { name: 'w', shape, type, raw, floats: null, doubles: null, ints: null, external: null };
  const constant = readTensor(message, () => raw);
  const values = weightFrom(constant).read();
  expect(same(inRuns(weightFrom(constant)), values)).toBe(true);
  const turned = weightFrom(permutedConstant(constant, [2, 0, 1]));
  expect(turned.shape).toEqual([shape[2], 7, 3]);
  const found = inRuns(turned);
  expect(same(found, turned.read())).toBe(true);
  // By the definition of a transposition.
  for (const [a, b, c] of [
    [0, 0, 0],
    [6, 2, shape[2] - 1],
    [3, 1, 10],
  ]) {
    expect(found[(c * 7 + a) * 3 + b]).toBe(values[(a * 3 + b) * shape[2] + c]);
  }
});

it('what is made of a weight is the same in runs, where it is made number by number', () => {
  const raw = fileOf(4 * 64);
  const message = {
    name: 'w',
    shape: [4, 16],
    type: 1,
    raw,
    floats: null,
    doubles: null,
    ints: null,
    external: null,
  };
  const weight = weightFrom(readTensor(message, () => raw));
  const scaled = scaledFilter(
    weight,
    weightOf(
      [16],
      Float32Array.from({ length: 16 }, (_, i) => i - 3),
    ),
    1,
  );
  expect(same(inRuns(scaled), scaled.read())).toBe(true);
  expect(inRuns(scaled)[1]).toBe(Math.fround(weight.read()[1] * -2));
  const shaped = reshapedWeight(weight, [64]);
  expect(same(inRuns(shaped), weight.read())).toBe(true);
  // A shape of another size is told of when it is read, as before.
  expect(reshapedWeight(weight, [3]).readInto).toBeUndefined();
});
