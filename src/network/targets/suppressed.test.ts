import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { startBackend } from '../../engine/engine-testing';
import { forward, readerOf } from '../run-network';
import { detectionsIn } from './detections';
import { explainedOf } from './explained';
import { fixturePicture, networkCalled } from './targets-testing';

/** What onnxruntime keeps of two pictures (fixtures/suppressed.py). */
const kept: { shift: number; boxes: { box: number; index: number }[] }[] = JSON.parse(
  readFileSync(path.join(import.meta.dirname, 'fixtures/suppressed.json'), 'utf8'),
);

beforeAll(() => startBackend('wasm'));

it('of a detector that suppresses by itself the boxes are chosen that onnxruntime keeps; one that the next picture lacks is said', async () => {
  const network = await networkCalled('suppressed', 5);
  expect(network.detail?.kind).toBe('boxes');
  if (network.detail?.kind !== 'boxes') return;
  const { node, layout } = network.detail;
  const inOrder = (boxes: readonly { box: number; index: number }[]) =>
    boxes.map(({ box, index }) => ({ box, index })).sort((a, b) => a.box - b.box);
  for (const { shift, boxes } of kept) {
    const x = fixturePicture(shift);
    const outputs = await forward(network, x, async () => {});
    const found = detectionsIn(await outputs[node].data(), layout, network.inputShape);
    expect(inOrder(found)).toEqual(inOrder(boxes));
    const beyond = explainedOf(network, { kind: 'box', box: 64 }, readerOf(outputs));
    await expect(beyond).rejects.toThrow('This picture has no box 64.');
    for (const tensor of [...outputs, x]) tensor.dispose();
  }
  network.dispose();
});
