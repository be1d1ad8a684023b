import { fromFloat16 } from '../../codecs/float16';
import { counted } from '../../text/counted';
import { bytesInMemory, copyRuns, type StoredBytes, wholeRuns } from '../files/stored-bytes';
import { NetworkError } from '../network-errors';
import type { Weight } from '../network-graph';
import { sizeOf } from '../ops/operation';
import type { TensorMessage } from './onnx-messages';
import { countVarints, varintsOf } from './protobuf';

/** Numbers that are known without a picture: a weight, or a step of shape arithmetic. */
export interface Constant {
  readonly kind: 'constant';
  /** Name in the file; empty for what was computed. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly isInteger: boolean;
  /** The least and the greatest number that its type in the file can hold, where it has eight or sixteen bits. */
  readonly range?: readonly [number, number];
  /** Numbers that are held in memory beside the file; none where they are a view or computed when read. */
  readonly held?: number;
  /** Operations that run when it is read. */
  readonly steps?: number;
  /** Parts of files that reading it reads; none of what is in memory. Left out where that is not known. */
  readonly from?: readonly StoredBytes[];
  /** Row-major values; may be a view of the file, so they are never written to. */
  read(): Float32Array | Float64Array;
  /** The same values, run by run, each good until the next is asked for; left out where all parts are needed at once. */
  runs?(): Iterable<Float32Array | Float64Array>;
  /** Writes them to where they are to stand, as {@link Weight.readInto} does. */
  readInto?(target: Float32Array): void;
}

/** A constant whose values are at hand. */
export const constantOf = (
  shape: readonly number[],
  values: readonly number[],
  isInteger = true,
): Constant => ({
  kind: 'constant',
  name: '',
  shape,
  isInteger,
  held: values.length,
  from: [],
  read: () => (isInteger ? Float64Array.from(values) : Float32Array.from(values)),
});

/** A constant as a weight of an operation. */
export function weightFrom(constant: Constant, shape: readonly number[] = constant.shape): Weight {
  return {
    shape,
    from: constant.from,
    read() {
      const values = constant.read();
      return values instanceof Float32Array ? values : Float32Array.from(values);
    },
    ...(constant.readInto && sizeOf(shape) === sizeOf(constant.shape)
      ? { readInto: (target: Float32Array) => constant.readInto?.(target) }
      : {}),
  };
}

/** Shape arithmetic is short; a longer tensor is no argument of an operation. */
const LONGEST_ARGUMENT = 65_536;

/** The values of a short constant, as arguments of operations are. */
export function numbersOf(constant: Constant): number[] {
  if (sizeOf(constant.shape) > LONGEST_ARGUMENT) {
    throw new NetworkError(`The tensor "${constant.name}" is too long for what it is used for.`);
  }
  return Array.from(constant.read());
}

interface Type {
  readonly width: number;
  readonly isInteger: boolean;
  readonly range?: readonly [number, number];
  decode(view: DataView, place: number): number;
}

const integer = (width: number, decode: Type['decode'], range?: Type['range']): Type => ({
  width,
  isInteger: true,
  decode,
  ...(range ? { range } : {}),
});

/** TensorProto.DataType by number; float32 and float16 are decoded as a whole, bfloat16 is the upper half of a float32. */
const types: Record<number, Type> = {
  1: { width: 4, isInteger: false, decode: (view, place) => view.getFloat32(place, true) },
  2: integer(1, (view, place) => view.getUint8(place), [0, 255]),
  3: integer(1, (view, place) => view.getInt8(place), [-128, 127]),
  4: integer(2, (view, place) => view.getUint16(place, true), [0, 65_535]),
  5: integer(2, (view, place) => view.getInt16(place, true), [-32_768, 32_767]),
  6: integer(4, (view, place) => view.getInt32(place, true)),
  7: integer(8, (view, place) => Number(view.getBigInt64(place, true))),
  9: integer(1, (view, place) => view.getUint8(place)),
  10: { width: 2, isInteger: false, decode: (view, place) => view.getUint16(place, true) },
  11: { width: 8, isInteger: false, decode: (view, place) => view.getFloat64(place, true) },
  12: integer(4, (view, place) => view.getUint32(place, true)),
  13: integer(8, (view, place) => Number(view.getBigUint64(place, true))),
  16: { width: 2, isInteger: false, decode: (view, place) => fromBfloat16(view.getUint16(place, true)) },
};

const word = new DataView(new ArrayBuffer(4));

/** The upper half of a float32. */
function fromBfloat16(half: number): number {
  word.setUint32(0, half * 0x10000);
  return word.getFloat32(0);
}

/** Whether a type of numbers has no fractions. */
export const isWhole = (typeNumber: number): boolean => types[typeNumber]?.isInteger === true;

const FLOAT32 = 1;
const FLOAT16 = 10;

const typeNames: Record<number, string> = {
  8: 'text',
  14: 'complex64',
  15: 'complex128',
  21: 'uint4',
  22: 'int4',
};

/**
 * A tensor of the file.
 * @param sideFile bytes of a file that lies beside the network, by its name there
 * @throws NetworkError where its numbers are not as many as its shape says
 */
