import { linear } from '../../ops/activation';
import type { ExplicitPadding, Padding, Pair } from '../../ops/window';
import type { Call } from '../importer';
import { channelsLast } from '../layout';
import { type Constant, permutedConstant, weightFrom } from '../tensor';
import type { Operator, Operators } from './operator';

/** A pair of an attribute; both 1 where it is left out. */
export function pairOf(call: Call, name: string): Pair {
  const values = call.ints(name);
  if (!values || values.length === 0) return [1, 1];
  if (values.length !== 2)
    throw call.problem(`has ${name} [${values}]; only windows over pictures can be read`);
  if (!values.every((value) => value >= 1)) throw call.problem(`has ${name} [${values}]`);
  return [values[0], values[1]];
}

/** Padding of a window over [h, w]. */
export function paddingOf(call: Call, size: Pair, strides: Pair, dilations: Pair, map: Pair): Padding {
  const automatic = call.text('auto_pad', 'NOTSET');
  const pads = call.ints('pads') ?? [];
  if (automatic === 'SAME_UPPER') return 'same';
  if (automatic === 'VALID') return 'valid';
  if (automatic === 'SAME_LOWER') {
    const [rows, columns] = map.map((length, axis) => {
      const reach = (size[axis] - 1) * dilations[axis] + 1;
      return Math.max(0, (Math.ceil(length / strides[axis]) - 1) * strides[axis] + reach - length);
    });
    // The odd row of zeros lies at the start.
    return sides([
      Math.ceil(rows / 2),
      Math.ceil(columns / 2),
      Math.floor(rows / 2),
      Math.floor(columns / 2),
    ]);
  }
  if (pads.length === 0) return 'valid';
  if (pads.length !== 4 || pads.some((pad) => pad < 0)) throw call.problem(`has pads [${pads}]`);
  return pads.every((pad) => pad === 0) ? 'valid' : sides(pads);
}

const sides = ([top, left, bottom, right]: readonly number[]): ExplicitPadding => ({
  top,
  bottom,
  left,
  right,
});

/** A filter [a, b, kh, kw] as [kh, kw, b, a]. */
function filterOf(call: Call, constant: Constant) {
  if (constant.shape.length !== 4) {
    throw call.problem(
      `has a filter of shape [${constant.shape}]; only convolutions over pictures can be read`,
    );
  }
  return weightFrom(permutedConstant(constant, [2, 3, 1, 0]));
}

/** What a file says of its filter's size twice must be the same. */
function assertKernel(call: Call, rows: number, columns: number): void {
  const told = call.ints('kernel_shape') ?? [];
  if (told.length > 0 && (told[0] !== rows || told[1] !== columns)) {
    throw call.problem(`has kernel_shape [${told}], but a filter of ${rows} x ${columns}`);
  }
}

const convolution: Operator = (call) => {
  const input = call.arranged(call.map(0), channelsLast);
  const filter = filterOf(call, call.constant(1));
  const bias = call.optionalConstant(2);
  const size: Pair = [filter.shape[0], filter.shape[1]];
  assertKernel(call, ...size);
  const strides = pairOf(call, 'strides');
  const dilations = pairOf(call, 'dilations');
  const [, , height, width] = input.shape;
  return call.emit(
    {
      type: 'convolution',
      filter,
      bias: bias && weightFrom(bias),
      strides,
      dilations,
      padding: paddingOf(call, size, strides, dilations, [height, width]),
      groups: call.int('group', 1),
      activation: linear,
    },
    [input],
  );
};

const transposedConvolution: Operator = (call) => {
  const input = call.arranged(call.map(0), channelsLast);
  const filter = filterOf(call, call.constant(1));
  const bias = call.optionalConstant(2);
  if (call.int('group', 1) !== 1) throw call.problem('is in groups, which is not supported');
  if (Math.max(...pairOf(call, 'dilations')) > 1) throw call.problem('is dilated, which is not supported');
  if (call.text('auto_pad', 'NOTSET') !== 'NOTSET' || call.ints('output_shape')?.length) {
    throw call.problem('leaves its padding open, which is not supported');
  }
  assertKernel(call, filter.shape[0], filter.shape[1]);
  const outputPadding = call.ints('output_padding') ?? [];
  return call.emit(
    {
      type: 'transposed-convolution',
      filter,
      bias: bias && weightFrom(bias),
      strides: pairOf(call, 'strides'),
      padding: paddingOf(call, [1, 1], [1, 1], [1, 1], [1, 1]),
      outputPadding: [outputPadding[0] ?? 0, outputPadding[1] ?? 0],
      activation: linear,
    },
    [input],
  );
};

export const convolutions: Operators = { Conv: convolution, ConvTranspose: transposedConvolution };
