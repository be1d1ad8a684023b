/** A weight of a LayersModel and how the generator fills it: uniform in [mean - spread, mean + spread]. */
export interface SeededWeight {
  name: string;
  shape: number[];
  mean: number;
  spread: number;
}

export interface KerasModel {
  topology: object;
  weights: SeededWeight[];
  /** Height, width, channels. */
  inputShape: [number, number, number];
  classes: number;
}

interface ConvolutionOptions {
  filters: number;
  kernel: number;
  stride?: number;
  padding?: 'same' | 'valid';
  activation?: 'linear' | 'relu';
  bias?: boolean;
}

/**
 * Writes a network layer by layer in the words of a Keras 2 topology. Every method takes the name of its input and
 * returns the name of its output. Weights are scaled after He et al. 2015, so that activations keep their size
 * through any number of rectified layers.
 */
export function kerasModel(name: string, inputShape: [number, number, number]) {
  const layers: object[] = [];
  const weights: SeededWeight[] = [];
  /** Channels of every output, and the length of a flattened one. */
  const shapes = new Map<string, number[]>();

  const add = (className: string, layer: string, inputs: string[], shape: number[], config: object) => {
    layers.push({
      class_name: className,
      name: layer,
      config: { name: layer, ...config },
      inbound_nodes: inputs.length > 0 ? [inputs.map((input) => [input, 0, 0, {}])] : [],
    });
    shapes.set(layer, shape);
    return layer;
  };
  const shapeOf = (layer: string) => shapes.get(layer) as [number, number, number];
  const weight = (weightName: string, shape: number[], mean: number, spread: number) =>
    weights.push({ name: weightName, shape, mean, spread });
  const reduced = (side: number, window: number, stride: number, padding: 'same' | 'valid') =>
    padding === 'same' ? Math.ceil(side / stride) : Math.floor((side - window) / stride) + 1;

  return {
    input: (layer = 'image') =>
      add('InputLayer', layer, [], inputShape, {
        batch_input_shape: [null, ...inputShape],
        dtype: 'float32',
      }),

    convolution(layer: string, from: string, options: ConvolutionOptions): string {
      const { filters, kernel, stride = 1, padding = 'same', activation = 'linear', bias = true } = options;
      const [height, width, channels] = shapeOf(from);
      weight(`${layer}/kernel`, [kernel, kernel, channels, filters], 0, he(kernel * kernel * channels));
      if (bias) weight(`${layer}/bias`, [filters], 0, 0.05);
      const side = (length: number) => reduced(length, kernel, stride, padding);
      return add('Conv2D', layer, [from], [side(height), side(width), filters], {
        filters,
        kernel_size: [kernel, kernel],
        strides: [stride, stride],
        padding,
        activation,
        use_bias: bias,
      });
    },

    /** @param scale mean of gamma; the statistics are those of a unit variance, more or less */
    batchNormalization(layer: string, from: string, scale = 1): string {
      const shape = shapeOf(from);
      weight(`${layer}/gamma`, [shape[2]], scale, 0.2 * scale);
      weight(`${layer}/beta`, [shape[2]], 0, 0.1);
      weight(`${layer}/moving_mean`, [shape[2]], 0, 0.1);
      weight(`${layer}/moving_variance`, [shape[2]], 1, 0.2);
      return add('BatchNormalization', layer, [from], shape, { axis: [3], epsilon: 0.001 });
    },

    /** One filter a channel, padded so that the size stays. */
    depthwise(layer: string, from: string, kernel: number): string {
      const shape = shapeOf(from);
      weight(`${layer}/depthwise_kernel`, [kernel, kernel, shape[2], 1], 0, he(kernel * kernel));
      weight(`${layer}/bias`, [shape[2]], 0, 0.05);
      return add('DepthwiseConv2D', layer, [from], shape, {
        kernel_size: [kernel, kernel],
        strides: [1, 1],
        padding: 'same',
        activation: 'linear',
        use_bias: true,
      });
    },

    /** Over the channels of each place. @param scale mean of gamma */
    layerNormalization(layer: string, from: string, scale = 1): string {
      const shape = shapeOf(from);
      const channels = shape[shape.length - 1];
      weight(`${layer}/gamma`, [channels], scale, 0.2 * scale);
      weight(`${layer}/beta`, [channels], 0, 0.1);
      return add('LayerNormalization', layer, [from], shape, { axis: -1, epsilon: 1e-6 });
    },

    relu: (layer: string, from: string) =>
      add('Activation', layer, [from], shapeOf(from), { activation: 'relu' }),

    sum: (layer: string, a: string, b: string) => add('Add', layer, [a, b], shapeOf(a), {}),

    zeroPadding(layer: string, from: string, pad: number): string {
      const [height, width, channels] = shapeOf(from);
      return add('ZeroPadding2D', layer, [from], [height + 2 * pad, width + 2 * pad, channels], {
        padding: [
          [pad, pad],
          [pad, pad],
        ],
      });
    },

    maxPooling(layer: string, from: string, window: number, stride: number): string {
      const [height, width, channels] = shapeOf(from);
      const side = (length: number) => reduced(length, window, stride, 'valid');
      return add('MaxPooling2D', layer, [from], [side(height), side(width), channels], {
        pool_size: [window, window],
        strides: [stride, stride],
        padding: 'valid',
      });
    },

    globalAverage: (layer: string, from: string) =>
      add('GlobalAveragePooling2D', layer, [from], [shapeOf(from)[2]], {}),

    flatten: (layer: string, from: string) =>
      add('Flatten', layer, [from], [shapeOf(from).reduce((a, b) => a * b, 1)], {}),

    /** Of a vector, or of the channels of each place. */
    dense(layer: string, from: string, units: number, activation: 'linear' | 'relu' | 'gelu'): string {
      const places: number[] = shapeOf(from).slice(0, -1);
      const length = shapeOf(from).at(-1) as number;
      weight(`${layer}/kernel`, [length, units], 0, he(length));
      weight(`${layer}/bias`, [units], 0, 0.05);
      return add('Dense', layer, [from], [...places, units], { units, activation });
    },

    build(input: string, output: string): KerasModel {
      return {
        topology: {
          class_name: 'Model',
          config: { name, layers, input_layers: [[input, 0, 0]], output_layers: [[output, 0, 0]] },
          keras_version: '2.15.0',
          backend: 'tensorflow',
        },
        weights,
        inputShape,
        classes: shapeOf(output)[0],
      };
    },
  };
}

/** Half the width of the uniform distribution with variance 2 / fanIn. */
const he = (fanIn: number) => Math.sqrt(6 / fanIn);
