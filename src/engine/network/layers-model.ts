import * as tf from '@tensorflow/tfjs-core';
import { type LayersModel, type layers, loadLayersModel } from '@tensorflow/tfjs-layers';
import { disposeTurnedFilter } from '../backend/convolution-gradient';
import { convolution } from './convolution';
import { NetworkError } from './errors';
import type { LayerKind, Network, NetworkNode } from './network';

type Layer = layers.Layer;

/** What a `model.json` holds. */
export interface ModelFile {
  modelTopology?: object;
  weightsManifest?: tf.io.WeightsManifestConfig;
}

/** The weight files a `model.json` names, in the order in which their bytes are to be joined. */
export function weightPaths(model: ModelFile): string[] {
  if (!model.modelTopology || !model.weightsManifest) {
    throw new NetworkError(
      'This model.json has no topology or no weights manifest. Export the whole model with tf.LayersModel.save.',
    );
  }
  return model.weightsManifest.flatMap((group) => group.paths);
}

/**
 * Reads a TensorFlow.js LayersModel on the current backend.
 * @param weights the joined weight files of {@link weightPaths}
 * @throws NetworkError naming what cannot be read
 */
export async function readLayersModel(file: ModelFile, weights: ArrayBuffer): Promise<Network> {
  weightPaths(file);
  const model = await loadLayersModel({
    load: async () => ({
      modelTopology: file.modelTopology,
      weightSpecs: file.weightsManifest?.flatMap((group) => group.weights),
      weightData: weights,
    }),
  });
  return networkOf(model);
}

function networkOf(model: LayersModel): Network {
  if (model.inputs.length !== 1 || model.outputs.length !== 1) {
    throw new NetworkError(
      `This network has ${model.inputs.length} inputs and ${model.outputs.length} outputs; one of each is needed.`,
    );
  }
  const ordered = inTopologicalOrder(model.outputs[0].sourceLayer);
  const position = new Map(ordered.map((layer, index) => [layer, index]));
  const nodes = ordered.map((layer) =>
    nodeOf(
      layer,
      inboundLayers(layer).map((inbound) => position.get(inbound) as number),
    ),
  );
  const [, height, width, channels] = model.inputs[0].shape;
  if (!height || !width || !channels) {
    throw new NetworkError(
      `The network's input must be a picture, but its shape is [${model.inputs[0].shape}].`,
    );
  }
  return {
    nodes,
    inputShape: [height, width, channels],
    output: nodes.length - 1,
    dispose() {
      for (const weight of model.weights) disposeTurnedFilter(weight.read());
      model.dispose();
    },
  };
}

function inboundLayers(layer: Layer): Layer[] {
  if (layer.inboundNodes.length !== 1) {
    throw new NetworkError(
      `Layer "${layer.name}" is used ${layer.inboundNodes.length} times; each layer must be used once.`,
    );
  }
  return layer.inboundNodes[0].inboundLayers;
}

function inTopologicalOrder(output: Layer): Layer[] {
  const ordered: Layer[] = [];
  const visited = new Set<Layer>();
  const visit = (layer: Layer) => {
    if (visited.has(layer)) return;
    visited.add(layer);
    inboundLayers(layer).forEach(visit);
    ordered.push(layer);
  };
  visit(output);
  return ordered;
}

const poolingClasses = new Set(['MaxPooling2D', 'AveragePooling2D']);

function kindOf(layer: Layer): LayerKind {
  const name = layer.getClassName();
  if (name === 'InputLayer') return 'input';
  if (name === 'Dense') return 'dense';
  if (poolingClasses.has(name)) return 'pooling';
  if (/Conv/.test(name)) return 'convolution';
  return 'other';
}

function nodeOf(layer: Layer, inputs: number[]): NetworkNode {
  const shape = (layer.outputShape as number[]).slice(1);
  return {
    name: layer.name,
    kind: kindOf(layer),
    inputs,
    shape,
    ...(fusedConvolution(layer) ?? anyLayer(layer)),
  };
}

const fusedActivations = ['linear', 'relu', 'relu6'] as const;

function fusedConvolution(layer: Layer): Pick<NetworkNode, 'forward' | 'backward'> | null {
  if (layer.getClassName() !== 'Conv2D') return null;
  const { strides, padding, activation, dilationRate } = layer.getConfig() as {
    strides: [number, number];
    padding: 'same' | 'valid';
    activation: string;
    dilationRate: [number, number];
  };
  const fused = fusedActivations.find((name) => name === activation);
  if (!fused || dilationRate.some((rate) => rate !== 1)) return null;
  const [filter, bias] = layer.getWeights();
  return convolution({
    filter: filter as tf.Tensor4D,
    bias: (bias as tf.Tensor1D | undefined) ?? null,
    strides,
    padding,
    activation: fused,
  });
}

/** Any other layer: its own forward pass, and the gradient TensorFlow.js derives from it. */
function anyLayer(layer: Layer): Pick<NetworkNode, 'forward' | 'backward'> {
  const apply = (inputs: tf.Tensor[]) => layer.apply(inputs.length === 1 ? inputs[0] : inputs) as tf.Tensor;
  return {
    forward: (inputs) => tf.tidy(() => apply(inputs)),
    backward: (dy, inputs) => tf.tidy(() => tf.grads((...xs: tf.Tensor[]) => apply(xs))(inputs, dy)),
  };
}
