import path from 'node:path';
import { expect } from '@playwright/test';
import sharp from 'sharp';
import type { BackendName } from '../../src/backend/backend-names';
import type { SaliencyMethod } from '../../src/saliency/method-names';
import { root } from './files';

/** Methods with a map at the input alone. */
const atInput: readonly SaliencyMethod[] = ['integrated-gradients', 'full-grad'];

const methods: SaliencyMethod[] = [
  ...(['grad-cam', 'grad-cam++', 'hires-cam', 'layer-cam', 'grad-cam-elementwise', 'xgrad-cam'] as const),
  ...atInput,
  ...(['eigen-cam', 'eigen-grad-cam', 'kpca-cam', 'fem', 'activation'] as const),
  ...(['score-cam', 'ablation-cam', 'shapley-cam'] as const),
];

/** A church as the tiny network reads it, [24, 24, 3] from -1 to 1 in float32. */
export async function church(): Promise<Buffer> {
  const bytes = await sharp(path.join(root, 'public/examples/church.jpg'))
    .resize(24, 24)
    .removeAlpha()
    .raw()
    .toBuffer();
  return Buffer.from(Float32Array.from(bytes, (value) => value / 127.5 - 1).buffer);
}

/** Does something on the engine's bare page with what JSON can hold. */
export type OnBench = <Asked, Answer>(
  work: (asked: Asked) => Answer,
  asked: Asked,
) => Promise<Awaited<Answer>>;

type Maps = Map<SaliencyMethod, number[][]>;

/** Both layers' maps by every method, and the one of the picture itself: of `church.f32` and the tiny network beside the bare page. */
export async function mapsOn(onBench: OnBench, backend: BackendName, title: RegExp): Promise<Maps> {
  const opened = await onBench(
    (asked) =>
      window.bench('open', {
        backend: asked,
        network: new URL('networks/tiny/manifest.json', location.href).href,
        input: new URL('church.f32', location.href).href,
      }),
    backend,
  );
  expect(opened.backend).toMatch(title);
  const maps: Maps = new Map();
  for (const method of methods) {
    const own = await onBench(
      async (asked) => (await window.bench('maps', { method: asked })).map((map) => [...map]),
      method,
    );
    expect(own, method).toHaveLength(atInput.includes(method) ? 1 : 2);
    maps.set(method, own);
  }
  return maps;
}

const norm = (values: readonly number[]) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

/** All maps to a relative L2 error of 1e-3. */
export function expectSameMaps(gpu: Maps, cpu: Maps): void {
  const withEvidence = [...cpu.values()].flat().filter((map) => norm(map) > 0);
  expect(withEvidence.length, 'there is something to compare').toBeGreaterThan(12);
  for (const [method, maps] of cpu) {
    for (const [i, expected] of maps.entries()) {
      const actual = gpu.get(method)?.[i] ?? [];
      expect(actual, `${method}, layer ${i}`).toHaveLength(expected.length);
      const difference = norm(actual.map((value, k) => value - expected[k]));
      expect(difference, `${method}, layer ${i}`).toBeLessThanOrEqual(1e-3 * norm(expected));
    }
  }
}
