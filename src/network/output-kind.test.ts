import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { sharedFolder, startBackend } from '../engine/engine-testing';
import { explainBatch } from '../engine/study/explain-batch';
import { decisionCurves } from '../faithfulness/curves';
import { explain } from '../saliency/explain-layers';
import { saliencyMethods } from '../saliency/map-of-method';
import { layerMethods, type SaliencyMethod } from '../saliency/method-names';
import { buildNetwork } from './build';
import { readKerasBytes } from './keras/keras-testing';
import { featureLayers, type Network } from './network';
import type { Graph } from './network-graph';
import { fittingNames, type OutputEnd, type OutputReads, readOutput, usualNames } from './output-kind';
import { classifyingOutput } from './plan';
import { probabilitiesOf } from './probabilities';
import { captureGradients, predict } from './run-network';

/** What Keras says; `fixtures/output-kinds.py` made the networks and asked it. */
interface Reference {
  output: number[];
  logit?: number[];
  gradCam?: Record<string, { shape: number[]; values: number[] }>;
  gradCamNegated?: Record<string, { shape: number[]; values: number[] }>;
}

const fixtures = path.join(import.meta.dirname, 'fixtures');
const references: Record<string, Reference> = JSON.parse(
  readFileSync(path.join(fixtures, 'output-kinds.json'), 'utf8'),
);
const field = path.join(sharedFolder, 'field');
const unhurried = async () => {};

async function graphOf(name: string): Promise<Graph> {
  const own = path.join(fixtures, `${name}.keras`);
  const file = existsSync(own) ? own : path.join(field, `${name}.keras`);
  return (await readKerasBytes(path.basename(file), readFileSync(file))).graph;
}

const open = async (name: string, reads: OutputReads = 'auto', names = 0) =>
  buildNetwork(await graphOf(name), { reads, names });

function pictureFor({ inputShape }: Network): tf.Tensor4D {
  const values = Float32Array.from(
    { length: inputShape.reduce((a, b) => a * b) },
    (_, i) => (7919 * i) % 251,
  );
  return tf.tensor4d(values, [1, ...inputShape]);
}

async function said(network: Network): Promise<{ logits: number[]; probabilities: number[] | null }> {
  const input = pictureFor(network);
  const logits = await predict(network, input, unhurried);
  input.dispose();
  return { logits: Array.from(logits), probabilities: probabilitiesOf(logits, network) };
}

function expectNear(actual: ArrayLike<number>, expected: readonly number[], tolerance = 2e-5): void {
  expect(actual.length).toBe(expected.length);
  const scale = Math.max(1, ...expected.map(Math.abs));
  expected.forEach((value, i) => {
    expect(Math.abs(actual[i] - value)).toBeLessThan(tolerance * scale);
  });
}

const mapsFor = async (network: Network, method: SaliencyMethod, target: number) => {
  const input = pictureFor(network);
  const layers = featureLayers(network, ['convolution']);
  const run = await explain(network, input, { method, layers, target, checkpoint: unhurried });
  input.dispose();
  return run.layers.map(({ name, map }) => ({ name, values: Array.from(map.values) }));
};

beforeAll(() => startBackend('cpu'));

