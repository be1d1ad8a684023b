import { describe, expect, it } from 'vitest';
import type { Graph, GraphNode, Weight } from '../network-graph';
import type { OperationSpec } from '../ops';
import { linear } from '../ops/activation';
import { batchNormalisation, weightOf } from '../weights';
import { toldScaling } from './told-scaling';

type Spec = OperationSpec<Weight>;

const numbers = (...values: number[]) => weightOf([values.length], Float32Array.from(values));
const times = (...values: number[]): Spec => ({ type: 'affine', scale: numbers(...values), shift: null });
const plus = (...values: number[]): Spec => ({ type: 'affine', scale: null, shift: numbers(...values) });
const less = (...values: number[]) => plus(...values.map((value) => -value));
const by = (...values: number[]) => times(...values.map((value) => 1 / value));
const normalised = (mean: number[], variance: number[]): Spec =>
  batchNormalisation({
    gamma: numbers(...mean.map((_, i) => 0.3 + i)),
    beta: numbers(...mean.map((_, i) => i - 0.7)),
    mean: numbers(...mean),
    variance: numbers(...variance),
    epsilon: 1e-3,
  });
const only = (channel: number): Spec => ({
  type: 'slice',
  begin: [0, 0, channel],
  end: [null, null, channel + 1],
});
const pointwise = (out: number, ...filter: number[]): Spec => ({
  type: 'convolution',
  filter: weightOf([1, 1, filter.length / out, out], Float32Array.from(filter)),
  bias: null,
  strides: [1, 1],
  padding: 'valid',
  dilations: [1, 1],
  groups: 1,
  activation: linear,
});
const resize: Spec = {
  type: 'resize',
  by: 'bilinear',
  to: { size: [8, 8] },
  coordinates: 'half-pixel',
  rounding: 'floor',
};
const identity: Spec = { type: 'identity' };
const crop: Spec = { type: 'slice', begin: [2, 2, 0], end: [-2, -2, null] };

/** A first convolution behind the given nodes; the last of them is what it reads. */
function ending(nodes: GraphNode[], channels: number, integers?: readonly [number, number]): Graph {
  const convolution = { ...pointwise(1, ...new Array(channels).fill(0.5)) } as Extract<
    Spec,
    { type: 'convolution' }
  >;
  const filter = weightOf([3, 3, channels, 4], new Float32Array(36 * channels).fill(0.1));
  const first: GraphNode = {
    name: 'conv1',
    inputs: [nodes.at(-1)?.name ?? 'picture'],
    spec: { ...convolution, filter },
  };
  const input = { name: 'picture', shape: [16, 16, channels] as const, integers };
  return { input, nodes: [...nodes, first], outputs: ['conv1'] };
}

/** Operations one behind the other, then the first convolution. */
const chain = (specs: Spec[], channels = 3) =>
  ending(
    specs.map((spec, i) => ({ name: `step${i}`, inputs: [i === 0 ? 'picture' : `step${i - 1}`], spec })),
    channels,
  );

const told = (graph: Graph) => {
  const found = toldScaling(graph, 'conv1');
  return found && [found.scaling, found.isGuess];
};

const settled = (scaling: string) => [scaling, false];

const MEAN = [0.485, 0.456, 0.406];
const DEVIATION = [0.229, 0.224, 0.225];
const bytes = (values: number[]) => values.map((value) => 255 * value);
const FLIP = [0, 0, 1, 0, 1, 0, 1, 0, 0];

