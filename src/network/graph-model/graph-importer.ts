import { NetworkError } from '../network-errors';
import type { Weight } from '../network-graph';
import { allAxes } from '../onnx/axes-layout';
import type { FixedBatch } from '../onnx/batch/fixed-batch';
import { evaluated } from '../onnx/evaluate-node';
import {
  type Activation,
  noAttribute,
  Call as OnnxCall,
  type Sheet,
  type Value,
} from '../onnx/onnx-importer';
import type { Attribute as OnnxAttribute } from '../onnx/onnx-messages';
import { type Constant, constantOf } from '../onnx/tensor';
import type { OperationSpec } from '../ops';
import { sizeOf } from '../ops/operation';
import { type Attribute, type OperationNode, textOf } from './graph-def';
import { saysNothing } from './graph-defaults';

export type { Activation, Constant, Value };

/** More numbers than a shape, an axis or a padding has. */
const MOST_SETTINGS = 64;

/** The opset whose operations TensorFlow's are spelled out by. */
export const OPSET = 18;

/** Whole numbers as an argument of an operation. */
export const given = (...values: readonly number[]): Constant => constantOf([values.length], values);

/** What an operation of ONNX is told beside its inputs. */
export type Told = Readonly<Record<string, Partial<OnnxAttribute>>>;

/** One operation of the file while it is turned into nodes of the graph; all axes are counted as the file counts them, the batch too. */
export class Call {
  private readonly readAttributes = new Set<string>();
  private readonly readInputs = new Set<number>();
  private readonly onnx: OnnxCall;

  constructor(
    private readonly node: OperationNode,
    /** What people call the layer. */
    readonly name: string,
    private readonly inputs: readonly Value[],
    private readonly sheet: Sheet,
    private readonly batch: FixedBatch | null = null,
  ) {
    this.onnx = new OnnxCall(message(node.op, name), name, OPSET, inputs, sheet);
  }

  problem(what: string): NetworkError {
    return new NetworkError(`Layer "${this.name}" (${this.node.op}, graph model) ${what}.`);
  }

  /** What it computes, in TensorFlow's words. */
  get operation(): string {
    return this.node.op;
  }

  get all(): readonly Value[] {
    this.inputs.forEach((_, i) => {
      this.readInputs.add(i);
    });
    return this.inputs;
  }

  /** @throws NetworkError where the node has an input or an attribute that its operator has not asked for */
  assertAllRead(): void {
    this.inputs.forEach((_, i) => {
      if (!this.readInputs.has(i)) throw this.problem(`has an input ${i + 1} that is not read`);
    });
    for (const [name, attribute] of Object.entries(this.node.attributes)) {
      if (this.readAttributes.has(name) || saysNothing(name, attribute)) continue;
      throw this.problem(`has the attribute ${name}, which is not read`);
    }
  }

  private attribute(name: string): Attribute | undefined {
    this.readAttributes.add(name);
    return this.node.attributes[name];
  }

  input(i: number): Value {
    this.readInputs.add(i);
    const value = this.inputs[i];
    if (!value) throw this.problem(`lacks its input ${i + 1}`);
    return value;
  }

  /** Input i with its axes lying as the file counts them; a constant as something that is there for every picture. */
  activation(i: number): Activation {
    this.readInputs.add(i);
    const value = this.onnx.activation(i);
    return this.onnx.arranged(value, allAxes(value.shape));
  }

  /** @throws NetworkError unless its feature maps have their channels last */
  assertChannelsLast(): void {
    if (this.text('data_format', 'NHWC') !== 'NHWC')
      throw this.problem('works channels first, which is not read');
  }

  /** A feature map, [batch, height, width, channels]. */
  map(i: number): Activation {
    const value = this.activation(i);
    if (value.shape.length !== 4) {
      throw this.problem(`reads [${value.shape}], which is no feature map of a picture`);
    }
    return value;
  }

  constant(i: number): Constant {
    const value = this.input(i);
    if (value.kind !== 'constant') throw this.problem(`takes its input ${i + 1} from the picture`);
    return value;
  }

  /** A constant as a weight of an operation. */
  weight(i: number): Weight {
    const { shape, from, read } = this.constant(i);
    return { shape, from, read: () => Float32Array.from(read()) };
  }

  /** A few whole numbers, such as a shape. */
  numbers(i: number): number[] {
    const { shape, read } = this.constant(i);
    if (sizeOf(shape) > MOST_SETTINGS) throw this.problem(`has too long an input ${i + 1}`);
    return Array.from(read());
  }

  flag(name: string): boolean {
    return this.attribute(name)?.b === true;
  }

  flagOr(name: string, otherwise: boolean): boolean {
    return this.attribute(name)?.b ?? otherwise;
  }

  float(name: string, otherwise: number): number {
    const value = this.attribute(name)?.f;
    return typeof value === 'number' ? value : otherwise;
  }

  int(name: string, otherwise: number): number {
    const value = Number(this.attribute(name)?.i ?? otherwise);
    return Number.isInteger(value) ? value : otherwise;
  }

  text(name: string, otherwise: string): string {
    return textOf(this.attribute(name)?.s) ?? otherwise;
  }

  /** The name of a type, "DT_FLOAT", or its number. */
  type(name: string): string {
    return String(this.attribute(name)?.type ?? '');
  }

  ints(name: string): number[] {
    const list = this.attribute(name)?.list?.i;
    return Array.isArray(list) ? list.map(Number) : [];
  }

  texts(name: string): string[] {
    const list = this.attribute(name)?.list?.s;
    return Array.isArray(list) ? list.map((each) => textOf(each) ?? '') : [];
  }

  /** An axis counted from the start. */
  axis(axis: number, rank: number): number {
    const counted = axis < 0 ? axis + rank : axis;
    if (!(counted >= 0 && counted < rank)) throw this.problem(`names axis ${axis} of ${rank}`);
    return counted;
  }

  /** Writes a node that reads activations, whose result has as many axes as the first of them. */
  emit(spec: OperationSpec<Weight>, inputs: readonly Activation[]): Activation {
    return this.onnx.emit(spec, inputs);
  }

  /**
   * What an operation of ONNX makes of values: TensorFlow's are spelled out by those.
   * @param step told apart from the layer by; none where it is what the layer yields
   */
  via(operator: string, inputs: readonly Value[], told: Told = {}, step?: string): Value {
    return this.viaMany(operator, inputs, told, 1, step)[0];
  }

  /** As {@link via}, of an operation with several results. */
  viaMany(
    operator: string,
    inputs: readonly Value[],
    told: Told,
    results: number,
    step?: string,
  ): readonly Value[] {
    const name = step ? `${this.name}, ${step}` : this.name;
    return evaluated(message(operator, name, told, results), name, inputs, {
      opset: OPSET,
      sheet: this.sheet,
      batch: this.batch,
    });
  }
}

const message = (operator: string, name: string, told: Told = {}, results = 1) => ({
  ...{ name, operator, domain: '', inputs: [], notes: new Map<string, string>() },
  outputs: Array.from({ length: results }, (_, i) => `${name}:${i}`),
  attributes: new Map(
    Object.entries(told).map(([key, attribute]) => [key, { ...noAttribute, ...attribute }] as const),
  ),
});

/** What an operation yields: one result, or several in order. */
export type Operator = (call: Call) => Value | readonly Value[];

export type Operators = Readonly<Record<string, Operator>>;
