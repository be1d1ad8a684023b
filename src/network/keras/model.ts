import { NetworkError } from '../network-errors';
import type { Graph } from '../network-graph';
import {
  type Call,
  callOf,
  callOn,
  edgeReferences,
  type NamedReference,
  type Reference,
  readsOf,
  withReads,
} from './calls';
import { shortened } from './layer-config';

export type Json = Readonly<Record<string, unknown>>;

export const DEEPEST_NESTING = 8;

export const modelClasses = new Set(['Model', 'Functional', 'Sequential']);

/** A layer, function or model inside a model. */
export interface Layer {
  readonly name: string;
  readonly className: string;
  readonly config: Json;
  readonly isFunction: boolean;
  /** One entry a call of it. */
  readonly calls: readonly Call[];
}

/** A model's layers with all references resolved by name, whatever version of Keras wrote them. */
export interface Model {
  readonly layers: ReadonlyMap<string, Layer>;
  readonly inputs: readonly Reference[];
  readonly outputs: readonly NamedReference[];
}

/** Paths of all layers of a model and of those inside it, models left out. */
export function layerPaths({ layers }: Model, generation: 2 | 3, path: readonly string[] = []): string[][] {
  return [...layers.values()].flatMap(({ name, className, config }) => {
    const own = [...path, name];
    if (!modelClasses.has(className) || own.length > DEEPEST_NESTING) return [own];
    return layerPaths(modelOf(className, config, `Model "${own.join('/')}"`, generation), generation, own);
  });
}

export function calledBy(model: Model, { layer: name, call: number }: Reference) {
  const layer = model.layers.get(name);
  if (!layer) throw new NetworkError(`This network refers to layer "${name}", which it does not contain.`);
  const call = layer.calls[number];
  if (!call || readsOf(call).length === 0) {
    throw new NetworkError(`Layer "${name}" is read, but reads nothing itself.`);
  }
  return { layer, call };
}

export function modelOf(className: string, config: unknown, what: string, generation: 2 | 3): Model {
  if (className === 'Sequential') return sequential(config, what, generation);
  const described = object(config, `The configuration of ${what}`);
  const layers = uniqueLayers(
    list(described.layers, `${what} has no list of layers.`).map((layer) => layerOf(layer, generation)),
  );
  const model = {
    layers,
    inputs: edgeReferences(described.input_layers).map(({ reference }) => reference),
    outputs: edgeReferences(described.output_layers),
  };
  const extra = callsOutside(model);
  const resolved = (reference: Reference): Reference => {
    const layer = layers.get(reference.layer);
    if (!layer) {
      throw new NetworkError(`${what} refers to layer "${reference.layer}", which it does not contain.`);
    }
    // With a single call there is no doubt which one is meant.
    const call = layer.calls.length <= 1 ? 0 : reference.call - (extra.get(reference.layer) ?? 0);
    return { ...reference, call };
  };
  for (const [name, layer] of layers) {
    layers.set(name, { ...layer, calls: layer.calls.map((call) => withReads(call, resolved)) });
  }
  return {
    layers,
    inputs: model.inputs.map(resolved),
    outputs: model.outputs.map(({ name, reference }) => ({ name, reference: resolved(reference) })),
  };
}

/**
 * How many calls of a layer are counted that are not in the model: Keras 2 counts a model's own making as the first
 * call of it, and all calls a layer had in other models.
 */
function callsOutside({ layers, inputs, outputs }: Model): Map<string, number> {
  const extra = new Map<string, number>();
  const reads = [...layers.values()].flatMap(({ calls }) => calls.flatMap(readsOf));
  for (const { layer, call } of [...inputs, ...outputs.map(({ reference }) => reference), ...reads]) {
    const beyond = call - ((layers.get(layer)?.calls.length ?? 0) - 1);
    extra.set(layer, Math.max(extra.get(layer) ?? 0, beyond));
  }
  return extra;
}

function sequential(config: unknown, what: string, generation: 2 | 3): Model {
  const described = Array.isArray(config)
    ? { layers: config }
    : object(config, `The configuration of ${what}`);
  const entries = list(described.layers, `${what} has no list of layers.`).map((layer) =>
    layerOf(layer, generation),
  );
  if (entries.length === 0) throw new NetworkError(`${what} has no layers.`);
  const [first] = entries;
  if (first.className !== 'InputLayer') {
    const shape =
      first.config.batch_input_shape ??
      first.config.batch_shape ??
      described.build_input_shape ??
      innerShape(first, generation);
    entries.unshift({
      name: `${first.name} input`,
      className: 'InputLayer',
      config: { batch_input_shape: shape },
      isFunction: false,
      calls: [],
    });
  }
  const at = (layer: string): Reference => ({ layer, call: 0, tensor: 0 });
  const chained = entries.map((layer, i) => ({
    ...layer,
    calls: i === 0 ? [] : [callOn(at(entries[i - 1].name))],
  }));
  return {
    layers: uniqueLayers(chained),
    inputs: [at(entries[0].name)],
    outputs: [{ name: null, reference: at(entries[entries.length - 1].name) }],
  };
}

