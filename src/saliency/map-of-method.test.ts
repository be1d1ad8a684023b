import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../engine/engine-testing';
import type { Network } from '../network/network';
import { compare } from './explain-layers';
import type { Comparison } from './explanation';
import { saliencyMethods } from './map-of-method';
import { layerMethods, type SaliencyMethod } from './method-names';
import { type Case, cases, distance, networkOf, norm } from './saliency-testing';
import { channelEvidence } from './smoothing/channel-evidence';
import { type MapSmoothing, smoothingsFor } from './smoothing/map-smoothing';

const methods: readonly SaliencyMethod[] = layerMethods;
const unhurried = async () => {};

const run = async (
  network: Network,
  { input, layers, target }: Case,
  chosen = methods,
  smooth: MapSmoothing = 'none',
): Promise<Comparison> => {
  const picture = tf.tensor4d([input]);
  try {
    return await compare(network, picture, {
      methods: chosen,
      smooth,
      layers: layers.map(({ name }) => network.nodes.findIndex((node) => node.name === name)),
      target,
      checkpoint: unhurried,
    });
  } finally {
    picture.dispose();
  }
};

const layersOf = (comparison: Comparison, method: SaliencyMethod) =>
  comparison.methods.find((entry) => entry.method === method)?.layers ?? [];

describe.each(['cpu', 'wasm'] as const)('every method on %s', (backend) => {
  beforeAll(() => startBackend(backend), 60_000);

  describe.each(['sequence', 'branches'] as const)('on the network of a %s', (name) => {
    const data = cases[name];
    let network: Network;
    let comparison: Comparison;
    beforeAll(async () => {
      network = await networkOf(data);
      comparison = await run(network, data);
    });
    afterAll(() => network.dispose());

    it('starts from the same logits', () => {
      comparison.logits.forEach((logit, i) => {
        expect(logit).toBeCloseTo(data.logits[i], 5);
      });
    });

    // Ablation-CAM divides small differences of logits; at a linear layer the denominator of Grad-CAM++ passes near 0.
    const within: Partial<Record<SaliencyMethod, number>> = { 'ablation-cam': 1e-3, 'grad-cam++': 1e-3 };

    it.each(methods)('%s is its published equation at every layer', (method) => {
      const layers = layersOf(comparison, method);
      expect(layers.map((layer) => layer.name)).toEqual(data.layers.map((layer) => layer.name));
      layers.forEach(({ map, outcome }, i) => {
        const expected = data.layers[i].maps[method].flat();
        const where = `${method} of ${data.layers[i].name}`;
        expect(map.values.length, where).toBe(expected.length);
        if (norm(expected) === 0) expect(outcome, where).toBe('none');
        else expect(distance(map.values, expected), where).toBeLessThan(within[method] ?? 2e-5);
      });
    });

    it('says the same when a method is asked for alone', async () => {
      for (const method of methods) {
        const alone = await run(network, data, [method]);
        layersOf(alone, method).forEach(({ map }, i) => {
          expect(map.values, method).toEqual(layersOf(comparison, method)[i].map.values);
        });
        expect(alone.target).toBe(data.target);
      }
    });

    it.each(['aug', 'eigen', 'both'] as const)(
      'smoothed by %s, maps are their published equations',
      async (smooth) => {
        const chosen = Object.keys(data.layers[0].smoothed.maps[smooth]) as SaliencyMethod[];
        const smoothed = await run(network, data, chosen, smooth);
        expect(smoothed.target).toBe(data.target);
        expect(smoothed.logits).toEqual(comparison.logits);
        for (const method of chosen) {
          layersOf(smoothed, method).forEach(({ map, outcome }, i) => {
            const expected = data.layers[i].smoothed.maps[smooth][method]?.flat() ?? [];
            const where = `${method} of ${data.layers[i].name}`;
            if (norm(expected) === 0) expect(outcome, where).toBe('none');
            else expect(distance(map.values, expected), where).toBeLessThan(within[method] ?? 5e-5);
          });
        }
      },
    );

    it('leaves no tensor behind', async () => {
      const before = tf.memory().numTensors;
      await run(network, data);
      await run(network, data, ['grad-cam', 'kpca-cam'], 'both');
      expect(tf.memory().numTensors).toBe(before);
    });

    it('follows the scale of the logits as its equation does', async () => {
      const scaled = await networkOf(data, 3);
      const tripled = await run(scaled, data);
      scaled.dispose();
      const factors: Partial<Record<SaliencyMethod, number>> = {
        'grad-cam': 3,
        'hires-cam': 3,
        'layer-cam': 3,
        'grad-cam-elementwise': 3,
        'xgrad-cam': 3,
        'eigen-cam': 1,
        'eigen-grad-cam': 3,
        'kpca-cam': 1,
        fem: 1,
        activation: 1,
        'ablation-cam': 1,
        'shapley-cam': 3,
      };
      for (const [method, factor] of Object.entries(factors) as [SaliencyMethod, number][]) {
        layersOf(tripled, method).forEach(({ map, outcome }, i) => {
          const expected = layersOf(comparison, method)[i].map.values.map((value) => factor * value);
          const where = `${method} of ${data.layers[i].name}`;
          if (norm(expected) === 0) expect(outcome, where).toBe('none');
          else expect(distance(map.values, expected), where).toBeLessThan(within[method] ?? 1e-4);
        });
      }
    });
  });
});

