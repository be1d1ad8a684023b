import { NetworkError } from '../network-errors';
import { allParts, type GraphNode, type Weight } from '../network-graph';
import { type OperationSpec, shapeOf } from '../ops';
import { MisfitError } from '../ops/operation';
import {
  allAxes,
  asWritten,
  channelsLast,
  liesAlike,
  lying,
  permutationBetween,
  reshapeOrder,
  withoutFront,
} from './axes-layout';
import { attributeText, saysNothing } from './onnx-defaults';
import type { Attribute, NodeMessage } from './onnx-messages';
import { type Constant, numbersOf, permutedConstant, weightFrom } from './tensor';

/** What a node computes from the picture. */
export interface Activation {
  readonly kind: 'activation';
  /** Name in the graph. */
  readonly node: string;
  /** Sizes as the file counts them with one picture: [1, c, h, w] for feature maps. */
  readonly shape: readonly number[];
  /** How its axes lie; see axes-layout.ts. */
  readonly order: readonly number[];
  /** Whole numbers: a picture of bytes that nothing has been computed with yet. */
  readonly isInteger?: boolean;
  /** Sizes to which its axes of size 1 are repeated; nothing does so but what joins it with a value that has them. */
  readonly repeatedTo?: readonly number[];
  /** The value of which this is the square, place by place. */
  readonly squareOf?: Activation;
  /** Whole numbers that the network computes: where something lies, or whether something is so. Nothing is explained through them. */
  readonly isPlace?: boolean;
  /** Whole numbers in a type for fractions. */
  readonly isCount?: boolean;
  /** The whole numbers of which this is the quotient: rounded, it is one of theirs. */
  readonly quotientOf?: readonly [Value, Value];
  /** Of which this is the place of the highest number: a decision, where it is an output. */
  readonly highestOf?: Activation;
}

/**
 * A mean of the squares of neighbouring channels, on its way to becoming a local response normalisation:
 * `(shift + scale * mean) ** exponent`. Nothing is written for it; see `operators/local-response.ts`.
 */
export interface ChannelMean {
  readonly kind: 'channel-mean';
  readonly of: Activation;
  readonly shape: readonly number[];
  /** Zeros before and behind the channels. */
  readonly pads: readonly [number, number];
  /** Channels of a mean; null while only the zeros are there. */
  readonly window: number | null;
  readonly scale: number;
  readonly shift: number;
  readonly exponent: number;
}

/** Whole numbers of a few bits on their way to what takes them back; nothing else reads them. */
export interface Quantised {
  readonly kind: 'quantised';
  /** The numbers that they stand for, in their own units. */
  readonly of: Activation;
  readonly shape: readonly number[];
  readonly scale: number;
  readonly zero: number;
}

export type Value = Constant | Activation | ChannelMean | Quantised;

/** More than this is no network anybody trained. */
const MOST_LAYERS = 20_000;
/** Numbers of shape arithmetic in memory at once. */
const MOST_HELD = 2 ** 23;
/** Operations behind one weight: exporters leave a few dozen where weights are standardised. */
const MOST_STEPS = 256;
/** A tensor that is computed without a picture may have so many numbers, or as many as the weights of the file. */
const LARGEST_COMPUTED = 2 ** 24;

/** The nodes that have been written so far. */
export class Sheet {
  readonly nodes: GraphNode[] = [];
  /** How often each name was asked for. */
  private readonly taken: Map<string, number>;
  private held = 0;
  /** Numbers of a constant at most. */
  readonly largestConstant: number;

  /**
   * @param input name of the picture
   * @param weights numbers of all weights of the file
   * @param isGraphModel the file is one of TensorFlow.js, and not of ONNX
   */
  constructor(
    readonly input: string,
    weights = 0,
    readonly isGraphModel = false,
  ) {
    this.taken = new Map([[input, 1]]);
    this.largestConstant = Math.max(LARGEST_COMPUTED, weights);
  }

  /** A name nobody has yet. */
  unique(name: string): string {
    let count = this.taken.get(name) ?? 0;
    let free = name;
    while (this.taken.has(free)) free = `${name} (${++count})`;
    this.taken.set(name, Math.max(count, 1));
    this.taken.set(free, 1);
    return free;
  }