/** The input shape of a model that is the first layer of another. */
function innerShape({ className, config, name }: Layer, generation: 2 | 3): unknown {
  if (!modelClasses.has(className)) return undefined;
  const inner = modelOf(className, config, `Model "${name}"`, generation);
  return inner.inputs.length === 1
    ? shapeEntry((inner.layers.get(inner.inputs[0].layer) as Layer).config)
    : undefined;
}

const shapeEntry = (config: Json) => config.batch_input_shape ?? config.batch_shape;

function uniqueLayers(layers: readonly Layer[]): Map<string, Layer> {
  const byName = new Map<string, Layer>();
  for (const layer of layers) {
    if (byName.has(layer.name)) {
      throw new NetworkError(`Two layers of this network are called "${layer.name}".`);
    }
    byName.set(layer.name, layer);
  }
  return byName;
}

/**
 * Whether an entry of a model is a function, not a layer. Files of HDF5 do not tell the module; there, only layers have
 * `trainable` among their arguments.
 */
function isFunction(entry: Json, className: string, config: Json, generation: 2 | 3): boolean {
  if (className === 'TFOpLambda' || className === 'SlicingOpLambda') return true;
  if (typeof entry.module === 'string') return /^keras(\.src)?\.ops\b/.test(entry.module);
  return (
    generation === 3 &&
    className !== 'InputLayer' &&
    config.layers === undefined &&
    config.trainable === undefined
  );
}

function layerOf(value: unknown, generation: 2 | 3): Layer {
  const entry = object(value, 'A layer of this model');
  const config = object(entry.config, 'The configuration of a layer');
  const className = text(entry.class_name, 'A layer of this model has no class_name.');
  const inside = modelClasses.has(className) && Array.isArray(entry.config) ? undefined : config.name;
  const name = text(entry.name ?? inside, `A layer of class ${className} has no name.`);
  return {
    name,
    className,
    config,
    isFunction: isFunction(entry, className, config, generation),
    calls: Array.isArray(entry.inbound_nodes) ? entry.inbound_nodes.map(callOf) : [],
  };
}

const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0;

const shapeOfInput = ({ config }: Layer): unknown[] => {
  const shape = shapeEntry(config);
  return Array.isArray(shape) ? shape.slice(1) : [];
};

/** Axes of the picture as the model takes it: two where it knows no channels. */
export const rankOfInput = (layer: Layer) => shapeOfInput(layer).length;

/** Range of the picture's values; undefined for fractions. */
export function integersOf({ config }: Layer): Graph['input']['integers'] {
  if (typeof config.dtype !== 'string' || !/^u?int\d+$/.test(config.dtype)) return undefined;
  return config.dtype === 'int8' ? [-128, 127] : [0, 255];
}

export function inputShape(layer: Layer): Graph['input']['shape'] {
  // Rows and columns of grey values, as the pictures of MNIST come with Keras.
  const [height, width, channels = 1] = shapeOfInput(layer);
  const open = (size: unknown) => size === null || (isCount(size) && size > 0);
  const isPicture = [2, 3].includes(rankOfInput(layer)) && open(height) && open(width) && isCount(channels);
  if (!isPicture) {
    throw new NetworkError(
      `The network's input "${layer.name}" must be a picture, [height, width, channels], but its shape is ${shortened(shapeEntry(layer.config) ?? null)}.`,
    );
  }
  return [height as number | null, width as number | null, channels as number];
}

export function object(value: unknown, what: string): Json {
  if (typeof value !== 'object' || value === null) throw new NetworkError(`${what} is not an object.`);
  return value as Json;
}

function list(value: unknown, problem: string): unknown[] {
  if (!Array.isArray(value)) throw new NetworkError(problem);
  return value;
}

export function text(value: unknown, problem: string): string {
  if (typeof value !== 'string' || value === '') throw new NetworkError(problem);
  return value;
}

/**
 * Whether a model, described as JSON, holds nothing but layers of some classes, on every level. What is damaged or nested too deep
 * does not: whoever reads it says so.
 */
export function holdsOnly(topology: unknown, isKnown: (className: string) => boolean): boolean {
  const whole = (topology ?? {}) as Json;
  const root = (whole.model_config ?? whole) as Json;
  const generation = String(whole.keras_version ?? root.keras_version ?? '').startsWith('3') ? 3 : 2;
  const isUsual = (value: unknown, depth: number): boolean => {
    const { class_name: className, config, ...entry } = (value ?? {}) as Json;
    if (typeof className !== 'string' || typeof config !== 'object' || !config || depth > DEEPEST_NESTING) {
      return false;
    }
    const layers = Array.isArray(config) ? config : (config as Json).layers;
    if (modelClasses.has(className)) {
      return Array.isArray(layers) && layers.every((layer) => isUsual(layer, depth + 1));
    }
    return isKnown(className) && !isFunction(entry, className, config as Json, generation);
  };
  return isUsual(root, 0);
}
