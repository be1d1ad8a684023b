import { counted } from '../../text/counted';
import { NetworkError } from '../network-errors';
import type { Graph, UnusedTensor, Weight } from '../network-graph';
import { channelsLast } from '../onnx/axes-layout';
import { FixedBatch } from '../onnx/batch/fixed-batch';
import { outputNode } from '../onnx/onnx-graph';
import { Sheet } from '../onnx/onnx-importer';
import { sizeOf } from '../ops/operation';
import { joinSteps } from '../peephole';
import { USUAL_SIZE } from '../plan';
import { isForTraining } from '../stored-tensors';
import { topologicalOrder } from '../topological-order';
import { type GraphDef, nodeOfResult, type OperationNode, readGraphDef } from './graph-def';
import { type Activation, Call, type Constant, OPSET, type Value } from './graph-importer';
import { layerNames } from './graph-names';
import { operators } from './operators';

/**
 * The graph of a TensorFlow.js GraphModel: a frozen graph of TensorFlow, operation by operation.
 * @param weights the constants, by the names of their nodes
 * @param size rows and columns of the pictures, where the file leaves them open
 * @throws NetworkError naming the operation that cannot be read
 */
export function graphModelGraph(
  model: { modelTopology?: unknown; signature?: unknown },
  weights: ReadonlyMap<string, Weight>,
  size = USUAL_SIZE,
): Graph {
  const graph = readGraphDef(model.modelTopology, model.signature);
  const { activation, batch, ...picture } = pictureOf(graph, size);
  const input = activation.node;
  const stored = [...weights.values()].reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const sheet = new Sheet(input, stored, true);
  const values = new Map<string, Value>([[input, activation]]);
  const names = layerNames(graph.nodes);
  const nodes = inOrder(graph, input, ({ name }) => names.get(name) ?? name);
  const unused = unusedWeights(graph, nodes, weights);
  for (const node of nodes) {
    const results = translate(node, names.get(node.name) ?? node.name, values, weights, sheet, batch);
    results.forEach((value, i) => {
      values.set(i === 0 ? node.name : `${node.name}:${i}`, value);
    });
  }
  const outputs = graph.outputs.map((name) => {
    const value = asWritten(name, values.get(name), picture.isFirst, sheet);
    return outputNode(name, value, { opset: OPSET, sheet });
  });
  const { name, shape, isOpen, integers } = picture;
  return { input: { name, shape, isOpen, integers }, unused, ...joinSteps(sheet.nodes, outputs) };
}

/** An output with its numbers in the order of the file; of maps that have their channels first there those lie last. */
function asWritten(name: string, value: Value | undefined, isFirst: boolean, sheet: Sheet) {
  if (value?.kind !== 'activation' || value.highestOf) return value;
  if (isFirst && value.shape.length === 4) return value;
  const identity = { name, op: 'Identity', inputs: [name], attributes: {} };
  return new Call(identity, name, [value], sheet).activation(0);
}

/**
 * The weights that no result is computed from, each with the reason.
 * @throws NetworkError naming one that no operation of the file reads
 */
function unusedWeights(
  graph: GraphDef,
  nodes: readonly OperationNode[],
  weights: ReadonlyMap<string, Weight>,
): UnusedTensor[] {
  const used = new Set(nodes.map(({ name }) => name));
  const constants = new Set(graph.nodes.filter(({ op }) => op === 'Const').map(({ name }) => name));
  return [...weights].flatMap(([name, { shape }]): UnusedTensor[] => {
    if (used.has(name)) return [];
    if (constants.has(name)) return [{ name, reason: 'only read by operations that lead to no output' }];
    if (isForTraining(name)) return [{ name, reason: 'kept for training' }];
    throw new NetworkError(
      `The weight "${name}", [${shape}], is read by no operation of this network: something of it is missing. Convert it again.`,
    );
  });
}

