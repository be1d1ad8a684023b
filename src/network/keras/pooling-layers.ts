import type { Weight } from '../network-graph';
import type { OperationSpec } from '../ops';
import type { LayerConfig } from './layer-config';

/** Pooling over windows, as a layer or called as a function. */
export const pooling =
  (by: 'maximum' | 'average') =>
  (layer: LayerConfig): OperationSpec<Weight> => {
    layer.channelsLast().ignore('dim_ordering');
    const size = layer.pair('pool_size', [2, 2]);
    return {
      type: 'pooling',
      by,
      size,
      strides: layer.pair('strides', size),
      padding: layer.padding(),
      countPadding: false,
      ceil: false,
    };
  };
