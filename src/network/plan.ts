import { counted } from '../text/counted';
import type { Detail } from './network';
import { NetworkError } from './network-errors';
import { type Graph, inTopologicalOrder, type Weight } from './network-graph';
import type { Head } from './network-head';
import { inputCount, type OperationSpec, shapeOf } from './ops';
import { MisfitError, type Shape, sizeOf } from './ops/operation';
import { cutHead, fuse, lastOperation, type Plan, type PlannedNode, splitActivations } from './optimise';
import { isMap, type OutputReading, type OutputReads, readOutput } from './output-kind';
import { nameSums } from './sums';
import {
  type BoxLayout,
  isList,
  layoutOfLevels,
  layoutOfList,
  layoutOfPair,
  readingOfBoxes,
} from './targets/box-layout';
import { joinedLevels, levelsAmong } from './targets/box-levels';
import type { PlannedAttention } from './tokens/attention-probabilities';
import { layOutTokens } from './tokens/lay-out';

export interface BuildOptions {
  /** False keeps every operation of the file as a node of its own. */
  readonly fuse?: boolean;
  /** Output to take where the file has several; a name from `graph.outputs`. */
  readonly output?: string;
  /** Height and width to read pictures at, where the file leaves them open. */
  readonly inputSize?: readonly [number, number];
  /** As what the output is taken; left out, as it tells itself. */
  readonly reads?: OutputReads;
  /** How many classes the file names: two names for one unit make it a classifier. */
  readonly names?: number;
}

/** Rows and columns of a network that takes any size, unless told otherwise. */
export const USUAL_SIZE = 224;

/** No feature map of a network for pictures comes near; more than this is a damaged or hostile file. */
const LARGEST_OUTPUT = 2 ** 28;

/** What is to be computed, with the shape of everything, before any weight is read. */
export interface PlannedNetwork {
  /** Ends in the logits as [classes], or in other numbers that are explained. */
  readonly ended: Plan;
  /** By name, the input included. */
  readonly shapes: ReadonlyMap<string, Shape>;
  readonly attention: readonly PlannedAttention[];
  readonly head: Head;
  readonly reading: OutputReading;
  readonly inputShape: readonly [number, number, number];
  /** What tells of places, by its name. */
  readonly detail?: Detail<string>;
}

/** @throws NetworkError naming the layer that does not fit, and what it lacks */
export function planNetwork(graph: Graph, options: BuildOptions = {}): PlannedNetwork {
  const { output } = options;
  return planTo(graph, output ? outputCalled(graph, output) : classifyingOutput(graph, options), options);
}

/**
 * The node that yields an output, which may be called as the file calls the output or as that node.
 * @throws NetworkError for an output that the network has not
 */
export function outputCalled({ outputs, outputNames = outputs }: Graph, name: string): string {
  const at = outputNames.indexOf(name);
  if (at >= 0) return outputs[at];
  if (outputs.includes(name)) return name;
  throw new NetworkError(`This network has no output "${name}"; it has ${outputNames.join(', ')}.`);
}

/** What the file calls the output that a node yields, by the first of its names. */
export function outputName({ outputs, outputNames = outputs }: Graph, node: string): string {
  return outputNames[outputs.indexOf(node)];
}

/**
 * The output to explain where a network has several: the first with a probability a class, else one that tells two classes by
 * one, else the first with a number a class, else the first that can be computed at all.
 */
export function classifyingOutput(graph: Graph, options: BuildOptions = {}): string {
  const [first] = graph.outputs;
  if (first === undefined) throw new NetworkError('This network has no output.');
  if (graph.outputs.length === 1) return first;
  const plans = graph.outputs.flatMap((output) => {
    try {
      const { reading, head } = planTo(graph, output, { ...options, reads: 'auto', names: 0 });
      return [{ output, rank: rankOf(reading, head) }];
    } catch (error) {
      if (error instanceof NetworkError) return [];
      throw error;
    }
  });
  return plans.sort((a, b) => a.rank - b.rank)[0]?.output ?? first;
}

/** Where an output stands among those of a network: the lower, the more it is what the network decides. */
function rankOf({ kind }: OutputReading, head: Head): number {
  if (kind === 'classes') return head === 'logits' ? 2 : 0;
  return { binary: 1, vector: 3, number: 4, places: 5, picture: 5, boxes: 3 }[kind];
}

