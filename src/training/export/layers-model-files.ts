import { type KerasLayer, kerasLayersOf } from './keras-layers';
import { metadataOf, type TrainedNetwork } from './trained-network';

/** A LayersModel of TensorFlow.js: the text of `model.json`, and the bytes of the `weights.bin` that it names. */
export interface LayersModelFiles {
  model: string;
  weights: Uint8Array<ArrayBuffer>;
}

/**
 * A trained network as `tf.loadLayersModel` reads it; labels, scaling, data and recipe lie in `userDefinedMetadata`.
 * @throws ArchitectureError as in {@link kerasLayersOf}
 */
export function layersModelFiles(network: TrainedNetwork): LayersModelFiles {
  const layers = kerasLayersOf(network);
  const variables = layers.flatMap(({ name, variables: own }) =>
    own.map((variable) => ({ ...variable, name: `${name}/${variable.name}` })),
  );
  const model = {
    format: 'layers-model',
    generatedBy: 'Supersign',
    convertedBy: null,
    modelTopology: {
      class_name: 'Model',
      config: {
        name: 'network',
        layers: layers.map(layerJson),
        input_layers: [[layers[0].name, 0, 0]],
        output_layers: [[(layers.at(-1) as KerasLayer).name, 0, 0]],
      },
      keras_version: 'tfjs-layers 4.22.0',
      backend: 'tensor_flow.js',
    },
    weightsManifest: [
      {
        paths: ['weights.bin'],
        weights: variables.map(({ name, shape }) => ({ name, shape, dtype: 'float32' })),
      },
    ],
    userDefinedMetadata: metadataOf(network),
  };
  return { model: JSON.stringify(model), weights: joined(variables.map(({ values }) => values)) };
}

function layerJson({ className, name, config, inputs, shape }: KerasLayer) {
  const own =
    className === 'InputLayer'
      ? { batch_input_shape: [null, ...shape], dtype: 'float32', sparse: false }
      : config;
  return {
    class_name: className,
    name,
    config: { ...own, name, trainable: true },
    inbound_nodes: inputs.length === 0 ? [] : [inputs.map((input) => [input, 0, 0, {}])],
  };
}

/** All values as little-endian float32, one behind the other. */
export function joined(parts: readonly Float32Array[]): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(4 * parts.reduce((sum, { length }) => sum + length, 0)));
  let place = 0;
  for (const part of parts) {
    for (const value of part) {
      view.setFloat32(place, value, true);
      place += 4;
    }
  }
  return new Uint8Array(view.buffer);
}
