import type { ReduceSpec } from '../../ops/reduce';
import type { Activation, Call } from '../importer';
import { channelsLast } from '../layout';
import { paddingOf, pairOf } from './convolutions';
import type { Operator, Operators } from './operator';

const pool =
  (by: 'maximum' | 'average'): Operator =>
  (call) => {
    const input = call.arranged(call.map(0), channelsLast);
    const size = pairOf(call, 'kernel_shape');
    const strides = pairOf(call, 'strides');
    const dilations = pairOf(call, 'dilations');
    if (Math.max(...dilations) > 1) throw call.problem('is dilated, which is not supported');
    const [, , height, width] = input.shape;
    return call.emit(
      {
        type: 'pooling',
        by,
        size,
        strides,
        padding: paddingOf(call, size, strides, dilations, [height, width]),
        countPadding: call.int('count_include_pad', 0) !== 0,
        ceil: call.int('ceil_mode', 0) !== 0,
      },
      [input],
    );
  };

function reduced(call: Call, input: Activation, by: ReduceSpec['by'], axes: number[], keep: boolean) {
  const { order } = input;
  const lie = axes.map((axis) => order.indexOf(axis));
  const left = order.filter((axis) => !axes.includes(axis));
  // The axes behind one that is gone are counted anew.
  const counted = left.map((axis) => axis - axes.filter((gone) => gone < axis).length);
  return call.emit({ type: 'reduce', by, axes: lie, keep }, [input], keep ? order : counted);
}

const globalPool =
  (by: 'maximum' | 'mean'): Operator =>
  (call) =>
    reduced(call, call.map(0), by, [2, 3], true);

const reduce =
  (by: ReduceSpec['by']): Operator =>
  (call) => {
    const input = call.activation(0);
    const given = call.numbers('axes', 1);
    if (!given && call.int('noop_with_empty_axes', 0) !== 0) return input;
    if (!given) throw call.problem('mixes the pictures of a batch');
    const axes = given.map((axis) => call.inner(axis, input.shape.length));
    return reduced(call, input, by, axes, call.int('keepdims', 1) !== 0);
  };

export const pools: Operators = {
  MaxPool: pool('maximum'),
  AveragePool: pool('average'),
  GlobalAveragePool: globalPool('mean'),
  GlobalMaxPool: globalPool('maximum'),
  ReduceMean: reduce('mean'),
  ReduceSum: reduce('sum'),
  ReduceMax: reduce('maximum'),
};