function planTo(graph: Graph, output: string, options: BuildOptions): PlannedNetwork {
  const inputShape = inputShapeOf(graph, options);
  const whole = wholePlan(graph, output);
  const { plan: cut, head } = cutHead(whole);
  if (cut.nodes.length === 0) throw new NetworkError('This network holds nothing but a softmax.');
  const plan = simplified(cut, options);
  const shapes = inferShapes(graph, plan, inputShape);
  const last = lastOperation(cut);
  const shape = shapes.get(plan.output) as Shape;
  const detector = isList(shape) ? planDetector(graph, output, options) : null;
  if (detector) return detector;
  const reading = readOutput(
    {
      ...{ name: output, shape, head, last },
      isScaledAsOne:
        last?.spec.type === 'merge' &&
        ['multiply', 'divide'].includes(last.spec.by) &&
        last.inputs.some((input) => isOneNumber(shapes.get(input))),
    },
    inputShape,
    options.reads,
    options.names,
  );
  if (reading.kind === 'number' && head === 'sigmoid') {
    // Read as a number, it is the one that the file yields.
    const uncut = simplified(whole, options);
    const own = inferShapes(graph, uncut, inputShape);
    const laid = laidOut(graph, uncut, own, options);
    const ended = endInNumbers(laid.plan, own);
    return { ended, shapes: own, attention: laid.attention, head: 'logits', reading, inputShape };
  }
  const { plan: laid, attention } = laidOut(graph, plan, shapes, options);
  const numbers = endInNumbers(laid, shapes);
  const planned = { shapes, attention, reading, inputShape };
  if (tellsPlaces(reading, shape, head)) {
    const detail = { kind: 'places', node: laid.output } as const;
    return { ...planned, ended: numbers, head, detail };
  }
  if (reading.kind !== 'binary') return { ...planned, ended: numbers, head };
  return { ...planned, ended: endInTwoClasses(numbers, shapes), head: 'sigmoid' };
}

/** Tokens of blocks on their grid; the new nodes' shapes are put among `shapes`. */
const laidOut = ({ input }: Graph, plan: Plan, shapes: Map<string, Shape>, { fuse }: BuildOptions) => {
  const shapeOfStep = (node: PlannedNode) => {
    const shape = shapeOfNode(node, shapes);
    shapes.set(node.name, shape);
    return shape;
  };
  return layOutTokens(plan, input.name, shapes, shapeOfStep, fuse === false);
};

/** One end of a network, with its head and without. */
interface End {
  readonly name: string;
  readonly whole: Plan;
  readonly plan: Plan;
  readonly head: Head;
  readonly shape: Shape;
}

/** Ends in a list of boxes, its own, its scores' beside that of another output, or of all levels; null where it is none. */
function planDetector(graph: Graph, output: string, options: BuildOptions): PlannedNetwork | null {
  const inputShape = inputShapeOf(graph, options);
  const { names = 0 } = options;
  const ends = [output, ...graph.outputs.filter((name) => name !== output)].flatMap((name) =>
    endOf(graph, name, inputShape),
  );
  const own = ends.find(({ name }) => name === output);
  if (!own) return null;
  for (const other of ends) {
    const [boxes, scores] = own.shape[1] === 4 ? [own, other] : [other, own];
    const layout = other === own ? null : layoutOfPair(boxes.shape, scores.shape, scores.head, names);
    if (layout) return detectorOf(graph, sideBySide(boxes.whole, scores.plan), layout, options);
  }
  const levels = levelsAmong(ends, inputShape);
  if (levels) return detectorOf(graph, joinedLevels(levels), layoutOfLevels(levels), options);
  const layout = layoutOfList({ name: output, shape: own.shape, names, inputShape });
  return layout && detectorOf(graph, own.plan, layout, options);
}

/** An output with its head, or cut off, and its shape; nothing where it cannot be computed. */
function endOf(graph: Graph, name: string, inputShape: Shape): End[] {
  try {
    const whole = wholePlan(graph, name);
    const { plan, head } = cutHead(whole);
    const shape = inferShapes(graph, plan, inputShape).get(plan.output) as Shape;
    return [{ name, whole, plan, head, shape }];
  } catch (error) {
    if (error instanceof NetworkError) return [];
    throw error;
  }
}

/** Two lists as one: every box with its scores behind it. */
function sideBySide(boxes: Plan, scores: Plan): Plan {
  const known = new Set(boxes.nodes.map(({ name }) => name));
  const name = `${boxes.output} and ${scores.output}`;
  const joined: PlannedNode = {
    ...{ name, inputs: [boxes.output, scores.output], parts: [], inner: true },
    spec: { type: 'concatenate', axis: 1 },
  };
  return {
    nodes: [...boxes.nodes, ...scores.nodes.filter((node) => !known.has(node.name)), joined],
    output: name,
  };
}

