import { NetworkError } from '../errors';
import type { Weight } from '../graph';
import { type Activation, linear } from '../ops/activation';
import type { Padding, Pair } from '../ops/window';

/** The weights of a file, found by layer and variable. */
export interface KerasWeights {
  /**
   * A variable of a layer, null where the file has none.
   * @param path names of the models around the layer, from the outermost (which is left out), and of the layer itself
   * @param variable as Keras calls it: `kernel`, `bias`, `gamma`, `moving_mean`, `depthwise_kernel`...
   * @param position among the layer's own variables, in the order of Keras' `layer.weights`
   */
  find(path: readonly string[], variable: string, position: number): Weight | null;
}

/** A layer's configuration and weights, read with errors that name the layer. */
export class LayerConfig {
  readonly name: string;

  constructor(
    readonly className: string,
    readonly path: readonly string[],
    /** 3 for files written by Keras 3, where some defaults and formulas differ. */
    readonly generation: 2 | 3,
    /** Axes of the first input, without the batch. */
    readonly rank: number,
    private readonly config: Readonly<Record<string, unknown>>,
    private readonly weights: KerasWeights,
  ) {
    this.name = path.join('/');
  }

  fail(problem: string): NetworkError {
    return new NetworkError(`Layer "${this.name}" (${this.className}) ${problem}`);
  }

  has(key: string): boolean {
    return this.config[key] !== undefined && this.config[key] !== null;
  }

  value(key: string): unknown {
    return this.config[key];
  }

  number(key: string, fallback: number): number {
    const value = this.config[key] ?? fallback;
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      throw this.fail(`has no number for ${key}, but ${JSON.stringify(value)}.`);
    }
    return value;
  }

  flag(key: string, fallback: boolean): boolean {
    const value = this.config[key] ?? fallback;
    if (typeof value !== 'boolean') throw this.fail(`has no yes or no for ${key}.`);
    return value;
  }

  numbers(key: string): number[] {
    const value = this.config[key];
    const list = typeof value === 'number' ? [value] : value;
    if (!Array.isArray(list) || !list.every((each) => typeof each === 'number' && Number.isFinite(each))) {
      throw this.fail(`has no list of numbers for ${key}, but ${JSON.stringify(value)}.`);
    }
    return list;
  }

  /** Rows and columns, given as one number or two; at least `least`. */
  pair(key: string, fallback: Pair, least = 1): Pair {
    const list = this.has(key) ? this.numbers(key) : fallback;
    const [rows, columns] = list.length === 1 ? [list[0], list[0]] : list;
    if (list.length > 2 || ![rows, columns].every((each) => Number.isInteger(each) && each >= least)) {
      throw this.fail(`has ${key} ${JSON.stringify(this.config[key])}; two whole numbers are needed.`);
    }
    return [rows, columns];
  }

  padding(): Padding {
    const padding = this.config.padding ?? 'valid';
    if (padding !== 'same' && padding !== 'valid') {
      throw this.fail(`has the padding ${JSON.stringify(padding)}; "same" and "valid" can be read.`);
    }
    return padding;
  }

  /** Four sides, as `ZeroPadding2D` and `Cropping2D` give them: n, [rows, columns] or [[top, bottom], [left, right]]. */
  sides(key: string) {
    const value = this.config[key];
    const list = Array.isArray(value) ? value : [value, value];
    const [rows, columns] = list.map((side) => (Array.isArray(side) ? side : [side, side]));
    const sides = [...(rows ?? []), ...(columns ?? [])];
    if (sides.length !== 4 || !sides.every((each) => Number.isInteger(each) && each >= 0)) {
      throw this.fail(`has ${key} ${JSON.stringify(value)}; four sides are needed.`);
    }
    const [top, bottom, left, right] = sides as number[];
    return { top, bottom, left, right };
  }

  /** Refuses channels-first layers: their weights would be read, but every map would be turned. */
  channelsLast(): this {
    if (this.config.data_format === 'channels_first') {
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
    const value = this.config[key];
    if (value === undefined || value === null) return linear;
    const name = activationName(value);
    const known = name === null ? null : namedActivation(name, this.generation);
    if (!known) {
      throw this.fail(
        `uses the activation ${JSON.stringify(name ?? value)}, which is none of Keras' own and cannot be read.`,
      );
    }
    return known;
  }
}

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
