import { NetworkError } from '../network-errors';
import type { Weight } from '../network-graph';
import { type Activation, linear } from '../ops/activation';
import type { Shape } from '../ops/operation';
import type { Padding, Pair } from '../ops/window';
import type { StoredTensors } from '../stored-tensors';

/** The weights of a file, found by layer and variable. */
export interface KerasWeights {
  /**
   * A variable of a layer, null where the file has none.
   * @param path names of the models around the layer, from the outermost (which is left out), and of the layer itself
   * @param variable as Keras calls it: `kernel`, `bias`, `gamma`, `moving_mean`, `depthwise_kernel`...
   * @param position among the layer's own variables, in the order of Keras' `layer.weights`
   */
  find(path: readonly string[], variable: string, position: number): Weight | null;
  /** All that the file holds, with account of what was found. */
  readonly tensors: StoredTensors;
  /** Names of the tensors that belong to a layer, found or not. */
  namesOf(path: readonly string[]): string[];
}

/** Sizes without the batch; null for those that the file leaves open. */
export type KnownShape = readonly (number | null)[];

/** Arguments that change nothing of what a trained layer computes, whatever layer has them. */
const withoutEffect =
  /^(name|trainable|dtype|input_dtype|dynamic|autocast|sparse|ragged|optional|input_shape|input_dim|(.+_)?(init|initializer|regularizer|constraint))$/;
const inputShapes = /^(batch_input_shape|batch_shape|build_input_shape)$/;

/**
 * A layer's configuration and weights, read with errors that name the layer. It keeps account of the arguments: who translates
 * a layer reads them or says that they are of no matter, and what is left is refused.
 */
export class LayerConfig {
  readonly name: string;
  private readonly known = new Set<string>();
  private everyKnown = false;

  constructor(
    readonly className: string,
    readonly path: readonly string[],
    /** 3 for files written by Keras 3, where some defaults and formulas differ. */
    readonly generation: 2 | 3,
    /** Axes of the first input, without the batch. */
    readonly rank: number,
    private readonly config: Readonly<Record<string, unknown>>,
    private readonly weights: KerasWeights,
    /** Of all inputs, in order. */
    readonly inputShapes: readonly KnownShape[] = [],
    /** Where the batch stands among the axes of the first input, where a function has moved it. */
    readonly batchAt = 0,
  ) {
    this.name = path.join('/');
    assertNotQuantised(config, (problem) => this.fail(problem));
  }

  /** Arguments that are of no matter: the weights tell them, or they only matter in training. */
  ignore(...keys: string[]): this {
    for (const key of keys) this.known.add(key);
    return this;
  }

  /** For layers that do nothing while a network is only used: none of their arguments matters. */
  ignoreAll(): this {
    this.everyKnown = true;
    return this;
  }

  /** Refuses an argument that is not as it is unless told otherwise, since its formula is another. */
  expect(key: string, usual: unknown): this {
    const value = this.take(key) ?? usual;
    if (JSON.stringify(value) !== JSON.stringify(usual)) {
      throw this.fail(`has ${key} ${shortened(value)}; only ${shortened(usual)} can be read.`);
    }
    return this;
  }

  /** @throws NetworkError naming an argument that nothing has read; null, false and nothing stand for "not used" */
  assertAllKnown(): void {
    if (this.everyKnown) return;
    for (const [key, value] of Object.entries(this.config)) {
      if (this.known.has(key) || withoutEffect.test(key) || inputShapes.test(key)) continue;
      if (value === null || value === undefined || value === false) continue;
      throw this.fail(
        `has the argument "${key}" with the value ${shortened(value)}, which is not known here, so it cannot be read rightly.`,
      );
    }
  }

  private take(key: string): unknown {
    this.known.add(key);
    return this.config[key];
  }

  fail(problem: string): NetworkError {
    return new NetworkError(`Layer "${this.name}" (${this.className}) ${problem}`);
  }

  /** Sizes of an input without the batch. @throws NetworkError where the file leaves one open */
  sizes(input = 0): Shape {
    const shape = this.inputShapes[input] ?? [];
    if (shape.length === 0 || shape.some((size) => size === null)) {
      throw this.fail(
        'works on places whose number the file leaves open. Give the Input of the model a height and a width, and save it again.',
      );
    }
    return shape as Shape;
  }

  /** A layer inside this one, found by any of the names it has had; it has only weights. */
  sublayer(names: readonly string[]): LayerConfig {
    const name = names.find((name) => this.isKeptApart(name)) ?? names[0];
    return new LayerConfig(
      this.className,
      [...this.path, name],
      this.generation,
      this.rank,
      {},
      this.weights,
    );
  }

  /** The weights of a part of the layer where the file keeps them apart, or the layer's own. */
  part(names: readonly string[]): LayerConfig {
    return names.some((name) => this.isKeptApart(name)) ? this.sublayer(names) : this;
  }

