import type { NetworkError } from '../../network-errors';
import type { Activation, Value } from '../onnx-importer';
import type { NodeMessage } from '../onnx-messages';
import { constantOf, numbersOf } from '../tensor';
import { batchRules } from './batch-rules';
import { type BatchPlace, BatchStep, commonPart, mixed } from './batch-step';

/** Along the first axis. */
const FIRST: BatchPlace = { axis: 0, before: 1 };

/**
 * A file that was exported for several pictures at once, read for one of them. What depends on the picture is counted with one
 * picture; constants stay as the file has them, with all its pictures, until an operation brings both together: there a shape
 * loses the factor of the batch, and numbers that are the same for every picture are taken once.
 *
 * So it has to be known of every value where in it the pictures lie. Each operation either keeps them apart, or is an error.
 */
export class FixedBatch {
  private readonly places = new WeakMap<Value, BatchPlace>();

  /**
   * @param size pictures at once, two or more
   * @param picture one of them, whose first axis is the batch
   */
  constructor(
    private readonly size: number,
    picture: Activation,
  ) {
    this.places.set(picture, FIRST);
  }

  /**
   * What an operation reads, for one picture.
   * @param problem makes the sentence that names the layer
   * @throws NetworkError where it brings pictures together, or is not known to keep them apart
   */
  forOne(
    node: NodeMessage,
    inputs: readonly (Value | null)[],
    opset: number,
    problem: (what: string) => NetworkError,
  ): { readonly inputs: readonly (Value | null)[]; placed(results: readonly Value[]): readonly Value[] } {
    const isKnown = (value: Value | null) => value !== null && this.places.has(value);
    if (!inputs.some(isKnown)) return this.withoutPicture(node, inputs);
    const step = new BatchStep(
      node,
      opset,
      [...inputs],
      this.size,
      (value) => this.places.get(value),
      problem,
    );
    const rule = Object.hasOwn(batchRules, node.operator) ? batchRules[node.operator] : null;
    if (!rule) throw step.mixed('is not known to keep them apart');
    const found = rule(step);
    const placeOf = (i: number) => ('axis' in found ? found : (found[i] ?? found[0]));
    return {
      inputs: step.inputs,
      placed: (results) => results.map((value, i) => this.placed(value, placeOf(i))),
    };
  }

  /**
   * What is made of the file alone and is no number that could be computed at once: tables of positions that are convolved, and
   * then repeated for every picture. Where all pictures have the same, it is there once.
   */
  private withoutPicture({ operator }: NodeMessage, inputs: readonly (Value | null)[]) {
    const [map, ...others] = inputs;
    const [times] = others;
    const once = (first: Value | null, second: Value | null) => ({
      inputs: [first, second, ...others.slice(1)],
      placed: (results: readonly Value[]) => results.map((value) => this.placed(value, FIRST)),
    });
    if (operator === 'Conv' && map?.kind === 'constant' && map.shape[0] % this.size === 0) {
      const table = commonPart(map, 0, 1, this.size);
      if (table) return once(table, times);
    }
    if ((operator === 'Tile' || operator === 'Expand') && map?.kind === 'activation' && map.shape[0] === 1) {
      const sizes = times?.kind === 'constant' ? numbersOf(times) : [];
      const isAll = sizes.length === map.shape.length && sizes[0] === this.size;
      if (isAll) return once(map, constantOf([sizes.length], [1, ...sizes.slice(1)]));
    }
    return { inputs, placed: (results: readonly Value[]) => results };
  }

  /**
   * Results of an operation on maps [pictures, ...] that is written at once.
   * @throws NetworkError where pictures lie along another axis
   */
  follow(
    results: readonly Value[],
    inputs: readonly Value[],
    problem: (what: string) => NetworkError,
  ): readonly Value[] {
    const [place] = inputs.flatMap((input) => this.places.get(input) ?? []);
    if (!place) return results;
    return results.map((value) => {
      if (value.kind === 'constant' || this.places.has(value)) return value;
      if (place.axis !== 0) throw problem(mixed(this.size, 'does not keep them apart'));
      return this.placed(value, place);
    });
  }

  private placed(value: Value, place: BatchPlace): Value {
    if (value.kind === 'constant') return value;
    const known = this.places.get(value);
    if (known && known.axis === place.axis && known.before === place.before) return value;
    const own = { ...value };
    this.places.set(own, place);
    return own;
  }
}
