import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../../engine/engine-testing';
import { buildNetwork } from '../build';
import { type ModelFile, modelGraph } from '../layers-model';
import { NetworkError } from '../network-errors';

const fixtures = path.join(import.meta.dirname, 'fixtures');

/** What the page says of a network; null where it reads it. */
async function answerTo(model: ModelFile, weights: Uint8Array): Promise<string | null> {
  try {
    const graph = await modelGraph(model, Uint8Array.from(weights).buffer, 32);
    expect(graph.unused).toEqual([]);
    for (const output of graph.outputs) buildNetwork(graph, { output }).dispose();
    return null;
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    return error.message;
  }
}

beforeAll(() => startBackend('cpu'));

describe('every tensor of a file is computed with', () => {
  it.each(['anysize', 'arithmetic', 'attention', 'blocks', 'mixed', 'several', 'standardised'])(
    '%s',
    async (name) => {
      const file = (each: string) => readFileSync(path.join(fixtures, name, each));
      const model: ModelFile = JSON.parse(file('model.json').toString());
      const weights = Uint8Array.from(file('group1-shard1of1.bin'));
      expect(await answerTo(model, weights)).toBeNull();
      let at = 0;
      for (const { name: tensor, shape, dtype } of (model.weightsManifest ?? []).flatMap(
        (group) => group.weights,
      )) {
        const bytes = weights.subarray(at, at + 4 * shape.reduce((product, size) => product * size, 1));
        at += bytes.length;
        // Whole numbers are axes and sizes, which the operation that has them asks for.
        if (dtype !== 'float32') continue;
        // What is not a number is refused where it is computed with.
        const kept = Uint8Array.from(bytes);
        bytes.fill(0xff);
        expect(await answerTo(model, weights), tensor).toMatch(/NaN/);
        bytes.set(kept);
      }
      expect(at).toBe(weights.length);
    },
  );
});
