import type { Weight } from '../../network-graph';
import { linear } from '../../ops/activation';
import type { Pair } from '../../ops/window';
import type { LayerConfig } from '../layer-config';
import type { Translation } from '../unary';

/** Squares of a picture, each as the channels of one place: row by row, column by column, channel by channel. */
export function patches(layer: LayerConfig): Translation {
  const size = layer.channelsLast().pair('size', [1, 1]);
  const strides = layer.pair('strides', size);
  const dilations = layer.pair('dilation_rate', [1, 1]);
  const padding = layer.padding();
  const shape = layer.sizes();
  const isCut = strides.join() === size.join() && dilations.join() === '1,1' && padding === 'valid';
  if (isCut && shape.length === 3) return cut(shape as [number, number, number], size);
  const channels = size[0] * size[1] * shape[2];
  return {
    type: 'convolution',
    filter: identity([...size, shape[2], channels]),
    bias: null,
    strides,
    padding,
    dilations,
    groups: 1,
    activation: linear,
  };
}

/** Squares beside one another: nothing is computed. */
function cut([height, width, channels]: [number, number, number], [rows, columns]: Pair): Translation {
  const [down, across] = [Math.floor(height / rows), Math.floor(width / columns)];
  return [
    { type: 'slice', begin: [0, 0, 0], end: [down * rows, across * columns, null] },
    { type: 'reshape', shape: [down, rows, across, columns, channels] },
    { type: 'transpose', permutation: [0, 2, 1, 3, 4] },
    { type: 'reshape', shape: [down, across, rows * columns * channels] },
  ];
}

/** A filter that passes each place of its window on as a channel of its own. */
function identity(shape: readonly number[]): Weight {
  const channels = shape[3];
  return {
    shape,
    read() {
      const values = new Float32Array(channels * channels);
      for (let i = 0; i < channels; i++) values[i * channels + i] = 1;
      return values;
    },
  };
}
