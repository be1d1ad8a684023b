import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Graph } from '../network/network-graph';
import { layersModelGraph } from '../network/testing/layers-at-once';
import { seededRandom } from '../semiotics';
import type { Architecture } from './architecture/architecture';
import type { Dataset, Split } from './data/dataset';
import type { Augmentation, Recipe } from './training-methods';

const folder = path.resolve(import.meta.dirname, '../../public/networks/photos10');

/** The bundled photograph network as its file is read. */
export function bundledGraph(): Graph {
  const model = JSON.parse(readFileSync(path.join(folder, 'model.json'), 'utf8'));
  const { buffer, byteOffset, byteLength } = readFileSync(path.join(folder, 'weights.bin'));
  return layersModelGraph(model, buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer);
}

/**
 * Pictures of coloured bars in noise, one class for each direction and colour: cheap to draw, and learned in a few steps.
 * @param classes up to 4
 */
export function barPictures(side: number, classes: number, train: number, heldOut: number): Dataset {
  const draw = (split: Split, index: number, pixels: Uint8Array): number => {
    const random = seededRandom(index * 2 + Number(split === 'train'));
    const label = random.below(classes);
    const [upright, red] = [label % 2 === 0, label < 2];
    const phase = random.below(6);
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        const bar = ((upright ? x : y) + phase) % 6 < 3 ? 90 : 0;
        for (let k = 0; k < 3; k++) {
          pixels[(y * side + x) * 3 + k] = 40 + random.below(100) + ((red ? 0 : 2) === k ? bar : 0);
        }
      }
    }
    return label;
  };
  return {
    side,
    summary: {
      classes: ['red, upright', 'red, level', 'blue, upright', 'blue, level'].slice(0, classes),
      train,
      heldOut,
      refused: [],
    },
    async read(split, indices) {
      const size = side * side * 3;
      const pixels = new Uint8Array(indices.length * size);
      const labels = indices.map((index, i) => draw(split, index, pixels.subarray(i * size, (i + 1) * size)));
      return { pixels, labels: Int32Array.from(labels) };
    },
  };
}

/** Pictures as they are. */
export const still: Augmentation = { mirror: false, shift: 0, scale: 0, colour: 0 };

/** What tests say of a network only where they mean it: stages, side and classes are theirs. */
export const plainNetwork = {
  activation: 'relu',
  padding: 'same',
  batchNorm: true,
  join: 'average',
  hidden: [],
  dropout: 0,
} satisfies Partial<Architecture>;

/** What tests say of a training only where they mean it. */
export const plainRecipe: Recipe = {
  optimiser: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  learningRate: 0.01,
  schedule: 'constant',
  epochs: 2,
  batch: 10,
  weightDecay: 0,
  labelSmoothing: 0,
  augmentation: still,
  patience: null,
  seed: 1,
};