describe('Arithmetic in front of the first convolution says what the picture was', () => {
  it.each<[string, Spec[], string]>([
    ['x / 255', [times(1 / 255)], 'bytes'],
    ['x / 256', [times(1 / 256)], 'bytes'],
    ['x / 127.5 - 1', [times(1 / 127.5), plus(-1)], 'bytes'],
    ['(x - 127) / 128', [less(127), by(128)], 'bytes'],
    ['(x / 255 - .5) * 2', [times(1 / 255), less(0.5), times(2)], 'bytes'],
    ['x / 100', [by(100)], 'bytes'],
    ['1 - x / 255', [times(-1 / 255), plus(1)], 'bytes'],
    ['ImageNet of bytes', [less(...bytes(MEAN)), by(...bytes(DEVIATION))], 'bytes'],
    ['ImageNet of 0 to 1', [less(...MEAN), by(...DEVIATION)], 'unit'],
    ['Caffe without a turn of colours', [less(123.68, 116.779, 103.939)], 'bytes'],
    ['one mean of bytes taken away', [less(117)], 'bytes'],
    ['one mean of 0 to 1 taken away', [less(0.45)], 'unit'],
    ['x * 2 - 1', [times(2), less(1)], 'unit'],
    ['x * 255', [times(255)], 'unit'],
    ['x * 255 - mean', [times(255), less(123.68, 116.779, 103.939)], 'unit'],
    ['(x + 1) / 2', [plus(1), by(2)], 'signed'],
    ['(x + 1) * 127.5', [plus(1), times(127.5)], 'signed'],
    // transform_input of torchvision's Inception and GoogLeNet: ImageNet's scaling turned into -1 to 1.
    [
      'ImageNet to -1 to 1',
      [times(...DEVIATION.map((sd) => sd / 0.5)), plus(...MEAN.map((mean) => (mean - 0.5) / 0.5))],
      'imagenet',
    ],
    // EfficientNet of keras.applications: / 255, then ImageNet's, then by the root of the deviation once more.
    [
      'three layers of EfficientNet',
      [
        times(1 / 255),
        {
          type: 'affine',
          scale: numbers(...DEVIATION.map((sd) => 1 / sd)),
          shift: numbers(...MEAN.map((m, i) => -m / DEVIATION[i])),
        },
        times(...DEVIATION.map((sd) => 1 / Math.sqrt(sd))),
      ],
      'bytes',
    ],
    // Statistics of other pictures, as Normalization.adapt finds them: CIFAR-10, and dark medical ones.
    ['CIFAR-10 of 0 to 1', [less(0.4914, 0.4822, 0.4465), by(0.247, 0.2435, 0.2616)], 'unit'],
    ['CIFAR-10 of bytes', [less(125.3, 123, 113.9), by(63, 62.1, 66.7)], 'bytes'],
    ['dark pictures of bytes', [less(31, 29, 30), by(44, 41, 40)], 'bytes'],
    ['dark pictures of -1 to 1', [less(-0.7, -0.68, -0.71), by(0.4, 0.42, 0.38)], 'signed'],
  ])('%s', (_, specs, scaling) => {
    expect(told(chain(specs))).toEqual(settled(scaling));
  });

  it.each<[string, Spec[], string]>([
    ['MNIST of 0 to 1', [less(0.1307), by(0.3081)], 'unit'],
    ['MNIST of bytes', [less(33.3), by(78.6)], 'bytes'],
    ['x / 255', [times(1 / 255)], 'bytes'],
    [
      'grey made of three colours by ImageNet',
      [pointwise(3, 1, 1, 1), less(...MEAN), by(...DEVIATION)],
      'unit',
    ],
  ])('of one channel: %s', (_, specs, scaling) => {
    expect(told(chain(specs, 1))).toEqual(settled(scaling));
  });

  it('through resizing, cropping, padding, augmentation and pooling', () => {
    const padding = { top: 1, bottom: 1, left: 1, right: 1 };
    const others: Spec[] = [
      resize,
      identity,
      crop,
      { type: 'padding', by: 'zeros', sides: padding },
      {
        type: 'pooling',
        by: 'average',
        size: [2, 2],
        strides: [2, 2],
        padding: 'valid',
        countPadding: false,
        ceil: false,
      },
    ];
    for (const other of others) {
      expect(told(chain([other, times(1 / 255), other]))).toEqual(settled('bytes'));
    }
  });

  it('as a whole or by its beginning, where what follows was learned', () => {
    expect(told(chain([times(1 / 255), times(3.1, 0.2, -1), plus(0.4, 9, 2)]))).toEqual(settled('bytes'));
    const learned = [times(1 / 127.5), less(1), normalised([0.1, 0, -0.1], [0.3, 0.3, 0.3])];
    expect(told(chain(learned))).toEqual(settled('bytes'));
  });

  it('by a mean picture', () => {
    const picture = Float32Array.from(
      { length: 16 * 16 * 3 },
      (_, i) => [124, 117, 104][i % 3] + (i % 7) - 3,
    );
    const shift = weightOf(
      [16, 16, 3],
      picture.map((value) => -value),
    );
    expect(told(chain([{ type: 'affine', scale: null, shift }]))).toEqual(settled('bytes'));
  });

  it('where several read the picture', () => {
    const nodes: GraphNode[] = [
      { name: 'a', inputs: ['picture'], spec: times(1 / 255) },
      { name: 'b', inputs: ['picture'], spec: times(1 / 127.5) },
      { name: 'b2', inputs: ['b'], spec: less(1) },
      { name: 'both', inputs: ['a', 'b2'], spec: { type: 'concatenate', axis: -1 } },
    ];
    expect(told(ending(nodes, 6))).toEqual(settled('bytes'));
    const graph = ending(nodes.slice(0, 3), 3);
    expect(told(graph)).toEqual(settled('bytes'));
    const other = { ...graph.nodes[3], name: 'conv2', inputs: ['a'] };
    const sum: GraphNode = { name: 'sum', inputs: ['conv1', 'conv2'], spec: { type: 'merge', by: 'add' } };
    const branched = { ...graph, nodes: [...graph.nodes, other, sum], outputs: ['sum'] };
    expect(toldScaling(branched, 'sum')).toMatchObject({ scaling: 'bytes', isGuess: false });
    // One that wants 0 to 1 and one that wants bytes cannot both be right.
    const torn = branched.nodes.map((node) => (node.name === 'a' ? { ...node, spec: times(255) } : node));
    expect(toldScaling({ ...branched, nodes: torn }, 'sum')).toBeNull();
  });
});

