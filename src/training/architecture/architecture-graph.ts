import type { Graph, GraphNode, Weight } from '../../network/network-graph';
import type { OperationSpec } from '../../network/ops';
import { linear } from '../../network/ops/activation';
import { batchNormalisation as inInference, weightOf } from '../../network/weights';
import { type Architecture, ArchitectureError } from './architecture';
import type { NamedWeight } from './named-weight';
import {
  batchNormalisation,
  IMAGE,
  type Layer,
  LOGITS,
  layoutOf,
  sizeOf,
  type WeightShape,
  weightShapesOf,
} from './parameter-layout';

/** Name of the node behind the logits. */
export const PROBABILITIES = 'probabilities';

/**
 * A trained network as every reader of files hands it over: batch normalisation by its running statistics, no dropout, a softmax
 * at the end. `buildNetwork` makes the network of it that the page explains.
 * @throws ArchitectureError for a weight that is missing or of another shape
 */
export function architectureGraph(architecture: Architecture, weights: readonly NamedWeight[]): Graph {
  const layout = layoutOf(architecture);
  const byName = checkedWeights(weightShapesOf(layout), weights);
  const weight = (layer: Layer, role: WeightShape['role']): Weight | null => {
    const shape = layer.weights.find((each) => each.role === role);
    return shape ? weightOf(shape.shape, (byName.get(shape.name) as NamedWeight).values) : null;
  };
  const nodes = layout.layers.map(
    (layer): GraphNode => ({ name: layer.name, inputs: layer.inputs, spec: specOf(layer, weight) }),
  );
  const softmax: GraphNode = {
    name: PROBABILITIES,
    inputs: [LOGITS],
    spec: { type: 'activation', activation: { name: 'softmax' } },
  };
  return {
    input: { name: IMAGE, shape: layout.input },
    nodes: [...nodes, softmax],
    outputs: [PROBABILITIES],
  };
}

/** By name. @throws ArchitectureError for one that is missing or of another shape */
export function checkedWeights(
  shapes: readonly WeightShape[],
  weights: readonly NamedWeight[],
): Map<string, NamedWeight> {
  const byName = new Map(weights.map((weight) => [weight.name, weight]));
  for (const { name, shape } of shapes) {
    const found = byName.get(name);
    if (!found) throw new ArchitectureError(`The weight ${name} of this architecture is missing.`);
    if (found.shape.join() !== shape.join() || found.values.length !== sizeOf(shape)) {
      throw new ArchitectureError(
        `The weight ${name} has the shape [${found.shape}] instead of [${shape}], as the architecture asks.`,
      );
    }
  }
  return byName;
}

function specOf(
  layer: Layer,
  weight: (layer: Layer, role: WeightShape['role']) => Weight | null,
): OperationSpec<Weight> {
  switch (layer.kind) {
    case 'convolution':
      return {
        type: 'convolution',
        filter: weight(layer, 'filter') as Weight,
        bias: weight(layer, 'bias'),
        strides: [layer.stride, layer.stride],
        padding: layer.padding,
        dilations: [1, 1],
        groups: 1,
        activation: linear,
      };
    case 'depthwise': {
      const { shape, read } = weight(layer, 'depthwise') as Weight;
      const [rows, columns, channels] = shape;
      return {
        type: 'convolution',
        filter: { shape: [rows, columns, 1, channels], read },
        bias: weight(layer, 'bias'),
        strides: [layer.stride, layer.stride],
        padding: layer.padding,
        dilations: [1, 1],
        groups: channels,
        activation: linear,
      };
    }
    case 'normalisation':
      return inInference({
        gamma: weight(layer, 'scale'),
        beta: weight(layer, 'offset'),
        mean: weight(layer, 'mean') as Weight,
        variance: weight(layer, 'variance') as Weight,
        epsilon: batchNormalisation.epsilon,
      });
    case 'activation':
      return { type: 'activation', activation: { name: layer.by } };
    case 'pooling':
      return {
        type: 'pooling',
        by: layer.by === 'max' ? 'maximum' : 'average',
        size: [2, 2],
        strides: [2, 2],
        padding: 'valid',
        countPadding: false,
        ceil: false,
      };
    case 'addition':
      return { type: 'merge', by: 'add' };
    case 'join':
      return layer.by === 'average'
        ? { type: 'reduce', by: 'mean', axes: [0, 1], keep: false }
        : { type: 'reshape', shape: [-1] };
    case 'dropout':
      return { type: 'identity' };
    case 'dense':
      return {
        type: 'dense',
        kernel: weight(layer, 'matrix') as Weight,
        bias: weight(layer, 'bias'),
        activation: linear,
      };
  }
}
