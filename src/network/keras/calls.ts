import { NetworkError } from '../network-errors';
import type { Weight } from '../network-graph';
import { sizeOf } from '../ops/operation';
import { weightOf } from '../weights';
import { shortened } from './layer-config';

/** Output `tensor` of call `call` of a layer. */
export interface Reference {
  readonly layer: string;
  readonly call: number;
  readonly tensor: number;
}

/** A tensor among the arguments of a call. */
export class Read {
  constructor(
    readonly reference: Reference,
    /** Pictures at once, where the file says how many. */
    readonly batch: number | null = null,
  ) {}
}

/** Numbers among the arguments of a call, as Keras 3 writes arrays of NumPy and of its backend. */
export class Numbers {
  constructor(readonly weight: Weight) {}
}

/** JSON in which tensors and arrays of numbers stand as such. */
export type Argument = unknown;

/** One call of a layer or a function: what it reads and what else it was given. */
export interface Call {
  readonly args: readonly Argument[];
  readonly kwargs: Readonly<Record<string, Argument>>;
}

const DEEPEST_ARGUMENT = 12;

/** All tensors of some arguments, in the order in which Keras takes them. */
export function readsOf({ args, kwargs }: Call): Reference[] {
  const found: Reference[] = [];
  const collect = (value: Argument) => {
    if (value instanceof Read) found.push(value.reference);
    else if (value instanceof Numbers) return;
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect);
  };
  collect(args);
  collect(kwargs);
  return found;
}

/** The call with every reference changed. */
export function withReads({ args, kwargs }: Call, change: (reference: Reference) => Reference): Call {
  const changed = (value: Argument): Argument => {
    if (value instanceof Read) return new Read(change(value.reference), value.batch);
    if (typeof value !== 'object' || value === null || value instanceof Numbers) return value;
    if (Array.isArray(value)) return value.map(changed);
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, changed(each)]));
  };
  return { args: changed(args) as Argument[], kwargs: changed(kwargs) as Record<string, Argument> };
}

/** A call that reads one tensor and nothing else. */
export const callOn = (reference: Reference): Call => ({ args: [new Read(reference)], kwargs: {} });

/**
 * One entry of a layer's `inbound_nodes`: `{args, kwargs}` of Keras 3; a list of `["conv1", 0, 0, {...}]` of the versions
 * before it, or a single one of these, with the other arguments behind the first tensor.
 * @throws NetworkError where it names no layer
 */
export function callOf(node: unknown): Call {
  if (!Array.isArray(node)) {
    const { args, kwargs } = (node ?? {}) as { args?: unknown; kwargs?: unknown };
    const named = typeof kwargs === 'object' && kwargs !== null ? kwargs : {};
    return {
      args: Array.isArray(args) ? args.map((arg) => argumentOf(arg, 0)) : [],
      kwargs: Object.fromEntries(Object.entries(named).map(([key, arg]) => [key, argumentOf(arg, 0)])),
    };
  }
  // A single call of several tensors lies in one list more.
  const entries = unwrapped(node);
  const isSingle = typeof entries[0] === 'string';
  const all = (isSingle ? [entries] : entries) as unknown[];
  const tensors = all.map((entry) => earlierArgument(entry));
  const [first] = all;
  const named = Array.isArray(first) && typeof first[3] === 'object' && first[3] !== null ? first[3] : {};
  return {
    args: tensors.length > 1 ? [tensors] : tensors,
    kwargs: Object.fromEntries(Object.entries(named).map(([key, value]) => [key, earlierNested(value, 0)])),
  };
}

const unwrapped = (node: unknown[]): unknown[] =>
  node.length === 1 && Array.isArray(node[0]) && Array.isArray(node[0][0]) ? unwrapped(node[0]) : node;

/** `["conv1", 0, 0, {}]`, or `["_CONSTANT_VALUE", -1, 3, {}]` for a number in a tensor's place. */
function earlierArgument(entry: unknown): Argument {
  if (Array.isArray(entry) && entry[0] === '_CONSTANT_VALUE') return entry[2];
  return new Read(referenceOf(entry));
}

function earlierNested(value: unknown, depth: number): Argument {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > DEEPEST_ARGUMENT) throw new NetworkError('The arguments of a layer are nested too deep.');
  if (Array.isArray(value)) {
    const [layer, call, tensor] = value;
    if (value.length === 3 && typeof layer === 'string' && isCount(call) && isCount(tensor)) {
      return new Read({ layer, call, tensor });
    }
    return value.map((each) => earlierNested(each, depth + 1));
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, earlierNested(each, depth + 1)]),
  );
}

function argumentOf(value: unknown, depth: number): Argument {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > DEEPEST_ARGUMENT) throw new NetworkError('The arguments of a layer are nested too deep.');
  if (Array.isArray(value)) return value.map((each) => argumentOf(each, depth + 1));
  const { class_name: className, config } = value as { class_name?: unknown; config?: unknown };
  if (className === '__keras_tensor__') {
    const { keras_history: history, shape } = (config ?? {}) as { keras_history?: unknown; shape?: unknown };
    const batch = Array.isArray(shape) ? shape[0] : null;
    return new Read(referenceOf(history), Number.isInteger(batch) ? batch : null);
  }
  if (className === '__numpy__' || className === '__tensor__') {
    return new Numbers(numbersOf((config as { value?: unknown } | null)?.value));
  }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, argumentOf(each, depth + 1)]));
}

/** Nested lists of numbers as one array with its shape; true is 1 and false is 0. @throws NetworkError where they are none */
export function numbersOf(value: unknown): Weight {
  const shape: number[] = [];
  for (let level = value; Array.isArray(level) && shape.length <= DEEPEST_ARGUMENT; level = level[0]) {
    shape.push(level.length);
  }
  const flat = Array.isArray(value) ? value.flat(DEEPEST_ARGUMENT) : [value];
  const isSound =
    flat.length === sizeOf(shape) && flat.every((each) => typeof each === 'boolean' || Number.isFinite(each));
  if (!isSound || flat.length === 0) {
    throw new NetworkError('An array of numbers among the arguments of a layer is damaged.');
  }
  return weightOf(shape, Float32Array.from(flat as (number | boolean)[], Number));
}

const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0;

function referenceOf(value: unknown): Reference {
  const [layer, call, tensor] = Array.isArray(value) ? value : [];
  if (typeof layer !== 'string' || !isCount(call) || !isCount(tensor)) {
    throw new NetworkError(
      `A layer of this network reads ${shortened(value ?? null)}, which names no layer.`,
    );
  }
  return { layer, call, tensor };
}

/** A tensor at the edge of a model, and the name it has there where the model's inputs or outputs have names. */
export interface NamedReference {
  readonly name: string | null;
  readonly reference: Reference;
}

/**
 * Inputs or outputs of a model: `["conv1", 0, 0]`, lists and dictionaries of it, nested in any way. Keras numbers what lies in a
 * dictionary in the order of its keys.
 */
export function edgeReferences(value: unknown, name: string | null = null, depth = 0): NamedReference[] {
  const isNested = typeof value === 'object' && value !== null && depth <= DEEPEST_ARGUMENT;
  if (!isNested) throw new NetworkError('The inputs or outputs of a model are no list.');
  if (Array.isArray(value)) {
    if (typeof value[0] === 'string') return [{ name, reference: referenceOf(value) }];
    return value.flatMap((each) => edgeReferences(each, name, depth + 1));
  }
  return Object.keys(value)
    .sort()
    .flatMap((key) => edgeReferences((value as Record<string, unknown>)[key], key, depth + 1));
}
