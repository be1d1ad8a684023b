import { zipArchive } from '../../codecs/zip/zip-archive';
import { type KerasLayer, kerasLayersOf } from './keras-layers';
import { metadataOf, type TrainedNetwork } from './trained-network';
import { type WeightGroup, weightsHdf5 } from './weights-hdf5';

/** The version of Keras whose files these are like. */
const KERAS_VERSION = '3.8.0';

/**
 * A trained network as a `.keras` file, which `keras.saving.load_model` of Keras 3 reads: a zip archive of `metadata.json`,
 * `config.json` and `model.weights.h5`. Labels, scaling, data and recipe lie in `metadata.json` under `supersign`; Keras
 * passes over them.
 * @throws ArchitectureError as in {@link kerasLayersOf}
 */
export async function kerasArchive(network: TrainedNetwork): Promise<Uint8Array<ArrayBuffer>> {
  const layers = kerasLayersOf(network);
  const metadata = {
    keras_version: KERAS_VERSION,
    date_saved: savedAt(network.made),
    supersign: metadataOf(network),
  };
  return zipArchive([
    { name: 'metadata.json', bytes: jsonBytes(metadata) },
    { name: 'config.json', bytes: jsonBytes(modelConfig(layers)) },
    { name: 'model.weights.h5', bytes: await weightsHdf5(weightGroups(layers)) },
  ]);
}

const jsonBytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

/** "2026-03-01@12:30:05" of an ISO time. */
const savedAt = (made: string) => made.slice(0, 19).replace('T', '@');

function modelConfig(layers: readonly KerasLayer[]) {
  const shapes = new Map(layers.map(({ name, shape }) => [name, shape]));
  const name = 'network';
  return {
    module: 'keras.src.models.functional',
    class_name: 'Functional',
    config: {
      name,
      trainable: true,
      layers: layers.map((layer) => layerJson(layer, shapes)),
      input_layers: [[layers[0].name, 0, 0]],
      output_layers: [[(layers.at(-1) as KerasLayer).name, 0, 0]],
    },
    registered_name: 'Functional',
    build_config: { input_shape: [null, ...layers[0].shape] },
  };
}

function layerJson(layer: KerasLayer, shapes: ReadonlyMap<string, number[]>) {
  const { className, name, config, inputs, shape, variables } = layer;
  const own =
    className === 'InputLayer'
      ? { batch_shape: [null, ...shape], dtype: 'float32', sparse: false, name }
      : { name, trainable: true, dtype: 'float32', ...config };
  const tensors = inputs.map((input) => ({
    class_name: '__keras_tensor__',
    config: {
      shape: [null, ...(shapes.get(input) as number[])],
      dtype: 'float32',
      keras_history: [input, 0, 0],
    },
  }));
  // A layer of several inputs is called with a list of them.
  const args = tensors.length > 1 ? [tensors] : tensors;
  return {
    module: 'keras.layers',
    class_name: className,
    config: own,
    registered_name: null,
    ...(variables.length > 0 && {
      build_config: { input_shape: [null, ...(shapes.get(inputs[0]) as number[])] },
    }),
    name,
    inbound_nodes: inputs.length === 0 ? [] : [{ args, kwargs: {} }],
  };
}

/**
 * Groups are called after the class of their layer, counted up over the model (`KerasSaveable` and `_save_container_state` in
 * keras/src/saving/saving_lib.py): `layers/conv2d`, `layers/conv2d_1`.
 */
function weightGroups(layers: readonly KerasLayer[]): WeightGroup[] {
  const counts = new Map<string, number>();
  return layers.map(({ className, name, variables }) => {
    const kind = groupNames[className];
    const count = counts.get(kind) ?? 0;
    counts.set(kind, count + 1);
    return {
      group: count === 0 ? kind : `${kind}_${count}`,
      layer: name,
      arrays: variables.map(({ shape, values }) => ({ shape, values })),
    };
  });
}

/** What `to_snake_case` of keras/src/utils/naming.py makes of the names of classes. */
const groupNames: Record<KerasLayer['className'], string> = {
  InputLayer: 'input_layer',
  Conv2D: 'conv2d',
  DepthwiseConv2D: 'depthwise_conv2d',
  BatchNormalization: 'batch_normalization',
  Activation: 'activation',
  MaxPooling2D: 'max_pooling2d',
  AveragePooling2D: 'average_pooling2d',
  Add: 'add',
  GlobalAveragePooling2D: 'global_average_pooling2d',
  Flatten: 'flatten',
  Dropout: 'dropout',
  Dense: 'dense',
};