describe('what an output is', () => {
  it.each([
    ['sigmoid-unit', 'auto', 'binary', 'one sigmoid unit, read as two classes', ['class 0', 'class 1']],
    ['sigmoid-unit', 'number', 'number', 'one number after sigmoid', ['output']],
    ['linear-unit', 'auto', 'number', 'one number', ['output']],
    ['linear-unit', 'classes', 'binary', 'one unit, read as two classes', ['class 0', 'class 1']],
    ['tanh-unit', 'auto', 'number', 'one number after tanh', ['output']],
    [
      'softmax-unit',
      'auto',
      'number',
      'one number before a softmax, which over one unit is always 1',
      ['output'],
    ],
    ['labels', 'auto', 'classes', '3 probabilities', ['class 0', 'class 1', 'class 2']],
    ['logits', 'auto', 'classes', '3 logits', ['class 0', 'class 1', 'class 2']],
    ['logits', 'number', 'vector', '3 numbers', ['number 0', 'number 1', 'number 2']],
    ['embedding', 'classes', 'classes', '5 logits', [0, 1, 2, 3, 4].map((i) => `class ${i}`)],
    [
      'embedding',
      'auto',
      'vector',
      '5 numbers called “embedding”',
      [0, 1, 2, 3, 4].map((i) => `number ${i}`),
    ],
    ['tanh-vector', 'auto', 'vector', '2 numbers after tanh', ['number 0', 'number 1']],
    [
      'segments',
      'auto',
      'places',
      'a map of 4 classes at 8 × 8 places',
      [0, 1, 2, 3].map((i) => `class ${i}`),
    ],
    ['mask', 'auto', 'places', 'a map of one number at 16 × 16 places', ['output']],
    ['autoencoder', 'auto', 'picture', 'a picture of 16 × 16 pixels', [0, 1, 2].map((i) => `channel ${i}`)],
  ] as const)('%s, read as %s, is %s', async (name, reads, kind, what, names) => {
    const network = await open(name, reads);
    const { reading, nodes, output } = network;
    expect(reading).toMatchObject({ kind, what });
    expect(reading.reason.startsWith(`The output is ${what}.`)).toBe(true);
    expect(usualNames(reading.noun, nodes[output].shape[0])).toEqual(names);
    const { logits, probabilities } = await said(network);
    expect(logits).toHaveLength(names.length);
    expect(probabilities === null).toBe(kind !== 'classes' && kind !== 'binary');
    network.dispose();
  });

  it('says of what is averaged that it is', async () => {
    for (const [name, rest] of [
      [
        'segments',
        'It is no class of the whole picture; explained is one class’s mean over all places, before the softmax.',
      ],
      [
        'mask',
        'It is no class of the whole picture; explained is its mean over all places, before the sigmoid.',
      ],
      [
        'autoencoder',
        'It is no class; explained is the mean of one channel over all pixels, before the sigmoid.',
      ],
    ]) {
      const network = await open(name);
      expect(network.reading.reason).toContain(rest.replace('’', "'"));
      network.dispose();
    }
  });

  const end = (change: Partial<OutputEnd>): OutputEnd => ({
    ...{ name: 'output', shape: [7], head: 'logits', last: null, isScaledAsOne: false },
    ...change,
  });
  const kindOf = (change: Partial<OutputEnd>, names = 0) =>
    readOutput(end(change), [32, 32, 3], 'auto', names).kind;

  it('is told by names only where they are plain, and never against the names of classes', () => {
    expect(kindOf({})).toBe('classes');
    for (const name of ['embedding', 'box', 'bbox_1', 'landmarks', 'feature_vector']) {
      expect(kindOf({ name })).toBe('vector');
      expect(kindOf({ name, head: 'softmax' })).toBe('classes');
      expect(kindOf({ name }, 7)).toBe('classes');
    }
    for (const name of ['dropbox', 'predictions', '/features/embed/Gemm'])
      expect(kindOf({ name })).toBe('classes');
    expect(kindOf({ isScaledAsOne: true })).toBe('vector');
  });

  it('of one linear unit is two classes where the file names two', () => {
    expect(kindOf({ shape: [1] })).toBe('number');
    expect(kindOf({ shape: [1] }, 2)).toBe('binary');
    expect(kindOf({ shape: [1] }, 1)).toBe('number');
    expect(kindOf({ shape: [1, 1, 1], head: 'sigmoid' })).toBe('binary');
  });

  it('may be named by two names, or by one of which the other class is not', () => {
    const binary = { kind: 'binary', labels: ['class 0', 'class 1'] } as const;
    expect(fittingNames(['cat', 'dog'], binary)).toEqual(['cat', 'dog']);
    expect(fittingNames(['tumour'], binary)).toEqual(['not tumour', 'tumour']);
    expect(fittingNames(['a', 'b', 'c'], binary)).toBeNull();
    expect(fittingNames(['a', 'b'], { kind: 'number', labels: ['output'] })).toBeNull();
    expect(fittingNames(['age'], { kind: 'number', labels: ['output'] })).toEqual(['age']);
  });

  it('with probabilities goes before one that is none', async () => {
    const { nodes, input } = await graphOf('sigmoid-unit');
    const outputs = ['second', nodes.at(-1)?.name ?? ''];
    expect(classifyingOutput({ nodes, input, outputs })).toBe(outputs[1]);
  });
});

