import type { MergeSpec } from '../../ops/merge';
import { sizeOf } from '../../ops/operation';
import type { Activation, Call } from '../onnx-importer';

/** Values joined place by place; the smaller ones are repeated. */
export function merged(call: Call, by: MergeSpec['by'], inputs: readonly Activation[]): Activation {
  // Sum, Mean, Max and Min of ONNX may have a single input.
  if (inputs.length === 1) return call.emit({ type: 'identity' }, inputs);
  const rank = Math.max(...inputs.map(({ shape }) => shape.length));
  const ranked = inputs.map((input) => call.ranked(input, rank));
  // The one with most places stays as it lies.
  const [{ order, shape }] = [...ranked].sort((a, b) => sizeOf(b.shape) - sizeOf(a.shape));
  const isFolded = ranked.some((input) => input.shape[0] !== 1);
  const whole = isFolded && shape[0] === 1 && !order.includes(0) ? [0, ...order] : order;
  return call.emit(
    { type: 'merge', by },
    ranked.map((input) => call.arranged(input, whole)),
  );
}
