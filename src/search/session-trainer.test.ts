import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../engine/engine-testing';
import { seededRandom } from '../semiotics';
import { layoutOf, weightShapesOf } from '../training/architecture/parameter-layout';
import { costOf } from '../training/architecture/training-cost';
import type { Dataset, Split } from '../training/data/dataset';
import { heldOutPart } from './held-out-part';
import { nextMove } from './next-move';
import { blocksOf } from './removals';
import { createSearch, type Search } from './search';
import { parseSearch, serialiseSearch } from './search-file';
import { SearchError } from './search-state';
import { exampleRecipe, exampleState, smallVgg } from './search-testing';
import { sessionTrainer } from './session-trainer';

const SIDE = 16;

/** Pictures of stripes: lying, standing, or a chequerboard, of any phase, under noise. */
function stripes(train: number, heldOut: number): Dataset {
  const picture = (split: Split, index: number): Uint8Array => {
    const random = seededRandom(index * 2 + (split === 'train' ? 0 : 1));
    const [dx, dy] = [random.below(4), random.below(4)];
    const pixels = new Uint8Array(SIDE * SIDE * 3);
    for (let place = 0; place < SIDE * SIDE; place++) {
      const lying = (Math.floor(place / SIDE) + dy) % 4 < 2;
      const standing = ((place % SIDE) + dx) % 4 < 2;
      const on = [lying, standing, lying !== standing][index % 3];
      for (let c = 0; c < 3; c++) pixels[3 * place + c] = (on ? 150 : 50) + random.below(56);
    }
    return pixels;
  };
  return {
    side: SIDE,
    summary: { classes: ['lying', 'standing', 'chequered'], train, heldOut, refused: [] },
    async read(split, indices) {
      const pixels = new Uint8Array(indices.length * SIDE * SIDE * 3);
      for (const [i, index] of indices.entries()) pixels.set(picture(split, index), i * SIDE * SIDE * 3);
      return { pixels, labels: Int32Array.from(indices, (index) => index % 3) };
    },
  };
}

const data = stripes(96, 48);
const options = {
  orders: ['semiotic', 'l1'] as const,
  seeds: [3],
  tolerance: 0.1,
  budget: { kind: 'trainings', trainings: 2 } as const,
  referenceEpochs: 4,
  epochs: 1,
};

const state = () => ({
  ...exampleState({ ...options, orders: [...options.orders] }),
  recipe: { ...exampleRecipe, learningRate: 0.05 },
});

async function searched(): Promise<Search> {
  const search = createSearch(state(), new Map(), sessionTrainer(data, state().options));
  while (await search.advance());
  return search;
}

beforeAll(() => startBackend('wasm'));

describe('the two parts of the held-out pictures', () => {
  it('have no picture in common and every one of an odd number too', async () => {
    const whole = stripes(6, 7);
    const parts = (['validation', 'test'] as const).map((part) => heldOutPart(whole, part));
    expect(parts.map(({ summary }) => summary.heldOut)).toEqual([4, 3]);
    const read = await Promise.all(parts.map((part) => part.read('heldOut', [0, 1, 2])));
    expect(read.map(({ labels }) => [...labels])).toEqual([
      [0, 2, 1],
      [1, 0, 2],
    ]);
    expect((await parts[1].read('train', [4])).labels[0]).toBe(1);
  });
  it('cannot be made of one picture', () => {
    expect(() => sessionTrainer(stripes(6, 1), state().options)).toThrow(SearchError);
  });
});

