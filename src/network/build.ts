import * as tf from '@tensorflow/tfjs-core';
import { TensorMemory } from '../backend/memory/tensor-memory';
import { counted } from '../text/counted';
import { foundAtOnce } from './at-once/find';
import type { StoredBytes } from './files/stored-bytes';
import type { LayerKind, Network, NetworkNode } from './network';
import { NetworkError } from './network-errors';
import type { Graph, Weight } from './network-graph';
import { createOperation, type OperationSpec } from './ops';
import { type Operation, type Shape, sizeOf } from './ops/operation';
import type { PlannedNode } from './optimise';
import { type BuildOptions, planNetwork } from './plan';
import type { WindowSteps } from './tokens/window-steps';
import { isWeight, weightsOf } from './weights';

export type { BuildOptions };

/**
 * Puts a network together on the current backend. Weights are read, checked and uploaded one after the other.
 * @param isLast whether nothing reads the graph's weights after this: what was read of its files is let go on the way
 * @throws NetworkError naming the layer that does not fit, and what it lacks
 */
export function buildNetwork(graph: Graph, options: BuildOptions = {}, isLast = false): Network {
  const {
    ended,
    shapes,
    head,
    reading,
    inputShape,
    attention: planned,
    detail,
  } = planNetwork(graph, options);
  const names = [graph.input.name, ...ended.nodes.map(({ name }) => name)];
  const position = new Map(names.map((name, index) => [name, index]));
  const { operations, tensorOf, dispose } = upload(ended.nodes, isLast);
  const atOnce = new Map(
    foundAtOnce(ended, shapes).map(({ name, skips, inputs, create }) => [
      name,
      {
        skips: skips.map((each) => position.get(each) as number),
        inputs: inputs.map((each) => position.get(each) as number),
        ...create(tensorOf, (each) => operations[(position.get(each) as number) - 1]),
      },
    ]),
  );
  const nodes: NetworkNode[] = [inputNode(graph.input.name, inputShape)];
  ended.nodes.forEach((node, index) => {
    nodes.push({
      name: node.name,
      kind: kindOf(node, shapes.get(node.inputs[0]) as Shape),
      inputs: node.inputs.map((input) => position.get(input) as number),
      shape: shapes.get(node.name) as Shape,
      parts: node.parts,
      ...(isDepthwise(node) ? { isDepthwise: true } : {}),
      ...(atOnce.has(node.name) ? { atOnce: atOnce.get(node.name) } : {}),
      ...operations[index],
    });
  });
  const output = position.get(ended.output) as number;
  const attention = planned.flatMap(({ probabilities, windows, ...block }) => {
    const node = position.get(probabilities);
    return node === undefined ? [] : [{ node, ...block, windows: windows && placed(windows, position) }];
  });
  const built = { nodes, inputShape, output, attention, head, reading, dispose };
  return detail ? { ...built, detail: { ...detail, node: position.get(detail.node) as number } } : built;
}

/** Windows by the indices of nodes; null where one of them went into another node. */
function placed(
  { from, steps, grid }: WindowSteps<string>,
  position: ReadonlyMap<string, number>,
): WindowSteps<number> | null {
  const indices = [from, ...steps].map((name) => position.get(name));
  const [first, ...rest] = indices.filter((index) => index !== undefined);
  return rest.length === steps.length ? { from: first, steps: rest, grid } : null;
}

/** Uploads every weight once and creates the operations; on failure nothing stays behind. */
function upload(
  nodes: readonly PlannedNode[],
  isLast: boolean,
): { operations: Operation[]; tensorOf(weight: Weight): tf.Tensor; dispose(): void } {
  const tensors = new Map<Weight, tf.Tensor>();
  const operations: Operation[] = [];
  const dispose = () => {
    for (const operation of operations) operation.dispose?.();
    for (const tensor of tensors.values()) tensor.dispose();
  };
  try {
    uploadInto(tensors, operations, nodes, isLast);
    return { operations, tensorOf: (weight) => tensors.get(weight) as tf.Tensor, dispose };
  } catch (error) {
    dispose();
    throw error;
  }
}

