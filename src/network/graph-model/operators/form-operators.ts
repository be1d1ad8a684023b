import { constantOf } from '../../onnx/tensor';
import { sizeOf } from '../../ops/operation';
import { type Call, given, type Operator, type Operators, type Value } from '../graph-importer';

/* Operations that move numbers, or take some of them. */

const reshaped = (call: Call, value: Value, shape: readonly number[], step?: string) =>
  call.via('Reshape', [value, given(...shape)], { allowzero: { int: 1 } }, step);

const turned = (call: Call, value: Value, perm: readonly number[], step?: string) =>
  call.via('Transpose', [value], { perm: { ints: [...perm] } }, step);

const squeeze: Operator = (call) => {
  const value = call.input(0);
  const axes = [...call.ints('squeeze_dims'), ...call.ints('axis')];
  return call.via('Squeeze', axes.length > 0 ? [value, given(...axes)] : [value]);
};

const concatenation: Operator = (call) => {
  const count = call.all.length - 1;
  const inputs = call.all.slice(0, count);
  const [axis] = call.numbers(count);
  return inputs.length === 1 ? inputs[0] : call.via('Concat', inputs, { axis: { int: axis } });
};

/** Values one behind the other on an axis of their own. */
const pack: Operator = (call) => {
  const axis = { int: call.axis(call.int('axis', 0), call.input(0).shape.length + 1) };
  const parts = call.all.map((value) => call.via('Unsqueeze', [value, given(axis.int)], {}, 'part'));
  return parts.length === 1 ? parts[0] : call.via('Concat', parts, { axis });
};

/** The parts of an axis, without it. */
const unpack: Operator = (call) => {
  const value = call.input(0);
  const axis = call.axis(call.int('axis', 0), value.shape.length);
  const length = value.shape[axis];
  if (call.int('num', length) !== length)
    throw call.problem(`divides an axis into [${call.int('num', length)}]`);
  return divided(call, value, axis, new Array(length).fill(1)).map((part) =>
    call.via('Squeeze', [part, given(axis)]),
  );
};

/** More parts than an axis of channels has. */
const MOST_PARTS = 4096;

function divided(call: Call, value: Value, axis: number, sizes: readonly number[]): readonly Value[] {
  if (sizes.length === 0 || sizes.length > MOST_PARTS)
    throw call.problem(`divides an axis into [${sizes.slice(0, 8)}]`);
  if (sizes.length === 1) return [value];
  return call.viaMany('Split', [value, given(...sizes)], { axis: { int: axis } }, sizes.length);
}

const split: Operator = (call) => {
  const value = call.input(1);
  const axis = call.axis(call.numbers(0)[0], value.shape.length);
  const parts = call.int('num_split', 1);
  const size = value.shape[axis] / parts;
  if (!(parts >= 1 && parts <= MOST_PARTS && Number.isInteger(size)))
    throw call.problem(`divides an axis into [${value.shape[axis]} / ${parts}]`);
  return divided(call, value, axis, new Array(parts).fill(size));
};

/** Parts of sizes of their own; -1 is what is left. */
const splitBySizes: Operator = (call) => {
  const value = call.input(0);
  const sizes = call.numbers(1);
  const axis = call.axis(call.numbers(2)[0], value.shape.length);
  call.int('num_split', sizes.length);
  const known = sizes.reduce((sum, size) => sum + Math.max(0, size), 0);
  const whole = sizes.map((size) => (size < 0 ? value.shape[axis] - known : size));
  return divided(call, value, axis, whole);
};

/** Frames, in the order of ONNX: all that lies before, then all behind. */
const padding: Operator = (call) => {
  const sides = call.numbers(1);
  const value = call.operation === 'PadV2' ? call.numbers(2)[0] : 0;
  const isMirror = call.operation === 'MirrorPad';
  if (isMirror && call.text('mode', 'REFLECT') !== 'REFLECT')
    throw call.problem('mirrors in a way that is not read');
  const pads = [...sides.filter((_, i) => i % 2 === 0), ...sides.filter((_, i) => i % 2 === 1)];
  return call.via('Pad', [call.input(0), given(...pads), constantOf([], [value], false)], {
    mode: { text: isMirror ? 'reflect' : 'constant' },
  });
};

