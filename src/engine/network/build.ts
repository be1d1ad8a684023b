import * as tf from '@tensorflow/tfjs-core';
import { NetworkError } from './errors';
import { type Graph, inTopologicalOrder, type Weight } from './graph';
import type { LayerKind, Network, NetworkNode } from './network';
import { createOperation, inputCount, type OperationSpec, shapeOf } from './ops';
import { MisfitError, type Operation, type Shape, sizeOf } from './ops/operation';
import { cutHead, fuse, type Plan, type PlannedNode, splitActivations } from './optimise';
import { isWeight } from './weights';

export interface BuildOptions {
  /** False keeps every operation of the file as a node of its own. */
  readonly fuse?: boolean;
  /** Output to take where the file has several; a name from `graph.outputs`. */
  readonly output?: string;
  /** Height and width to read pictures at, where the file leaves them open. */
  readonly inputSize?: readonly [number, number];
}

/** Rows and columns of a network that takes any size, unless told otherwise. */
const USUAL_SIZE = 224;

/** No feature map of a network for pictures comes near; more than this is a damaged or hostile file. */
const LARGEST_OUTPUT = 2 ** 28;

/**
 * Puts a network together on the current backend. Weights are read, checked and uploaded one after the other.
 * @throws NetworkError naming the layer that does not fit, and what it lacks
 */
export function buildNetwork(graph: Graph, options: BuildOptions = {}): Network {
  const inputShape = inputShapeOf(graph, options);
  const { plan, head } = planOf(graph, options);
  const shapes = inferShapes(graph, plan, inputShape);
  const ended = endInClasses(plan, shapes);
  const names = [graph.input.name, ...ended.nodes.map(({ name }) => name)];
  const position = new Map(names.map((name, index) => [name, index]));
  const { operations, dispose } = upload(ended.nodes);
  const nodes: NetworkNode[] = [inputNode(graph.input.name, inputShape)];
  ended.nodes.forEach((node, index) => {
    nodes.push({
      name: node.name,
      kind: kindOf(node, shapes.get(node.inputs[0]) as Shape),
      inputs: node.inputs.map((input) => position.get(input) as number),
      shape: shapes.get(node.name) as Shape,
      parts: node.parts,
      ...operations[index],
    });
  });
  return { nodes, inputShape, output: position.get(ended.output) as number, head, dispose };
}

function inputShapeOf(graph: Graph, { inputSize }: BuildOptions): [number, number, number] {
  const [height, width, channels] = graph.input.shape;
  const shape: [number, number, number] = [
    height ?? inputSize?.[0] ?? USUAL_SIZE,
    width ?? inputSize?.[1] ?? USUAL_SIZE,
    channels,
  ];
  if (!shape.every((size) => Number.isInteger(size) && size >= 1) || sizeOf(shape) > LARGEST_OUTPUT) {
    throw new NetworkError(`The network's input must be a picture, but its shape is [${graph.input.shape}].`);
  }
  return shape;
}

function planOf(graph: Graph, options: BuildOptions): ReturnType<typeof cutHead> {
  const [only] = graph.outputs;
  const output = options.output ?? only;
  if (output === undefined || (options.output === undefined && graph.outputs.length > 1)) {
    throw new NetworkError(
      `This network has ${graph.outputs.length} outputs (${graph.outputs.join(', ')}); one of them must be chosen.`,
    );
  }
  const nodes = inTopologicalOrder(graph, output).map((node) => ({ ...node, parts: [node.name] }));
  if (nodes.length === 0) throw new NetworkError('The output of this network is its input.');
  for (const { name, spec, inputs } of nodes) {
    const expected = inputCount(spec.type);
    if (inputs.length === 0 || (expected !== null && inputs.length !== expected)) {
      throw new NetworkError(
        `Layer "${name}" reads ${inputs.length} inputs instead of ${expected ?? 'some'}.`,
      );
    }
  }
  const { plan, head } = cutHead({ nodes, output });
  if (plan.nodes.length === 0) throw new NetworkError('This network holds nothing but a softmax.');
  return { plan: splitActivations(options.fuse === false ? plan : fuse(plan)), head };
}

function inferShapes(graph: Graph, plan: Plan, inputShape: Shape): Map<string, Shape> {
  const shapes = new Map<string, Shape>([[graph.input.name, inputShape]]);
  for (const node of plan.nodes) shapes.set(node.name, shapeOfNode(node, shapes));
  return shapes;
}

function shapeOfNode({ name, inputs, spec }: PlannedNode, shapes: Map<string, Shape>): Shape {
  try {
    const shape = shapeOf(
      spec,
      inputs.map((input) => shapes.get(input) as Shape),
    );
    if (!(sizeOf(shape) <= LARGEST_OUTPUT))
      throw new MisfitError(`would yield [${shape}], which is too large`);
    return shape;
  } catch (error) {
    if (error instanceof MisfitError) throw new NetworkError(`Layer "${name}" ${error.message}.`);
    throw error;
  }
}

