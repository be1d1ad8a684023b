import { bytesInMemory, type StoredBytes } from '../files/stored-bytes';
import { NetworkError } from '../network-errors';
import { damaged, type Field, fieldsOf, varint, varintsOf } from './protobuf';

/*
 * The messages of ONNX as far as a network for pictures needs them; all other fields are passed over.
 * Source: onnx/onnx.proto, https://github.com/onnx/onnx.
 */

/** More than this is no network anybody trained. */
const MOST_ENTRIES = 100_000;
/** Bytes of a description that are looked at. */
const LONGEST_NOTE = 10_000;
/** Axes of a tensor. */
const HIGHEST_RANK = 8;
/** Branches within branches. */
const DEEPEST_GRAPH = 8;

export interface Model {
  /** Opset of the default domain. */
  readonly opset: number;
  readonly producer: string;
  /** Texts about the network and its graph. */
  readonly description: string;
  /** Notes of whoever wrote the file, by key. */
  readonly metadata: ReadonlyMap<string, string>;
  readonly graph: GraphMessage;
}

export interface GraphMessage {
  readonly nodes: readonly NodeMessage[];
  readonly initializers: readonly TensorMessage[];
  readonly inputs: readonly ValueMessage[];
  readonly outputs: readonly ValueMessage[];
  readonly name: string;
  readonly description: string;
}

export interface NodeMessage {
  readonly name: string;
  readonly operator: string;
  readonly domain: string;
  /** Empty where an optional input is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, Attribute>;
  /** Notes of the exporter, by key. */
  readonly notes: ReadonlyMap<string, string>;
}

export interface Attribute {
  readonly float: number | null;
  readonly int: number | null;
  readonly text: string | null;
  readonly tensor: TensorMessage | null;
  /** A branch of an If. */
  readonly graph: GraphMessage | null;
  readonly floats: readonly number[];
  readonly ints: readonly number[];
  readonly texts: readonly string[];
  /** It holds something of a kind that no operation here reads. */
  readonly isOther: boolean;
}

export interface TensorMessage {
  readonly name: string;
  readonly shape: readonly number[];
  /** TensorProto.DataType */
  readonly type: number;
  readonly raw: StoredBytes | null;
  /** Bytes of float_data, of four bytes a number. */
  readonly floats: StoredBytes | null;
  readonly doubles: StoredBytes | null;
  /** Bytes of int32_data, int64_data or uint64_data, one varint a number. */
  readonly ints: StoredBytes | null;
  /** Where the numbers lie in a file of their own. */
  readonly external: ReadonlyMap<string, string> | null;
}

export interface ValueMessage {
  readonly name: string;
  readonly type: number;
  /** A size, or null where the file leaves it open; null as a whole without a shape. */
  readonly shape: readonly (number | null)[] | null;
}

/** @throws NetworkError where the bytes are no ONNX file */
export function readModel(bytes: StoredBytes): Model {
  if (bytes.length === 0) throw damaged('it is empty');
  let graph: GraphMessage | null = null;
  let opset = 0;
  let producer = '';
  let description = '';
  const metadata = new Map<string, string>();
  for (const field of fieldsOf(bytes)) {
    if (field.number === 2) producer = text(field);
    if (field.number === 6) description += `${note(field)}\n`;
    if (field.number === 7) {
      graph = readGraph(message(field));
      description += graph.description;
    }
    if (field.number === 8) {
      const { domain, version } = readOpset(message(field));
      if (domain === '' || domain === 'ai.onnx') opset = version;
    }
    if (field.number === 14) metadata.set(...readEntry(message(field)));
  }
  if (!graph) throw damaged('it holds no graph');
  if (opset < 7) {
    throw new NetworkError(
      `This network is written in ONNX opset ${opset}; opset 7 and later can be read. Export it again with a newer version.`,
    );
  }
  return { opset, producer, description, metadata, graph };
}

