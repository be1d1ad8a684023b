import { sizeOf } from '../../ops/operation';
import type { PaddingSpec } from '../../ops/padding';
import type { ResizeSpec } from '../../ops/resize';
import { lying } from '../axes-layout';
import type { Activation, Call } from '../onnx-importer';
import { numbersOf } from '../tensor';
import type { Operator, Operators } from './operator';

const ways: Readonly<Record<string, PaddingSpec['by']>> = {
  constant: 'zeros',
  reflect: 'reflection',
  edge: 'edge',
};

/** A frame around whichever axes the file names: rows and columns, of maps of either layout, or channels. */
const pad: Operator = (call) => {
  const input = call.activation(0);
  const rank = input.shape.length;
  const given = call.numbers('pads', 1) ?? [];
  const named = call.optional(3) ? numbersOf(call.constant(3)) : input.shape.map((_, axis) => axis);
  const axes = named.map((axis) => call.axis(axis, rank));
  if (given.length !== 2 * axes.length || !given.every(Number.isInteger)) {
    throw call.problem(`has pads [${given}]`);
  }
  const at = (axis: number): readonly [number, number] => {
    const i = axes.indexOf(axis);
    return i < 0 ? [0, 0] : [given[i], given[i + axes.length]];
  };
  if (at(0).some((pad) => pad !== 0))
    throw call.problem('adds pictures to the batch, which is not supported');
  const value = call.optional(2) ? numbersOf(call.constant(2))[0] : call.float('value', 0);
  const mode = call.text('mode', 'constant');
  const by = ways[mode];
  if (!by) throw call.problem(`fills its frame by "${mode}", which is not supported`);
  const fill = by === 'zeros' && value !== 0 ? { value } : {};
  const cropped = croppedFrame(call, input, at);
  const framed = input.order.filter((axis) => at(axis).some((pad) => pad > 0));
  let result = cropped;
  // Two axes at once; those that lie outermost first, which are rows and columns.
  for (let i = 0; i < framed.length; i += 2) {
    const pair = framed.slice(i, i + 2);
    const order = [...pair, ...input.order.filter((axis) => !pair.includes(axis))];
    const sides = sidesOf(pair.map((axis) => at(axis).map((pad) => Math.max(0, pad))));
    const lies = call.arranged(result, order);
    const shape = lies.shape.map((size, axis) =>
      pair.includes(axis) ? size + at(axis).reduce((sum, pad) => sum + Math.max(0, pad), 0) : size,
    );
    result = call.arranged(asMap(call, lies, shape, { type: 'padding', sides, by, ...fill }), input.order);
  }
  return result;
};

const sidesOf = ([rows, columns = [0, 0]]: readonly (readonly number[])[]) => ({
  top: rows[0],
  bottom: rows[1],
  left: columns[0],
  right: columns[1],
});

/** Negative pads cut off. */
function croppedFrame(call: Call, input: Activation, at: (axis: number) => readonly number[]): Activation {
  const begin = input.order.map((axis) => Math.max(0, -at(axis)[0]));
  const end = input.order.map((axis) => input.shape[axis] - Math.max(0, -at(axis)[1]));
  if (begin.every((from) => from === 0) && end.every((to, i) => to === input.shape[input.order[i]])) {
    return input;
  }
  return call.emit({ type: 'slice', begin, end }, [input], input.order, `${call.name}, cropped`);
}

/**
 * A frame around a value of any rank, whose outermost axes are the framed ones.
 * @param shape of the result, as the file counts it
 */
function asMap(call: Call, value: Activation, shape: readonly number[], spec: PaddingSpec): Activation {
  const sizes = lying(value.shape, value.order);
  if (sizes.length === 3) return call.emit(spec, [value]);
  const [height, width = 1, ...others] = sizes;
  const asWhole = { type: 'reshape', shape: [height, width, sizeOf(others)] } as const;
  const map = call.emit(asWhole, [value], [1, 2, 3], `${call.name}, map`);
  const framed = call.emit(spec, [map], [1, 2, 3]);
  return call.emit({ type: 'reshape', shape: lying(shape, value.order) }, [framed], value.order);
}

const coordinates: Record<string, ResizeSpec['coordinates']> = {
  half_pixel: 'half-pixel',
  pytorch_half_pixel: 'half-pixel',
  asymmetric: 'asymmetric',
  align_corners: 'align-corners',
};

const roundings: Record<string, ResizeSpec['rounding']> = {
  floor: 'floor',
  ceil: 'ceil',
  round_prefer_floor: 'round-prefer-floor',
  round_prefer_ceil: 'round-prefer-ceil',
};

const waysToResize: Readonly<Record<string, ResizeSpec['by']>> = {
  nearest: 'nearest',
  linear: 'bilinear',
  cubic: 'cubic',
};

const resize: Operator = (call) => {
  const input = call.channelsLast(0);
  // Upsample, and Resize before opset 11, name the factors alone and count from the corner.
  const isOld = call.node.operator === 'Upsample' || call.opset < 11;
  const mode = call.text('mode', 'nearest');
  const by = waysToResize[mode];
  if (!by) throw call.problem(`resizes by "${mode}", which is not supported`);
  const place = isOld ? 'asymmetric' : call.text('coordinate_transformation_mode', 'half_pixel');
  const rounding = isOld ? 'floor' : call.text('nearest_mode', 'round_prefer_floor');
  if (!coordinates[place] || !roundings[rounding]) {
    throw call.problem(`places pixels by "${place}" and "${rounding}", which is not supported`);
  }
  const factors = call.numbers('scales', isOld ? 1 : 2);
  const sizes = isOld ? null : call.numbers('sizes', 3);
  // The part of the picture that other ways of placing pixels read; and how to round, which only "nearest" asks for.
  if (!isOld) call.passOver(1, 'nearest_mode', 'cubic_coeff_a', 'exclude_outside', 'antialias');
  const named = sizes?.length ? sizes : factors;
  if (named?.length !== 4 || named[0] !== 1 || named[1] !== (sizes?.length ? input.shape[1] : 1)) {
    throw call.problem(`resizes to [${named}], which is not rows and columns alone`);
  }
  const pair = [named[2], named[3]] as const;
  return call.emit(
    {
      type: 'resize',
      by,
      ...(by === 'cubic' ? { coefficient: call.float('cubic_coeff_a', -0.75) } : {}),
      ...(call.int('exclude_outside', 0) ? { excludesOutside: true } : {}),
      ...(call.int('antialias', 0) ? { antialias: true } : {}),
      to: sizes?.length ? { size: pair } : { factors: pair },
      coordinates: coordinates[place],
      rounding: roundings[rounding],
    },
    [input],
  );
};

export const frames: Operators = { Pad: pad, Resize: resize, Upsample: resize };
