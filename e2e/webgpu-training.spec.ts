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

/** Two epochs of four batches. */
const steps = 8;

const request = (backend: BackendPreference): OpenTraining => ({
  backend,
  data: { kind: 'pictographs', seed: 1, train: 40, heldOut: 20 },
  start: { architecture, recipe, weights: null },
});

const open = (page: Page, backend: BackendPreference) =>
  page.evaluate((asked) => window.training('open', asked), request(backend));

const advance = (page: Page, steps: number) =>
  page.evaluate((some) => window.training('advance', { steps: some, milliseconds: 1e9 }), steps);

/** The steps of a training that are left, and the held-out loss of its epochs. */
async function train(page: Page) {
  const told: { step: number; loss: number }[] = [];
  const epochs: number[] = [];
  for (;;) {
    const { reports, epoch, done, backend } = await advance(page, 100);
    told.push(...reports);
    if (epoch) epochs.push(epoch.loss);
    if (done) return { told, epochs, backend: backend.name };
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
  expect(expected.told).toHaveLength(steps);
  // The scenes come from workers of their own.
  await workerNamed(page, 'supersign scenes 1');
  const opened = await open(page, 'webgpu');
  expect(opened.backend.name).toBe('webgpu');
  // The first epoch with its test, and half of the second.
  const first = await advance(page, 4);
  const second = await advance(page, 2);
  expect([first.backend.name, second.backend.name]).toEqual(['webgpu', 'webgpu']);
  await loseDevice(page, 'supersign training', 2);
  const rest = await train(page);
  expect(rest.backend).toBe('wasm');
  // What came after the last checkpoint is computed, and told, once more.
  const told = [...first.reports, ...second.reports, ...rest.told];
  expect(new Set(told.map(({ step }) => step)).size).toBe(steps);
  for (const { step, loss } of told) {
    expect(Math.abs(loss - expected.told[step - 1].loss), `step ${step}`).toBeLessThan(1e-3);
  }
  const epochs = [first.epoch?.loss ?? Number.NaN, ...rest.epochs];
  expect(epochs).toHaveLength(expected.epochs.length);
  epochs.forEach((loss, epoch) => {
    expect(Math.abs(loss - expected.epochs[epoch]), `epoch ${epoch + 1}`).toBeLessThan(1e-2);
  });
  const { history, step } = await page.evaluate(() => window.training('checkpoint', {}));
  expect(step).toBe(steps);
  expect(history.steps.map((report) => report.step)).toEqual(Array.from({ length: steps }, (_, i) => i + 1));
  expect(history.epochs).toHaveLength(2);
});
