import type { io } from '@tensorflow/tfjs-core';
import type { Random } from '../../semiotics';

type WeightsManifest = io.WeightsManifestConfig;

/** Bytes a number takes in a weight file. */
const sizes: Record<string, number> = {
  float32: 4,
  int32: 4,
  uint16: 2,
  float16: 2,
  uint8: 1,
  bool: 1,
};

/** Layers with weights, in the order of the file; a weight is named after its layer: "conv1/kernel". */
export function layersWithWeights(manifest: WeightsManifest): string[] {
  return [...new Set(manifest.flatMap(({ weights }) => weights.map(({ name }) => layerOf(name))))];
}

/**
 * A copy of the weights in which some layers are randomised: within each of their tensors the numbers change places, so
 * that their distribution stays what it was and everything learnt is gone.
 *
 * @param weights the joined files of the manifest
 */
export function shuffleWeights(
  manifest: WeightsManifest,
  weights: ArrayBuffer,
  layers: ReadonlySet<string>,
  random: Random,
): ArrayBuffer {
  const shuffled = weights.slice(0);
  let offset = 0;
  for (const { name, shape, dtype, quantization } of manifest.flatMap((group) => group.weights)) {
    const size = sizes[quantization?.dtype ?? dtype];
    if (!size) throw new RangeError(`Weights of type ${dtype} cannot be shuffled.`);
    const count = shape.reduce((product, side) => product * side, 1);
    if (layers.has(layerOf(name))) {
      shuffleElements(new Uint8Array(shuffled, offset, count * size), size, random);
    }
    offset += count * size;
  }
  return shuffled;
}

const layerOf = (weight: string) => weight.slice(0, weight.lastIndexOf('/'));

/** Fisher and Yates on elements of `size` bytes, which need not be aligned. */
function shuffleElements(bytes: Uint8Array, size: number, random: Random): void {
  for (let i = bytes.length / size - 1; i > 0; i--) {
    const j = random.below(i + 1);
    for (let byte = 0; byte < size; byte++) {
      const held = bytes[i * size + byte];
      bytes[i * size + byte] = bytes[j * size + byte];
      bytes[j * size + byte] = held;
    }
  }
}