  /** @throws NetworkError where computed constants fill the memory, or are computed from each other without end */
  keep(constant: Constant, inputs: readonly (Value | null)[]): Constant {
    this.held += constant.held ?? 0;
    const steps = inputs.reduce(
      (sum, input) => sum + (input?.kind === 'constant' ? (input.steps ?? 0) : 0),
      constant.held === undefined ? 1 : 0,
    );
    if (this.held > MOST_HELD || steps > MOST_STEPS) {
      throw new NetworkError('This network computes too much that does not depend on its picture.');
    }
    if (constant.held !== undefined) return constant;
    const constants = inputs.filter((input) => input?.kind === 'constant');
    return { ...constant, steps, from: constant.from ?? allParts(constants) };
  }

  add(node: GraphNode): void {
    this.nodes.push(node);
    if (this.nodes.length > MOST_LAYERS) throw new NetworkError('This network has too many layers.');
  }
}

/** An attribute that says nothing. */
export const noAttribute: Attribute = {
  ...{ float: null, int: null, text: null, tensor: null, graph: null },
  ...{ floats: [], ints: [], texts: [], isOther: false },
};

const withFront = (order: readonly number[]) => (order.includes(0) ? order : [0, ...order]);

/** One node of the file while it is turned into nodes of the graph. */
export class Call {
  private readonly readAttributes = new Set<string>();
  private readonly readInputs = new Set<number>();

  constructor(
    readonly node: NodeMessage,
    /** What people call the layer. */
    readonly name: string,
    readonly opset: number,
    private readonly inputs: readonly (Value | null)[],
    private readonly sheet: Sheet,
  ) {}

  /** The sentence that says which node cannot be read. */
  problem(what: string): NetworkError {
    const kind = this.node.operator;
    return new NetworkError(
      this.sheet.isGraphModel
        ? `Layer "${this.name}" (${kind}, graph model) ${what}.`
        : `Layer "${this.name}" (${kind}, ONNX opset ${this.opset}) ${what}.`,
    );
  }

  /**
   * The same layer computing something else from values that are at hand: what an operation is spelled out by.
   * @param attributes of that operation, in place of the layer's own
   * @param step told apart from the layer by; none where it is what the layer yields
   */
  as(
    inputs: readonly (Value | null)[],
    attributes: Readonly<Record<string, Partial<Attribute>>> = {},
    step?: string,
  ): Call {
    const given = Object.entries(attributes).map(
      ([key, attribute]) => [key, { ...noAttribute, ...attribute }] as const,
    );
    const node = { ...this.node, attributes: new Map(given) };
    return new Call(node, step ? `${this.name}, ${step}` : this.name, this.opset, inputs, this.sheet);
  }

  get inputCount(): number {
    return this.inputs.length;
  }

  /** Numbers of a constant that may be computed. */
  get largestConstant(): number {
    return this.sheet.largestConstant;
  }

  /** Input i, or null where it is left out. */
  optional(i: number): Value | null {
    this.readInputs.add(i);
    return this.inputs[i] ?? null;
  }

  /** Input i without counting it as read. */
  peek(i: number): Value | null {
    return this.inputs[i] ?? null;
  }

  /** Says that what an input or attribute holds makes no difference here. */
  passOver(...names: (number | string)[]): void {
    for (const name of names) {
      if (typeof name === 'number') this.readInputs.add(name);
      else this.readAttributes.add(name);
    }
  }

  /** @throws NetworkError where the node has an input or an attribute that its operator has not asked for */
  assertAllRead(): void {
    this.inputs.forEach((input, i) => {
      if (!input || this.readInputs.has(i)) return;
      throw this.problem(`has an input ${i + 1}, "${this.node.inputs[i]}", which is not read here`);
    });
    for (const [name, attribute] of this.node.attributes) {
      if (this.readAttributes.has(name) || saysNothing(name, attribute)) continue;
      throw this.problem(`has ${name} = ${attributeText(attribute)}, which is not read here`);
    }
  }

