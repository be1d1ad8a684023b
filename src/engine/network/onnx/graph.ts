import { NetworkError } from '../errors';
import type { Graph } from '../graph';
import { sizeOf } from '../ops/operation';
import { joinSteps } from '../peephole';
import { USUAL_SIZE } from '../plan';
import { topologicalOrder } from '../topological-order';
import { type Activation, Call, Sheet, type Value } from './importer';
import { channelsLast } from './layout';
import type { GraphMessage, Model, NodeMessage } from './messages';
import { layerName } from './names';
import { constantOperators, operators } from './operators';
import type { Operator } from './operators/operator';
import { type Constant, constantOf, readTensor } from './tensor';

/** Numbers of a constant that is computed at once. */
const LONGEST_SETTLED = 1024;

/**
 * The graph of an ONNX network. What does not depend on the picture is computed here; feature maps [n, c, h, w] become
 * [h, w, c], and only what reads numbers in the order of the file is given them in that order.
 * @param sideFile bytes of a file that lies beside the network, by its name there
 * @param size rows and columns of the pictures, where the file leaves them open
 * @throws NetworkError naming the node that cannot be read, its operation and the opset
 */
export function onnxGraph(model: Model, sideFile: (name: string) => Uint8Array, size = USUAL_SIZE): Graph {
  const { graph, opset } = model;
  const { activation: input, ...picture } = readInput(graph, size);
  const sheet = new Sheet(input.node);
  const values = new Map<string, Value>([[input.node, input]]);
  for (const tensor of graph.initializers) values.set(tensor.name, readTensor(tensor, sideFile));
  const isOwn = weightsReadOnce(graph);
  for (const node of inOrder(graph, new Set(values.keys()))) {
    const results = translate(node, layerName(node, isOwn), opset, values, sheet);
    node.outputs.forEach((output, i) => {
      if (output && results[i]) values.set(output, results[i]);
    });
  }
  const outputs = graph.outputs.map(({ name }) => {
    const value = values.get(name);
    if (!value) throw new NetworkError(`This network refers to "${name}", which it does not contain.`);
    if (value.kind === 'constant') {
      throw new NetworkError(`The output "${name}" of this network does not depend on its picture.`);
    }
    return value.node;
  });
  if (outputs.length === 0) throw new NetworkError('This network has no output.');
  return { input: { name: input.node, ...picture }, ...joinSteps(sheet.nodes, outputs) };
}

/** The one input that is no weight: a picture, [n, c, h, w] or, from TensorFlow, [n, h, w, c]. */
function readInput({ inputs, initializers }: GraphMessage, size: number) {
  const weights = new Set(initializers.map(({ name }) => name));
  const pictures = inputs.filter(({ name }) => !weights.has(name));
  if (pictures.length !== 1) {
    throw new NetworkError(
      `This network has ${pictures.length} inputs (${pictures.map(({ name }) => name).join(', ')}); exactly one, a picture, is needed.`,
    );
  }
  const [{ name, shape, type }] = pictures;
  if (shape?.length !== 4) {
    throw new NetworkError(
      `The network's input "${name}" must be a picture, [batch, channels, height, width], but its shape is ${shape ? `[${shape.map((size) => size ?? '?')}]` : 'not given'}.`,
    );
  }
  const [batch, ...sizes] = shape;
  if (batch !== null && batch !== 1) {
    throw new NetworkError(
      `This network takes ${batch} pictures at once. Export it again with a batch of 1, or with an open one.`,
    );
  }
  const isColour = (size: number | null) => size === 1 || size === 3;
  const isLast = !isColour(sizes[0]) && isColour(sizes[2]);
  const [channels, height, width] = isLast ? [sizes[2], sizes[0], sizes[1]] : sizes;
  if (channels === null) {
    throw new NetworkError(`The network's input "${name}" does not say how many channels its pictures have.`);
  }
  const rows = height ?? size;
  const columns = width ?? size;
  const activation: Activation = {
    kind: 'activation',
    node: name,
    shape: isLast ? [1, rows, columns, channels] : [1, channels, rows, columns],
    order: isLast ? [1, 2, 3] : channelsLast,
  };
  const isOpen = height === null || width === null;
  return { activation, shape: [rows, columns, channels] as const, isOpen, integers: integersOf(type) };
}

/** Range of the picture's values by TensorProto.DataType; undefined for fractions. */
function integersOf(type: number): readonly [number, number] | undefined {
  const [int8, others] = [3, [2, 4, 5, 6, 7, 12, 13]];
  if (type === int8) return [-128, 127];
  return others.includes(type) ? [0, 255] : undefined;
}

/** Tells the tensors of the file that one node alone reads. */
function weightsReadOnce({ nodes, initializers }: GraphMessage): (name: string) => boolean {
  const readers = new Map(initializers.map(({ name }) => [name, 0]));
  for (const { inputs } of nodes) {
    for (const input of inputs) {
      const count = readers.get(input);
      if (count !== undefined) readers.set(input, count + 1);
    }
  }
  return (name) => readers.get(name) === 1;
}

/** The nodes that lead to an output, each behind those it reads. */
function inOrder(graph: GraphMessage, known: Set<string>): NodeMessage[] {
  const makers = new Map<string, NodeMessage>();
  for (const node of graph.nodes) {
    for (const output of node.outputs) {
      if (output === '') continue;
      if (makers.has(output) || known.has(output)) {
        throw new NetworkError(`Two nodes of this network yield "${output}".`);
      }
      makers.set(output, node);
    }
  }
  const wanted = graph.outputs.map(({ name }) => name);
  return topologicalOrder(wanted, {
    isKnown: (name) => known.has(name),
    makerOf: (name) => makers.get(name),
    // An optional input that is left out has an empty name.
    inputsOf: ({ inputs }) => inputs.filter((input) => input !== ''),
    describe: (node, name) => `Node "${node.name || name}"`,
  });
}

function translate(
  node: NodeMessage,
  name: string,
  opset: number,
  values: ReadonlyMap<string, Value>,
  sheet: Sheet,
): readonly Value[] {
  const inputs = node.inputs.map((input) => (input === '' ? null : (values.get(input) ?? null)));
  node.inputs.forEach((input, i) => {
    if (input !== '' && !inputs[i]) {
      throw new NetworkError(
        `Layer "${name}" reads "${input}", a result of another node that is not computed here.`,
      );
    }
  });
  const isFixed = inputs.every((input) => input?.kind !== 'activation');
  const operator = operatorOf(node, isFixed);
  if (!operator) {
    const domain = node.domain && node.domain !== 'ai.onnx' ? ` of ${node.domain}` : '';
    throw new NetworkError(
      `Layer "${name}" is the operation ${node.operator}${domain} (ONNX opset ${opset}), which is not read here.`,
    );
  }
  const result = operator(new Call(node, name, opset, inputs, sheet));
  const results = 'kind' in result ? [result] : result;
  return results.map((value) => (value.kind === 'constant' ? sheet.keep(settled(value), inputs) : value));
}

/** Short results are computed at once, so that what is computed from them does not compute them again. */
function settled(constant: Constant): Constant {
  if (constant.held !== undefined || sizeOf(constant.shape) > LONGEST_SETTLED) return constant;
  const { shape, isInteger, name } = constant;
  return { ...constantOf(shape, Array.from(constant.read()), isInteger), name };
}

function operatorOf({ operator, domain }: NodeMessage, isFixed: boolean): Operator | null {
  if (domain !== '' && domain !== 'ai.onnx') return null;
  const table = isFixed ? constantOperators : operators;
  return Object.hasOwn(table, operator) ? table[operator] : null;
}
