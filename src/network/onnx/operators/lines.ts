import type { Weight } from '../../network-graph';
import { linear } from '../../ops/activation';
import { asWritten, channelsLast } from '../axes-layout';
import type { Activation, Call } from '../onnx-importer';
import { type Constant, permutedConstant, weightFrom } from '../tensor';
import { turned } from './shapes';

/** Numbers of a matrix that stands for a window: a gate over 2048 channels, as the widest networks have them. */
const LARGEST_MATRIX = 2 ** 22;

const single = (call: Call, name: string): number => {
  const values = call.ints(name) ?? [];
  if (values.length > 1 || values.some((value) => !(value >= 1)))
    throw call.problem(`has ${name} [${values}]`);
  return values[0] ?? 1;
};

/**
 * A convolution over the numbers of a vector, [1, 1, n]: gates over the means of channels have them (ECA-Net, Wang et al.
 * 2020). A vector has no places to be shown, so it is the dense layer whose matrix repeats the window.
 */
export function convolvedLine(call: Call, input: Activation, filter: Constant): Activation {
  const [pictures, channels, length] = input.shape;
  if (filter.shape.length !== 3) {
    throw call.problem(`convolves [${input.shape}], which is no feature map of a picture`);
  }
  if (pictures !== 1 || channels !== 1 || filter.shape[0] !== 1) return asMaps(call, input, filter);
  const size = filter.shape[2];
  const [stride, dilation] = [single(call, 'strides'), single(call, 'dilations')];
  const [before = 0, after = 0] = call.ints('pads') ?? [];
  const told = call.ints('kernel_shape') ?? [];
  if ((told.length > 0 && told[0] !== size) || call.int('group', 1) !== 1 || Math.min(before, after) < 0) {
    throw call.problem('has a window that does not fit its weights');
  }
  if (call.text('auto_pad', 'NOTSET') !== 'NOTSET') {
    throw call.problem('leaves its padding open, which is not supported');
  }
  const places = Math.floor((length + before + after - (size - 1) * dilation - 1) / stride) + 1;
  if (!(places >= 1 && length * places <= LARGEST_MATRIX)) {
    throw call.problem(`takes a line of ${length} numbers to ${places}, which is not supported`);
  }
  const kernel: Weight = {
    shape: [length, places],
    read() {
      const window = filter.read();
      const matrix = new Float32Array(length * places);
      for (let place = 0; place < places; place++) {
        for (let k = 0; k < size; k++) {
          const from = place * stride + k * dilation - before;
          if (from >= 0 && from < length) matrix[from * places + place] = window[k];
        }
      }
      return matrix;
    },
  };
  const bias = call.optionalConstant(2);
  const repeated = bias && {
    shape: [places],
    read: () => new Float32Array(places).fill(weightFrom(bias).read()[0]),
  };
  return call.emit({ type: 'dense', kernel, bias: repeated, activation: linear }, [
    call.arranged(input, asWritten(3)),
  ]);
}

/** A convolution over lines of several channels, as one over maps of one row. */
function asMaps(call: Call, input: Activation, filter: Constant): Activation {
  const [pictures, channels, length] = input.shape;
  const map = call.reshaped(input, [pictures, channels, 1, length]);
  const lies = call.arranged(map, pictures === 1 ? channelsLast : [0, ...channelsLast]);
  const [out, depth, size] = filter.shape;
  const [left = 0, right = 0] = call.ints('pads') ?? [];
  if (call.text('auto_pad', 'NOTSET') !== 'NOTSET') {
    throw call.problem('leaves its padding open, which is not supported');
  }
  call.passOver('kernel_shape');
  const bias = call.optionalConstant(2);
  const result = call.emit(
    {
      type: 'convolution',
      filter: weightFrom(permutedConstant({ ...filter, shape: [out, depth, 1, size] }, [2, 3, 1, 0])),
      bias: bias && weightFrom(bias),
      strides: [1, single(call, 'strides')],
      dilations: [1, single(call, 'dilations')],
      padding: { top: 0, bottom: 0, left, right },
      groups: call.int('group', 1),
      activation: linear,
    },
    [lies],
  );
  return call.reshaped(result, [pictures, out, result.shape[3]]);
}

/** A convolution over maps that lie one behind the other on a last axis, [n, c, h, w, maps], whose window is of one map. */
export function convolvedMaps(call: Call, input: Activation, filter: Constant): Activation {
  const [out, depth, rows, columns, last] = filter.shape;
  const [pictures, channels, height, width, maps] = input.shape;
  const [top = 0, left = 0, before = 0, bottom = 0, right = 0, after = 0] = call.ints('pads') ?? [];
  const all = (name: string) => (call.ints(name) ?? []).every((value) => value === 1);
  const isPlain = all('strides') && all('dilations') && call.text('auto_pad', 'NOTSET') === 'NOTSET';
  if (pictures !== 1 || last !== 1 || before + after > 0 || !isPlain) {
    throw call.problem(`convolves [${input.shape}], which is no feature map of a picture`);
  }
  call.passOver('kernel_shape');
  const bias = call.optionalConstant(2);
  const apart = call.reshaped(turned(call, input, [0, 4, 1, 2, 3]), [maps, channels, height, width]);
  const result = call.emit(
    {
      type: 'convolution',
      filter: weightFrom(permutedConstant({ ...filter, shape: [out, depth, rows, columns] }, [2, 3, 1, 0])),
      bias: bias && weightFrom(bias),
      strides: [1, 1],
      dilations: [1, 1],
      padding: { top, bottom, left, right },
      groups: call.int('group', 1),
      activation: linear,
    },
    [call.arranged(apart, maps === 1 ? channelsLast : [0, ...channelsLast])],
  );
  const [, , outRows, outColumns] = result.shape;
  return turned(call, call.reshaped(result, [1, maps, out, outRows, outColumns]), [0, 2, 3, 4, 1]);
}
