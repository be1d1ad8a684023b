import { NetworkError } from './errors';
import { type Graph, inTopologicalOrder, type Weight } from './graph';
import type { Head } from './network';
import { inputCount, type OperationSpec, shapeOf } from './ops';
import { MisfitError, type Shape, sizeOf } from './ops/operation';

import { cutHead, fuse, type Plan, type PlannedNode, splitActivations } from './optimise';
import { nameSums } from './sums';

export interface BuildOptions {
  /** False keeps every operation of the file as a node of its own. */
  readonly fuse?: boolean;
  /** Output to take where the file has several; a name from `graph.outputs`. */
  readonly output?: string;
  /** Height and width to read pictures at, where the file leaves them open. */
  readonly inputSize?: readonly [number, number];
}

/** Rows and columns of a network that takes any size, unless told otherwise. */
export const USUAL_SIZE = 224;

/** No feature map of a network for pictures comes near; more than this is a damaged or hostile file. */
const LARGEST_OUTPUT = 2 ** 28;

/** What is to be computed, with the shape of everything, before any weight is read. */
export interface PlannedNetwork {
  /** Ends in the logits as [classes]. */
  readonly ended: Plan;
  /** By name, the input included. */
  readonly shapes: ReadonlyMap<string, Shape>;
  readonly head: Head;
  readonly inputShape: readonly [number, number, number];
}

/** @throws NetworkError naming the layer that does not fit, and what it lacks */
export function planNetwork(graph: Graph, options: BuildOptions = {}): PlannedNetwork {
  const output = options.output ?? classifyingOutput(graph, options);
  if (!graph.outputs.includes(output)) {
    throw new NetworkError(`This network has no output "${output}"; it has ${graph.outputs.join(', ')}.`);
  }
  return planTo(graph, output, options);
}

/**
 * The output to explain where a network has several: the first with a probability a class, else the first with a number
 * a class, else the first that can be computed at all.
 */
export function classifyingOutput(graph: Graph, options: BuildOptions = {}): string {
  const [first] = graph.outputs;
  if (first === undefined) throw new NetworkError('This network has no output.');
  if (graph.outputs.length === 1) return first;
  const plans = graph.outputs.flatMap((output) => {
    try {
      const { ended, shapes, head } = planTo(graph, output, options);
      const [classes] = shapes.get(ended.output) as Shape;
      // A plan that averages over places ends in a step of its own, which belongs to no operation of the file.
      const single = ended.nodes.at(-1)?.spec.type !== 'reduce' || ended.nodes.at(-1)?.parts.length !== 0;
      return [{ output, head, names: single && classes > 1 }];
    } catch (error) {
      if (error instanceof NetworkError) return [];
      throw error;
    }
  });
  const found =
    plans.find(({ head, names }) => names && head !== 'logits') ??
    plans.find(({ names }) => names) ??
    plans[0];
  return found?.output ?? first;
}

function planTo(graph: Graph, output: string, options: BuildOptions): PlannedNetwork {
  const inputShape = inputShapeOf(graph, options);
  const { plan, head } = planOf(graph, output, options);
  const shapes = inferShapes(graph, plan, inputShape);
  return { ended: endInClasses(plan, shapes), shapes, head, inputShape };
}

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

function planOf(graph: Graph, output: string, options: BuildOptions): ReturnType<typeof cutHead> {
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
  return { plan: splitActivations(options.fuse === false ? nameSums(plan) : fuse(plan)), head };
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