function readOpset(bytes: StoredBytes) {
  let domain = '';
  let version = 0;
  for (const field of fieldsOf(bytes)) {
    if (field.number === 1) domain = text(field);
    if (field.number === 2) version = int(field);
  }
  return { domain, version };
}

function readGraph(bytes: StoredBytes, depth = 0): GraphMessage {
  if (depth > DEEPEST_GRAPH) throw damaged('its branches lie too deep in each other');
  const nodes: NodeMessage[] = [];
  const initializers: TensorMessage[] = [];
  const inputs: ValueMessage[] = [];
  const outputs: ValueMessage[] = [];
  let name = '';
  let description = '';
  for (const field of fieldsOf(bytes)) {
    if (field.number === 1) nodes.push(readNode(message(field), depth));
    if (field.number === 2) name = text(field);
    if (field.number === 5) initializers.push(readTensor(message(field)));
    if (field.number === 10) description = note(field);
    if (field.number === 11) inputs.push(readValue(message(field)));
    if (field.number === 12) outputs.push(readValue(message(field)));
    if (field.number === 15) throw new NetworkError('This network has sparse weights, which cannot be read.');
    if (nodes.length + initializers.length + inputs.length + outputs.length > MOST_ENTRIES) {
      throw new NetworkError('This network has too many nodes.');
    }
  }
  return { nodes, initializers, inputs, outputs, name, description };
}

function readNode(bytes: StoredBytes, depth: number): NodeMessage {
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes = new Map<string, Attribute>();
  const notes = new Map<string, string>();
  let name = '';
  let operator = '';
  let domain = '';
  for (const field of fieldsOf(bytes)) {
    if (field.number === 1) inputs.push(text(field));
    if (field.number === 2) outputs.push(text(field));
    if (field.number === 3) name = text(field);
    if (field.number === 4) operator = text(field);
    if (field.number === 5) attributes.set(...readAttribute(message(field), depth));
    if (field.number === 7) domain = text(field);
    if (field.number === 9) notes.set(...readEntry(message(field)));
  }
  return { name, operator, domain, inputs, outputs, attributes, notes };
}

function readAttribute(bytes: StoredBytes, depth: number): [string, Attribute] {
  let name = '';
  let float: number | null = null;
  let whole: number | null = null;
  let string: string | null = null;
  let tensor: TensorMessage | null = null;
  let graph: GraphMessage | null = null;
  let isOther = false;
  const floats: number[] = [];
  const ints: number[] = [];
  const texts: string[] = [];
  for (const field of fieldsOf(bytes)) {
    if (field.number === 1) name = text(field);
    if (field.number === 2) float = floatsIn(field)[0];
    if (field.number === 3) whole = int(field);
    if (field.number === 4) string = text(field);
    if (field.number === 5) tensor = readTensor(message(field));
    if (field.number === 6) graph = readGraph(message(field), depth + 1);
    if (field.number === 7) for (const each of floatsIn(field)) floats.push(each);
    if (field.number === 8) for (const each of intsIn(field)) ints.push(Number(each));
    if (field.number === 9) texts.push(text(field));
    // Lists of texts, tensors and graphs, types, sparse tensors.
    if ([9, 10, 11, 14, 15, 22, 23].includes(field.number)) isOther = true;
  }
  return [name, { float, int: whole, text: string, tensor, graph, floats, ints, texts, isOther }];
}