/** Beyond the end of every axis. */
const END = 2 ** 31 - 1;

/** x[1:, ..., None, ::2, 0]: parts of axes, and axes that go and come. Source: TensorFlow, StridedSlice. */
const part: Operator = (call) => {
  const value = call.input(0);
  const [begin, end, strides] = [call.numbers(1), call.numbers(2), call.numbers(3)];
  const mask = (name: string) => {
    const bits = call.int(name, 0);
    return (i: number) => (bits & (1 << i)) !== 0;
  };
  const [fromStart, toEnd] = [mask('begin_mask'), mask('end_mask')];
  const [isRest, isNew, isOne] = [mask('ellipsis_mask'), mask('new_axis_mask'), mask('shrink_axis_mask')];
  const taken = { starts: [] as number[], ends: [] as number[], axes: [] as number[], steps: [] as number[] };
  const [gone, added] = [[] as number[], [] as number[]];
  let [axis, place] = [0, 0];
  begin.forEach((first, i) => {
    if (isRest(i)) {
      const behind = begin.filter((_, k) => k > i && !isNew(k)).length;
      const skipped = value.shape.length - axis - behind;
      axis += skipped;
      place += skipped;
      return;
    }
    if (isNew(i)) {
      added.push(place++);
      return;
    }
    const step = isOne(i) ? 1 : strides[i];
    const last = isOne(i) ? (first === -1 ? END : first + 1) : toEnd(i) ? (step > 0 ? END : -END) : end[i];
    taken.starts.push(!isOne(i) && fromStart(i) ? (step > 0 ? 0 : END) : first);
    taken.ends.push(last);
    taken.axes.push(axis);
    taken.steps.push(step);
    if (isOne(i)) gone.push(axis);
    else place++;
    axis++;
  });
  const lists = [taken.starts, taken.ends, taken.axes, taken.steps].map((list) => given(...list));
  const isLast = gone.length + added.length === 0;
  const cut = taken.axes.length > 0 ? call.via('Slice', [value, ...lists], {}, isLast ? '' : 'part') : value;
  const fewer =
    gone.length > 0
      ? call.via('Squeeze', [cut, given(...gone)], {}, added.length > 0 ? 'fewer axes' : '')
      : cut;
  return added.length > 0 ? call.via('Unsqueeze', [fewer, given(...added)]) : fewer;
};

const block: Operator = (call) => {
  const [begin, size] = [call.numbers(1), call.numbers(2)];
  const ends = begin.map((from, i) => (size[i] === -1 ? END : from + size[i]));
  return call.via('Slice', [call.input(0), given(...begin), given(...ends)]);
};

/** Channels that become places of a block. Source: TensorFlow, DepthToSpace. */
const depthToSpace: Operator = (call) => {
  call.assertChannelsLast();
  const value = call.input(0);
  if (value.shape.length !== 4)
    throw call.problem(`reads [${value.shape}], which is no feature map of a picture`);
  const [n, h, w, c] = value.shape;
  const size = call.int('block_size', 1);
  const depth = c / size ** 2;
  if (!(size >= 1 && Number.isInteger(depth)))
    throw call.problem(`cannot take [${value.shape}] apart by ${size}`);
  const apart = reshaped(call, value, [n, h, w, size, size, depth], 'apart');
  return reshaped(call, turned(call, apart, [0, 1, 3, 2, 4, 5], 'turned'), [n, h * size, w * size, depth]);
};

