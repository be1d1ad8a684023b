import { sizeOf } from '../../ops/operation';
import { folded, keptShape, placesIn } from '../../tensor-places';
import type { Call } from '../onnx-importer';
import type { Constant } from '../tensor';
import { computed } from './constant-arithmetic';
import type { Operator, Operators } from './operator';

/*
 * Normalisations and products of weights: networks with standardised weights (NF-ResNet, BiT) have their exporters write
 * them so.
 */

type Numbers = Float32Array | Float64Array;

/** (x - mean) / sqrt(variance + epsilon), the statistics over some axes. */
function standardised(values: Numbers, shape: readonly number[], axes: readonly number[], epsilon: number) {
  const kept = keptShape(shape, axes);
  const at = placesIn(kept, shape);
  const mean = folded(values, shape, kept, {
    start: 0,
    add: (sum, value) => sum + value,
    finish: (sum, count) => sum / count,
  });
  // Loops: over the millions of numbers of a network's weights `from` takes several times as long.
  const centred = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) centred[i] = values[i] - mean[at(i)];
  const deviation = folded(centred, shape, kept, {
    start: 0,
    add: (sum, value) => sum + value * value,
    finish: (sum, count) => Math.sqrt(sum / count + epsilon),
  });
  for (let i = 0; i < values.length; i++) centred[i] /= deviation[at(i)];
  return centred;
}

/** Scale and shift of a channel, on axis 1. */
function perChannel(values: Float64Array, shape: readonly number[], scale: Numbers, shift: Numbers) {
  const inner = sizeOf(shape.slice(2));
  const result = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const channel = Math.floor(i / inner) % shape[1];
    result[i] = values[i] * scale[channel] + shift[channel];
  }
  return result;
}

function assertChannels(call: Call, { shape }: Constant, weights: readonly Constant[]): void {
  if (shape.length < 2 || weights.some((weight) => sizeOf(weight.shape) !== shape[1])) {
    throw call.problem(`has weights that do not fit [${shape}]`);
  }
}

/** In training mode, as weights are standardised, by the statistics of what it is given. */
const batch: Operator = (call) => {
  const given = call.constant(0);
  const [scale, shift, mean, variance] = [1, 2, 3, 4].map((i) => call.constant(i));
  assertChannels(call, given, [scale, shift, mean, variance]);
  const { shape } = given;
  const isTraining = normalisesByItself(call);
  const epsilon = call.float('epsilon', 1e-5);
  const others = shape.flatMap((_, axis) => (axis === 1 ? [] : [axis]));
  return computed(call, shape, false, () => {
    const values = given.read();
    if (isTraining) {
      return perChannel(standardised(values, shape, others, epsilon), shape, scale.read(), shift.read());
    }
    const factors = variance.read().map((value) => 1 / Math.sqrt(value + epsilon));
    const centre = mean.read();
    const inner = sizeOf(shape.slice(2));
    const normalised = Float64Array.from(values, (value, i) => {
      const channel = Math.floor(i / inner) % shape[1];
      return (value - centre[channel]) * factors[channel];
    });
    return perChannel(normalised, shape, scale.read(), shift.read());
  });
};

/** Whether a batch normalisation takes the statistics of what it reads; before opset 14 its further outputs tell. */
export const normalisesByItself = (call: Call): boolean =>
  call.int('training_mode', 0) !== 0 || (call.opset < 14 && call.node.outputs.filter(Boolean).length > 1);

const instance: Operator = (call) => {
  const given = call.constant(0);
  const [scale, shift] = [call.constant(1), call.constant(2)];
  assertChannels(call, given, [scale, shift]);
  const epsilon = call.float('epsilon', 1e-5);
  const { shape } = given;
  const places = shape.flatMap((_, axis) => (axis > 1 ? [axis] : []));
  return computed(call, shape, false, () =>
    perChannel(standardised(given.read(), shape, places, epsilon), shape, scale.read(), shift.read()),
  );
};

const layer: Operator = (call) => {
  const given = call.constant(0);
  const { shape } = given;
  const first = call.axis(call.int('axis', -1), shape.length);
  const [scale, shift] = [call.constant(1), call.optionalConstant(2)];
  const epsilon = call.float('epsilon', 1e-5);
  const inner = shape.slice(first);
  if ([scale, shift].some((weight) => weight && sizeOf(weight.shape) !== sizeOf(inner))) {
    throw call.problem(`has weights that do not fit [${shape}]`);
  }
  return computed(call, shape, false, () => {
    const axes = inner.map((_, i) => first + i);
    const [factors, summands] = [scale.read(), shift?.read()];
    return Float32Array.from(standardised(given.read(), shape, axes, epsilon), (value, i) => {
      const place = i % factors.length;
      return value * factors[place] + (summands?.[place] ?? 0);
    });
  });
};

export const constantNormalisations: Operators = {
  BatchNormalization: batch,
  InstanceNormalization: instance,
  LayerNormalization: layer,
};
