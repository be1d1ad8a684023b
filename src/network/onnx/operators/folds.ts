import type { Weight } from '../../network-graph';
import { linear } from '../../ops/activation';
import { channelsLast } from '../axes-layout';
import type { Call } from '../onnx-importer';
import { numbersOf } from '../tensor';
import type { Operator, Operators } from './operator';

function pairIn(call: Call, name: string, otherwise: number): [number, number] {
  const values = call.ints(name) ?? [otherwise, otherwise];
  if (values.length !== 2) throw call.problem(`has ${name} [${values}]; only pictures can be read`);
  return [values[0], values[1]];
}

/**
 * Blocks laid back where they were taken from, and added where they overlap: outlook attention ends so (Yuan et al. 2021). It is what a
 * convolution that only takes blocks apart has for its gradient. Source: ONNX operators, Col2Im.
 */
const fold: Operator = (call) => {
  const input = call.activation(0);
  const [height, width] = numbersOf(call.constant(1));
  const [rows, columns] = numbersOf(call.constant(2));
  const strides = pairIn(call, 'strides', 1);
  if (Math.max(...pairIn(call, 'dilations', 1)) > 1) throw call.problem('is dilated, which is not supported');
  const [top = 0, left = 0, bottom = 0, right = 0] = call.ints('pads') ?? [];
  const [pictures, numbers, blocks] = input.shape;
  const block = rows * columns;
  const channels = numbers / block;
  const places = [
    Math.floor((height + top + bottom - rows) / strides[0]) + 1,
    Math.floor((width + left + right - columns) / strides[1]) + 1,
  ] as const;
  if (pictures !== 1 || !Number.isInteger(channels) || places[0] * places[1] !== blocks) {
    throw call.problem(`lays [${input.shape}] back to ${height} x ${width}`);
  }
  // Every channel is a map by itself, whose channels are the places of a block.
  const maps = call.reshaped(input, [channels, block, ...places]);
  const filter: Weight = {
    shape: [rows, columns, 1, block],
    read: () => Float32Array.from({ length: block * block }, (_, i) => Number(i % (block + 1) === 0)),
  };
  const leftOver = (size: number, window: number, stride: number, pads: number) =>
    (size + pads - window) % stride;
  const laid = call.emit(
    {
      type: 'transposed-convolution',
      filter,
      bias: null,
      strides,
      padding: { top, bottom, left, right },
      outputPadding: [
        leftOver(height, rows, strides[0], top + bottom),
        leftOver(width, columns, strides[1], left + right),
      ],
      activation: linear,
    },
    [call.arranged(maps, channels === 1 ? channelsLast : [0, ...channelsLast])],
  );
  return call.reshaped(laid, [1, channels, height, width]);
};

export const folds: Operators = { Col2Im: fold };
