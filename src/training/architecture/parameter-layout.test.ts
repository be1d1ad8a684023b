import { describe, expect, it } from 'vitest';
import { type Architecture, ArchitectureError } from './architecture';
import { type Layer, layoutOf, weightShapesOf } from './parameter-layout';
import { type PresetId, presetOf, presets } from './presets';
import { costOf, costOfBlock, largestTensor } from './training-cost';

const preset = (id: PresetId): Architecture => presetOf(id).architecture;
const shapeOf = (architecture: Architecture, name: string) =>
  (layoutOf(architecture).layers.find((layer) => layer.name === name) as Layer).shape;

describe('layout', () => {
  it('gives the layers of a VGG-like network in order, with their shapes', () => {
    const { layers } = layoutOf(preset('photos10'));
    const convolutions = layers.filter(({ kind }) => kind === 'convolution');
    expect(convolutions.map(({ name, shape }) => `${name} ${shape.join(' ')}`)).toEqual([
      'conv1_1 112 112 16',
      'conv1_2 112 112 16',
      'conv2_1 56 56 32',
      'conv2_2 56 56 32',
      'conv3_1 28 28 64',
      'conv3_2 28 28 64',
      'conv3_3 28 28 64',
      'conv4_1 14 14 128',
      'conv4_2 14 14 128',
      'conv4_3 14 14 128',
      'conv5_1 7 7 256',
      'conv5_2 7 7 256',
    ]);
    expect(layers.slice(0, 3).map(({ name }) => name)).toEqual(['conv1_1', 'conv1_1_norm', 'conv1_1_relu']);
    expect(layers.at(-1)).toMatchObject({ name: 'logits', inputs: ['dropout'], shape: [10] });
  });

  it('reads the sizes of LeNet-5 from windows without padding', () => {
    const lenet = preset('lenet5');
    expect(shapeOf(lenet, 'conv1')).toEqual([28, 28, 6]);
    expect(shapeOf(lenet, 'pool1')).toEqual([14, 14, 6]);
    expect(shapeOf(lenet, 'conv2')).toEqual([10, 10, 16]);
    expect(shapeOf(lenet, 'join')).toEqual([400]);
  });

  it('gives a residual block a shortcut of its own only where width or size change', () => {
    const { layers } = layoutOf(preset('small-resnet'));
    const shortcuts = layers.filter((layer) => layer.kind === 'convolution' && layer.shortcut);
    expect(shortcuts.map(({ name }) => name)).toEqual(['res1_3_shortcut', 'res2_2_shortcut']);
    expect(layers.find(({ name }) => name === 'res1_1_sum')?.inputs).toEqual(['res1_1_b_norm', 'conv1_relu']);
    expect(layers.find(({ name }) => name === 'res1_3_sum')).toMatchObject({
      inputs: ['res1_3_b_norm', 'res1_3_shortcut_norm'],
      shape: [24, 24, 32],
    });
    expect(shapeOf(preset('small-resnet'), 'res3_1_sum')).toEqual([12, 12, 64]);
  });

  it('names weights after their layer and what they do', () => {
    const names = weightShapesOf(layoutOf(preset('small-vgg'))).map(({ name }) => name);
    expect(names.slice(0, 6)).toEqual([
      'conv1_1/filter',
      'conv1_1/scale',
      'conv1_1/offset',
      'conv1_1/mean',
      'conv1_1/variance',
      'conv1_2/filter',
    ]);
    expect(names.slice(-2)).toEqual(['logits/matrix', 'logits/bias']);
  });
});

