import { counted } from '../../text/counted';
import type { StoredBytes } from '../files/stored-bytes';
import { NetworkError } from '../network-errors';
import type { Graph, GraphNode } from '../network-graph';
import { sizeOf } from '../ops/operation';
import { joinSteps } from '../peephole';
import { USUAL_SIZE } from '../plan';
import { topologicalOrder } from '../topological-order';
import { channelsLast } from './axes-layout';
import { FixedBatch } from './batch/fixed-batch';
import { evaluated, type Written } from './evaluate-node';
import { assertForAnyProcessor, assertNotQuantised } from './kinds';
import { type Activation, Call, Sheet, type Value } from './onnx-importer';
import type { GraphMessage, Model, NodeMessage } from './onnx-messages';
import { layerName } from './onnx-names';
import { beforeSuppression, isListOfThings, openEnded } from './suppression';
import { isWhole, numbersOf, readTensor } from './tensor';
import { readInBranches, unusedTensors } from './unused';

/**
 * The graph of an ONNX network. What does not depend on the picture is computed here; feature maps [n, c, h, w] become
 * [h, w, c], and only what reads numbers in the order of the file is given them in that order.
 * @param sideFile bytes of a file that lies beside the network, by its name there
 * @param size rows and columns of the pictures, where the file leaves them open
 * @throws NetworkError naming the node that cannot be read, its operation and the opset
 */
export function onnxGraph(model: Model, sideFile: (name: string) => StoredBytes, size = USUAL_SIZE): Graph {
  const { graph, opset } = model;
  const { activation: input, batch, ...picture } = readInput(graph, size);
  const values = new Map<string, Value>([[input.node, input]]);
  for (const tensor of graph.initializers) values.set(tensor.name, readTensor(tensor, sideFile));
  const weights = graph.initializers.reduce((sum, tensor) => sum + sizeOf(tensor.shape), 0);
  const reading: Reading = {
    opset,
    sheet: new Sheet(input.node, weights),
    batch,
    nameOf: (node) => layerName(node, isOwn),
    branches: 0,
  };
  const isOwn = weightsReadOnce(graph);
  const nodes = inOrder(graph, new Set(values.keys()));
  assertForAnyProcessor(nodes);
  assertNotQuantised(nodes, reading.nameOf);
  const unused = unusedTensors(graph, nodes);
  const chosenFrom = new Set(beforeSuppression(nodes, input.node));
  let list: string | null = null;
  for (const node of nodes) {
    // Behind what a detector chooses its boxes from nothing is read: the page chooses by itself.
    if (list && openEnded.has(node.operator)) break;
    compute(node, values, reading);
    for (const name of node.outputs) {
      if (chosenFrom.has(name) && isListOfThings(values.get(name))) list = name;
    }
  }
  const wanted = list ? [list] : graph.outputs.map(({ name }) => name);
  const outputs = wanted.map((name) => outputNode(name, values.get(name), reading));
  if (outputs.length === 0) throw new NetworkError('This network has no output.');
  const steps = leadingTo(reading.sheet.nodes, outputs);
  return {
    ...{ input: { name: input.node, ...picture }, unused },
    ...joinSteps(steps.nodes, steps.outputs),
    ...(list ? {} : { outputNames: wanted }),
  };
}

/** Numbers that an axis of one picture lies among, as sequences are turned for some attention, come to lie without it. */
export function outputNode(
  name: string,
  value: Value | undefined,
  reading: Pick<Written, 'opset' | 'sheet'>,
): string {
  const { opset, sheet } = reading;
  if (!value) throw new NetworkError(`This network refers to "${name}", which it does not contain.`);
  // Of a decision, what it is made of: a segmenter that ends in the class of every place has the logits of all before.
  if (value.kind === 'activation' && value.highestOf) {
    return outputNode(name, value.highestOf, reading);
  }
  if (value.kind === 'activation' && !value.repeatedTo) {
    if (value.shape[0] !== 1 || !value.order.includes(0)) return value.node;
    const node = {
      name,
      operator: 'Identity',
      domain: '',
      inputs: [],
      outputs: [name],
      attributes: new Map(),
      notes: new Map(),
    };
    const call = new Call(node, name, opset, [], sheet);
    return call.arranged(
      value,
      value.order.filter((axis) => axis !== 0),
    ).node;
  }
  if (value.kind === 'activation') {
    throw new NetworkError(
      `The output "${name}" of this network repeats [${value.shape}] to [${value.repeatedTo}], which is not supported.`,
    );
  }
  if (value.kind === 'quantised') return value.of.node;
  throw new NetworkError(`The output "${name}" of this network does not depend on its picture.`);
}

/**
 * Nodes of which something in the end is made; they lie in topological order. A number behind a name goes with the node that
 * had the plain one.
 */