  input(i: number): Value {
    const value = this.optional(i);
    if (!value) throw this.problem(`lacks its input ${i + 1}`);
    return value;
  }

  all(): Value[] {
    return this.inputs.map((_, i) => this.input(i));
  }

  /** Input i; a constant as something that is there for every picture. */
  activation(i: number): Activation {
    const value = this.repeatable(i);
    if (!value.repeatedTo) return value;
    const { isInteger, isPlace, isCount } = value;
    return { ...this.repeated(value, value.repeatedTo), isInteger, isPlace, isCount };
  }

  /** A constant as something that is there for every picture. */
  drawn(constant: Constant): Activation {
    const { shape } = constant;
    const order = allAxes(shape);
    const node = this.sheet.unique(`${this.name}, ${constant.name || 'constant'}`);
    const value = weightFrom(constant, lying(shape, order));
    this.sheet.add({ name: node, inputs: [this.sheet.input], spec: { type: 'constant', value } });
    return { kind: 'activation', node, shape, order };
  }

  /** A value with axes of size 1 repeated. @param shape of as many axes or more */
  repeated(value: Activation, shape: readonly number[]): Activation {
    const { repeatedTo: _, ...own } = value;
    const aligned = this.ranked(own, shape.length);
    if (aligned.shape.join() === shape.join()) return aligned;
    const order = shape[0] === 1 ? aligned.order : withFront(aligned.order);
    const given = this.arranged(aligned, order);
    return this.emit(
      { type: 'expand', shape: lying(shape, order) },
      [given],
      order,
      `${this.name}, repeated`,
    );
  }

  /** The value with axes of size 1 in front, until it has so many. */
  ranked(value: Activation, rank: number): Activation {
    if (value.shape.length >= rank) return value;
    return this.reshaped(value, [...new Array(rank - value.shape.length).fill(1), ...value.shape]);
  }

  /** As {@link activation}, where axes of size 1 are repeated as a rule. */
  repeatable(i: number): Activation {
    const value = this.input(i);
    if (value.kind === 'constant') return this.drawn(value);
    if (value.kind === 'channel-mean') {
      throw this.problem('reads a mean over channels that does not become a local response normalisation');
    }
    if (value.kind === 'quantised') {
      throw this.problem('computes with whole numbers of a few bits, which is not supported');
    }
    return value;
  }

  /** A feature map, [h, w, c], or several of each picture, as windows are. */
  map(i: number): Activation {
    const value = this.activation(i);
    if (value.shape.length !== 4) {
      throw this.problem(`reads [${value.shape}], which is no feature map of a picture`);
    }
    return value;
  }

  /** The same with its channels lying innermost. */
  channelsLast(i: number): Activation {
    const value = this.map(i);
    return this.arranged(value, value.shape[0] === 1 ? channelsLast : [0, ...channelsLast]);
  }

  constant(i: number): Constant {
    const value = this.input(i);
    if (value.kind !== 'constant') throw this.problem(`takes its input ${i + 1} from the picture`);
    return value;
  }

  optionalConstant(i: number): Constant | null {
    return this.optional(i) ? this.constant(i) : null;
  }

  /** Numbers that older opsets have as an attribute and newer ones as an input; null where there are none. */
  numbers(attribute: string, i: number): number[] | null {
    this.readAttributes.add(attribute);
    if (this.optional(i)) return numbersOf(this.constant(i));
    const { ints, floats } = this.attribute(attribute) ?? { ints: [], floats: [] };
    return ints.length > 0 ? [...ints] : floats.length > 0 ? [...floats] : null;
  }

  ints(name: string): readonly number[] | null {
    return this.attribute(name)?.ints ?? null;
  }

  int(name: string, otherwise: number): number {
    return this.attribute(name)?.int ?? otherwise;
  }

  float(name: string, otherwise: number): number {
    return this.attribute(name)?.float ?? otherwise;
  }

  text(name: string, otherwise: string): string {
    return this.attribute(name)?.text ?? otherwise;
  }

  attribute(name: string): Attribute | null {
    this.readAttributes.add(name);
    return this.node.attributes.get(name) ?? null;
  }

