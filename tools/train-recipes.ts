import type { Architecture } from '../src/training/architecture/architecture';
import { presetOf } from '../src/training/architecture/presets';
import type { Recipe } from '../src/training/training-methods';

/** A network that comes with the product, and how it is made. */
export interface BundledNetwork {
  id: string;
  description: string;
  architecture: Architecture;
  recipe: Recipe;
  data:
    | { kind: 'pictographs'; seed: number; train: number; heldOut: number; fresh: number }
    | { kind: 'images'; heldOutShare: number };
  /** Names of the classes, by the names of their folders where those are others. */
  labels: Readonly<Record<string, string>>;
}

const still = { mirror: false, shift: 0, scale: 0, colour: 0 };

const pictographs: BundledNetwork = {
  id: 'pictographs',
  description:
    'A network of eight convolutions in the style of VGG for Pictographs, the pictures that are drawn by this product, trained by this product.',
  architecture: { ...presetOf('small-vgg').architecture, title: 'pictographs', side: 64 },
  recipe: {
    optimiser: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
    learningRate: 0.004,
    schedule: 'one-cycle',
    epochs: 10,
    batch: 32,
    weightDecay: 0.0001,
    labelSmoothing: 0.05,
    augmentation: { ...still, mirror: true },
    patience: null,
    seed: 7,
  },
  data: { kind: 'pictographs', seed: 1, train: 12_800, heldOut: 1000, fresh: 5000 },
  labels: {},
};

/** Names of the classes, by the names of their folders. */
const imagenette = {
  tench: 'tench',
  'english-springer': 'English springer',
  'cassette-player': 'cassette player',
  'chain-saw': 'chain saw',
  church: 'church',
  'french-horn': 'French horn',
  'garbage-truck': 'garbage truck',
  'gas-pump': 'gas pump',
  'golf-ball': 'golf ball',
  parachute: 'parachute',
};

const photos10: BundledNetwork = {
  id: 'photos10',
  description: 'A ten-class photograph network in the style of VGG, trained by this product.',
  architecture: { ...presetOf('photos10').architecture, title: 'photos10' },
  recipe: {
    optimiser: { kind: 'sgd', momentum: 0.9 },
    learningRate: 0.08,
    schedule: 'one-cycle',
    epochs: 33,
    batch: 32,
    weightDecay: 0.0005,
    labelSmoothing: 0.1,
    augmentation: { mirror: true, shift: 0.12, scale: 0.2, colour: 0.2 },
    patience: null,
    seed: 7,
  },
  data: { kind: 'images', heldOutShare: 0.2 },
  labels: imagenette,
};

export const bundledNetworks: readonly BundledNetwork[] = [photos10, pictographs];