export function readTensor(tensor: TensorMessage, sideFile: (name: string) => StoredBytes): Constant {
  const { name, shape } = tensor;
  const type = types[tensor.type];
  if (!type) {
    throw new NetworkError(
      `The tensor "${name}" is stored as ${typeNames[tensor.type] ?? `type ${tensor.type}`}, which cannot be read. Export the network in float32, float16 or bfloat16.`,
    );
  }
  const length = sizeOf(shape);
  const expectLength = (found: number) => {
    if (found === length) return;
    throw new NetworkError(
      `The tensor "${name}" has ${counted(found, 'number')} instead of the ${length} of its shape [${shape}].`,
    );
  };
  const constant = (from: StoredBytes, read: Constant['read'], stored?: number): Constant => ({
    kind: 'constant',
    from: [from],
    name,
    shape,
    isInteger: type.isInteger,
    ...(type.range ? { range: type.range } : {}),
    read,
    ...(stored === undefined ? {} : inRuns(from, stored)),
  });
  if (tensor.external || tensor.raw) {
    const bytes = tensor.external
      ? cut(tensor, tensor.external, length * type.width, sideFile)
      : (tensor.raw as StoredBytes);
    expectLength(bytes.length / type.width);
    return constant(bytes, () => decode(bytes.bytes(), tensor.type, length), tensor.type);
  }
  const packed = tensor.floats ?? tensor.doubles;
  if (packed) {
    const stored = tensor.floats ? FLOAT32 : 11;
    expectLength(packed.length / types[stored].width);
    return constant(packed, () => decode(packed.bytes(), stored, length), stored);
  }
  const ints = tensor.ints ?? bytesInMemory(new Uint8Array());
  expectLength(countVarints(ints));
  return constant(ints, () => {
    const values = type.isInteger ? new Float64Array(length) : new Uint16Array(length);
    let i = 0;
    for (const value of varintsOf(ints)) values[i++] = Number(BigInt.asIntN(64, value));
    if (!(values instanceof Uint16Array)) return values;
    return tensor.type === FLOAT16 ? fromFloat16(values) : Float32Array.from(values, fromBfloat16);
  });
}

/** How numbers of a type are read run by run. */
function inRuns(bytes: StoredBytes, typeNumber: number): Pick<Constant, 'runs' | 'readInto'> {
  const { width } = types[typeNumber];
  function* runs() {
    for (const run of wholeRuns(bytes, width)) yield decode(run, typeNumber, run.length / width);
  }
  return {
    runs,
    readInto(target) {
      if (typeNumber === FLOAT32) {
        copyRuns(bytes, target);
        return;
      }
      let filled = 0;
      for (const run of runs()) {
        target.set(run, filled);
        filled += run.length;
      }
    },
  };
}

function decode(bytes: Uint8Array, typeNumber: number, length: number): Float32Array | Float64Array {
  const { buffer, byteOffset } = bytes;
  if (typeNumber === FLOAT32 && byteOffset % 4 === 0) {
    return new Float32Array(buffer as ArrayBuffer, byteOffset, length);
  }
  const copied = () => buffer.slice(byteOffset, byteOffset + bytes.length) as ArrayBuffer;
  if (typeNumber === FLOAT32) return new Float32Array(copied());
  if (typeNumber === FLOAT16) return fromFloat16(new Uint16Array(copied()));
  const { width, isInteger, decode: one } = types[typeNumber];
  const view = new DataView(buffer, byteOffset, bytes.length);
  const values = isInteger ? new Float64Array(length) : new Float32Array(length);
  for (let i = 0; i < length; i++) values[i] = one(view, i * width);
  return values;
}

function cut(
  { name }: TensorMessage,
  external: ReadonlyMap<string, string>,
  bytes: number,
  sideFile: (name: string) => StoredBytes,
): StoredBytes {
  const location = external.get('location') ?? '';
  const offset = Number(external.get('offset') ?? 0);
  const length = Number(external.get('length') ?? bytes);
  const file = sideFile(location);
  if (!(offset >= 0 && length >= 0 && offset + length <= file.length)) {
    throw new NetworkError(
      `The tensor "${name}" lies at ${offset} to ${offset + length} of ${location.slice(Math.max(location.lastIndexOf('/'), location.lastIndexOf('\\')) + 1)}, which is ${counted(file.length, 'byte')} long: the file is cut off or of another model.`,
    );
  }
  return file.part(offset, offset + length);
}

/** Values of a row-major tensor with its axes in another order. */
export function permuted(
  values: Float32Array | Float64Array,
  shape: readonly number[],
  order: readonly number[],
): Float32Array | Float64Array {
  const result =
    values instanceof Float32Array ? new Float32Array(values.length) : new Float64Array(values.length);
  permuteInto(result, [values], shape, order);
  return result;
}

/** Writes the values of a row-major tensor, run by run, to where they stand with its axes in another order. */
function permuteInto(
  result: Float32Array | Float64Array,
  runs: Iterable<Float32Array | Float64Array>,
  shape: readonly number[],
  order: readonly number[],
): void {
  // How far apart the neighbours along each axis stand in the result.
  const sizes = order.map((axis) => shape[axis]);
  const steps = shape.map((_, axis) => sizeOf(sizes.slice(order.indexOf(axis) + 1)));
  const place = new Array(shape.length).fill(0);
  let to = 0;
  for (const run of runs) {
    for (let from = 0; from < run.length; from++) {
      result[to] = run[from];
      for (let axis = shape.length - 1; axis >= 0; axis--) {
        to += steps[axis];
        if (++place[axis] < shape[axis]) break;
        to -= steps[axis] * shape[axis];
        place[axis] = 0;
      }
    }
  }
}

/** A constant with its axes in another order, permuted when it is read. */
export function permutedConstant(constant: Constant, order: readonly number[]): Constant {
  const { runs, readInto: _, ...rest } = constant;
  return {
    ...rest,
    shape: order.map((axis) => constant.shape[axis]),
    read: () => permuted(constant.read(), constant.shape, order),
    ...(runs && {
      readInto: (target: Float32Array) => permuteInto(target, runs(), constant.shape, order),
    }),
  };
}