describe('one unit as two classes', () => {
  it('says what Keras says, and what is left to 1', async () => {
    const network = await open('sigmoid-unit');
    const [p] = references['sigmoid-unit'].output;
    const { logits, probabilities } = await said(network);
    expectNear(probabilities ?? [], [1 - p, p]);
    expectNear(logits, [-Math.log(p / (1 - p)), Math.log(p / (1 - p))]);
    network.dispose();
  });

  it('sums to 1 for any logit', () => {
    const reading = readOutput(
      { name: '', shape: [1], head: 'sigmoid', last: null, isScaledAsOne: false },
      [8, 8, 3],
    );
    for (const z of [0, 2 ** -24, 0.3125, -4, 17, -30, 88, -700]) {
      const [no, yes] = probabilitiesOf(Float32Array.of(-z, z), { head: 'sigmoid', reading }) as number[];
      expect(no + yes).toBeCloseTo(1, 12);
      expect(yes).toBeCloseTo(z < 0 ? Math.exp(z) / (1 + Math.exp(z)) : 1 / (1 + Math.exp(-z)), 12);
    }
  });

  it('has opposite gradients at every layer', async () => {
    const network = await open('sigmoid-unit');
    const input = pictureFor(network);
    const gradients = await Promise.all(
      [0, 1].map(async (target) => {
        const found: Float32Array[] = [];
        await captureGradients(network, input, {
          layers: featureLayers(network, ['convolution', 'pooling']),
          chooseTarget: () => target,
          onLayer: async (_, __, gradient) => {
            found.push((await gradient.data()) as Float32Array);
          },
          checkpoint: unhurried,
        });
        return found;
      }),
    );
    expect(gradients[0]).toHaveLength(3);
    gradients[0].forEach((layer, i) => {
      expect(layer.some((value) => value !== 0)).toBe(true);
      expect(Array.from(layer, (value) => -value || 0)).toEqual(
        Array.from(gradients[1][i], (value) => value || 0),
      );
    });
    input.dispose();
    network.dispose();
  });

  it.each([
    ['sigmoid-unit', 'auto', 1, 0],
    ['linear-unit', 'classes', 1, 0],
    ['linear-unit', 'number', 0, null],
    ['tanh-unit', 'auto', 0, null],
  ] as const)('%s, read as %s, has the Grad-CAM of PyTorch for each', async (name, reads, own, other) => {
    const network = await open(name, reads);
    const { gradCam = {}, gradCamNegated = {} } = references[name];
    for (const { name: layer, values } of await mapsFor(network, 'grad-cam', own)) {
      expectNear(values, gradCam[layer].values);
    }
    if (other !== null) {
      for (const { name: layer, values } of await mapsFor(network, 'grad-cam', other)) {
        expectNear(values, gradCamNegated[layer].values);
      }
    }
    network.dispose();
  });

  it.each(layerMethods)('is explained by %s, each class by itself', async (method) => {
    const network = await open('sigmoid-unit');
    const [first, second] = await Promise.all([0, 1].map((target) => mapsFor(network, method, target)));
    const readsNoClass = saliencyMethods[method].reads === 'activation';
    expect(JSON.stringify(first) === JSON.stringify(second)).toBe(readsNoClass);
    for (const { values } of [...first, ...second]) expect(values.every((value) => value >= 0)).toBe(true);
    network.dispose();
  });

  it('has Ablation-CAM weights of opposite signs', async () => {
    const network = await open('sigmoid-unit');
    const [no, yes] = [await mapsFor(network, 'ablation-cam', 0), await mapsFor(network, 'ablation-cam', 1)];
    for (const [layer, { values }] of no.entries()) {
      // Where the weighted sum is above 0 for one class, it is below, and cut off, for the other.
      expect(values.every((value, place) => value === 0 || yes[layer].values[place] === 0)).toBe(true);
      expect([...values, ...yes[layer].values].some((value) => value > 0)).toBe(true);
    }
    network.dispose();
  });

  it('is judged in a study by the likelier class, and explained for the true one too', async () => {
    const network = await open('sigmoid-unit');
    const input = pictureFor(network);
    const layers = featureLayers(network, ['convolution']);
    const [picture] = await explainBatch(network, input, {
      ...{ method: 'grad-cam', layers, trueClasses: [1], checkpoint: unhurried },
    });
    expect(picture.predicted).toBe(0);
    expectNear(picture.maps[1].values, references['sigmoid-unit'].gradCamNegated?.second.values ?? []);
    expectNear(picture.trueMaps?.[1].values ?? [], references['sigmoid-unit'].gradCam?.second.values ?? []);
    input.dispose();
    network.dispose();
  });
});