/** The one input: a picture, [batch, height, width, channels], or channels first, as what came from ONNX has them. */
function pictureOf({ nodes }: GraphDef, size: number) {
  const inputs = nodes.filter(({ op }) => op === 'Placeholder' || op === 'PlaceholderWithDefault');
  if (inputs.length !== 1) {
    throw new NetworkError(
      `This network has ${counted(inputs.length, 'input')}; exactly one, a picture, is needed.`,
    );
  }
  const [{ name, attributes }] = inputs;
  const dimensions = attributes.shape?.shape?.dim;
  const sizes = (Array.isArray(dimensions) ? dimensions : []).map((each) => Number(each?.size ?? -1));
  const isColour = (length: number) => length === 1 || length === 3;
  const isFirst = isColour(sizes[1]) && !isColour(sizes[3]);
  const [, height, width, channels] = isFirst ? [sizes[0], sizes[2], sizes[3], sizes[1]] : sizes;
  if (sizes.length !== 4 || !(channels >= 1)) {
    throw new NetworkError(
      `The network's input "${name}" must be a picture, [batch, height, width, channels], but its shape is [${sizes}].`,
    );
  }
  const isOpen = !(height > 0 && width > 0);
  const shape = [height > 0 ? height : size, width > 0 ? width : size, channels] as const;
  const type = String(attributes.dtype?.type ?? '');
  const isInteger = /^(DT_)?U?INT\d+$/.test(type);
  const integers = isInteger ? ([type.endsWith('_INT8') ? -128 : 0, 255] as const) : undefined;
  const activation: Activation = {
    ...{ kind: 'activation', node: name, isInteger },
    ...(isFirst
      ? { shape: [1, channels, shape[0], shape[1]], order: channelsLast }
      : { shape: [1, ...shape], order: [1, 2, 3] }),
  };
  const batch = sizes[0] > 1 ? new FixedBatch(sizes[0], activation) : null;
  return { activation, batch, isFirst, name, shape, isOpen, integers };
}

/** Operations of loops and branches. */
const ofLoops =
  /^(Enter|Exit|Merge|Switch|NextIteration|LoopCond|(Stateless)?(While|If)|TensorList\w+|TensorArray\w+)$/;

/** Operations whose results are as many as the picture makes them. */
const openEnded = /^(NonMaxSuppression\w*|CombinedNonMaxSuppression|Where|Unique\w*)$/;

/** The sentence for an operation that is not read, with what to do. */
function unread(name: string, op: string): NetworkError {
  if (ofLoops.test(op)) {
    return new NetworkError(
      `Layer "${name}" is the operation ${op} (graph model), which is not read here. It belongs to a loop or a branch that the picture steers. Convert the network without what prepares its pictures one by one, and without what it does behind its boxes and class scores.`,
    );
  }
  if (openEnded.test(op)) {
    return new NetworkError(
      `Layer "${name}" is the operation ${op} (graph model), which is not read here. It yields as much as it finds in a picture, which nothing can be explained of. Convert the boxes and class scores of a detector as they are before it chooses among them.`,
    );
  }
  return new NetworkError(
    `Layer "${name}" is the operation ${op} (graph model), which is not read here. Where the network comes from Keras, save it there: model.save('model.keras').`,
  );
}

/** Names and numbers of TensorFlow's types for fractions. Source: tensorflow/core/framework/types.proto. */
const fractions = /^(DT_(FLOAT|HALF|DOUBLE|BFLOAT16)|1|2|14|19)$/;

function constantOf({ name, attributes }: OperationNode, weights: ReadonlyMap<string, Weight>): Constant {
  const weight = weights.get(name);
  if (!weight) throw new NetworkError(`The constant "${name}" has no numbers in the weight files.`);
  const isInteger = !fractions.test(String(attributes.dtype?.type ?? 'DT_FLOAT'));
  return {
    ...{ kind: 'constant', name, isInteger, shape: weight.shape, from: weight.from },
    read: () => weight.read(),
  };
}

function translate(
  node: OperationNode,
  name: string,
  values: ReadonlyMap<string, Value>,
  weights: ReadonlyMap<string, Weight>,
  sheet: Sheet,
  batch: FixedBatch | null,
): readonly Value[] {
  if (node.op === 'Const') return [constantOf(node, weights)];
  if (!Object.hasOwn(operators, node.op)) throw unread(name, node.op);
  const inputs = node.inputs.map((input) => {
    const value = values.get(input);
    if (!value) {
      throw new NetworkError(`Layer "${name}" reads "${input}", a result that is not computed here.`);
    }
    return value;
  });
  const call = new Call(node, name, inputs, sheet, batch);
  const result = operators[node.op](call);
  call.assertAllRead();
  const results = 'kind' in result ? [result] : result;
  return batch?.follow(results, inputs, (what) => call.problem(what)) ?? results;
}

/** The nodes that lead to an output, each behind those it reads. */
function inOrder(
  { nodes, outputs }: GraphDef,
  input: string,
  nameOf: (node: OperationNode) => string,
): OperationNode[] {
  const byName = new Map<string, OperationNode>();
  for (const node of nodes) {
    if (byName.has(node.name))
      throw new NetworkError(`Two operations of this network are called "${node.name}".`);
    byName.set(node.name, node);
  }
  return topologicalOrder(outputs, {
    isKnown: (name) => name === input,
    makerOf: (name) => byName.get(nodeOfResult(name)),
    inputsOf(node) {
      // A loop reads its own output; it is no mistake of the file.
      if (ofLoops.test(node.op)) throw unread(nameOf(node), node.op);
      return node.inputs;
    },
    describe: ({ name }) => `Operation "${name}"`,
  });
}
