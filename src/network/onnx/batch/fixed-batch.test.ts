import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../../../engine/engine-testing';
import { buildNetwork } from '../../build';
import { NetworkError } from '../../network-errors';
import { predict } from '../../run-network';
import { distance, graphOf, picture } from '../onnx-testing';

interface Written {
  pictures: number;
  onnx: string;
  /** What onnxruntime computes of the network that was exported for one picture. */
  logits?: number[];
  /** End of the sentence of one that is refused. */
  says?: string;
}

const files: Record<string, Written> = JSON.parse(
  readFileSync(path.join(import.meta.dirname, 'fixtures', 'batch.json'), 'utf8'),
);
const named = (isRefused: boolean) =>
  Object.keys(files).filter((name) => (files[name].says !== undefined) === isRefused);

const graphIn = (name: string) => graphOf(Uint8Array.from(Buffer.from(files[name].onnx, 'base64')));

beforeAll(() => startBackend('wasm'));

describe('a network that was exported for several pictures at once', () => {
  it.each(named(false))('computes of one what it computes exported for one: %s', async (name) => {
    const network = buildNetwork(await graphIn(name));
    const x = picture(8);
    const found = await predict(network, x, async () => {});
    expect(distance(found, files[name].logits as number[])).toBeLessThan(1e-5);
    x.dispose();
    network.dispose();
  });

  it.each(named(true))('is refused where a picture hangs on the others: %s', async (name) => {
    const { pictures, says } = files[name];
    const error = await graphIn(name).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(NetworkError);
    expect((error as Error).message).toContain(`reads ${pictures} pictures at once, and ${says}.`);
    expect((error as Error).message).toContain(
      'Export the network again with a batch of 1, or with an open one.',
    );
  });
});
