import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../../../engine/engine-testing';
import { buildNetwork } from '../../build';
import { predict } from '../../run-network';
import { gradCamAt } from '../../testing/grad-cam-at';
import { inputGradient } from '../../testing/referee';
import { distance, fixtureText, graphOf, picture } from '../onnx-testing';

interface Written {
  /** The file as base64. */
  onnx: string;
  logits: number[];
  /** Of the highest logit towards the picture, [h, w, c] row by row. */
  gradient: number[];
  /** Grad-CAM of it at the convolution before its negative values are cut off, [h, w] row by row. */
  cam: number[];
}

/** By `simple.py`. */
const written: Record<string, Written> = JSON.parse(fixtureText('simple.json'));

beforeAll(() => startBackend('wasm'));

describe('simple recurrent units compute what PyTorch and onnxruntime compute', () => {
  it.each(Object.entries(written))('%s', async (_, { onnx, logits, gradient, cam }) => {
    const network = buildNetwork(await graphOf(Uint8Array.from(Buffer.from(onnx, 'base64'))));
    const x = picture(8);
    expect(distance(await predict(network, x, async () => {}), logits)).toBeLessThan(1e-5);
    const target = logits.indexOf(Math.max(...logits));
    expect(distance(await inputGradient(network, x, target), gradient)).toBeLessThan(1e-4);
    const convolution = network.nodes
      .map(({ name }) => name)
      .find((name) => name.includes('first')) as string;
    expect(distance(await gradCamAt(network, x, convolution, target), cam)).toBeLessThan(1e-3);
    x.dispose();
    network.dispose();
  });
});

it('units bent by another function are refused by its name', async () => {
  const bytes = Buffer.from(written['in both directions'].onnx, 'base64');
  // Its last "Tanh", written over by a name as long.
  bytes.write('Elu_', bytes.lastIndexOf('Tanh'));
  await expect(graphOf(Uint8Array.from(bytes))).rejects.toThrow('has gates of its own (Tanh, Elu_)');
});
