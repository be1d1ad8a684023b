import * as tf from '@tensorflow/tfjs-core';
import { featureMap, MisfitError, type Operation, type Shape } from './operation';

/** The middle rows and columns of a map, as Keras' CenterCrop takes them: an odd rest is cut at the end. */
export interface CentreCropSpec {
  readonly type: 'centre-crop';
  readonly size: readonly [number, number];
}

export function centreCropShape({ size }: CentreCropSpec, inputs: readonly Shape[]): Shape {
  const [height, width, channels] = featureMap(inputs);
  if (!(size[0] >= 1 && size[1] >= 1 && size[0] <= height && size[1] <= width)) {
    throw new MisfitError(
      `cuts ${size[0]} x ${size[1]} places out of ${height} x ${width}; a crop that enlarges cannot be read`,
    );
  }
  return [size[0], size[1], channels];
}

export function centreCrop({ size }: CentreCropSpec): Operation {
  const begin = ({ shape }: tf.Tensor): number[] => [
    0,
    Math.floor(((shape[1] as number) - size[0]) / 2),
    Math.floor(((shape[2] as number) - size[1]) / 2),
    0,
  ];
  return {
    forward: ([x]) => tf.slice(x, begin(x), [x.shape[0], size[0], size[1], x.shape[3] as number]),
    backward: (dy, [x]) => [
      tf.pad(
        dy,
        begin(x).map((first, axis): [number, number] => [
          first,
          (x.shape[axis] as number) - first - (dy.shape[axis] as number),
        ]),
      ),
    ],
  };
}
