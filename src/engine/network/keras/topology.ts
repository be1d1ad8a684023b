import { NetworkError } from '../errors';
import type { Graph, GraphNode, Weight } from '../graph';
import type { OperationSpec } from '../ops';
import { type KerasWeights, LayerConfig } from './layer-config';
import { translateLayer } from './layers';
import { asLayer } from './operations';

type Json = Readonly<Record<string, unknown>>;

/** More than this is no network anybody trained. */
const MOST_LAYERS = 20_000;
const DEEPEST_NESTING = 8;

const modelClasses = new Set(['Model', 'Functional', 'Sequential']);

/** A layer or model inside a model. */
interface Layer {
  readonly name: string;
  readonly className: string;
  readonly config: Json;
  /** One entry a call of the layer, each with what it reads. */
  readonly calls: readonly (readonly Reference[])[];
}

/** Output `tensor` of call `call` of a layer. */
interface Reference {
  readonly layer: string;
  readonly call: number;
  readonly tensor: number;
}

/** A model's layers with all references resolved by name, whatever version of Keras wrote them. */
interface Model {
  readonly layers: ReadonlyMap<string, Layer>;
  readonly inputs: readonly Reference[];
  readonly outputs: readonly Reference[];
}

/**
 * The graph of a model that Keras or TensorFlow.js described as JSON.
 *
 * @param topology `{class_name, config}`, also inside `model_config`; Functional, Sequential and nested models,
 *   with `batch_input_shape` and list-valued inbound nodes (Keras 1 and 2, TensorFlow.js) or `batch_shape` and
 *   inbound nodes as `{args, kwargs}` (Keras 3)
 * @throws NetworkError naming the layer that cannot be read
 */
export function readKerasTopology(topology: unknown, weights: KerasWeights): Graph {
  const whole = object(topology, 'The topology of this model');
  const version = whole.keras_version;
  const root = whole.model_config ? object(whole.model_config, 'model_config') : whole;
  const generation = String(version ?? root.keras_version ?? '').startsWith('3') ? 3 : 2;
  const className = text(root.class_name, 'The topology of this model has no class_name.');
  if (!modelClasses.has(className)) {
    throw new NetworkError(
      `This model is of class ${className}, which is code of its own. Only Functional and Sequential models can be read.`,
    );
  }
  const model = modelOf(className, root.config, 'The model');
  if (model.inputs.length !== 1) {
    throw new NetworkError(
      `This network has ${model.inputs.length} inputs; exactly one, a picture, is needed.`,
    );
  }
  const nodes: GraphNode[] = [];
  const inputLayer = model.layers.get(model.inputs[0].layer) as Layer;
  const expand = new Expansion(nodes, weights, generation);
  const outputs = expand.run(model, [], [inputLayer.name]);
  const integers = integersOf(inputLayer);
  return { input: { name: inputLayer.name, shape: inputShape(inputLayer), integers }, nodes, outputs };
}

/** Turns models into nodes; nested models are unfolded, a layer that is called again gives a node each time. */
class Expansion {
  /** Axes of what each node yields, without the batch; the picture has three. */
  private readonly ranks = new Map<string, number>();

  constructor(
    private readonly nodes: GraphNode[],
    private readonly weights: KerasWeights,
    private readonly generation: 2 | 3,
  ) {}

  /**
   * @param inputs names of the nodes a model's inputs stand for
   * @param suffix told apart what a model called again computes
   * @returns names of the nodes that are its outputs
   */
  run(model: Model, path: readonly string[], inputs: readonly string[], suffix = ''): string[] {
    if (path.length > DEEPEST_NESTING) throw new NetworkError('The models of this file are nested too deep.');
    const known = new Map(model.inputs.map((reference, i) => [key(reference), [inputs[i]]]));
    const open = new Set<string>();
    const stack = [...model.outputs].reverse();
    while (stack.length > 0) {
      const reference = stack[stack.length - 1];
      const at = key(reference);
      if (known.has(at)) {
        stack.pop();
        continue;
      }
      const { layer, reads } = callOf(model, reference);
      const missing = reads.filter((read) => !known.has(key(read)));
      if (missing.length > 0) {
        if (open.has(at)) {
          throw new NetworkError(`Layer "${layer.name}" reads its own output: the network has a cycle.`);
        }
        open.add(at);
        stack.push(...missing.reverse());
        continue;
      }
      stack.pop();
      const names = reads.map((read) => tensorOf(known, read));
      const again = reference.call > 0 ? ` (call ${reference.call + 1})` : '';
      known.set(at, this.layer(layer, [...path, layer.name], names, suffix + again));
      if (this.nodes.length > MOST_LAYERS) throw new NetworkError('This network has too many layers.');
    }
    return model.outputs.map((reference) => tensorOf(known, reference));
  }

