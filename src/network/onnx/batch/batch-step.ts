import { counted } from '../../../text/counted';
import type { NetworkError } from '../../network-errors';
import { sizeOf } from '../../ops/operation';
import type { Value } from '../onnx-importer';
import type { Attribute, NodeMessage } from '../onnx-messages';
import { type Constant, constantOf, numbersOf } from '../tensor';

/** Where the pictures of a batch lie: along an axis of the file, whose places are [before, pictures, others] in row-major order. */
export interface BatchPlace {
  readonly axis: number;
  readonly before: number;
}

/** What is said of a layer that cannot be computed of one picture alone. */
export const mixed = (pictures: number, what: string): string =>
  `reads ${counted(pictures, 'picture')} at once, and ${what}. Export the network again with a batch of 1, or with an open one`;

/** One operation of a file with a fixed batch, while what it reads is brought down to one picture. */
export class BatchStep {
  constructor(
    readonly node: NodeMessage,
    readonly opset: number,
    /** Of which constants are replaced by such for one picture. */
    readonly inputs: (Value | null)[],
    readonly pictures: number,
    private readonly placeOf: (value: Value) => BatchPlace | undefined,
    readonly problem: (what: string) => NetworkError,
  ) {}

  mixed(what: string): NetworkError {
    return this.problem(mixed(this.pictures, what));
  }

  together(): NetworkError {
    return this.mixed('what it yields for one depends on the others');
  }

  attribute(name: string): Attribute | undefined {
    return this.node.attributes.get(name);
  }

  int(name: string, otherwise: number): number {
    return this.attribute(name)?.int ?? otherwise;
  }

  /** Where the pictures lie in input i; null in what is the same for all of them. */
  place(i: number): BatchPlace | null {
    const value = this.inputs[i];
    return (value && this.placeOf(value)) ?? null;
  }

  /** The place in input i, which has pictures. */
  drawn(i = 0): BatchPlace {
    const place = this.place(i);
    if (!place) throw this.mixed('reads them where numbers of the file are expected');
    return place;
  }

  /** Sizes of input i: of one picture, of a constant as the file has it. */
  shape(i: number): readonly number[] {
    const value = this.inputs[i];
    return (value?.kind === 'activation' ? value.repeatedTo : undefined) ?? value?.shape ?? [];
  }

  /** Sizes of input i with all pictures. */
  fileShape(i: number): readonly number[] {
    const place = this.place(i);
    return this.shape(i).map((size, axis) => (axis === place?.axis ? size * this.pictures : size));
  }

  /** An axis of input i, counted from the start. */
  axis(axis: number, i = 0): number {
    return axis < 0 ? axis + this.shape(i).length : axis;
  }

  /** Numbers that older opsets have as an attribute and newer ones as an input; null where there are none. */
  numbers(attribute: string, i: number): number[] | null {
    const value = this.inputs[i];
    if (value?.kind === 'constant') return numbersOf(value);
    const { ints, floats } = this.attribute(attribute) ?? { ints: [], floats: [] };
    return ints.length > 0 ? [...ints] : floats.length > 0 ? [...floats] : null;
  }

  replace(i: number, numbers: readonly number[], shape: readonly number[] = [numbers.length]): void {
    this.inputs[i] = constantOf(shape, numbers);
  }

  /** Says that all pictures lie in one place. @throws NetworkError where they do not */
  assertSame(a: BatchPlace, b: BatchPlace): BatchPlace {
    if (a.axis !== b.axis || a.before !== b.before) throw this.together();
    return a;
  }

  /** Takes of a constant that counts the pictures along an axis what all of them have in common. */
  takeOnce(i: number, axis: number, before: number): void {
    const value = this.inputs[i];
    if (value?.kind !== 'constant' || !(value.shape[axis] > 1)) return;
    const whole = before * this.pictures;
    if (value.shape[axis] % whole !== 0) return;
    const alike = commonPart(value, axis, before, this.pictures);
    if (!alike) throw this.mixed('takes other numbers for each of them');
    this.inputs[i] = alike;
  }

  /**
   * Another shape of input 0.
   * @param named sizes with all pictures, none of which is left open
   * @returns sizes with one picture, and where the pictures lie
   */
  reshaped(named: readonly number[]): { readonly shape: readonly number[]; readonly place: BatchPlace } {
    const { axis, before } = this.drawn();
    const own = this.shape(0);
    const ahead = sizeOf(own.slice(0, axis)) * before;
    // A shape that is computed here, and not in the file, counts one picture already.
    const factor = sizeOf(named) === sizeOf(own) ? 1 : this.pictures;
    let passed = 1;
    let found: BatchPlace | null = null;
    for (const [to, size] of named.entries()) {
      const within = ahead / passed;
      const holds = Number.isInteger(within) && size % (within * factor) === 0;
      // Of one picture alone they may end an axis, or have one of their own behind it.
      const isOwn = within === 1 && (size === 1 || factor > 1);
      if (holds && (found === null || isOwn)) found = { axis: to, before: within };
      if (found && (factor > 1 || isOwn)) break;
      passed *= size;
    }
    if (found) {
      const { axis: to } = found;
      return { shape: named.map((each, i) => (i === to ? each / factor : each)), place: found };
    }
    throw this.mixed('lays them out so that they do not stay apart');
  }
}

/** The part of a constant that all pictures have in common; null where they have not. */
export function commonPart(
  constant: Constant,
  axis: number,
  before: number,
  pictures: number,
): Constant | null {
  const { shape } = constant;
  const outer = sizeOf(shape.slice(0, axis)) * before;
  const inner = sizeOf(shape) / outer / pictures;
  const values = constant.read();
  for (let o = 0; o < outer; o++) {
    const start = o * pictures * inner;
    for (let at = inner; at < pictures * inner; at++) {
      if (values[start + at] !== values[start + (at % inner)]) return null;
    }
  }
  const { runs: _, readInto: __, held: ___, ...rest } = constant;
  return {
    ...rest,
    shape: shape.map((size, i) => (i === axis ? size / pictures : size)),
    read() {
      const all = constant.read();
      const part = all.slice(0, outer * inner);
      for (let o = 0; o < outer; o++) {
        const start = o * pictures * inner;
        part.set(all.subarray(start, start + inner), o * inner);
      }
      return part;
    },
  };
}
