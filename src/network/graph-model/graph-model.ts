import { counted } from '../../text/counted';
import { NetworkError } from '../network-errors';
import type { Graph, UnusedTensor, Weight } from '../network-graph';
import { joinSteps } from '../peephole';
import { USUAL_SIZE } from '../plan';
import { isForTraining } from '../stored-tensors';
import { topologicalOrder } from '../topological-order';
import { constantOperators } from './constant-operators';
import { type GraphDef, type OperationNode, readGraphDef } from './graph-def';
import { Call, Sheet, type Value } from './graph-importer';
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
  const picture = pictureOf(graph, size);
  const { name: input, shape } = picture;
  const sheet = new Sheet(input);
  const values = new Map<string, Value>([[input, { kind: 'activation', node: input, shape }]]);
  const names = layerNames(graph.nodes);
  const nodes = inOrder(graph, input);
  const unused = unusedWeights(graph, nodes, weights);
  for (const node of nodes) {
    values.set(node.name, translate(node, names.get(node.name) ?? node.name, values, weights, sheet));
  }
  const outputs = graph.outputs.map((name) => {
    const value = values.get(name);
    if (value?.kind !== 'activation') {
      throw new NetworkError(`The output "${name}" of this network does not depend on its picture.`);
    }
    return value.node;
  });
  return { input: picture, unused, ...joinSteps(sheet.nodes, outputs) };
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
  const [, height, width, channels] = sizes;
  if (sizes.length !== 4 || !(channels >= 1)) {
    throw new NetworkError(
      `The network's input "${name}" must be a picture, [batch, height, width, channels], but its shape is [${sizes}].`,
    );
  }
  const isOpen = !(height > 0 && width > 0);
  const shape = [height > 0 ? height : size, width > 0 ? width : size, channels] as const;
  const type = String(attributes.dtype?.type ?? '');
  const integers = /^(DT_)?U?INT\d+$/.test(type)
    ? ([type.endsWith('_INT8') ? -128 : 0, 255] as const)
    : undefined;
  return { name, shape, isOpen, integers };
}

function translate(
  node: OperationNode,
  name: string,
  values: ReadonlyMap<string, Value>,
  weights: ReadonlyMap<string, Weight>,
  sheet: Sheet,
): Value {
  if (node.op === 'Const') {
    const weight = weights.get(node.name);
    if (!weight) throw new NetworkError(`The constant "${node.name}" has no numbers in the weight files.`);
    return { kind: 'constant', name: node.name, weight };
  }
  const isConstant =
    Object.hasOwn(constantOperators, node.op) &&
    node.inputs.every((input) => values.get(input)?.kind === 'constant');
  const known = isConstant ? constantOperators : operators;
  if (!Object.hasOwn(known, node.op)) {
    throw new NetworkError(
      `Layer "${name}" is the operation ${node.op} (graph model), which is not read here. Where the network comes from Keras, save it there: model.save('model.keras').`,
    );
  }
  const inputs = node.inputs.map((input) => {
    const value = values.get(input);
    if (!value) {
      throw new NetworkError(`Layer "${name}" reads "${input}", a result that is not computed here.`);
    }
    return value;
  });
  const call = new Call(node, name, inputs, sheet);
  const result = known[node.op](call);
  call.assertAllRead();
  return result;
}

/** The nodes that lead to an output, each behind those it reads. */
function inOrder({ nodes, outputs }: GraphDef, input: string): OperationNode[] {
  const byName = new Map<string, OperationNode>();
  for (const node of nodes) {
    if (byName.has(node.name))
      throw new NetworkError(`Two operations of this network are called "${node.name}".`);
    byName.set(node.name, node);
  }
  return topologicalOrder(outputs, {
    isKnown: (name) => name === input,
    makerOf: (name) => byName.get(name),
    inputsOf: (node) => node.inputs,
    describe: ({ name }) => `Operation "${name}"`,
  });
}