  /** An axis counted from the start. */
  axis(axis: number, rank: number): number {
    const counted = axis < 0 ? axis + rank : axis;
    if (!(counted >= 0 && counted < rank)) throw this.problem(`names axis ${axis} of ${rank}`);
    return counted;
  }

  /**
   * Writes a node.
   * @param order of the result's axes; that of the first input where it is not given
   * @param name told apart from the layer's own by what the step does
   */
  emit(
    spec: OperationSpec<Weight>,
    inputs: readonly Activation[],
    order: readonly number[] = inputs[0].order,
    name = this.name,
  ): Activation {
    let lengths: readonly number[];
    try {
      lengths = shapeOf(
        spec,
        inputs.map((input) => lying(input.shape, input.order)),
      );
    } catch (error) {
      if (error instanceof MisfitError) throw this.problem(error.message);
      throw error;
    }
    const shape = new Array(lengths.length + (order.includes(0) ? 0 : 1)).fill(1);
    lengths.forEach((size, i) => {
      shape[order[i]] = size;
    });
    const node = this.sheet.unique(name);
    this.sheet.add({ name: node, inputs: inputs.map((input) => input.node), spec });
    return { kind: 'activation', node, shape, order };
  }

  /** The value with its axes lying in another order. */
  arranged(value: Activation, order: readonly number[]): Activation {
    if (value.order.join() === order.join()) return value;
    const { shape } = value;
    const step = `${this.name}, axes`;
    if (liesAlike(shape, value.order, order)) {
      return this.emit({ type: 'reshape', shape: lying(shape, order) }, [value], order, step);
    }
    const [from, to] = [withoutFront(shape, value.order), withoutFront(shape, order)];
    const { shape: runs, permutation } = permutationBetween(shape, from, to);
    const isWhole = runs.length === value.order.length && runs.length === order.length;
    const flat = { ...value, shape: [1, ...runs], order: asWritten(runs.length + 1) };
    const given = isWhole
      ? flat
      : { ...this.emit({ type: 'reshape', shape: runs }, [value], flat.order, step), shape: flat.shape };
    const turned = this.emit({ type: 'transpose', permutation }, [given], flat.order, step);
    if (isWhole) return { ...turned, shape, order };
    return this.emit({ type: 'reshape', shape: lying(shape, order) }, [turned], order, step);
  }

  /** The value in another shape, its numbers in the order of the file. */
  reshaped(value: Activation, shape: readonly number[]): Activation {
    if (shape.join() === value.shape.join()) return value;
    const { before, after } = reshapeOrder(value.shape, value.order, shape);
    const lies = this.arranged(value, before);
    return this.emit({ type: 'reshape', shape: lying(shape, after) }, [lies], after);
  }

  /** The value with an axis of the file lying innermost. */
  innermost(value: Activation, axis: number): Activation {
    if (value.order.at(-1) === axis) return value;
    return this.arranged(value, [...value.order.filter((each) => each !== axis), axis]);
  }

  /** Whether a constant broadcasts to a value without making it larger. */
  fitsBeside({ shape }: Constant, value: Activation): boolean {
    const missing = value.shape.length - shape.length;
    return missing >= 0 && shape.every((size, axis) => size === 1 || size === value.shape[axis + missing]);
  }

  /** A constant that broadcasts to `value`, lying as it does. */
  besides(constant: Constant, value: Activation): Weight {
    const rank = value.shape.length;
    if (!this.fitsBeside(constant, value)) {
      throw this.problem(`cannot join shapes [${value.shape}] and [${constant.shape}]`);
    }
    const shape = [...new Array(rank - constant.shape.length).fill(1), ...constant.shape];
    const sizes = lying(shape, value.order);
    const moved = !liesAlike(shape, allAxes(shape), value.order);
    if (!moved) return weightFrom(constant, sizes.length > 0 ? sizes : [1]);
    const order = value.order.includes(0) ? value.order : [0, ...value.order];
    return weightFrom(permutedConstant({ ...constant, shape }, order), sizes);
  }
}
