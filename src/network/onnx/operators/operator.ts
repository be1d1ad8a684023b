import type { Call, Value } from '../onnx-importer';

/** Turns a node into what its outputs are, in order; an output nobody can read is left out. */
export type Operator = (call: Call) => Value | readonly Value[];

export type Operators = Readonly<Record<string, Operator>>;