function readTensor(bytes: StoredBytes): TensorMessage {
  const shape: number[] = [];
  const ints: StoredBytes[] = [];
  const floats: StoredBytes[] = [];
  const doubles: StoredBytes[] = [];
  const places = new Map<string, string>();
  let name = '';
  let type = 0;
  let raw: StoredBytes | null = null;
  let isExternal = false;
  for (const field of fieldsOf(bytes)) {
    if (field.number === 1) {
      for (const size of intsIn(field)) {
        shape.push(Number(size));
        if (shape.length > HIGHEST_RANK) throw damaged(`a tensor has more than ${HIGHEST_RANK} axes`);
      }
    }
    if (field.number === 2) type = int(field);
    if (field.number === 4) floats.push(message(field, 'fixed32'));
    if (field.number === 5 || field.number === 7 || field.number === 11) {
      ints.push(field.wire === 'varint' ? varint(field.value) : message(field));
    }
    if (field.number === 8) name = text(field);
    if (field.number === 9) raw = message(field);
    if (field.number === 10) doubles.push(message(field, 'fixed64'));
    if (field.number === 13) places.set(...readEntry(message(field)));
    if (field.number === 14) isExternal = int(field) === 1;
  }
  if (shape.some((size) => !(size >= 0))) throw damaged(`tensor "${name}" has the shape [${shape}]`);
  return {
    name,
    shape,
    type,
    raw,
    floats: joined(floats),
    doubles: joined(doubles),
    ints: joined(ints),
    external: isExternal ? places : null,
  };
}

function readEntry(bytes: StoredBytes): [string, string] {
  let key = '';
  let value = '';
  for (const field of fieldsOf(bytes)) {
    if (field.number === 1) key = text(field);
    if (field.number === 2) value = text(field);
  }
  return [key, value];
}

function readValue(bytes: StoredBytes): ValueMessage {
  let name = '';
  let type = 0;
  let shape: (number | null)[] | null = null;
  for (const field of fieldsOf(bytes)) {
    if (field.number === 1) name = text(field);
    if (field.number !== 2) continue;
    for (const kind of fieldsOf(message(field))) {
      if (kind.number !== 1) continue;
      for (const part of fieldsOf(message(kind))) {
        if (part.number === 1) type = int(part);
        if (part.number === 2) shape = readShape(message(part));
      }
    }
  }
  return { name, type, shape };
}

function readShape(bytes: StoredBytes): (number | null)[] {
  const shape: (number | null)[] = [];
  for (const dimension of fieldsOf(bytes)) {
    if (dimension.number !== 1) continue;
    let size: number | null = null;
    for (const field of fieldsOf(message(dimension))) {
      // Some writers say -1 or 0 where a size is open.
      if (field.number === 1) size = int(field) > 0 ? int(field) : null;
    }
    shape.push(size);
    if (shape.length > HIGHEST_RANK) throw damaged(`a value has more than ${HIGHEST_RANK} axes`);
  }
  return shape;
}

function message(field: Field, alone: 'bytes' | 'fixed32' | 'fixed64' = 'bytes'): StoredBytes {
  if (field.wire === 'varint' || (field.wire !== 'bytes' && field.wire !== alone)) throw wrongType(field);
  return field.value;
}

function text(field: Field): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(message(field).bytes());
  } catch (error) {
    if (error instanceof NetworkError) throw error;
    throw damaged('a name is no text');
  }
}

/** What people wrote; whatever it is, the network can be read without. */
const note = (field: Field) =>
  field.wire === 'bytes'
    ? new TextDecoder().decode(field.value.part(0, Math.min(field.value.length, LONGEST_NOTE)).bytes())
    : '';

function int(field: Field): number {
  if (field.wire !== 'varint') throw wrongType(field);
  return Number(BigInt.asIntN(64, field.value));
}

function* intsIn(field: Field): Generator<bigint> {
  if (field.wire === 'varint') yield BigInt.asIntN(64, field.value);
  else for (const value of varintsOf(message(field))) yield BigInt.asIntN(64, value);
}

function floatsIn(field: Field): number[] {
  const bytes = message(field, 'fixed32').bytes();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Array.from({ length: Math.floor(bytes.length / 4) }, (_, i) => view.getFloat32(4 * i, true));
}

const wrongType = ({ number }: Field) => damaged(`field ${number} is of another type`);

function joined(parts: readonly StoredBytes[]): StoredBytes | null {
  if (parts.length <= 1) return parts[0] ?? null;
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let place = 0;
  for (const part of parts) {
    whole.set(part.bytes(), place);
    place += part.length;
  }
  return bytesInMemory(whole);
}