function leadingTo(nodes: readonly GraphNode[], outputs: readonly string[]) {
  const wanted = new Set(outputs);
  const kept = nodes
    .toReversed()
    .filter(({ name, inputs }) => {
      if (!wanted.has(name)) return false;
      for (const input of inputs) wanted.add(input);
      return true;
    })
    .reverse();
  const renamed = new Map<string, string>();
  for (const { name } of kept) {
    const [, plain] = /^(.+) \(\d+\)$/.exec(name) ?? [];
    if (plain === undefined || wanted.has(plain)) continue;
    wanted.add(plain);
    renamed.set(name, plain);
  }
  const named = (name: string) => renamed.get(name) ?? name;
  return {
    nodes: kept.map((node) => ({ ...node, name: named(node.name), inputs: node.inputs.map(named) })),
    outputs: outputs.map(named),
  };
}

/** The one input that is no weight: a picture, [n, c, h, w] or, from TensorFlow, [n, h, w, c]. */
function readInput({ inputs, initializers }: GraphMessage, size: number) {
  const weights = new Set(initializers.map(({ name }) => name));
  const pictures = inputs.filter(({ name }) => !weights.has(name));
  if (pictures.length !== 1) {
    throw new NetworkError(
      `This network has ${counted(pictures.length, 'input')} (${pictures.map(({ name }) => name).join(', ')}); exactly one, a picture, is needed.`,
    );
  }
  const [{ name, shape, type }] = pictures;
  if (shape?.length !== 4) {
    throw new NetworkError(
      `The network's input "${name}" must be a picture, [batch, channels, height, width], but its shape is ${shape ? `[${shape.map((size) => size ?? '?')}]` : 'not given'}.`,
    );
  }
  const [count, ...sizes] = shape;
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
    isInteger: isWhole(type),
  };
  const isOpen = height === null || width === null;
  const batch = count !== null && count > 1 ? new FixedBatch(count, activation) : null;
  return { activation, batch, shape: [rows, columns, channels] as const, isOpen, integers: integersOf(type) };
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
function inOrder(graph: GraphMessage, known: ReadonlySet<string>): NodeMessage[] {
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
    // An optional input that is left out has an empty name; what the branches of an If read of the graph around them counts.
    inputsOf: (node) => [
      ...node.inputs.filter((input) => input !== ''),
      ...readInBranches(node).filter((name) => makers.has(name)),
    ],
    describe: (node, name) => `Node "${node.name || name}"`,
  });
}

/** What all operations of a file share while they are read. */
interface Reading extends Written {
  nameOf(node: NodeMessage): string;
  /** Branches of If taken so far. */
  branches: number;
}

/** More branches than this are no network anybody trained. */
const MOST_BRANCHES = 1000;

/** Puts what a node yields among the values. */
function compute(node: NodeMessage, values: Map<string, Value>, reading: Reading): void {
  const results = node.operator === 'If' ? branch(node, values, reading) : translate(node, values, reading);
  node.outputs.forEach((output, i) => {
    if (output && results[i]) values.set(output, results[i]);
  });
}

function translate(
  node: NodeMessage,
  values: ReadonlyMap<string, Value>,
  reading: Reading,
): readonly Value[] {
  const name = reading.nameOf(node);
  return evaluated(node, name, inputsOf(node, name, values), reading);
}

function inputsOf(node: NodeMessage, name: string, values: ReadonlyMap<string, Value>): (Value | null)[] {
  return node.inputs.map((input) => {
    const value = input === '' ? null : values.get(input);
    if (value !== undefined) return value;
    throw new NetworkError(
      `Layer "${name}" reads "${input}", a result of another node that is not computed here.`,
    );
  });
}

/** The results of the branch that a condition known without a picture chooses: exporters leave one around a shape. */
function branch(node: NodeMessage, values: ReadonlyMap<string, Value>, reading: Reading): readonly Value[] {
  const call = new Call(
    node,
    reading.nameOf(node),
    reading.opset,
    inputsOf(node, node.name, values),
    reading.sheet,
  );
  const condition = call.input(0);
  if (condition.kind !== 'constant') throw call.problem('takes one way or another by what is in the picture');
  const chosen = numbersOf(condition)[0] ? 'then_branch' : 'else_branch';
  call.passOver('then_branch', 'else_branch');
  call.assertAllRead();
  const graph = call.attribute(chosen)?.graph;
  if (!graph) throw call.problem(`has no ${chosen}`);
  if (++reading.branches > MOST_BRANCHES) throw new NetworkError('This network has too many branches.');
  const own = new Map(values);
  for (const tensor of graph.initializers) {
    own.set(
      tensor.name,
      readTensor(tensor, () => {
        throw call.problem('has its numbers in another file, which is not supported');
      }),
    );
  }
  for (const inner of inOrder(graph, new Set(own.keys()))) compute(inner, own, reading);
  return graph.outputs.map(({ name }) => {
    const value = own.get(name);
    if (!value) throw call.problem(`refers to "${name}", which it does not contain`);
    return value;
  });
}