  /** Whether the file keeps a kernel under a name within the layer. */
  private isKeptApart(name: string): boolean {
    return this.weights.find([...this.path, name], 'kernel', 0) !== null;
  }

  /**
   * A layer that this one describes among its arguments.
   * @param steps how many axes in front it does not see
   * @param name what the file calls its weights, where it keeps them apart
   */
  inner(key: string, steps = 0, name: string | null = null): LayerConfig {
    return this.described(this.take(key), key, steps, name);
  }

  /** Layers that this one describes in a list among its arguments, as `inner`. */
  inners(key: string): LayerConfig[] {
    const list = this.take(key);
    if (!Array.isArray(list)) throw this.fail(`has no layer for ${key}.`);
    return list.map((each) => this.described(each, key, 0, null));
  }

  private described(described: unknown, key: string, steps: number, name: string | null): LayerConfig {
    const value = described as { class_name?: unknown; config?: unknown } | null;
    if (typeof value?.class_name !== 'string' || typeof value.config !== 'object' || value.config === null) {
      throw this.fail(`has no layer for ${key}.`);
    }
    return new LayerConfig(
      value.class_name,
      name !== null && this.isKeptApart(name) ? [...this.path, name] : this.path,
      this.generation,
      this.rank - steps,
      value.config as Readonly<Record<string, unknown>>,
      this.weights,
      this.inputShapes.map((shape) => shape.slice(steps)),
      this.batchAt,
    );
  }

  has(key: string): boolean {
    const value = this.take(key);
    return value !== undefined && value !== null;
  }

  value(key: string): unknown {
    return this.take(key);
  }

  number(key: string, fallback: number): number {
    const value = this.take(key) ?? fallback;
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      throw this.fail(`has no number for ${key}, but ${shortened(value)}.`);
    }
    return value;
  }

  flag(key: string, fallback: boolean): boolean {
    const value = this.take(key) ?? fallback;
    if (typeof value !== 'boolean') throw this.fail(`has no yes or no for ${key}.`);
    return value;
  }

  numbers(key: string): number[] {
    const value = this.take(key);
    const list = typeof value === 'number' ? [value] : value;
    if (!Array.isArray(list) || !list.every((each) => typeof each === 'number' && Number.isFinite(each))) {
      throw this.fail(`has no list of numbers for ${key}, but ${shortened(value)}.`);
    }
    return list;
  }

  /** Rows and columns, given as one number or two; at least `least`. */
  pair(key: string, fallback: Pair, least = 1): Pair {
    const list = this.has(key) ? this.numbers(key) : fallback;
    const [rows, columns] = list.length === 1 ? [list[0], list[0]] : list;
    if (list.length > 2 || ![rows, columns].every((each) => Number.isInteger(each) && each >= least)) {
      throw this.fail(`has ${key} ${shortened(this.config[key])}; two whole numbers are needed.`);
    }
    return [rows, columns];
  }

  padding(): Padding {
    const padding = this.take('padding') ?? 'valid';
    if (padding !== 'same' && padding !== 'valid') {
      throw this.fail(`has the padding ${shortened(padding)}; "same" and "valid" can be read.`);
    }
    return padding;
  }

  /** Four sides, as `ZeroPadding2D` and `Cropping2D` give them: n, [rows, columns] or [[top, bottom], [left, right]]. */
  sides(key: string) {
    const value = this.take(key);
    const list = Array.isArray(value) ? value : [value, value];
    const [rows, columns] = list.map((side) => (Array.isArray(side) ? side : [side, side]));
    const sides = [...(rows ?? []), ...(columns ?? [])];
    if (sides.length !== 4 || !sides.every((each) => Number.isInteger(each) && each >= 0)) {
      throw this.fail(`has ${key} ${shortened(value)}; four sides are needed.`);
    }
    const [top, bottom, left, right] = sides as number[];
    return { top, bottom, left, right };
  }

  /** Refuses channels-first layers: their weights would be read, but every map would be turned. */
  channelsLast(): this {
    if (this.take('data_format') === 'channels_first') {
      throw this.fail('works channels first. Only models with data_format "channels_last" can be read.');
    }
    return this;
  }

  /** Refuses a layer that works along another axis than the last, the channels. */
  alongChannels(fallback = -1): this {
    const axes = this.has('axis') ? this.numbers('axis') : [fallback];
    if (axes.length !== 1 || (axes[0] !== -1 && axes[0] !== this.rank)) {
      throw this.fail(`works along axis ${axes.join(', ')}; only the last one, the channels, can be read.`);
    }
    return this;
  }

  /**
   * The layer's variables in Keras' order; `false` stands for one that it does not have. A list gives the names
   * one variable has had over the years.
   */
  variables<T extends readonly (string | readonly string[] | false)[]>(
    ...names: T
  ): { [K in keyof T]: T[K] extends false ? null : Weight } {
    let position = 0;
    return names.map((name) => {
      if (name === false) return null;
      const candidates = typeof name === 'string' ? [name] : name;
      for (const candidate of candidates) {
        const weight = this.weights.find(this.path, candidate, position);
        if (weight) {
          position += 1;
          return weight;
        }
      }
      throw this.fail(
        `has no weight "${candidates[0]}" in this file. Export the whole model with its weights.`,
      );
    }) as { [K in keyof T]: T[K] extends false ? null : Weight };
  }

  /** As `variables`, null where the file has none. */
  optional(name: string, position: number): Weight | null {
    return this.weights.find(this.path, name, position);
  }

  activation(key = 'activation'): Activation<Weight> {
    const value = this.take(key);
    if (value === undefined || value === null) return linear;
    const name = activationName(value);
    const known = name === null ? null : namedActivation(name, this.generation);
    if (!known) {
      if (isLambda(value)) {
        throw this.fail(
          'has code as its activation, which is never run. Put an activation of Keras in its place and save the model again.',
        );
      }
      throw this.fail(
        `uses the activation ${shortened(name ?? value)}, which is none of Keras' own and cannot be read.`,
      );
    }
    return known;
  }
}

