import type { InputScaling, ScalingNumbers, ScalingReport, UsedScaling } from './input-scaling';

/** Channel means and deviations of ImageNet on the scale 0 to 1, as torchvision's networks take them. */
const IMAGENET_MEAN = [0.485, 0.456, 0.406];
const IMAGENET_DEVIATION = [0.229, 0.224, 0.225];
/** Channel means in the order B, G, R, on the scale 0 to 255, as networks trained with Caffe take them. */
const CAFFE_MEAN = [103.939, 116.779, 123.68];
/** Of MNIST's digits on the scale 0 to 1, as PyTorch's example takes them. */
const MNIST_MEAN = 0.1307;
const MNIST_DEVIATION = 0.3081;

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * The numbers of a scaling for a network of so many channels. A grey network never gets the mean of one colour: where
 * channels differ, it gets the mean of their means and deviations, as grey networks trained on ImageNet do.
 */
export function scalingNumbers(scaling: InputScaling, channels: number): ScalingNumbers {
  const fitted = (values: readonly number[]) =>
    Array.from({ length: channels }, (_, channel) => (channels === 3 ? values[channel] : meanOf(values)));
  const normalised = (means: readonly number[], deviations: readonly number[]): ScalingNumbers => {
    const sd = fitted(deviations);
    return {
      factor: sd.map((each) => 1 / (255 * each)),
      offset: fitted(means).map((mean, channel) => -mean / sd[channel]),
      bgr: false,
    };
  };
  switch (scaling) {
    case 'unit':
      return uniformNumbers(1 / 255, 0, channels);
    case 'signed':
      return uniformNumbers(1 / 127.5, -1, channels);
    case 'imagenet':
      return normalised(IMAGENET_MEAN, IMAGENET_DEVIATION);
    case 'caffe': {
      const offset = fitted(CAFFE_MEAN).map((mean) => -mean);
      return { factor: offset.map(() => 1), offset, bgr: channels === 3 };
    }
    case 'bytes':
      return uniformNumbers(1, 0, channels);
    case 'mnist':
      return uniformNumbers(1 / (255 * MNIST_DEVIATION), -MNIST_MEAN / MNIST_DEVIATION, channels);
  }
}

/** The same numbers for all channels. */
export function uniformNumbers(factor: number, offset: number, channels: number): ScalingNumbers {
  return {
    factor: new Array<number>(channels).fill(factor),
    offset: new Array<number>(channels).fill(offset),
    bgr: false,
  };
}

/** The scalings worth offering for a network of so many channels; those of the other kind stay possible. */
export const scalingsFor = (channels: number): InputScaling[] =>
  channels === 1 ? ['unit', 'signed', 'mnist', 'bytes'] : ['unit', 'signed', 'imagenet', 'caffe', 'bytes'];

/** The scaling whose numbers these are; null for none. Files give means in three digits, so what is close is the same. */
export function scalingCalled({ factor, offset, bgr }: ScalingNumbers): InputScaling | null {
  const channels = factor.length;
  const isClose = (a: number, b: number, unit: number) =>
    Math.abs(a - b) <= 0.003 * Math.max(unit, Math.abs(b));
  const found = scalingsFor(channels).find((scaling) => {
    const known = scalingNumbers(scaling, channels);
    return (
      known.bgr === bgr &&
      factor.every((value, channel) => {
        const size = known.factor[channel];
        // Differences count by what they make of a whole picture, which spans 255 values.
        return isClose(value, size, 0) && isClose(offset[channel], known.offset[channel], 255 * size);
      })
    );
  });
  return found ?? null;
}

/** How pictures are scaled in a run: as the reader has chosen, else as the network has it. */
export function usedScaling(own: ScalingReport, chosen: InputScaling | null): UsedScaling {
  if (chosen === null) return { ...own, source: own.isGuess ? 'guess' : 'file' };
  return {
    ...scalingNumbers(chosen, own.factor.length),
    name: chosen,
    reason: 'Chosen by hand.',
    isGuess: false,
    source: 'chosen',
  };
}
