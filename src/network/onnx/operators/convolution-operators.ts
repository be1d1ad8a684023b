import type { Weight } from '../../network-graph';
import { linear } from '../../ops/activation';
import type { ConvolutionSpec } from '../../ops/convolution';
import { type ExplicitPadding, explicitPadding, type Padding, type Pair } from '../../ops/window';
import { channelsLast } from '../axes-layout';
import type { Activation, Call } from '../onnx-importer';
import { type Constant, permutedConstant, weightFrom } from '../tensor';
import { convolvedLine, convolvedMaps } from './lines';
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

/** Where a window lies on one axis of a map. */
interface Line {
  readonly length: number;
  readonly size: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
  readonly after: number;
}

/**
 * A line of which only the places are left that a dilated window with a stride reads; null where it reads others, too. At stride s
 * and dilation d, a multiple of s, these are every s-th place, and the window is dilated by d / s.
 */
function thinnedLine({ length, size, stride, dilation, before, after }: Line) {
  if (stride === 1) return { begin: 0, end: null, step: 1, dilation, before, after };
  if (dilation % stride !== 0) return null;
  const places = Math.floor((length + before + after - (size - 1) * dilation - 1) / stride) + 1;
  const ownBefore = Math.ceil(before / stride);
  const begin = stride * ownBefore - before;
  const inside = Math.ceil((length - begin) / stride);
  const used = places + ((size - 1) * dilation) / stride - ownBefore;
  return {
    begin,
    end: used < inside ? begin + (used - 1) * stride + 1 : null,
    step: stride,
    dilation: dilation / stride,
    before: ownBefore,
    after: Math.max(0, used - inside),
  };
}

/** A convolution with a stride and a dilation, which no kernel computes, as one without a stride over fewer places. */
function thinned(call: Call, input: Activation, spec: ConvolutionSpec<Weight>): Activation | null {
  const [, , height, width] = input.shape;
  const { strides, dilations } = spec;
  const size: Pair = [spec.filter.shape[0], spec.filter.shape[1]];
  const { top, bottom, left, right } = explicitPadding([height, width], {
    size,
    strides,
    padding: spec.padding,
    dilations,
  });
  const along = (axis: 0 | 1, length: number, before: number, after: number) =>
    thinnedLine({
      length,
      size: size[axis],
      stride: strides[axis],
      dilation: dilations[axis],
      before,
      after,
    });
  const [rows, columns] = [along(0, height, top, bottom), along(1, width, left, right)];
  if (!rows || !columns) return null;
  const fewer = call.emit(
    {
      type: 'slice',
      begin: [rows.begin, columns.begin, 0],
      end: [rows.end, columns.end, null],
      steps: [rows.step, columns.step, 1],
    },
    [input],
    channelsLast,
    `${call.name}, places it reads`,
  );
  const padding = { top: rows.before, bottom: rows.after, left: columns.before, right: columns.after };
  return call.emit({ ...spec, strides: [1, 1], dilations: [rows.dilation, columns.dilation], padding }, [
    fewer,
  ]);
}

const convolution: Operator = (call) => {
  const given = call.activation(0);
  if (given.shape.length === 3) return convolvedLine(call, given, call.constant(1));
  if (given.shape.length === 5) return convolvedMaps(call, given, call.constant(1));
  const input = call.channelsLast(0);
  const filter = filterOf(call, call.constant(1));
  const bias = call.optionalConstant(2);
  const size: Pair = [filter.shape[0], filter.shape[1]];
  assertKernel(call, ...size);
  const strides = pairOf(call, 'strides');
  const dilations = pairOf(call, 'dilations');
  const [, , height, width] = input.shape;
  const spec: ConvolutionSpec<Weight> = {
    type: 'convolution',
    filter,
    bias: bias && weightFrom(bias),
    strides,
    dilations,
    padding: paddingOf(call, size, strides, dilations, [height, width]),
    groups: call.int('group', 1),
    activation: linear,
  };
  const isBoth = Math.max(...strides) > 1 && Math.max(...dilations) > 1;
  return (isBoth && input.shape[0] === 1 && thinned(call, input, spec)) || call.emit(spec, [input]);
};

const transposedConvolution: Operator = (call) => {
  const input = call.channelsLast(0);
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