describe('an architecture that cannot be built', () => {
  const changed = (change: (architecture: Architecture) => void): (() => unknown) => {
    const architecture = preset('small-vgg');
    change(architecture);
    return () => layoutOf(architecture);
  };
  const cases: [string, (architecture: Architecture) => void, RegExp][] = [
    [
      'no stage',
      (a) => {
        a.stages.splice(0);
      },
      /has no stage/,
    ],
    [
      'an empty stage',
      (a) => {
        a.stages[1].blocks.splice(0);
      },
      /^Stage 2 has no block/,
    ],
    [
      'a name given twice',
      (a) => {
        a.stages[1].blocks[0].name = 'conv1_1';
      },
      /Two layers are called "conv1_1"/,
    ],
    [
      'a name of another layer',
      (a) => {
        a.stages[0].blocks[0].name = 'logits';
      },
      /called "logits"/,
    ],
    [
      'a block without a name',
      (a) => {
        a.stages[0].blocks[0].name = '';
      },
      /has no name/,
    ],
    [
      'no width',
      (a) => {
        a.stages[0].blocks[1].width = 0;
      },
      /The width of conv1_2 .* 1 to 4096; it is 0/,
    ],
    [
      'half a channel',
      (a) => {
        a.stages[0].blocks[1].width = 1.5;
      },
      /The width of conv1_2/,
    ],
    [
      'one class',
      (a) => {
        a.classes = 1;
      },
      /number of classes .* from 2/,
    ],
    [
      'tiny pictures',
      (a) => {
        a.side = 4;
      },
      /between 8 and 1024/,
    ],
    [
      'all dropped out',
      (a) => {
        a.dropout = 1;
      },
      /Dropout must be/,
    ],
    [
      'a pooling of one place',
      (a) => {
        a.side = 8;
        a.stages[3].shrink = 'max';
      },
      /last block conv4_2 leaves a single/,
    ],
    [
      'a window that does not fit',
      (a) => {
        a.padding = 'valid';
        a.side = 16;
      },
      /^conv3_1 reads windows of 3 x 3, but only 1 x 1 place is left before it\.$/,
    ],
    [
      'a residual block without padding',
      (a) => {
        a.padding = 'valid';
        a.stages[0].blocks[1] = { kind: 'residual', name: 'res1', width: 16 };
      },
      /^res1 adds its input to its output.*padding to "same"/,
    ],
  ];
  it.each(cases)('with %s is refused in words', (_, change, message) => {
    expect(changed(change)).toThrow(ArchitectureError);
    expect(changed(change)).toThrow(message);
  });
});

/** Of the same networks put together in PyTorch: numel of the parameters, products counted by forward hooks. */
const known: Record<PresetId, { parameters: number; multiplyAdds: number }> = {
  lenet5: { parameters: 62_006, multiplyAdds: 651_720 },
  'small-vgg': { parameters: 295_290, multiplyAdds: 30_192_896 },
  'small-resnet': { parameters: 175_258, multiplyAdds: 59_978_368 },
  photos10: { parameters: 1_367_034, multiplyAdds: 265_533_952 },
};

describe('cost', () => {
  it.each(presets.map(({ id }) => id))('of %s is what PyTorch counts', (id) => {
    expect(costOf(preset(id))).toMatchObject(known[id]);
  });

  it('of a network whose normalisation is folded in is that of the bundled one', () => {
    expect(costOf({ ...preset('photos10'), batchNorm: false }).parameters).toBe(1_365_850);
  });

  it('has a largest tensor: the widest map of a batch, or the vector of all that is learned', () => {
    // conv1_1 of photos10 gives 112 x 112 places of 16 channels.
    expect(largestTensor(preset('photos10'), 32)).toBe(4 * 32 * 112 * 112 * 16);
    // One picture of LeNet-5 is 32 x 32 x 3 numbers, its first maps 28 x 28 x 6; it learns 62,006.
    const { parameters } = costOf(preset('lenet5'));
    expect(largestTensor(preset('lenet5'), 1)).toBe(4 * parameters);
    expect(largestTensor(preset('lenet5'), 100)).toBe(4 * 100 * 28 * 28 * 6);
  });

  it('of a layer follows its closed form', () => {
    const { layers } = costOf(preset('lenet5'));
    expect(layers.find(({ name }) => name === 'conv2')).toMatchObject({
      parameters: 5 * 5 * 6 * 16 + 16,
      multiplyAdds: 10 * 10 * 16 * 5 * 5 * 6,
      activationBytes: 4 * 10 * 10 * 16,
    });
    expect(layers.find(({ name }) => name === 'dense1')).toMatchObject({
      parameters: 400 * 120 + 120,
      multiplyAdds: 400 * 120,
      activationBytes: 480,
    });
  });

  it('adds up over layers and blocks', () => {
    const cost = costOf(preset('small-resnet'));
    const convolutions = 3 * 3 * 16 * 32 + 3 * 3 * 32 * 32 + 16 * 32;
    expect(costOfBlock(cost, 'res1_3').parameters).toBe(convolutions + 3 * 2 * 32);
    const bytes = cost.layers.reduce((total, layer) => total + layer.activationBytes, 0);
    expect(cost.activationBytes).toBe(bytes);
  });
});