/** Ends in the highest score of every class among all boxes. */
function detectorOf(graph: Graph, list: Plan, layout: BoxLayout, options: BuildOptions): PlannedNetwork {
  const inputShape = inputShapeOf(graph, options);
  const flat = simplified(list, options);
  const shapes = inferShapes(graph, flat, inputShape);
  const { plan, attention } = laidOut(graph, flat, shapes, options);
  const { output } = plan;
  const { firstClass, classes, objectness } = layout;
  const columns = (to: Plan, name: string, from: number, count: number) =>
    withNode(to, shapes, name, [output], {
      ...{ type: 'slice', begin: [0, from], end: [null, from + count] },
    });
  let ended = columns(plan, `${output}, scores`, firstClass, classes);
  if (objectness !== null) {
    const scores = ended.output;
    const both = columns(ended, `${output}, presence`, objectness, 1);
    const product: OperationSpec<Weight> = { type: 'merge', by: 'multiply' };
    ended = withNode(both, shapes, `${output}, products`, [scores, both.output], product);
  }
  ended = withNode(ended, shapes, `${output}, classes`, [ended.output], {
    ...{ type: 'reduce', by: 'maximum', axes: [0], keep: false },
  });
  const detail = { kind: 'boxes', node: output, layout } as const;
  return {
    ended,
    shapes,
    attention,
    head: 'logits',
    reading: readingOfBoxes(layout),
    inputShape,
    detail,
  };
}

/** Whether a map says what is where: the most likely of several, or, by one sigmoid, where something is. */
const tellsPlaces = ({ kind }: OutputReading, [, , channels]: Shape, head: Head): boolean =>
  (kind === 'places' && (channels > 1 || head === 'sigmoid')) ||
  (kind === 'picture' && channels === 1 && head === 'sigmoid');

const isOneNumber = (shape: Shape | undefined) => shape !== undefined && sizeOf(shape) === 1;

/** Whether a network takes pictures of any size. */
export const takesAnySize = ({ input }: Graph): boolean =>
  input.isOpen === true || input.shape[0] === null || input.shape[1] === null;

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

function wholePlan(graph: Graph, output: string): Plan {
  const nodes = inTopologicalOrder(graph, output).map((node) => ({ ...node, parts: [node.name] }));
  if (nodes.length === 0) throw new NetworkError('The output of this network is its input.');
  for (const { name, spec, inputs } of nodes) {
    const expected = inputCount(spec.type);
    if (inputs.length === 0 || (expected !== null && inputs.length !== expected)) {
      throw new NetworkError(
        `Layer "${name}" reads ${counted(inputs.length, 'input')} instead of ${expected ?? 'some'}.`,
      );
    }
  }
  return { nodes, output };
}

const simplified = (plan: Plan, options: BuildOptions): Plan =>
  splitActivations(options.fuse === false ? nameSums(plan) : fuse(plan));

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

/** The numbers at the end as [numbers]: a single place is unfolded, the places of a map are averaged. */
function endInNumbers(plan: Plan, shapes: Map<string, Shape>): Plan {
  const shape = shapes.get(plan.output) as Shape;
  if (shape.length === 1) return plan;
  const single = sizeOf(shape) === shape[shape.length - 1];
  if (!single && !isMap(shape)) throw new NetworkError(refusal(shape, plan.output));
  const spec: OperationSpec<Weight> = single
    ? { type: 'reshape', shape: [-1] }
    : { type: 'reduce', by: 'mean', axes: [0, 1], keep: false };
  return withNode(plan, shapes, `${plan.output}, classes`, [plan.output], spec);
}

/** One logit z as [-z, z]: what speaks for the first class is what speaks against the second. */
function endInTwoClasses(plan: Plan, shapes: Map<string, Shape>): Plan {
  const { output } = plan;
  const negated = `${output}, negated`;
  const spec: OperationSpec<Weight> = { type: 'activation', activation: { name: 'negate' } };
  const both = withNode(plan, shapes, negated, [output], spec);
  return withNode(both, shapes, `${output}, two classes`, [negated, output], {
    type: 'concatenate',
    axis: 0,
  });
}

function withNode(
  plan: Plan,
  shapes: Map<string, Shape>,
  name: string,
  inputs: string[],
  spec: OperationSpec<Weight>,
): Plan {
  const node: PlannedNode = { name, inputs, spec, parts: [], inner: true };
  shapes.set(name, shapeOfNode(node, shapes));
  return { nodes: [...plan.nodes, node], output: name };
}

/** Names under which detectors give out what they find. */
const detectorNames = /box|anchor|detect|yolo/i;

function refusal(shape: Shape, output: string): string {
  const [least, most] = [...shape].sort((a, b) => a - b);
  const isList = shape.length === 2 && least >= 4;
  if (isList && (detectorNames.test(output) || least === 4 || (most >= 1000 && most >= 10 * least))) {
    return `This network yields [${shape}] at "${output}": ${counted(most, 'box', 'boxes')} with ${counted(least, 'number')} each, as a detector does. What a box rests on cannot be explained here; choose another output, or a network that classifies.`;
  }
  return `This network yields [${shape}] at "${output}", not one number a class: it is no classifier.`;
}
