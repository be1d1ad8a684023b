import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../../engine/engine-testing';
import { buildNetwork } from '../../network/build';
import { predict } from '../../network/run-network';
import { seededRandom } from '../../semiotics';
import type { Architecture, Block, Stage } from '../../training/architecture/architecture';
import { architectureGraph } from '../../training/architecture/architecture-graph';
import type { NamedWeight } from '../../training/architecture/named-weight';
import { layoutOf, sizeOf, weightShapesOf } from '../../training/architecture/parameter-layout';
import { costOf } from '../../training/architecture/training-cost';
import { filterLayout } from './filter-groups';
import { type RemovedFilters, weightsWithoutFilters, withoutFilters } from './without-filters';

beforeAll(() => startBackend('cpu'));

const common = {
  title: 'Example',
  side: 12,
  activation: 'relu',
  padding: 'same',
  batchNorm: true,
  join: 'average',
  hidden: [] as number[],
  dropout: 0,
  classes: 3,
} as const;

const convolution = (name: string, width: number, size: 1 | 3 = 3): Block => ({
  kind: 'convolution',
  name,
  width,
  size,
});
const residual = (name: string, width: number): Block => ({ kind: 'residual', name, width });
const separable = (name: string, width: number): Block => ({ kind: 'separable', name, width });
const stage = (shrink: Stage['shrink'], ...blocks: Block[]): Stage => ({ blocks, shrink });

const architectures: Record<string, Architecture> = {
  VGG: {
    ...common,
    stages: [
      stage('max', convolution('a', 5), convolution('b', 4)),
      stage('none', convolution('c', 6, 1), convolution('d', 5)),
    ],
  },
  'VGG with biases, tanh, flattened maps and a hidden layer': {
    ...common,
    ...{ activation: 'tanh', padding: 'valid', batchNorm: false, join: 'flatten', hidden: [7] },
    stages: [stage('average', convolution('a', 5)), stage('none', convolution('b', 6))],
  },
  'residual blocks': {
    ...common,
    stages: [
      stage('stride', convolution('a', 4), residual('b', 4), residual('c', 4), residual('d', 6)),
      stage('none', residual('e', 6)),
    ],
  },
  'depthwise convolutions': {
    ...common,
    stages: [
      stage('stride', convolution('a', 5), separable('b', 4), separable('c', 6)),
      stage('none', separable('d', 5), residual('e', 5)),
    ],
  },
};

/** Numbers of every sign; variances positive. */
function randomWeights(architecture: Architecture): NamedWeight[] {
  const random = seededRandom(4);
  return weightShapesOf(layoutOf(architecture)).map(({ name, shape, role }) => ({
    name,
    shape,
    values: Float32Array.from({ length: sizeOf(shape) }, () =>
      role === 'variance' ? 0.5 + random.next() : random.next() - 0.5,
    ),
  }));
}

/** The 1st and the 4th filter of every other group, the 2nd and the 3rd of the others. */
const removalFrom = (architecture: Architecture): RemovedFilters =>
  new Map(filterLayout(architecture).groups.map(({ name }, i) => [name, i % 2 === 0 ? [0, 3] : [1, 2]]));

/** Sets all that makes a removed filter's channel to 0, so that it yields nothing (every activation here keeps 0). */
function silenced(architecture: Architecture, weights: readonly NamedWeight[], removed: RemovedFilters) {
  const { channels } = filterLayout(architecture);
  const shapes = layoutOf(architecture).layers.flatMap(({ name, weights: own }) =>
    own.map((weight) => ({ ...weight, layer: name })),
  );
  return weights.map((weight): NamedWeight => {
    const { layer, role } = shapes.find(({ name }) => name === weight.name) as (typeof shapes)[number];
    const gone = removed.get(channels.get(layer)?.group ?? '') ?? [];
    const isMean = role === 'mean' || role === 'variance' || role === 'matrix' || layer.includes('dense');
    if (isMean) return weight;
    const columns = weight.shape.at(-1) as number;
    return { ...weight, values: weight.values.map((value, i) => (gone.includes(i % columns) ? 0 : value)) };
  });
}

