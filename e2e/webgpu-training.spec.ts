import type { Page } from '@playwright/test';
import { enginePage } from '../playwright.config';
import type { BackendPreference } from '../src/backend/backend-names';
import type { Architecture } from '../src/training/architecture/architecture';
import type { OpenTraining, Recipe } from '../src/training/training-methods';
import { loseDevice, makeDevicesLosable } from './support/software-gpu';
import { expect, test } from './support/test';
import { workerNamed } from './support/workers';

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

/** Two epochs of six batches. */
const steps = 12;

const request = (backend: BackendPreference): OpenTraining => ({
  backend,
  data: { kind: 'pictographs', seed: 1, train: 60, heldOut: 20 },
  start: { architecture, recipe, weights: null },
});

const open = (page: Page, backend: BackendPreference) =>
  page.evaluate((asked) => window.training('open', asked), request(backend));

const advance = (page: Page, steps: number) =>
  page.evaluate((some) => window.training('advance', { steps: some, milliseconds: 1e9 }), steps);

/** All steps of a training, and the held-out loss of its epochs. */
async function train(page: Page) {
  const losses: number[] = [];
  const epochs: number[] = [];
  for (;;) {
    const { reports, epoch, done, backend } = await advance(page, 100);
    losses.push(...reports.map(({ loss }) => loss));
    if (epoch) epochs.push(epoch.loss);
    if (done) return { losses, epochs, backend: backend.name };
  }
}

test('a training on WebGPU has the losses that it has on WebAssembly, and goes on there when its device is lost', async ({
  page,
}) => {
  await makeDevicesLosable(page);
  await page.goto(enginePage);
  await page.waitForFunction(() => 'training' in window);
  await open(page, 'wasm');
  const expected = await train(page);
  expect(expected).toMatchObject({ backend: 'wasm' });
  expect(expected.losses).toHaveLength(steps);
  // The scenes come from workers of their own.
  await workerNamed(page, 'supersign scenes 1');
  const opened = await open(page, 'webgpu');
  expect(opened.backend.name).toBe('webgpu');
  const actual = await train(page);
  expect(actual.backend).toBe('webgpu');
  expect(actual.losses).toHaveLength(steps);
  actual.losses.forEach((loss, step) => {
    expect(Math.abs(loss - expected.losses[step]), `step ${step + 1}`).toBeLessThan(1e-3);
  });
  actual.epochs.forEach((loss, epoch) => {
    expect(Math.abs(loss - expected.epochs[epoch]), `epoch ${epoch + 1}`).toBeLessThan(1e-2);
  });

  await open(page, 'webgpu');
  expect((await advance(page, 3)).backend.name).toBe('webgpu');
  await loseDevice(page, 'supersign training', 2);
  const rest = await train(page);
  expect(rest.backend).toBe('wasm');
  const { history, step } = await page.evaluate(() => window.training('checkpoint', {}));
  expect(step).toBe(steps);
  expect(history.steps.map((report) => report.step)).toEqual(Array.from({ length: steps }, (_, i) => i + 1));
  expect(history.epochs).toHaveLength(2);
});