/** The logits as [classes]: a single place is unfolded, the places of a larger picture are averaged. */
function endInClasses(plan: Plan, shapes: Map<string, Shape>): Plan {
  const shape = shapes.get(plan.output) as Shape;
  if (shape.length === 1) return plan;
  const single = sizeOf(shape) === shape[shape.length - 1];
  if (!single && shape.length !== 3) {
    throw new NetworkError(
      `This network yields [${shape}] at "${plan.output}", not one number a class: it is no classifier.`,
    );
  }
  const spec: OperationSpec<Weight> = single
    ? { type: 'reshape', shape: [-1] }
    : { type: 'reduce', by: 'mean', axes: [0, 1], keep: false };
  const name = `${plan.output}, classes`;
  const node = { name, inputs: [plan.output], spec, parts: [] };
  shapes.set(name, shapeOfNode(node, shapes));
  return { nodes: [...plan.nodes, node], output: name };
}

/** Uploads every weight once and creates the operations; on failure nothing stays behind. */
function upload(nodes: readonly PlannedNode[]): { operations: Operation[]; dispose(): void } {
  const tensors: tf.Tensor[] = [];
  const operations: Operation[] = [];
  const dispose = () => {
    for (const operation of operations) operation.dispose?.();
    for (const tensor of tensors) tensor.dispose();
  };
  try {
    uploadInto(tensors, operations, nodes);
    return { operations, dispose };
  } catch (error) {
    dispose();
    throw error;
  }
}

/** Apart from what lives as long as the network: a weight holds the bytes of its file, which are to be let go. */
function uploadInto(tensors: tf.Tensor[], operations: Operation[], nodes: readonly PlannedNode[]): void {
  const known = new Map<Weight, tf.Tensor>();
  for (const { name, spec } of nodes) {
    const uploaded = withTensors(spec, (weight) => {
      const found = known.get(weight);
      if (found) return found;
      const tensor = tensorOf(weight, name);
      known.set(weight, tensor);
      tensors.push(tensor);
      return tensor;
    });
    operations.push(createOperation(uploaded));
  }
}

function tensorOf(weight: Weight, layer: string): tf.Tensor {
  const values = weight.read();
  if (values.length !== sizeOf(weight.shape)) {
    throw new NetworkError(
      `A weight of layer "${layer}" has ${values.length} numbers instead of the ${sizeOf(weight.shape)} of its shape [${weight.shape}].`,
    );
  }
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) {
      throw new NetworkError(
        `A weight of layer "${layer}" holds ${values[i]}: training has diverged, or the file is damaged.`,
      );
    }
  }
  return tf.tensor(values, [...weight.shape], 'float32');
}

/** The spec with a tensor in the place of every weight; an activation may hold one too. */
function withTensors(spec: object, tensorFor: (weight: Weight) => tf.Tensor): OperationSpec<tf.Tensor> {
  return Object.fromEntries(
    Object.entries(spec).map(([key, value]) => {
      if (isWeight(value)) return [key, tensorFor(value)];
      return [key, key === 'activation' ? withTensors(value, tensorFor) : value];
    }),
  ) as OperationSpec<tf.Tensor>;
}

function inputNode(name: string, shape: Shape): NetworkNode {
  return {
    name,
    kind: 'input',
    inputs: [],
    shape,
    parts: [name],
    forward: () => {
      throw new NetworkError('The input of a network computes nothing.');
    },
    backward: () => [],
  };
}

function kindOf({ spec, inner, shownAs }: PlannedNode, input: Shape): LayerKind {
  if (inner) return 'other';
  const shown = shownAs ?? spec;
  switch (shown.type) {
    case 'convolution':
    case 'transposed-convolution':
      // On a single place a convolution is a dense layer: classifiers and squeeze-and-excitation write it so.
      return input[0] === 1 && input[1] === 1 ? 'dense' : 'convolution';
    case 'dense':
    case 'activation':
    case 'pooling':
      return shown.type;
    case 'affine':
      return [shown.scale, shown.shift].some((weight) => weight && sizeOf(weight.shape) > 1)
        ? 'normalisation'
        : 'other';
    case 'layer-normalisation':
    case 'local-response-normalisation':
      return 'normalisation';
    case 'concatenate':
      return 'concatenation';
    case 'merge':
      if (shown.by === 'multiply') return 'multiplication';
      return shown.by === 'add' ? 'addition' : 'other';
    case 'reduce':
      return input.length === 3 && [...shown.axes].sort().join() === '0,1' ? 'pooling' : 'other';
    default:
      return 'other';
  }
}