async function logitsOf(architecture: Architecture, weights: readonly NamedWeight[]): Promise<Float32Array> {
  const network = buildNetwork(architectureGraph(architecture, weights));
  const random = seededRandom(9);
  const { side } = architecture;
  const picture = Float32Array.from({ length: side * side * 3 }, () => 2 * random.next() - 1);
  const input = tf.tensor4d(picture, [1, side, side, 3]);
  const logits = await predict(network, input, async () => {});
  input.dispose();
  network.dispose();
  return logits;
}

describe.each(Object.entries(architectures))('%s without some filters', (_, architecture) => {
  const removed = removalFrom(architecture);
  const weights = silenced(architecture, randomWeights(architecture), removed);

  it('computes what it did where they were zero', async () => {
    const smaller = withoutFilters(architecture, removed);
    const before = await logitsOf(architecture, weights);
    const after = await logitsOf(smaller, weightsWithoutFilters(architecture, weights, removed));
    expect(Math.max(...before.map(Math.abs))).toBeGreaterThan(1e-3);
    before.forEach((logit, i) => {
      expect(Math.abs(after[i] - logit)).toBeLessThan(1e-6);
    });
  });

  it('is an ordinary network, smaller in every count', () => {
    const smaller = withoutFilters(architecture, removed);
    const [before, after] = [costOf(architecture), costOf(smaller)];
    expect(after.parameters).toBeLessThan(before.parameters);
    expect(after.multiplyAdds).toBeLessThan(before.multiplyAdds);
    expect(after.activationBytes).toBeLessThan(before.activationBytes);
    expect(weightsWithoutFilters(architecture, weights, removed).map(({ shape }) => shape)).toEqual(
      weightShapesOf(layoutOf(smaller)).map(({ shape }) => shape),
    );
    expect(layoutOf(smaller).layers.map(({ name }) => name)).toEqual(
      layoutOf(architecture).layers.map(({ name }) => name),
    );
  });
});

describe('the groups of filters', () => {
  const groupsOf = (name: string) =>
    filterLayout(architectures[name]).groups.map(({ layers, filters }) => `${layers.join('+')} ${filters}`);
  it('are those of each convolution where nothing is added up', () => {
    expect(groupsOf('VGG')).toEqual(['a 5', 'b 4', 'c 6', 'd 5']);
  });
  it('are tied by residual sums, also through shortcuts that are convolutions', () => {
    expect(groupsOf('residual blocks')).toEqual([
      'a+b_b+c_b 4',
      'b_a 4',
      'c_a 4',
      'd_a 6',
      'd_b+d_shortcut+e_b 6',
      'e_a 6',
    ]);
  });
  it('go through convolutions of each channel by itself', () => {
    expect(groupsOf('depthwise convolutions')).toEqual(['a 5', 'b 4', 'c 6', 'd+e_b 5', 'e_a 5']);
  });
});

it('keeps a shortcut that is a convolution where widths become the same', async () => {
  const architecture = architectures['residual blocks'];
  const both = new Map([['d_b', [1, 2]]]);
  const weights = silenced(architecture, randomWeights(architecture), both);
  const smaller = withoutFilters(architecture, both);
  const narrow: Architecture = {
    ...architecture,
    stages: [
      stage('none', convolution('a', 4), residual('b', 4), residual('c', 4), residual('d', 6)),
      stage('none', residual('e', 6)),
    ],
  };
  const alike = withoutFilters(narrow, both);
  expect(layoutOf(alike).layers.map(({ name }) => name)).toContain('d_shortcut');
  expect(withoutFilters(smaller, new Map()).stages).toEqual(smaller.stages);
  const after = await logitsOf(smaller, weightsWithoutFilters(architecture, weights, both));
  const before = await logitsOf(architecture, weights);
  before.forEach((logit, i) => {
    expect(Math.abs(after[i] - logit)).toBeLessThan(1e-6);
  });
});

it('cannot take all filters of a convolution', () => {
  expect(() => withoutFilters(architectures.VGG, new Map([['a', [0, 1, 2, 3, 4]]]))).toThrow(
    'The width of a must be a whole number from 1',
  );
});