/** Apart from what lives as long as the network: a weight holds the bytes of its file, which are to be let go. */
function uploadInto(
  tensors: Map<Weight, tf.Tensor>,
  operations: Operation[],
  nodes: readonly PlannedNode[],
  isLast: boolean,
): void {
  const memory = ownMemory();
  const weights = nodes.flatMap(({ spec }) => weightsOf(spec));
  const readers = isLast ? lastReaders(weights, memory !== null) : null;
  for (const { name, spec } of nodes) {
    const uploaded = withTensors(spec, (weight) => {
      const found = tensors.get(weight);
      if (found) return found;
      readers?.isToRead(weight);
      const tensor = memory && weight.readInto ? filled(memory, weight, name) : tensorOf(weight, name);
      readers?.hasRead(weight);
      tensors.set(weight, tensor);
      return tensor;
    });
    operations.push(createOperation(uploaded));
  }
}

/** The backend's memory, where it is ours: weights are read to where they are computed with. */
function ownMemory(): TensorMemory | null {
  const backend = tf.backend();
  return backend instanceof TensorMemory ? backend : null;
}

interface LastReaders {
  /** Before a weight is read. */
  isToRead(weight: Weight): void;
  /** Behind that. */
  hasRead(weight: Weight): void;
}

/**
 * Lets parts of files go with the last weight that reads them. Where it is not known of one weight what it reads, all parts stay.
 * @param areCopied whether a tensor has its numbers for itself; else it may be a view of the file
 */
function lastReaders(weights: readonly Weight[], areCopied: boolean): LastReaders | null {
  const left = new Map<StoredBytes, number>();
  for (const { from } of new Set(weights)) {
    if (!from) return null;
    for (const part of from) left.set(part, (left.get(part) ?? 0) + 1);
  }
  for (const part of left.keys()) part.hold();
  return {
    isToRead({ from = [] }) {
      for (const part of from) if (left.get(part) === 1) part.letGoAsRead(areCopied);
    },
    hasRead({ from = [] }) {
      for (const part of from) {
        const count = (left.get(part) ?? 0) - 1;
        left.set(part, count);
        if (count === 0) part.letGo(areCopied);
      }
    },
  };
}

/** The tensor of a weight that is read into its place, so that file and tensor are never both there as a whole. */
function filled(memory: TensorMemory, weight: Weight, layer: string): tf.Tensor {
  const info = memory.make(weight.shape, 'float32');
  const tensor = tf.engine().makeTensorFromTensorInfo(info);
  try {
    const values = memory.valuesOf(info) as Float32Array;
    weight.readInto?.(values);
    assertFinite(values, layer);
    return tensor;
  } catch (error) {
    tensor.dispose();
    throw error;
  }
}

function tensorOf(weight: Weight, layer: string): tf.Tensor {
  const values = weight.read();
  if (values.length !== sizeOf(weight.shape)) {
    throw new NetworkError(
      `A weight of layer "${layer}" has ${counted(values.length, 'number')} instead of the ${sizeOf(weight.shape)} of its shape [${weight.shape}].`,
    );
  }
  assertFinite(values, layer);
  return tf.tensor(values, [...weight.shape], 'float32');
}

function assertFinite(values: Float32Array, layer: string): void {
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) {
      throw new NetworkError(
        `A weight of layer "${layer}" holds ${values[i]}: training has diverged, or the file is damaged.`,
      );
    }
  }
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

/** Whether a node is a convolution that looks at every channel by itself. */
const isDepthwise = ({ spec }: PlannedNode) =>
  spec.type === 'convolution' && spec.groups > 1 && spec.filter.shape[2] === 1;

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

function kindOf({ spec, inner, shownAs, layer }: PlannedNode, input: Shape): LayerKind {
  if (layer) return layer;
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
    case 'group-normalisation':
    case 'local-response-normalisation':
      return 'normalisation';
    case 'concatenate':
      return 'concatenation';
    case 'padding':
      return 'padding';
    case 'slice':
    case 'centre-crop':
      return 'cropping';
    case 'resize':
      return 'resizing';
    case 'merge':
      if (shown.by === 'multiply') return 'multiplication';
      return shown.by === 'add' ? 'addition' : 'other';
    case 'reduce':
      return input.length === 3 && [...shown.axes].sort().join() === '0,1' ? 'pooling' : 'other';
    default:
      return 'other';
  }
}
