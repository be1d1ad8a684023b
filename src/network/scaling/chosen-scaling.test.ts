import { describe, expect, it } from 'vitest';
import { scalingCalled, scalingNumbers, scalingsFor, uniformNumbers, usedScaling } from './chosen-scaling';
import { type InputScaling, inputScalingNames, type ScalingReport } from './input-scaling';

const all = Object.keys(inputScalingNames) as InputScaling[];

/** Black and white as a network reads them, a channel each. */
const ends = (scaling: InputScaling, channels: number) => {
  const { factor, offset } = scalingNumbers(scaling, channels);
  return factor.map((each, channel) => [offset[channel], 255 * each + offset[channel]]);
};

describe('The numbers of a scaling', () => {
  it('bring black and white to where they should be', () => {
    expect(ends('unit', 1)).toEqual([[0, 1]]);
    expect(ends('signed', 1)).toEqual([[-1, 1]]);
    expect(ends('bytes', 3)).toEqual([
      [0, 255],
      [0, 255],
      [0, 255],
    ]);
    // torchvision.transforms.Normalize(mean, std) of 0 and 1.
    for (const [channel, [black, white]] of ends('imagenet', 3).entries()) {
      expect(black).toBeCloseTo([-2.11790393, -2.03571429, -1.80444444][channel], 6);
      expect(white).toBeCloseTo([2.2489083, 2.42857143, 2.64][channel], 6);
    }
    const [[black, white]] = ends('mnist', 1);
    expect(black).toBeCloseTo(-0.42421293, 6);
    expect(white).toBeCloseTo(2.82148653, 6);
  });

  it('turn the channels for Caffe, in the order of the network', () => {
    expect(scalingNumbers('caffe', 3)).toEqual({
      factor: [1, 1, 1],
      offset: [-103.939, -116.779, -123.68],
      bgr: true,
    });
  });

  it('give a grey network no mean of one colour', () => {
    const { factor, offset, bgr } = scalingNumbers('imagenet', 1);
    expect(-offset[0] / (255 * factor[0])).toBeCloseTo(0.449, 9);
    expect(1 / (255 * factor[0])).toBeCloseTo(0.226, 9);
    expect(bgr).toBe(false);
    expect(scalingNumbers('caffe', 1).bgr).toBe(false);
    expect(scalingsFor(1)).not.toContain('imagenet');
    expect(scalingsFor(1)).not.toContain('caffe');
  });

  it.each([1, 3])('bear their name again, with %i channels', (channels) => {
    for (const scaling of scalingsFor(channels)) {
      expect(scalingCalled(scalingNumbers(scaling, channels))).toBe(scaling);
    }
  });

  it('are those of a file also where it rounds them, and no others', () => {
    // transforms.Normalize([.485, .456, .406], [.229, .224, .225]) on bytes, as some files write it.
    const rounded = { factor: [0.0171, 0.0175, 0.0174], offset: [-2.118, -2.036, -1.804], bgr: false };
    expect(scalingCalled(rounded)).toBe('imagenet');
    expect(scalingCalled({ ...rounded, bgr: true })).toBeNull();
    expect(scalingCalled(uniformNumbers(1 / 128, -1, 3))).toBeNull();
    expect(scalingCalled(uniformNumbers(1 / 255, -0.5, 3))).toBeNull();
  });
});

describe('The scaling of a run', () => {
  const own: ScalingReport = {
    ...uniformNumbers(1 / 128, -1, 3),
    name: null,
    reason: 'As the file tells.',
    isGuess: false,
  };

  it('is that of the network unless another is chosen', () => {
    expect(usedScaling(own, null)).toEqual({ ...own, source: 'file' });
    expect(usedScaling({ ...own, isGuess: true }, null).source).toBe('guess');
    for (const scaling of all) {
      const used = usedScaling(own, scaling);
      expect(used).toMatchObject({ ...scalingNumbers(scaling, 3), name: scaling, source: 'chosen' });
    }
  });
});