describe('a search on WebAssembly', () => {
  it('trains, measures, keeps and puts back as its rules say, and leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    const { state: end, weights } = await searched();
    expect(tf.memory().numTensors).toBe(before);
    const [reference, ...steps] = end.networks;
    // Stripes are easy: the reference learns them, so the tolerance means something.
    expect(reference.validation.accuracy).toBeGreaterThan(0.9);
    expect(steps.map(({ id }) => id)).toEqual(['3/semiotic/1', '3/l1/1', '3/semiotic/2', '3/l1/2']);
    for (const network of end.networks) {
      const blocks = blocksOf(network.architecture).map(({ block }) => block.name);
      expect(network.profile.map(({ name }) => name)).toEqual(blocks);
      expect(network.filterNorms.map(({ block }) => block)).toEqual(blocks);
      expect(network.latency).toBeGreaterThan(0);
      expect(network.milliseconds).toBeGreaterThan(network.latency);
      // 24 pictures choose, 24 report.
      expect((network.validation.accuracy * 24) % 1).toBeCloseTo(0, 9);
      expect((network.test.accuracy * 24) % 1).toBeCloseTo(0, 9);
    }
    for (const network of steps) {
      const within = network.validation.accuracy >= reference.validation.accuracy - options.tolerance - 1e-9;
      expect(network.verdict).toBe(within ? 'kept' : 'rejected');
      const parent = end.networks.find(({ id }) => id === network.parent);
      expect(['reference', 'kept']).toContain(parent?.verdict);
      expect(network.parameters).toBeLessThan(parent?.parameters ?? 0);
    }
    const [, , l1] = end.networks;
    const smallest = reference.filterNorms
      .filter(({ block }) => ['b1', 'b2', 'c1', 'c2'].includes(block))
      .reduce((least, each) => (each.norm < least.norm ? each : least));
    expect(l1.change?.block).toBe(smallest.block);
    expect(weights.get('3/reference')?.map(({ name }) => name)).toEqual(
      weightShapesOf(layoutOf(smallVgg)).map(({ name }) => name),
    );
    expect(nextMove(end)).toBeNull();
  });

  it('finds the same networks again with the same seeds', async () => {
    const [one, other] = [await searched(), await searched()];
    const lasting = ({ state: { networks } }: Search) =>
      networks.map(({ latency: _, milliseconds: __, ...network }) => network);
    expect(lasting(one)).toEqual(lasting(other));
  });

  it('is given up between two steps, and tells how far it is', async () => {
    const before = tf.memory().numTensors;
    const search = createSearch(state(), new Map(), sessionTrainer(data, state().options));
    const told: string[] = [];
    const hooks = {
      onProgress: ({ text }: { text: string }) => void told.push(text),
      pause: async () => {
        if (told.at(-1) === 'Epoch 2 of 4') throw new DOMException('given up', 'AbortError');
      },
    };
    await expect(search.advance(hooks)).rejects.toThrow('given up');
    expect(search.state.networks).toEqual([]);
    expect(told.length).toBeGreaterThan(10);
    expect(told[0]).toBe('Epoch 1 of 4');
    expect(told.at(-1)).toBe('Epoch 2 of 4');
    expect(tf.memory().numTensors).toBe(before);
  });

  it('ends where the reference cannot be trained, with the reason', async () => {
    const exploding = { ...state(), recipe: { ...exampleRecipe, learningRate: 1e9 } };
    const search = createSearch(exploding, new Map(), sessionTrainer(data, exploding.options));
    await expect(search.advance()).rejects.toThrow(SearchError);
    await expect(search.advance()).rejects.toThrow(/learning rate, 1000000000, is too high/);
  });
});

describe('a search that takes out filters', () => {
  const filterState = () => ({
    ...exampleState({
      ...options,
      orders: ['semiotic', 'taylor'],
      unit: 'filters',
      distillation: { weight: 0.5, temperature: 3 },
      finalEpochs: 1,
      budget: { kind: 'trainings', trainings: 1 },
      referenceEpochs: 2,
    }),
    recipe: { ...exampleRecipe, learningRate: 0.05 },
  });
  const begun = () => createSearch(filterState(), new Map(), sessionTrainer(data, filterState().options));
  const reopened = ({ state: kept, weights }: Search): Search => {
    const file = parseSearch(serialiseSearch({ state: kept, weights, made: '' }));
    return createSearch(file.state, file.weights, sessionTrainer(data, file.state.options));
  };
  /** All but what the clock says. */
  const lasting = ({ state: kept, weights }: Search): string => {
    const networks = kept.networks.map((network) => ({ ...network, latency: 0, milliseconds: 0 }));
    return serialiseSearch({ state: { ...kept, networks }, weights, made: '' });
  };

  it('trains ordinary smaller networks, and resumes from its file to the very bytes, wherever it was left', async () => {
    const before = tf.memory().numTensors;
    const whole = begun();
    while (await whole.advance());
    let broken = begun();
    while (await broken.advance()) broken = reopened(broken);
    expect(broken.state.networks.map(({ id }) => id)).toEqual(whole.state.networks.map(({ id }) => id));
    // Not `toBe`: where they differ, tens of thousands of characters would be printed.
    expect(lasting(broken) === lasting(whole)).toBe(true);
    expect(tf.memory().numTensors).toBe(before);
    const [reference, ...others] = whole.state.networks;
    expect(others.map(({ id }) => id)).toEqual(expect.arrayContaining(['3/semiotic/1', '3/taylor/1']));
    for (const network of others) {
      expect(network.parameters).toBe(costOf(network.architecture).parameters);
      expect(network.parameters).toBeLessThan(reference.parameters);
      expect(network.multiplyAdds).toBeLessThan(reference.multiplyAdds);
      expect(network.latency).toBeGreaterThan(0);
    }
    for (const { group, norm, taylor, structure, signs } of reference.filters ?? []) {
      const layer = layoutOf(smallVgg).layers.find(({ name }) => name === group);
      for (const measured of [norm, taylor, structure, signs]) {
        expect(measured).toHaveLength(layer?.shape[2] as number);
        expect(measured?.every(Number.isFinite)).toBe(true);
      }
    }
  });

  it('needs the weights of the reference that it learns from', async () => {
    const search = begun();
    await search.advance();
    const file = parseSearch(serialiseSearch({ state: search.state, weights: new Map(), made: '' }));
    const bare = createSearch(file.state, file.weights, sessionTrainer(data, file.state.options));
    await expect(bare.advance()).rejects.toThrow('its weights are missing');
  });
});
