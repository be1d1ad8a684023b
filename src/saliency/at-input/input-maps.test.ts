import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../../engine/engine-testing';
import type { Network, NetworkNode } from '../../network/network';
import { readsInputs } from '../../network/ops/operation';
import { resizeBilinear, seededRandom } from '../../semiotics';
import { pictureNode } from '../channel-passes';
import { explain } from '../explain-layers';
import type { PassesProgress } from '../layer-maps-options';
import { type InputMethod, inputMethods } from '../method-names';
import { cases, distance, networkOf } from '../saliency-testing';
import { RISE_MASKS, riseMask } from './rise';

/** Maps by `fixtures/at_input.py`. */
const references: Record<
  'sequence' | 'branches',
  {
    maps: Record<'input-x-gradient' | 'integrated-gradients', number[][]>;
    sums: { path: number; difference: number };
  }
> = JSON.parse(readFileSync(path.join(import.meta.dirname, '../fixtures/at_input.json'), 'utf8'));

const unhurried = async () => {};

/** In float32 a rectifier may open one place earlier or later on the path than in float64. */
const within = { 'input-x-gradient': 2e-5, 'integrated-gradients': 1e-3 };

async function mapOf(
  network: Network,
  input: tf.Tensor4D,
  method: InputMethod,
  target: number | null,
  more: { checkpoint?: () => Promise<void>; onProgress?(progress: PassesProgress): void } = {},
) {
  const layers = [pictureNode(network)];
  const run = await explain(network, input, { method, layers, target, checkpoint: unhurried, ...more });
  return { ...run, layer: run.layers[0] };
}

describe.each(['cpu', 'wasm'] as const)('maps at the input on %s', (backend) => {
  beforeAll(() => startBackend(backend), 60_000);

  describe.each(['sequence', 'branches'] as const)('of the network of a %s', (name) => {
    const { input, target, logits } = cases[name];
    let network: Network;
    let picture: tf.Tensor4D;
    beforeAll(async () => {
      network = await networkOf(cases[name]);
      picture = tf.tensor4d([input]);
    });
    afterAll(() => {
      picture.dispose();
      network.dispose();
    });

    it.each(['input-x-gradient', 'integrated-gradients'] as const)(
      '%s is its published equation',
      async (method) => {
        const made = await mapOf(network, picture, method, target);
        expect(made.layer).toMatchObject({ name: 'input', kind: 'input', shape: [12, 12, 3] });
        expect(made.logits[target]).toBeCloseTo(logits[target], 5);
        expect(distance(made.layer.map.values, references[name].maps[method].flat())).toBeLessThan(
          within[method],
        );
      },
    );
  });

  it('sums along the path to what the picture adds to the logit, but for the steps', () => {
    for (const { sums } of Object.values(references)) {
      expect(Math.abs(sums.path - sums.difference)).toBeLessThan(2e-3);
    }
  });
});

/** A linear score of a picture of 14 x 14 pixels and one colour: the sum of weights times values. */
function linear(weights: Float32Array): Network {
  const filter = tf.tensor2d(weights, [weights.length, 1]);
  const node = (own: Partial<NetworkNode> & Pick<NetworkNode, 'name' | 'kind' | 'shape' | 'inputs'>) =>
    ({ parts: [own.name], forward: ([x]) => x, backward: () => [], ...own }) as NetworkNode;
  return {
    nodes: [
      node({ name: 'picture', kind: 'input', inputs: [], shape: [14, 14, 1] }),
      node({
        ...{ name: 'score', kind: 'dense', inputs: [0], shape: [1], backwardReads: readsInputs },
        forward: ([x]) => tf.tidy(() => tf.matMul(tf.reshape(x, [x.shape[0], weights.length]), filter)),
        backward: (dy, [x]) => [
          tf.tidy(() => tf.reshape(tf.matMul(dy as tf.Tensor2D, filter, false, true), x.shape)),
        ],
      }),
    ],
    inputShape: [14, 14, 1],
    output: 1,
    attention: [],
    head: 'logits',
    reading: { kind: 'number', what: '', reason: '', readsEitherWay: false, noun: 'number' },
    dispose: () => filter.dispose(),
  } as unknown as Network;
}