/** Every how many-th row and column becomes a map of its own, as convolutions with gaps are written. Source: TensorFlow, SpaceToBatchND. */
const spaceToBatch: Operator = (call) => {
  const [rows, columns, ...others] = call.numbers(1);
  const [top, bottom, left, right] = call.numbers(2);
  const value = call.input(0);
  if (others.length > 0 || value.shape.length !== 4 || !(rows >= 1 && columns >= 1))
    throw call.problem(`cannot take [${value.shape}] apart by ${call.numbers(1)}`);
  const pads = given(0, top, left, 0, 0, bottom, right, 0);
  const framed = call.via('Pad', [value, pads], {}, 'framed');
  const [n, h, w, c] = framed.shape;
  if (h % rows !== 0 || w % columns !== 0)
    throw call.problem(`cannot take [${framed.shape}] apart by ${call.numbers(1)}`);
  const apart = reshaped(call, framed, [n, h / rows, rows, w / columns, columns, c], 'apart');
  const maps = turned(call, apart, [2, 4, 0, 1, 3, 5], 'turned');
  return reshaped(call, maps, [rows * columns * n, h / rows, w / columns, c]);
};

/** And back. Source: TensorFlow, BatchToSpaceND. */
const batchToSpace: Operator = (call) => {
  const [rows, columns, ...others] = call.numbers(1);
  const [top, bottom, left, right] = call.numbers(2);
  const value = call.input(0);
  const [maps, h, w, c] = value.shape;
  const n = maps / (rows * columns);
  if (others.length > 0 || value.shape.length !== 4 || !(rows >= 1 && columns >= 1 && Number.isInteger(n)))
    throw call.problem(`cannot take [${value.shape}] apart by ${call.numbers(1)}`);
  const apart = reshaped(call, value, [rows, columns, n, h, w, c], 'apart');
  const together = turned(call, apart, [2, 3, 0, 4, 1, 5], 'turned');
  const whole = reshaped(call, together, [n, h * rows, w * columns, c], 'whole');
  return call.via('Slice', [
    whole,
    ...[given(top, left), given(h * rows - bottom, w * columns - right), given(1, 2)],
  ]);
};

/** One number, repeated. */
const fill: Operator = (call) => call.via('Expand', [call.input(1), given(...call.numbers(0))]);

const range: Operator = (call) => call.via('Range', [call.input(0), call.input(1), call.input(2)]);

/** Numbers at places of their own, another everywhere else. Source: TensorFlow, SparseToDense. */
const scattered: Operator = (call) => {
  const places = call.constant(0);
  const shape = call.numbers(1);
  call.flagOr('validate_indices', true);
  const { length: rank } = shape;
  const count = sizeOf(places.shape) / rank;
  const whole = call.via('Expand', [call.input(3), given(...shape)], {}, 'otherwise');
  const lists = reshaped(call, places, [count, rank], 'places');
  const values = call.via('Expand', [call.input(2), given(count)], {}, 'values');
  return call.via('ScatterND', [whole, lists, values]);
};

export const forms: Operators = {
  Reshape: (call) => reshaped(call, call.input(0), call.numbers(1)),
  Squeeze: squeeze,
  ExpandDims: (call) => call.via('Unsqueeze', [call.input(0), given(...call.numbers(1))]),
  Transpose: (call) => turned(call, call.input(0), call.numbers(1)),
  Shape: (call) => call.via('Shape', [call.input(0)]),
  Rank: (call) => constantOf([], [call.input(0).shape.length]),
  ConcatV2: concatenation,
  Pack: pack,
  Unpack: unpack,
  Split: split,
  SplitV: splitBySizes,
  Pad: padding,
  PadV2: padding,
  MirrorPad: padding,
  StridedSlice: part,
  Slice: block,
  DepthToSpace: depthToSpace,
  SpaceToBatchND: spaceToBatch,
  BatchToSpaceND: batchToSpace,
  Fill: fill,
  Range: range,
  Tile: (call) => call.via('Tile', [call.input(0), given(...call.numbers(1))]),
  BroadcastTo: (call) => call.via('Expand', [call.input(0), given(...call.numbers(1))]),
  SparseToDense: scattered,
  Identity: (call) => call.input(0),
  IdentityN: (call) => call.all,
  StopGradient: (call) => call.input(0),
  PreventGradient: (call) => call.input(0),
};
