import { NetworkError } from '../network-errors';
import type { GraphNode, Weight } from '../network-graph';
import { type OperationSpec, shapeOf } from '../ops';
import { MisfitError, type Shape, sizeOf } from '../ops/operation';
import { weightOf } from '../weights';
import { type Attribute, type OperationNode, textOf } from './graph-def';
import { saysNothing } from './graph-defaults';

/** A result that depends on the picture. */
export interface Activation {
  readonly kind: 'activation';
  readonly node: string;
  /** Without the batch. */
  readonly shape: Shape;
}

/** Numbers of the file, or computed from shapes. */
export interface Constant {
  readonly kind: 'constant';
  readonly name: string;
  readonly weight: Weight;
  /** They are sizes of a result, or some of them; -1 stands for the batch. */
  readonly ofShape?: boolean;
}

export type Value = Activation | Constant;

/** More numbers than a shape, an axis or a padding has. */
const MOST_SETTINGS = 64;

/** Sizes of a result. */
export const sizesOf = (name: string, shape: Shape, values: readonly number[]): Constant => ({
  kind: 'constant',
  name,
  ofShape: true,
  weight: weightOf(shape, Float32Array.from(values)),
});

/** The nodes written so far, whose names are all different. */
export class Sheet {
  readonly nodes: GraphNode[] = [];
  private readonly taken: Set<string>;

  constructor(input: string) {
    this.taken = new Set([input]);
  }

  unique(name: string): string {
    let free = name;
    for (let count = 2; this.taken.has(free); count++) free = `${name} (${count})`;
    this.taken.add(free);
    return free;
  }
}

/** One operation of the file while it is turned into nodes of the graph. */
export class Call {
  private readonly readAttributes = new Set<string>();
  private readonly readInputs = new Set<number>();

  constructor(
    private readonly node: OperationNode,
    /** What people call the layer. */
    readonly name: string,
    private readonly inputs: readonly Value[],
    private readonly sheet: Sheet,
  ) {}

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

  activation(i: number): Activation {
    const value = this.input(i);
    if (value.kind !== 'activation') throw this.problem('computes with nothing that depends on the picture');
    return value;
  }

  constant(i: number): Constant {
    const value = this.input(i);
    if (value.kind !== 'constant') throw this.problem(`takes its input ${i + 1} from the picture`);
    return value;
  }

  /** A few whole numbers, such as a shape. */
  numbers(i: number): number[] {
    const { weight } = this.constant(i);
    if (sizeOf(weight.shape) > MOST_SETTINGS) throw this.problem(`has too long an input ${i + 1}`);
    return Array.from(weight.read());
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

  ints(name: string): number[] {
    const list = this.attribute(name)?.list?.i;
    return Array.isArray(list) ? list.map(Number) : [];
  }

  texts(name: string): string[] {
    const list = this.attribute(name)?.list?.s;
    return Array.isArray(list) ? list.map((each) => textOf(each) ?? '') : [];
  }

  /** An axis without the batch, counted from the start. */
  axis(axis: number, { shape }: Activation): number {
    const counted = axis < 0 ? axis + shape.length : axis - 1;
    if (!(counted >= 0 && counted < shape.length))
      throw this.problem(`works along axis ${axis}, the batch or none`);
    return counted;
  }

  /** Writes a node that reads activations. */
  emit(spec: OperationSpec<Weight>, inputs: readonly Activation[], name = this.name): Activation {
    let shape: Shape;
    try {
      shape = shapeOf(
        spec,
        inputs.map((input) => input.shape),
      );
    } catch (error) {
      if (error instanceof MisfitError) throw this.problem(error.message);
      throw error;
    }
    const node = this.sheet.unique(name);
    this.sheet.nodes.push({ name: node, inputs: inputs.map((input) => input.node), spec });
    return { kind: 'activation', node, shape };
  }
}

/** What an operation yields; the first of its results, where it has several. */
export type Operator = (call: Call) => Value;
