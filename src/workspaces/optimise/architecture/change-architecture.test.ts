import { describe, expect, it } from 'vitest';
import { presetOf, presets } from '../../../training/architecture/presets';
import { costOf } from '../../../training/architecture/training-cost';
import { architectureText, parseArchitecture } from './architecture-text';
import {
  blockAt,
  nearestPlace,
  placesOf,
  widthStep,
  withBlock,
  withBlockBehind,
  withoutBlock,
  withoutStage,
  withShrink,
  withStageBehind,
} from './change-architecture';

const vgg = () => presetOf('small-vgg').architecture;
const names = (architecture: ReturnType<typeof vgg>) =>
  architecture.stages.map(({ blocks }) => blocks.map(({ name }) => name));

describe('edits of an architecture', () => {
  it('adds a block like the selected one behind it', () => {
    const edited = withBlockBehind(vgg(), { stage: 1, block: 0 });
    expect(names(edited)[1]).toEqual(['conv2_1', 'conv2_2', 'conv2_3']);
    expect(edited.stages[1].blocks.map(({ width }) => width)).toEqual([32, 32, 32]);
    // 3 x 3 filters from 32 to 32 channels, a scale and an offset for each.
    expect(costOf(edited).parameters - costOf(vgg()).parameters).toBe(9 * 32 * 32 + 2 * 32);
  });

  it('takes a block out, with its stage where it was the only one, but never the last of all', () => {
    let architecture = withoutBlock(vgg(), { stage: 2, block: 0 });
    expect(names(architecture)[2]).toEqual(['conv3_1']);
    architecture = withoutBlock(architecture, { stage: 2, block: 0 });
    expect(architecture.stages).toHaveLength(3);
    expect(names(architecture)[2]).toEqual(['conv3_1', 'conv3_2']);
    while (placesOf(architecture).length > 1)
      architecture = withoutBlock(architecture, { stage: 0, block: 0 });
    expect(withoutBlock(architecture, { stage: 0, block: 0 })).toBe(architecture);
  });

  it('turns a convolution into a residual block and back, which then has filters of 3 x 3', () => {
    const wide = withBlock(vgg(), { stage: 0, block: 1 }, { size: 5 });
    const residual = withBlock(wide, { stage: 0, block: 1 }, { kind: 'residual' });
    expect(blockAt(residual, { stage: 0, block: 1 })).toEqual({
      kind: 'residual',
      name: 'res1_2',
      width: 16,
    });
    const back = withBlock(residual, { stage: 0, block: 1 }, { kind: 'convolution' });
    expect(blockAt(back, { stage: 0, block: 1 })).toEqual({
      kind: 'convolution',
      name: 'conv1_2',
      width: 16,
      size: 3,
    });
  });

  it('adds a stage twice as wide, and lets the one before it shrink', () => {
    const edited = withStageBehind(vgg(), 3);
    expect(edited.stages.map(({ shrink }) => shrink)).toEqual(['max', 'max', 'max', 'max', 'none']);
    expect(blockAt(edited, { stage: 4, block: 0 })).toMatchObject({ name: 'conv5_1', width: 256 });
    expect(withoutStage(edited, 4).stages).toHaveLength(4);
    const one = [3, 2, 1].reduce((rest, stage) => withoutStage(rest, stage), vgg());
    expect(withoutStage(one, 0)).toBe(one);
  });

  it('leaves what it was given as it was', () => {
    const before = vgg();
    withShrink(withBlock(before, { stage: 0, block: 0 }, { width: 99 }), 0, 'average');
    expect(before).toEqual(vgg());
  });

  it('steps widths up and down, and stays at the ends', () => {
    expect([widthStep(16, 1), widthStep(17, 1), widthStep(17, -1), widthStep(16, -1)]).toEqual([
      24, 24, 16, 12,
    ]);
    expect([widthStep(1, -1), widthStep(4096, 1)]).toEqual([1, 4096]);
  });

  it('finds the nearest place where one is gone', () => {
    expect(nearestPlace(vgg(), { stage: 9, block: 9 })).toEqual({ stage: 3, block: 1 });
  });
});

describe('an architecture in one word', () => {
  it('spells every preset so that the same network is read again', () => {
    for (const { architecture } of presets) {
      const text = architectureText(architecture);
      expect(text).toMatch(/^[\w.-]+$/);
      const read = parseArchitecture(text, architecture.side, architecture.classes);
      expect(read).not.toBeNull();
      expect(costOf(read as typeof architecture).parameters).toBe(costOf(architecture).parameters);
      expect(architectureText(read as typeof architecture)).toBe(text);
    }
  });

  it('reads what is written by hand', () => {
    expect(
      parseArchitecture('tanh-valid-flatten-drop0.25-dense120-dense84_c6k5-average_r16-none', 32, 7),
    ).toEqual({
      title: 'Own',
      side: 32,
      classes: 7,
      activation: 'tanh',
      padding: 'valid',
      batchNorm: false,
      join: 'flatten',
      dropout: 0.25,
      hidden: [120, 84],
      stages: [
        { blocks: [{ kind: 'convolution', name: 'conv1_1', width: 6, size: 5 }], shrink: 'average' },
        { blocks: [{ kind: 'residual', name: 'res2_1', width: 16 }], shrink: 'none' },
      ],
    });
  });

  it('spells widths inside of residual blocks, shortcuts that are convolutions, and separable blocks', () => {
    const text = 'relu-same-norm-average_r16i11p-r16p-max_s24-none';
    const read = parseArchitecture(text, 32, 10);
    expect(read?.stages.flatMap(({ blocks }) => blocks)).toEqual([
      { kind: 'residual', name: 'res1_1', width: 16, inner: 11, projected: true },
      { kind: 'residual', name: 'res1_2', width: 16, projected: true },
      { kind: 'separable', name: 'sep2_1', width: 24 },
    ]);
    expect(architectureText(read as NonNullable<typeof read>)).toBe(text);
  });

  it('refuses what stands for no network', () => {
    for (const text of [
      '',
      'relu-same-average',
      'relu-same-average_',
      'relu-same-average_max',
      'relu-same-average_c0-max',
      'relu-same-average_c16k4-max',
      'relu-same-average_r16k5-max',
      'relu-same-average_c16',
      'relu-average_c16-none',
      'relu-same-average-drop1_c16-none',
      'relu-same-average_d16-none',
      'relu-same-average_s16k5-none',
      'relu-same-average_r16pi8-none',
    ]) {
      expect(parseArchitecture(text, 32, 10), text).toBeNull();
    }
  });
});