describe('an output that is no class', () => {
  it.each(['linear-unit', 'tanh-unit', 'embedding', 'tanh-vector'])('%s is what Keras says', async (name) => {
    const network = await open(name);
    expectNear((await said(network)).logits, references[name].output);
    network.dispose();
  });

  it('of one sigmoid unit read as a number is that number', async () => {
    const network = await open('sigmoid-unit', 'number');
    expectNear((await said(network)).logits, references['sigmoid-unit'].output);
    network.dispose();
  });

  it('over one unit with a softmax is the number before it', async () => {
    const network = await open('softmax-unit');
    const { logits, probabilities } = await said(network);
    expect(probabilities).toBeNull();
    expect(references['softmax-unit'].output).toEqual([1]);
    expect(logits[0]).not.toBeCloseTo(1, 3);
    network.dispose();
  });

  it('has curves of the number and none of a probability', async () => {
    const network = await open('linear-unit');
    const input = pictureFor(network);
    const map = { values: Float32Array.from({ length: 64 }, (_, i) => i), width: 8, height: 8 };
    const options = {
      ...{ map, steps: 4, shuffles: 1, seed: 1, target: 0 },
      checkpoint: unhurried,
      onProgress() {},
    };
    const { deletion, insertion, shuffled } = await decisionCurves(network, input, options);
    for (const curve of [
      deletion,
      insertion,
      ...shuffled.flatMap((pair) => [pair.deletion, pair.insertion]),
    ]) {
      expect([curve.probability, curve.area.probability]).toEqual([null, null]);
    }
    expectNear(
      [deletion.logit[0], insertion.logit[4]],
      [1, 1].map(() => references['linear-unit'].output[0]),
    );
    input.dispose();
    network.dispose();
  });
});

describe('several sigmoid units', () => {
  it('have probabilities that are each its own, also along the curves', async () => {
    const network = await open('labels');
    const { output } = references.labels;
    expect(output.reduce((a, b) => a + b)).toBeGreaterThan(1.2);
    expectNear((await said(network)).probabilities ?? [], output);
    const input = pictureFor(network);
    const map = { values: Float32Array.from({ length: 64 }, (_, i) => i), width: 8, height: 8 };
    for (const target of [0, 1, 2]) {
      const options = {
        ...{ map, steps: 2, shuffles: 1, seed: 1, target },
        checkpoint: unhurried,
        onProgress() {},
      };
      const { deletion } = await decisionCurves(network, input, options);
      expectNear([deletion.probability?.[0] ?? Number.NaN], [output[target]]);
    }
    input.dispose();
    network.dispose();
  });
});

describe.skipIf(!existsSync(field))('what people bring', () => {
  it('tells two classes by a nested base and one sigmoid', async () => {
    const network = await open('nested_sigmoid');
    const [p] = references.nested_sigmoid.output;
    expect(network.reading.kind).toBe('binary');
    expectNear((await said(network)).probabilities ?? [], [1 - p, p]);
    network.dispose();
  });

  it('gives out one logit', async () => {
    const [z] = references.one_logit.output;
    const number = await open('one_logit');
    expect(number.reading.kind).toBe('number');
    expectNear((await said(number)).logits, [z]);
    number.dispose();
    const binary = await open('one_logit', 'classes');
    expectNear((await said(binary)).probabilities ?? [], [1 / (1 + Math.exp(z)), 1 / (1 + Math.exp(-z))]);
    binary.dispose();
  });

  it('maps every place', async () => {
    const network = await open('segmentation');
    expect(network.reading.what).toBe('a map of one number at 64 × 64 places');
    expectNear((await said(network)).logits, references.segmentation.logit ?? [], 1e-4);
    network.dispose();
  });
});
