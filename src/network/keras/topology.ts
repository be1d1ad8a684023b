import { counted } from '../../text/counted';
import { NetworkError } from '../network-errors';
import type { Graph, GraphNode, Weight } from '../network-graph';
import type { OperationSpec } from '../ops';
import { assertAllTaken } from '../stored-tensors';
import { type Argument, type Call, Numbers, Read, type Reference, readsOf } from './calls';
import { knownShape } from './known-shapes';
import { type KerasWeights, type KnownShape, LayerConfig, shortened } from './layer-config';
import { type OtherLayers, translateLayer } from './layers';
import {
  calledBy,
  DEEPEST_NESTING,
  inputShape,
  integersOf,
  type Json,
  type Layer,
  layerPaths,
  type Model,
  modelClasses,
  modelOf,
  object,
  rankOfInput,
  text,
} from './model';
import { type Parts, type Steps, stepsBefore, stepsOf } from './steps';
import { joinTurnedChannels } from './turned-channels';

/** More than this is no network anybody trained. */
const MOST_LAYERS = 20_000;

/**
 * The graph of a model that Keras or TensorFlow.js described as JSON.
 *
 * @param topology `{class_name, config}`, also inside `model_config`; Functional, Sequential and nested models,
 *   with `batch_input_shape` and list-valued inbound nodes (Keras 1 and 2, TensorFlow.js) or `batch_shape` and
 *   inbound nodes as `{args, kwargs}` (Keras 3)
 * @param others what reads all but the usual layers; null where a model is known to hold none of them
 * @throws NetworkError naming the layer that cannot be read
 */
export function readKerasTopology(
  topology: unknown,
  weights: KerasWeights,
  others: OtherLayers | null,
): Graph {
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
  const model = modelOf(className, root.config, 'The model', generation);
  if (model.inputs.length !== 1) {
    throw new NetworkError(
      `This network has ${counted(model.inputs.length, 'input')}; exactly one, a picture, is needed.`,
    );
  }
  const inputLayer = model.layers.get(model.inputs[0].layer) as Layer;
  const input = {
    name: inputLayer.name,
    shape: inputShape(inputLayer),
    integers: integersOf(inputLayer),
  };
  const expand = new Expansion(weights, generation, input, others);
  const outputs = expand.run(model, [], [expand.picture(input, rankOfInput(inputLayer))]);
  const names = model.outputs.map(({ name }, i) => expand.outputCalled(name, outputs[i]));
  const unreached = layerPaths(model, generation).filter(
    (path) => !expand.readPaths.has(JSON.stringify(path)),
  );
  assertAllTaken(weights.tensors, new Set(unreached.flatMap((path) => weights.namesOf(path))));
  return { input, nodes: joinTurnedChannels(expand.nodes, input), outputs: names };
}

/** Turns models into nodes; nested models are unfolded, a layer that is called again gives a node each time. */
class Expansion {
  readonly nodes: GraphNode[] = [];
  /** Paths of all layers that are in the graph. */
  readonly readPaths = new Set<string>();
  /** Of what each node yields. */
  private readonly shapes: Map<string, KnownShape>;
  /** Where the batch stands among the axes of what a node yields, where it is not in front. */
  private readonly batches = new Map<string, number>();

  constructor(
    private readonly weights: KerasWeights,
    private readonly generation: 2 | 3,
    input: Graph['input'],
    private readonly others: OtherLayers | null,
  ) {
    this.shapes = new Map([[input.name, input.shape]]);
  }

  /** The name of what a model reads as its picture: without the axis of a single channel where it knows none. */
  picture({ name }: Graph['input'], rank: number): string {
    if (rank === 3) return name;
    return this.add(`${name}, rows and columns`, [name], { type: 'axes', removed: [2], inserted: [] });
  }

  /** The name of an output: that of its entry where the model yields a dictionary. */
  outputCalled(name: string | null, node: string): string {
    if (name === null || name === node) return node;
    const isTaken = (called: string) => this.nodes.some((each) => each.name === called);
    let own = name;
    for (let i = 1; isTaken(own); i++) own = `${name}, output${i > 1 ? ` ${i}` : ''}`;
    return this.add(own, [node], { type: 'identity' });
  }

  /**
   * @param inputs names of the nodes a model's inputs stand for
   * @param suffix told apart what a model called again computes
   * @returns names of the nodes that are its outputs
   */
  run(model: Model, path: readonly string[], inputs: readonly string[], suffix = ''): string[] {
    if (path.length > DEEPEST_NESTING) throw new NetworkError('The models of this file are nested too deep.');
    const known = new Map(model.inputs.map((reference, i) => [key(reference), [inputs[i]]]));
    const outputs = model.outputs.map(({ reference }) => reference);
    const open = new Set<string>();
    const stack = [...outputs].reverse();
    while (stack.length > 0) {
      const reference = stack[stack.length - 1];
      const at = key(reference);
      if (known.has(at)) {
        stack.pop();
        continue;
      }
      const { layer, call } = calledBy(model, reference);
      const reads = readsOf(call);
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
      known.set(at, this.layer(layer, call, [...path, layer.name], names, suffix + again));
      if (this.nodes.length > MOST_LAYERS) throw new NetworkError('This network has too many layers.');
    }
    return outputs.map((reference) => tensorOf(known, reference));
  }