describe('Channels in another order', () => {
  const flips: [string, (from: string) => GraphNode[]][] = [
    ['a 1 x 1 convolution', (from) => [{ name: 'flip', inputs: [from], spec: pointwise(3, ...FLIP) }]],
    [
      'slices and a concatenation',
      (from) => [
        ...[2, 1, 0].map((channel) => ({ name: `only${channel}`, inputs: [from], spec: only(channel) })),
        { name: 'flip', inputs: ['only2', 'only1', 'only0'], spec: { type: 'concatenate', axis: 2 } },
      ],
    ],
  ];
  it.each(flips)('by %s: preprocess_input of ResNet reads bytes, red first', (_, flip) => {
    const mean: GraphNode = { name: 'mean', inputs: ['flip'], spec: less(103.939, 116.779, 123.68) };
    expect(told(ending([...flip('picture'), mean], 3))).toEqual(settled('bytes'));
  });

  it('without a turn, means of colours show that blue comes first', () => {
    for (const mean of [
      [103.939, 116.779, 123.68],
      [104, 117, 123],
      [93.594, 104.7624, 129.1863],
    ]) {
      const found = toldScaling(chain([less(...mean)]), 'conv1');
      expect(found?.scaling).toEqual({ factor: [1, 1, 1], offset: [0, 0, 0], bgr: true });
      expect(found?.reason).toContain('blue first');
    }
    // Satellite pictures (EuroSAT) are bluer than red: no order of channels follows.
    expect(told(chain([less(87.8, 96.9, 104)]))).toEqual(settled('bytes'));
  });

  it('and made grey', () => {
    const grey = pointwise(1, 0.299, 0.587, 0.114);
    expect(told(chain([times(1 / 255), grey]))).toEqual(settled('bytes'));
    expect(told(chain([grey, less(0.449), by(0.226)]))).toEqual(settled('unit'));
  });
});

describe('Other signs of what the picture was', () => {
  it('whole numbers are bytes', () => {
    expect(told(ending([], 3, [0, 255]))).toEqual(settled('bytes'));
    const { scaling } = toldScaling(ending([], 3, [-128, 127]), 'conv1') ?? {};
    expect(scaling).toEqual({ factor: [1, 1, 1], offset: [-128, -128, -128], bgr: false });
  });

  it('limits between which values are cut off', () => {
    const clip = (minimum: number, maximum: number): Spec => ({
      type: 'activation',
      activation: { name: 'clip', minimum, maximum },
    });
    expect(told(chain([clip(0, 255)]))).toEqual(settled('bytes'));
    expect(told(chain([clip(0, 1)]))).toEqual(settled('unit'));
    expect(told(chain([clip(-3, 7)]))).toBeNull();
  });

  it.each<[string, number[], number[], string, boolean]>([
    ['bytes', [121, 115, 102], [3600, 3700, 3900], 'bytes', false],
    ['0 to 1', [0.47, 0.45, 0.4], [0.06, 0.055, 0.06], 'unit', false],
    ['-1 to 1, or a standardisation', [-0.06, -0.1, -0.2], [0.25, 0.24, 0.25], 'signed', true],
    ['a standardisation, or -1 to 1', [0.02, -0.03, 0.01], [1.02, 0.97, 1], 'imagenet', true],
    ['0 to 1 or bright -1 to 1', [0.3, 0.2, 0.25], [0.15, 0.12, 0.14], 'signed', true],
  ])('statistics of a batch normalisation: %s', (_, mean, variance, scaling, isGuess) => {
    expect(told(chain([normalised(mean, variance)]))).toEqual([scaling, isGuess]);
    expect(told(chain([resize, identity, normalised(mean, variance)]))).toEqual([scaling, isGuess]);
  });

  it('statistics of one channel of digits are probably of 0 to 1', () => {
    expect(told(chain([normalised([0.1307], [0.095])], 1))).toEqual(['unit', true]);
    expect(told(chain([normalised([33.3], [6180])], 1))).toEqual(settled('bytes'));
  });
});

describe('Nothing is told by', () => {
  it.each<[string, Spec[]]>([
    ['no arithmetic at all', []],
    ['what changes nothing', [times(1), plus(0)]],
    ['another order of channels', [pointwise(3, ...FLIP)]],
    ['factors that fit nowhere', [times(3, 0.2, 1.7)]],
    ['a summand that fits nowhere', [plus(7)]],
    ['a factor near one', [times(1.2)]],
    ['a 1 x 1 convolution of the network', [pointwise(3, 0.3, -0.2, 1.1, 0.7, 0.4, -0.5, 0.2, 0.9, 1.3)]],
    ['an untrained normalisation', [normalised([0, 0, 0], [1, 1, 1])]],
    [
      'arithmetic behind an activation',
      [{ type: 'activation', activation: { name: 'relu' } }, times(1 / 255)],
    ],
    ['numbers that are none', [times(Number.NaN)]],
  ])('%s', (_, specs) => {
    expect(told(chain(specs))).toBeNull();
  });
});
