import { NetworkError } from '../network-errors';

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;

/** Parameters that Keras 2 renamed. */
const renamed: Record<string, string> = {
  nb_filter: 'filters',
  border_mode: 'padding',
  subsample: 'strides',
  atrous_rate: 'dilation_rate',
  bias: 'use_bias',
  output_dim: 'units',
  concat_axis: 'axis',
};

/** What a `Merge` layer of one mode is called today; the others hold code. */
const merges: Record<string, string> = {
  sum: 'Add',
  mul: 'Multiply',
  ave: 'Average',
  max: 'Maximum',
  concat: 'Concatenate',
};

/**
 * A model as Keras 1 described it, in the words of Keras 2.
 * @param model `{class_name, config}`, of a model or a layer; what is none is given back as it is
 * @see keras/legacy/interfaces.py of Keras 2.0, which reads such files in the same way
 */
export function fromFirstGeneration(model: unknown): unknown {
  if (!isObject(model)) return model;
  const { class_name: className, config } = model;
  if (Array.isArray(config)) return { ...model, config: config.map(fromFirstGeneration) };
  if (!isObject(config)) return model;
  if (Array.isArray(config.layers)) {
    return { ...model, config: { ...config, layers: config.layers.map(fromFirstGeneration) } };
  }
  const changed: Json = Object.fromEntries(
    Object.entries(config).map(([key, value]) => [renamed[key] ?? key, value]),
  );
  if (config.nb_row !== undefined) changed.kernel_size = [config.nb_row, config.nb_col];
  if (config.dim_ordering === 'th') changed.data_format = 'channels_first';
  if (Array.isArray(config.padding) && config.padding.length === 4) {
    const [top, bottom, left, right] = config.padding;
    changed.padding = [
      [top, bottom],
      [left, right],
    ];
  }
  if (className === 'BatchNormalization' && config.mode !== undefined && config.mode !== 0) {
    throw new NetworkError(
      `Layer "${config.name}" (BatchNormalization) has mode ${JSON.stringify(config.mode)}; only mode 0, feature-wise, can be read.`,
    );
  }
  return { ...model, class_name: classOf(className, config), config: changed };
}

function classOf(className: unknown, { mode }: Json): unknown {
  if (className === 'AtrousConvolution2D') return 'Conv2D';
  if (className !== 'Merge') return className;
  return typeof mode === 'string' && Object.hasOwn(merges, mode) ? merges[mode] : 'Lambda';
}