  private layer(layer: Layer, path: readonly string[], inputs: string[], suffix: string): string[] {
    const { className, config } = layer;
    if (modelClasses.has(className)) {
      const inner = modelOf(className, config, `Model "${path.join('/')}"`);
      if (inner.inputs.length !== inputs.length) {
        throw new NetworkError(
          `Model "${path.join('/')}" has ${inner.inputs.length} inputs, but is given ${inputs.length}.`,
        );
      }
      return this.run(inner, path, inputs, suffix);
    }
    if (className === 'InputLayer') {
      throw new NetworkError(`Input "${path.join('/')}" is none of its model's inputs.`);
    }
    const rank = this.ranks.get(inputs[0]) ?? 3;
    const specs = translateLayer(
      new LayerConfig(className, path, this.generation, rank, config, this.weights),
    );
    const name = path.join('/') + suffix;
    let read = inputs;
    specs.forEach((spec, i) => {
      const own = i === specs.length - 1 ? name : `${name}, step ${i + 1}`;
      this.nodes.push({ name: own, inputs: read, spec });
      this.ranks.set(
        own,
        rankOf(
          spec,
          read.map((input) => this.ranks.get(input) ?? 3),
        ),
      );
      read = [own];
    });
    return read;
  }
}

function rankOf(spec: OperationSpec<Weight>, ranks: readonly number[]): number {
  if (spec.type === 'reshape') return spec.shape.length;
  if (spec.type === 'reduce' && !spec.keep) return ranks[0] - spec.axes.length;
  return Math.max(...ranks);
}

const key = ({ layer, call }: Reference) => `${call} ${layer}`;

function tensorOf(known: ReadonlyMap<string, string[]>, reference: Reference): string {
  const name = known.get(key(reference))?.[reference.tensor];
  if (name === undefined) {
    throw new NetworkError(`Layer "${reference.layer}" has no output number ${reference.tensor + 1}.`);
  }
  return name;
}

function callOf(model: Model, { layer: name, call }: Reference) {
  const layer = model.layers.get(name);
  if (!layer) throw new NetworkError(`This network refers to layer "${name}", which it does not contain.`);
  const reads = layer.calls[call];
  if (!reads) throw new NetworkError(`Layer "${name}" is read, but reads nothing itself.`);
  return { layer, reads };
}

function modelOf(className: string, config: unknown, what: string): Model {
  if (className === 'Sequential') return sequential(config, what);
  const described = object(config, `The configuration of ${what}`);
  const layers = uniqueLayers(list(described.layers, `${what} has no list of layers.`).map(layerOf));
  const model = {
    layers,
    inputs: references(described.input_layers),
    outputs: references(described.output_layers),
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
    layers.set(name, { ...layer, calls: layer.calls.map((reads) => reads.map(resolved)) });
  }
  return { layers, inputs: model.inputs.map(resolved), outputs: model.outputs.map(resolved) };
}

/**
 * How many calls of a layer are counted that are not in the model: Keras 2 counts a model's own making as the first
 * call of it, and all calls a layer had in other models.
 */
function callsOutside({ layers, inputs, outputs }: Model): Map<string, number> {
  const extra = new Map<string, number>();
  const reads = [...layers.values()].flatMap(({ calls }) => calls.flat());
  for (const { layer, call } of [...inputs, ...outputs, ...reads]) {
    const beyond = call - ((layers.get(layer)?.calls.length ?? 0) - 1);
    extra.set(layer, Math.max(extra.get(layer) ?? 0, beyond));
  }
  return extra;
}

