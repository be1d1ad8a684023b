import type { Architecture, Block, Stage } from './architecture';

export type PresetId = 'lenet5' | 'small-vgg' | 'small-resnet' | 'photos10';

export interface Preset {
  id: PresetId;
  title: string;
  /** One sentence: what it is, and whose. */
  description: string;
  architecture: Architecture;
}

const convolutions = (stage: number, width: number, count: number): Block[] =>
  Array.from({ length: count }, (_, i) => ({
    kind: 'convolution',
    name: `conv${stage}_${i + 1}`,
    width,
    size: 3,
  }));

/** Stages of 3 x 3 convolutions, `[width, count]` each, a maximum pooling behind all but the last. */
const vggStages = (stages: readonly (readonly [number, number])[]): Stage[] =>
  stages.map(([width, count], i) => ({
    blocks: convolutions(i + 1, width, count),
    shrink: i === stages.length - 1 ? 'none' : 'max',
  }));

const residual = (name: string, width: number): Block => ({ kind: 'residual', name, width });

const modern = {
  activation: 'relu',
  padding: 'same',
  batchNorm: true,
  join: 'average',
  hidden: [] as number[],
  classes: 10,
} as const;

/** Architectures to start from, in the order in which the editor lists them. */
export const presets: readonly Preset[] = [
  {
    id: 'lenet5',
    title: 'LeNet-5',
    description:
      'Two convolutions of 5 x 5 and three dense layers (LeCun et al. 1998), reading colour, with every map joined to every other.',
    architecture: {
      title: 'LeNet-5',
      side: 32,
      activation: 'tanh',
      padding: 'valid',
      batchNorm: false,
      stages: [
        { blocks: [{ kind: 'convolution', name: 'conv1', width: 6, size: 5 }], shrink: 'average' },
        { blocks: [{ kind: 'convolution', name: 'conv2', width: 16, size: 5 }], shrink: 'average' },
      ],
      join: 'flatten',
      hidden: [120, 84],
      dropout: 0,
      classes: 10,
    },
  },
  {
    id: 'small-vgg',
    title: 'Small VGG',
    description:
      'Eight convolutions of 3 x 3 in four stages with batch normalisation, after VGG (Simonyan and Zisserman 2015).',
    architecture: {
      ...modern,
      title: 'Small VGG',
      side: 48,
      stages: vggStages([
        [16, 2],
        [32, 2],
        [64, 2],
        [128, 2],
      ]),
      dropout: 0,
    },
  },
  {
    id: 'small-resnet',
    title: 'Small ResNet',
    description:
      'The 14-layer residual network for small pictures of He et al. 2016, with 1 x 1 convolutions where the width changes.',
    architecture: {
      ...modern,
      title: 'Small ResNet',
      side: 48,
      stages: [
        {
          blocks: [
            { kind: 'convolution', name: 'conv1', width: 16, size: 3 },
            residual('res1_1', 16),
            residual('res1_2', 16),
            residual('res1_3', 32),
          ],
          shrink: 'stride',
        },
        { blocks: [residual('res2_1', 32), residual('res2_2', 64)], shrink: 'stride' },
        { blocks: [residual('res3_1', 64)], shrink: 'none' },
      ],
      dropout: 0,
    },
  },
  {
    id: 'photos10',
    title: 'photos10',
    description: 'The architecture of the bundled photograph network: twelve convolutions in five stages.',
    architecture: {
      ...modern,
      title: 'photos10',
      side: 112,
      stages: vggStages([
        [16, 2],
        [32, 2],
        [64, 3],
        [128, 3],
        [256, 2],
      ]),
      dropout: 0.2,
    },
  },
];

/** A preset by id, with its architecture copied so that it can be changed. */
export function presetOf(id: PresetId): Preset {
  const preset = presets.find((each) => each.id === id) as Preset;
  return { ...preset, architecture: structuredClone(preset.architecture) };
}