describe('pytorch-grad-cam 1.5.7 beside the equations', () => {
  const all = [cases.sequence, cases.branches].flatMap(({ layers }) => layers);
  const distances = (method: string) => all.map(({ library }) => library[method]);

  it('agrees on Shapley-CAM, which is Grad-CAM where all behind a layer is linear piece by piece', () => {
    expect(Math.max(...distances('shapley-cam'))).toBeLessThan(1e-12);
    for (const { maps } of all) expect(maps['shapley-cam']).toEqual(maps['grad-cam']);
  });

  it('agrees on Grad-CAM, also element-wise, HiResCAM, LayerCAM and, but for an epsilon of 1e-7, XGrad-CAM', () => {
    for (const method of ['grad-cam', 'grad-cam-elementwise', 'hires-cam', 'layer-cam']) {
      expect(Math.max(...distances(method)), method).toBe(0);
    }
    expect(Math.max(...distances('xgrad-cam'))).toBeLessThan(1e-7);
  });

  it.each(['eigen-cam', 'eigen-grad-cam', 'kpca-cam'])(
    'agrees on %s up to the sign of the vector, which it leaves to chance',
    (method) => {
      const turned = distances(`${method}, turned over`);
      distances(method).forEach((asItIs, i) => {
        expect(Math.min(asItIs, turned[i])).toBeLessThan(1e-6);
        expect(Math.max(asItIs, turned[i])).toBeGreaterThan(1);
      });
    },
  );

  it('agrees on the mean over flips and brightness', () => {
    const own = all.flatMap(({ smoothed }) => Object.values(smoothed.library));
    expect(own.length).toBeGreaterThan(10);
    expect(Math.max(...own)).toBeLessThan(1e-6);
  });

  it('differs on FEM: it weighs the activations by the share of places that stand out, not these by the mean', () => {
    expect(Math.min(...distances('fem'))).toBeGreaterThan(0.5);
    expect(Math.max(...distances('fem, as the library says'))).toBe(0);
  });

  it('differs on Grad-CAM++: its epsilon of 1e-6 stands beside squares of small gradients', () => {
    expect(Math.min(...distances('grad-cam++'))).toBeGreaterThan(1e-3);
  });

  it('agrees on Score-CAM where nothing is resized; elsewhere it puts corners on corners', () => {
    for (const { maps, library } of all) {
      const resized = maps['score-cam'].length !== cases.sequence.input.length;
      if (resized) expect(library['score-cam']).toBeGreaterThan(1e-3);
      else expect(library['score-cam']).toBeLessThan(1e-6);
    }
  });

  it('agrees on Ablation-CAM behind a ReLU; elsewhere it sets a channel to -1e7 instead of 0', () => {
    const linear: string[] = [];
    for (const { nodes, layers } of [cases.sequence, cases.branches]) {
      for (const { name, library } of layers) {
        if (nodes.find((node) => node.name === name)?.activation === 'linear') {
          linear.push(name);
          expect(library['ablation-cam'], name).toBeGreaterThan(1);
        } else {
          expect(library['ablation-cam'], name).toBeLessThan(1e-5);
        }
      }
    }
    expect(linear).toEqual(['b', 'c']);
  });
});

it('smooths by the first component what sums channels, and no other method', () => {
  const sums = methods.filter(
    (method) => method in channelEvidence || saliencyMethods[method].reads === 'passes',
  );
  expect(methods.filter((method) => smoothingsFor(method).includes('eigen'))).toEqual(sums);
});