function sequential(config: unknown, what: string): Model {
  const described = Array.isArray(config)
    ? { layers: config }
    : object(config, `The configuration of ${what}`);
  const entries = list(described.layers, `${what} has no list of layers.`).map(layerOf);
  if (entries.length === 0) throw new NetworkError(`${what} has no layers.`);
  const [first] = entries;
  if (first.className !== 'InputLayer') {
    const shape =
      first.config.batch_input_shape ??
      first.config.batch_shape ??
      described.build_input_shape ??
      innerShape(first);
    entries.unshift({
      name: `${first.name} input`,
      className: 'InputLayer',
      config: { batch_input_shape: shape },
      calls: [],
    });
  }
  const at = (layer: string): Reference => ({ layer, call: 0, tensor: 0 });
  const chained = entries.map((layer, i) => ({
    ...layer,
    calls: i === 0 ? [] : [[at(entries[i - 1].name)]],
  }));
  return {
    layers: uniqueLayers(chained),
    inputs: [at(entries[0].name)],
    outputs: [at(entries[entries.length - 1].name)],
  };
}

/** The input shape of a model that is the first layer of another. */
function innerShape({ className, config, name }: Layer): unknown {
  if (!modelClasses.has(className)) return undefined;
  const inner = modelOf(className, config, `Model "${name}"`);
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

function layerOf(value: unknown): Layer {
  const entry = object(value, 'A layer of this model');
  const config = object(entry.config, 'The configuration of a layer');
  const className = text(entry.class_name, 'A layer of this model has no class_name.');
  const inside = modelClasses.has(className) && Array.isArray(entry.config) ? undefined : config.name;
  const name = text(entry.name ?? inside, `A layer of class ${className} has no name.`);
  return {
    name,
    ...asLayer(entry, { className, config }),
    calls: Array.isArray(entry.inbound_nodes) ? entry.inbound_nodes.map(callReferences) : [],
  };
}

/** What one call of a layer reads: `[["conv1", 0, 0, {}], ...]`, or Keras 3's `{args, kwargs}`. */
function callReferences(call: unknown): Reference[] {
  if (Array.isArray(call)) return references(call);
  const found: Reference[] = [];
  collectTensors(call, found, 0);
  return found;
}

function collectTensors(value: unknown, found: Reference[], depth: number): void {
  if (typeof value !== 'object' || value === null || depth > 12) return;
  const { class_name: className, config } = value as { class_name?: unknown; config?: unknown };
  if (className === '__keras_tensor__') {
    found.push(...references([(config as { keras_history?: unknown })?.keras_history]));
  } else {
    for (const each of Object.values(value)) collectTensors(each, found, depth + 1);
  }
}

/** `[["conv1", 0, 0], ...]`, or `["conv1", 0, 0]` for a single one. */
function references(value: unknown): Reference[] {
  const given = list(value, 'The inputs or outputs of a layer are no list.');
  const all = typeof given[0] === 'string' ? [given] : given;
  return all.map((each) => {
    const [layer, call, tensor] = Array.isArray(each) ? each : [];
    if (typeof layer !== 'string' || !isCount(call) || !isCount(tensor)) {
      throw new NetworkError(`A layer of this network reads ${JSON.stringify(each)}, which names no layer.`);
    }
    return { layer, call, tensor };
  });
}

const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0;

/** Range of the picture's values; undefined for fractions. */
function integersOf({ config }: Layer): Graph['input']['integers'] {
  if (typeof config.dtype !== 'string' || !/^u?int\d+$/.test(config.dtype)) return undefined;
  return config.dtype === 'int8' ? [-128, 127] : [0, 255];
}

function inputShape({ name, config }: Layer): Graph['input']['shape'] {
  const shape = shapeEntry(config);
  const [height, width, channels] = Array.isArray(shape) ? shape.slice(1) : [];
  const open = (size: unknown) => size === null || (isCount(size) && size > 0);
  if (!Array.isArray(shape) || shape.length !== 4 || !open(height) || !open(width) || !isCount(channels)) {
    throw new NetworkError(
      `The network's input "${name}" must be a picture, [height, width, channels], but its shape is ${JSON.stringify(shape ?? null)}.`,
    );
  }
  return [height, width, channels];
}

function object(value: unknown, what: string): Json {
  if (typeof value !== 'object' || value === null) throw new NetworkError(`${what} is not an object.`);
  return value as Json;
}

function list(value: unknown, problem: string): unknown[] {
  if (!Array.isArray(value)) throw new NetworkError(problem);
  return value;
}

function text(value: unknown, problem: string): string {
  if (typeof value !== 'string' || value === '') throw new NetworkError(problem);
  return value;
}
