import { channelsLast } from '../axes-layout';
import type { Activation, Call, ChannelMean, Value } from '../onnx-importer';
import { type Constant, constantOf, numbersOf } from '../tensor';
import { namedShape } from './shapes';

/*
 * Local response normalisation as PyTorch's exporters take it apart: x / (k + alpha * mean of x^2 over channels)^beta, the mean
 * being a three-dimensional average pool over [1, 1, c, h, w] with zeros put around the channels. It is put together again:
 * nothing but the division at its end is written.
 */

/** The next step of such a normalisation, or null where the node is none. */
export function localResponseStep(call: Call): Value | null {
  const [first, second] = [call.peek(0), call.peek(1)];
  if (first?.kind === 'channel-mean') return stepOf(call, first);
  if (second?.kind !== 'channel-mean') return begun(call, first);
  if (call.node.operator === 'Div' && first?.kind === 'activation') return normalised(call, first, second);
  // alpha * mean and k + alpha * mean, the other way round.
  if (call.node.operator === 'Mul' || call.node.operator === 'Add') return stepOf(call, second, 0);
  throw unlike(call);
}

const unlike = (call: Call) =>
  call.problem(
    'averages over channels in a way that is no local response normalisation, which is not supported',
  );

/** The first step: zeros around the channels of a square, or its average pool. */
function begun(call: Call, square: Value | null): ChannelMean | null {
  if (square?.kind !== 'activation' || !square.squareOf || square.shape.length !== 5) return null;
  const { operator } = call.node;
  if (operator !== 'Pad' && operator !== 'AveragePool') return null;
  call.passOver(0);
  const start: ChannelMean = {
    kind: 'channel-mean',
    of: square.squareOf,
    shape: square.shape,
    pads: [0, 0],
    window: null,
    scale: 1,
    shift: 0,
    exponent: 1,
  };
  return operator === 'Pad' ? padded(call, start) : pooled(call, start);
}

/** @param constant which of the inputs holds the constant of a sum or product */
function stepOf(call: Call, mean: ChannelMean, constant = 1): ChannelMean | Constant {
  call.passOver(1 - constant);
  const number = () => {
    const values = numbersOf(call.constant(constant));
    if (values.length !== 1) throw unlike(call);
    return values[0];
  };
  const done = mean.window !== null;
  switch (call.node.operator) {
    case 'AveragePool':
      if (done) throw unlike(call);
      return pooled(call, mean);
    case 'Reshape': {
      const named = call.numbers('shape', 1) ?? [];
      return withShape(call, mean, namedShape(call, named, mean.shape, call.int('allowzero', 0) !== 0));
    }
    case 'Squeeze': {
      const axes = call.numbers('axes', 1)?.map((axis) => call.axis(axis, mean.shape.length)) ?? [1];
      return withShape(
        call,
        mean,
        mean.shape.filter((_, axis) => !axes.includes(axis)),
      );
    }
    case 'Shape':
      return constantOf([mean.shape.length], mean.shape);
    case 'Identity':
    case 'Cast':
      call.passOver('to');
      return mean;
    case 'Mul': {
      if (!done || mean.exponent !== 1) throw unlike(call);
      const factor = number();
      return { ...mean, scale: mean.scale * factor, shift: mean.shift * factor };
    }
    case 'Add':
      if (!done || mean.exponent !== 1) throw unlike(call);
      return { ...mean, shift: mean.shift + number() };
    case 'Pow':
      if (!done || mean.exponent !== 1) throw unlike(call);
      return { ...mean, exponent: number() };
    default:
      throw unlike(call);
  }
}

/** Only what stands for the channels of the picture again may come out. */
function withShape(call: Call, mean: ChannelMean, shape: readonly number[]): ChannelMean {
  const [, channels, height, width] = mean.of.shape;
  const known = [
    [1, channels, height, width],
    [1, 1, channels, height, width],
  ].map(String);
  if (mean.window === null || !known.includes(String(shape))) throw unlike(call);
  return { ...mean, shape };
}

function padded(call: Call, mean: ChannelMean): ChannelMean {
  const pads = call.numbers('pads', 1) ?? [];
  const value = call.optional(2) ? numbersOf(call.constant(2))[0] : call.float('value', 0);
  const isPlain = call.text('mode', 'constant') === 'constant' && value === 0 && !call.optional(3);
  if (!isPlain || pads.length !== 10 || pads.some((pad, i) => pad !== 0 && i % 5 !== 2)) throw unlike(call);
  const shape = [...mean.shape];
  shape[2] += pads[2] + pads[7];
  return { ...mean, shape, pads: [pads[2], pads[7]] };
}

function pooled(call: Call, mean: ChannelMean): ChannelMean {
  const [window, ...others] = call.ints('kernel_shape') ?? [];
  const isOne = (name: string) => (call.ints(name) ?? []).every((value) => value === 1);
  const pads = call.ints('pads') ?? [];
  const own: readonly [number, number] = [pads[0] ?? 0, pads[3] ?? 0];
  const countsZeros = call.int('count_include_pad', 0) !== 0 || own.every((pad) => pad === 0);
  if (
    !(window >= 1) ||
    others.join() !== '1,1' ||
    !isOne('strides') ||
    !isOne('dilations') ||
    !countsZeros ||
    pads.some((pad, i) => pad !== 0 && i % 3 !== 0) ||
    call.text('auto_pad', 'NOTSET') !== 'NOTSET'
  ) {
    throw unlike(call);
  }
  call.passOver('ceil_mode');
  const zeros: readonly [number, number] = [mean.pads[0] + own[0], mean.pads[1] + own[1]];
  const shape = [...mean.shape];
  shape[2] += own[0] + own[1] - window + 1;
  if (shape[2] !== mean.of.shape[1] || zeros[0] !== zeros[1]) throw unlike(call);
  return { ...mean, shape, pads: zeros, window };
}

function normalised(call: Call, input: Activation, mean: ChannelMean): Activation {
  call.passOver(0, 1);
  const { of, window, scale, shift, exponent, shape } = mean;
  const isSame = of.node === input.node && of.order.join() === input.order.join();
  if (!isSame || window === null || shape.length !== 4) throw unlike(call);
  return call.emit(
    {
      type: 'local-response-normalisation',
      radius: (window - 1) / 2,
      bias: shift,
      // The operation sums, the pool averages.
      alpha: scale / window,
      beta: exponent,
    },
    [call.arranged(input, channelsLast)],
    channelsLast,
    call.name.replace(/\.div$/i, ''),
  );
}
