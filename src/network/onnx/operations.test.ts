import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../../engine/engine-testing';
import { buildNetwork } from '../build';
import { predict } from '../run-network';
import { inputGradient } from '../testing/referee';
import { distance, fixtureText, graphOf, picture } from './onnx-testing';

interface Written {
  /** The file as base64. */
  onnx: string;
  logits: number[];
  /** Of the highest logit towards the picture, [h, w, c] row by row; left out of what only onnxruntime computes. */
  gradient?: number[];
}

const written: Record<string, Written> = {
  ...JSON.parse(fixtureText('operations.json')),
  ...JSON.parse(fixtureText('recent.json')),
  ...JSON.parse(fixtureText('fused.json')),
  ...JSON.parse(fixtureText('gated.json')),
  ...JSON.parse(fixtureText('sums.json')),
  ...JSON.parse(fixtureText('whole.json')),
};

beforeAll(() => startBackend('wasm'));

describe('operations compute what PyTorch or onnxruntime computes, forwards and backwards', () => {
  it.each(Object.keys(written))('%s', async (name) => {
    const { onnx, logits, gradient } = written[name];
    const network = buildNetwork(await graphOf(Uint8Array.from(Buffer.from(onnx, 'base64'))));
    const x = picture(network.inputShape[0]);
    const found = await predict(network, x, async () => {});
    expect(distance(found, logits)).toBeLessThan(1e-4);
    const target = logits.indexOf(Math.max(...logits));
    if (gradient) expect(distance(await inputGradient(network, x, target), gradient)).toBeLessThan(1e-3);
    x.dispose();
    network.dispose();
  });
});
