import type { Weight } from '../network-graph';
import type { OperationSpec } from '../ops';

type Spec = OperationSpec<Weight>;

/** What a layer computes where its inputs are first changed one by one. */
export interface Steps {
  /** What is done to the inputs, one operation after the other: a list an input, or one list for all of them. */
  readonly each: readonly Spec[] | readonly (readonly Spec[])[];
  /** How often the only input is read, where that is more than once: for itself and for its length. */
  readonly times?: number;
  /** On all of them, one operation after the other. */
  readonly joined: readonly Spec[];
}

/** One operation of a layer that branches. */
export interface Part {
  /** Unique in the layer. */
  readonly name: string;
  /** Inputs of the layer by their number, other parts by their name. */
  readonly inputs: readonly (number | string)[];
  readonly spec: Spec;
}

/** What a layer computes where it branches: a small graph of its own, each part behind those it reads. */
export interface Parts {
  readonly parts: readonly Part[];
  /** Names of the parts that are the layer's outputs, in order. */
  readonly outputs: readonly string[];
  /** Where the batch stands among the axes of the outputs; first where it is left out. */
  readonly batchAt?: number;
}

/** Operations one after the other, of which the first reads all inputs. */
export function stepsOf(specs: Spec | readonly Spec[] | Steps | Parts): Steps | Parts {
  return 'joined' in specs || 'parts' in specs ? specs : { each: [], joined: [specs].flat() as Spec[] };
}

/** What is done to input number `i`. */
export function stepsBefore({ each }: Steps, i: number): readonly Spec[] {
  const isByInput = (given: Steps['each']): given is readonly (readonly Spec[])[] => Array.isArray(given[0]);
  return isByInput(each) ? (each[i] ?? []) : each;
}
