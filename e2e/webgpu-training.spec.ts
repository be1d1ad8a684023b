import type { BackendPreference } from '../src/backend/backend-names';
import type { Architecture } from '../src/training/architecture/architecture';
import type { OpenTraining, Recipe } from '../src/training/training-methods';
import { expect, type Gpu, test } from './support/gpu-browser';

/** Convolutions, batch normalisation, a residual block with a stride, dropout, a hidden layer. */
const architecture: Architecture = {
  title: 'small',
  side: 16,
  activation: 'relu',
  padding: 'same',
  batchNorm: true,
  stages: [
    { blocks: [{ kind: 'convolution', name: 'conv1', width: 6, size: 3 }], shrink: 'max' },
    { blocks: [{ kind: 'residual', name: 'res2', width: 8 }], shrink: 'stride' },
  ],
  join: 'average',
  hidden: [8],
  dropout: 0.1,
  classes: 10,
};

const recipe: Recipe = {
  optimiser: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  learningRate: 0.005,
  schedule: 'one-cycle',
  epochs: 2,
  batch: 10,
  weightDecay: 0.01,
  labelSmoothing: 0.1,
  augmentation: { mirror: true, shift: 0.1, scale: 0.1, colour: 0.2 },
  patience: null,
  seed: 1,
};

/** Two epochs of four batches. */
const steps = 8;

const request = (backend: BackendPreference): OpenTraining => ({
  backend,
  data: { kind: 'pictographs', seed: 1, train: 40, heldOut: 20 },
  start: { architecture, recipe, weights: null },
});

const open = (gpu: Gpu, backend: BackendPreference) =>
  gpu.evaluate((asked) => window.training('open', asked), request(backend));

const advance = (gpu: Gpu, steps: number) =>
  gpu.evaluate((some) => window.training('advance', { steps: some, milliseconds: 1e9 }), steps);

/** The steps of a training that are left, and its epochs with their held-out losses. */
async function train(gpu: Gpu) {
  const told: { step: number; loss: number }[] = [];
  const epochs: { step: number; loss: number }[] = [];
  for (;;) {
    const { reports, epoch, done, backend } = await advance(gpu, 100);
    told.push(...reports);
    if (epoch) epochs.push(epoch);
    if (done) return { told, epochs, backend: backend.name };
  }
}

test('a training on WebGPU has the losses that it has on WebAssembly, and goes on there when its device is lost', async ({
  gpu,
}) => {
  await gpu.visitor.go(gpu.addresses.bench);
  await gpu.visitor.until('the trainer is there', `'training' in window`, Boolean);
  await open(gpu, 'wasm');
  const expected = await train(gpu);
  expect(expected).toMatchObject({ backend: 'wasm' });
  expect(expected.told).toHaveLength(steps);
  // The scenes come from workers of their own.
  await gpu.workerRuns('supersign scenes 1');
  const opened = await open(gpu, 'webgpu');
  expect(opened.backend.name).toBe('webgpu');
  // The first epoch with its test, and half of the second.
  const first = await advance(gpu, 4);
  const second = await advance(gpu, 2);
  expect([first.backend.name, second.backend.name]).toEqual(['webgpu', 'webgpu']);
  await gpu.loseDevice('supersign training', 2);
  const rest = await train(gpu);
  expect(rest.backend).toBe('wasm');
  // What came after the last checkpoint is computed, and told, once more.
  const told = [...first.reports, ...second.reports, ...rest.told];
  expect(new Set(told.map(({ step }) => step)).size).toBe(steps);
  for (const { step, loss } of told) {
    expect(Math.abs(loss - expected.told[step - 1].loss), `step ${step}`).toBeLessThan(1e-3);
  }
  expect(first.epoch).not.toBeNull();
  const epochs = [...(first.epoch ? [first.epoch] : []), ...rest.epochs];
  expect(new Set(epochs.map(({ step }) => step)).size).toBe(expected.epochs.length);
  for (const { step, loss } of epochs) {
    const other = expected.epochs.find((epoch) => epoch.step === step)?.loss ?? Number.NaN;
    expect(Math.abs(loss - other), `epoch that ends at step ${step}`).toBeLessThan(1e-2);
  }
  const { history, step } = await gpu.evaluate((none) => window.training('checkpoint', none), {});
  expect(step).toBe(steps);
  expect(history.steps.map((report) => report.step)).toEqual(Array.from({ length: steps }, (_, i) => i + 1));
  expect(history.epochs).toHaveLength(2);
});
