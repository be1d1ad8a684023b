import { scalarWeight } from '../../../weights';
import type { Activation, Call, Value } from '../../onnx-importer';
import { merged } from '../merged';
import { normalisations } from '../normalisation-operators';
import type { Operator, Operators } from '../operator';
import { spelledOut } from '../spelled-out';

/** The sum of two values, one of which may be known without a picture. */
export function added(call: Call, value: Activation, other: Value | null, step: string): Activation {
  if (!other) return value;
  if (other.kind === 'constant' && call.fitsBeside(other, value)) {
    const shift = call.besides(other, value);
    return call.emit({ type: 'affine', scale: null, shift }, [value], value.order, `${call.name}, ${step}`);
  }
  const inner = call.as([value, other], {}, step);
  return merged(inner, 'add', [inner.activation(0), inner.activation(1)]);
}

/** Nothing of it is offered: what only training reads. */
const none = (call: Call): Activation => call.emit({ type: 'identity' }, [call.activation(0)]);

/**
 * The normalised sum of a value, what is carried past it and a bias; the sum itself is the fourth result, the residual stream.
 * @param normalise LayerNormalization or RMSNormalization, of a value, a scale and a shift
 */
const skipped =
  (normalise: Operator, bias: number): Operator =>
  (call) => {
    const [value, skip] = [call.activation(0), call.input(1)];
    const weights = [2, ...(bias === 4 ? [3] : [])].map((i) => call.optional(i));
    const withBias = added(call, value, call.optional(bias), 'bias');
    const sum = added(call, withBias, skip, 'sum');
    const epsilon = { float: call.float('epsilon', 1e-12) };
    const normalised = normalise(call.as([sum, ...weights], { epsilon })) as Activation;
    if (!call.node.outputs[3]) return normalised;
    return [normalised, none(call.as([sum], {}, 'unread')), none(call.as([sum], {}, 'unread')), sum];
  };

export const normalised: Operators = {
  LayerNormalization: normalisations.LayerNormalization,
  SimplifiedLayerNormalization: spelledOut.RMSNormalization,
  SkipLayerNormalization: skipped(normalisations.LayerNormalization, 4),
  SkipSimplifiedLayerNormalization: skipped(spelledOut.RMSNormalization, 3),
};

/** x times a gate of x: sigmoid(alpha x). Source: onnxruntime, QuickGelu. */
export const quickGelu: Operator = (call) => {
  const x = call.activation(0);
  const steep = call.emit(
    { type: 'affine', scale: scalarWeight(call.float('alpha', 1.702)), shift: null },
    [x],
    x.order,
    `${call.name}, steep`,
  );
  const gate = call.emit(
    { type: 'activation', activation: { name: 'sigmoid' } },
    [steep],
    x.order,
    `${call.name}, gate`,
  );
  return call.emit({ type: 'merge', by: 'multiply' }, [x, gate]);
};