  private layer(
    layer: Layer,
    call: Call,
    path: readonly string[],
    inputs: string[],
    suffix: string,
  ): string[] {
    const { className, config } = layer;
    if (modelClasses.has(className)) {
      const inner = modelOf(className, config, `Model "${path.join('/')}"`, this.generation);
      if (inner.inputs.length !== inputs.length) {
        throw new NetworkError(
          `Model "${path.join('/')}" has ${counted(inner.inputs.length, 'input')}, but is given ${inputs.length}.`,
        );
      }
      return this.run(inner, path, inputs, suffix);
    }
    if (className === 'InputLayer') {
      throw new NetworkError(`Input "${path.join('/')}" is none of its model's inputs.`);
    }
    this.readPaths.add(JSON.stringify(path));
    const steps = this.stepsOf(layer, call, path, inputs);
    const name = path.join('/') + suffix;
    return 'parts' in steps ? this.branched(name, inputs, steps) : [this.straight(name, inputs, steps)];
  }

  /** Adds operations one after the other. @returns the name of the last */
  private straight(name: string, inputs: readonly string[], steps: Steps): string {
    const { joined, times } = steps;
    const sources = times ? new Array<string>(times).fill(inputs[0]) : inputs;
    let read = sources.map((input, i) =>
      stepsBefore(steps, i).reduce(
        (from, spec, k) => this.add(`${name}, input ${i + 1}, step ${k + 1}`, [from], spec),
        input,
      ),
    );
    joined.forEach((spec, i) => {
      read = [this.add(i === joined.length - 1 ? name : `${name}, step ${i + 1}`, read, spec)];
    });
    return read[0];
  }

  /** Adds the operations of a layer that branches. @returns the names of its outputs */
  private branched(name: string, inputs: readonly string[], { parts, outputs, batchAt }: Parts): string[] {
    // A layer of one output bears the layer's name there.
    const called = (part: string) =>
      outputs.length === 1 && part === outputs[0] ? name : `${name}, ${part}`;
    for (const part of parts) {
      const read = part.inputs.map((input) => (typeof input === 'number' ? inputs[input] : called(input)));
      this.add(called(part.name), read, part.spec);
    }
    const names = outputs.map(called);
    if (batchAt) for (const output of names) this.batches.set(output, batchAt);
    return names;
  }

  private stepsOf(
    layer: Layer,
    call: Call,
    path: readonly string[],
    inputs: readonly string[],
  ): Steps | Parts {
    const { isFunction, className, config } = layer;
    const shapes = inputs.map((input) => this.shapes.get(input) ?? []);
    const batchAt = Math.max(0, ...inputs.map((input) => this.batches.get(input) ?? 0));
    const describe = (name: string, rank: number, given: Json) =>
      new LayerConfig(name, path, this.generation, rank, given, this.weights, shapes, batchAt);
    if (isFunction && this.others) {
      const { operands, ...found } = this.others.functionCall(className, config, call);
      const rank = Math.max(...shapes.map(({ length }) => length));
      const described = describe(found.className, rank, found.config);
      const steps = stepsOf(this.others.translateFunction(described, operands));
      described.assertAllKnown();
      return steps;
    }
    const described = describe(className, shapes[0].length, config);
    this.others?.assertBatchFirst(described);
    const steps = translateLayer(described, call, this.others);
    assertCalledPlainly(described, call, this.others?.takesMask(described) ?? false);
    described.assertAllKnown();
    return steps;
  }

  private add(name: string, inputs: readonly string[], spec: OperationSpec<Weight>): string {
    this.nodes.push({ name, inputs, spec });
    this.shapes.set(
      name,
      knownShape(
        spec,
        inputs.map((input) => this.shapes.get(input) ?? []),
      ),
    );
    return name;
  }
}

/** Refuses a layer that is given more than tensors, which would be lost: numbers to add, a mask, a scale. */
function assertCalledPlainly(layer: LayerConfig, { args, kwargs }: Call, takesMask: boolean): void {
  const isPlain = (value: Argument): boolean =>
    value instanceof Read ||
    value === null ||
    value === false ||
    (Array.isArray(value) && value.every(isPlain));
  const others = [
    ...args.map((value): [string, Argument] => ['an argument', value]),
    ...Object.entries(kwargs)
      .filter(([name]) => name !== 'training' && name !== 'return_attention_scores')
      .filter(([name]) => !(takesMask && ['use_causal_mask', 'attention_mask'].includes(name)))
      .map(([name, value]): [string, Argument] => [`"${name}"`, value]),
  ].filter(([, value]) => !isPlain(value));
  for (const [name, value] of others) {
    const shown = value instanceof Numbers ? `an array of shape [${value.weight.shape}]` : shortened(value);
    throw layer.fail(
      `is called with ${name} that is no tensor (${shown}), which cannot be read. Give it to keras.ops instead and save the model again.`,
    );
  }
}

const key = ({ layer, call }: Reference) => `${call} ${layer}`;

function tensorOf(known: ReadonlyMap<string, string[]>, reference: Reference): string {
  const name = known.get(key(reference))?.[reference.tensor];
  if (name === undefined) {
    throw new NetworkError(`Layer "${reference.layer}" has no output number ${reference.tensor + 1}.`);
  }
  return name;
}