/** A value in a sentence: what is long, code or a place on somebody's disk is only called what it is. */
export function shortened(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  if (text.length <= 60 && !/__lambda__|[/\\]/.test(text)) return text;
  if (typeof value === 'string') return `a text of ${value.length} characters`;
  return Array.isArray(value) ? `a list of ${value.length}` : 'an object';
}

/** Refuses weights that are not what the layer multiplies with: quantised ones come with factors of their own. */
function assertNotQuantised(
  config: Readonly<Record<string, unknown>>,
  fail: (problem: string) => NetworkError,
) {
  const { class_name: scheme } = (config.quantization_config ?? {}) as { class_name?: unknown };
  const known = /^(u?int\d+|float8)/i.exec(String(scheme))?.[1].toLowerCase();
  const way = known ?? quantisation(config.dtype) ?? (config.quantization_config ? 'fewer bits' : null);
  if (way !== null) {
    throw fail(
      `holds weights quantised to ${way}, which cannot be read. Save the model as it was before model.quantize(), with model.save('model.keras').`,
    );
  }
  if (typeof config.lora_rank === 'number') {
    throw fail(
      'holds a low-rank change of its weights (LoRA), which cannot be read. Merge it in Keras: set every weight to layer.kernel, and save the model without it.',
    );
  }
}

/** What a dtype policy quantises to, `int8_from_float32`; null where it quantises nothing. */
function quantisation(policy: unknown): string | null {
  if (typeof policy === 'string') return /^(.{1,20})_from_/.exec(policy)?.[1] ?? null;
  if (typeof policy !== 'object' || policy === null) return null;
  const { class_name: className, config } = policy as { class_name?: unknown; config?: unknown };
  const { name, mode } = (config ?? {}) as { name?: unknown; mode?: unknown };
  if (typeof className === 'string' && /quantized/i.test(className)) {
    return typeof mode === 'string' ? mode.slice(0, 20) : 'fewer bits';
  }
  return quantisation(name);
}

const isLambda = (value: unknown) => (value as { class_name?: unknown } | null)?.class_name === '__lambda__';

/** Keras 3 may wrap a function's name: {class_name: 'function', config: 'relu6'}. */
function activationName(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return null;
  const { class_name: className, config } = value as { class_name?: unknown; config?: unknown };
  if (typeof config === 'string') return config;
  const simple: Record<string, string> = { ReLU: 'relu', Softmax: 'softmax' };
  const plain =
    typeof config === 'object' && config !== null && Object.keys(config).every((k) => k === 'name');
  return typeof className === 'string' && plain ? (simple[className] ?? null) : null;
}

/** One of Keras' activation functions; null for a name that is none. */
function namedActivation(name: string, generation: 2 | 3): Activation<Weight> | null {
  switch (name) {
    case 'linear':
    case 'relu':
    case 'relu6':
    case 'selu':
    case 'gelu':
    case 'sigmoid':
    case 'tanh':
    case 'softplus':
    case 'softsign':
    case 'swish':
    case 'mish':
    case 'exponential':
    case 'softmax':
      return { name };
    case 'silu':
      return { name: 'swish' };
    case 'gelu_new':
      return { name: 'gelu-tanh' };
    case 'log_softmax':
      return { name: 'log-softmax' };
    case 'hard_swish':
    case 'hard_silu':
      return { name: 'hard-swish' };
    case 'elu':
      return { name: 'elu', alpha: 1 };
    case 'leaky_relu':
      return { name: 'leaky-relu', slope: 0.2 };
    case 'hard_sigmoid':
      return { name: 'hard-sigmoid', slope: generation === 3 ? 1 / 6 : 0.2, offset: 0.5 };
    default:
      return null;
  }
}