describe('closed forms of a linear network', () => {
  const random = seededRandom(3);
  const weights = Float32Array.from({ length: 196 }, () => random.next() - 0.4);
  const values = Float32Array.from({ length: 196 }, () => 2 * random.next() - 1);
  let network: Network;
  let picture: tf.Tensor4D;
  beforeAll(async () => {
    await startBackend('cpu');
    network = linear(weights);
    picture = tf.tensor4d(values, [1, 14, 14, 1]);
  });
  afterAll(() => {
    picture.dispose();
    network.dispose();
  });

  it('input x gradient and integrated gradients are the summands above 0, SmoothGrad the sizes of the weights', async () => {
    const summands = values.map((value, i) => Math.max(0, value * weights[i]));
    for (const method of ['input-x-gradient', 'integrated-gradients'] as const) {
      const { layer } = await mapOf(network, picture, method, 0);
      expect(distance(layer.map.values, summands), method).toBeLessThan(1e-6);
    }
    const { layer } = await mapOf(network, picture, 'smooth-grad', 0);
    expect(distance(layer.map.values, weights.map(Math.abs))).toBeLessThan(1e-6);
  });

  it('RISE is the mean of the masks by what is seen through them', async () => {
    const { layer } = await mapOf(network, picture, 'rise', 0);
    const expected = new Float64Array(196);
    const drawn = seededRandom(1);
    for (let i = 0; i < RISE_MASKS; i++) {
      const mask = riseMask(14, 14, drawn);
      const score = values.reduce((sum, value, at) => sum + value * mask[at] * weights[at], 0);
      mask.forEach((open, at) => {
        expected[at] += (score * open) / (RISE_MASKS * 0.5);
      });
    }
    expect(
      distance(
        layer.map.values,
        expected.map((value) => value - Math.min(...expected)),
      ),
    ).toBeLessThan(1e-5);
  });

  it.each(inputMethods)(
    '%s is the same every time, tells how far it is, ends when it is cancelled',
    async (method) => {
      const before = tf.memory().numTensors;
      const notes: PassesProgress[] = [];
      const first = await mapOf(network, picture, method, 0, { onProgress: (note) => notes.push(note) });
      const second = await mapOf(network, picture, method, 0);
      expect(second.layer.map).toEqual(first.layer.map);
      if (method !== 'input-x-gradient') {
        expect(notes.at(-1)).toMatchObject({ method, name: 'input', fraction: 1, left: 0 });
        let calls = 0;
        const cancelled = mapOf(network, picture, method, 0, {
          checkpoint: async () => {
            if (++calls === 6) throw new DOMException('cancelled', 'AbortError');
          },
        });
        await expect(cancelled).rejects.toThrow('cancelled');
      }
      expect(tf.memory().numTensors).toBe(before);
    },
  );
});

it('masks of RISE are 7 x 7 cells made 8 x 8 cells large, cut out by chance', () => {
  const [height, width] = [30, 42];
  const same = seededRandom(9);
  const mask = riseMask(height, width, seededRandom(9));
  const grid = Float32Array.from({ length: 49 }, () => (same.next() < 0.5 ? 1 : 0));
  const [tall, wide] = [5, 6];
  const [top, left] = [same.below(tall), same.below(wide)];
  const large = resizeBilinear(grid, 7, 7, 8 * wide, 8 * tall);
  mask.forEach((value, at) => {
    const [y, x] = [Math.floor(at / width) + top, (at % width) + left];
    expect(Math.abs(value - large[y * 8 * wide + x])).toBeLessThan(1e-6);
  });
});
