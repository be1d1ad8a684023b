import type { Weight } from '../../network-graph';
import type { OperationSpec } from '../../ops';
import type { Shape } from '../../ops/operation';
import { weightOf } from '../../weights';
import { type Argument, Numbers, numbersOf, Read } from '../calls';
import { itemsOf } from '../indexing';
import { axesOf } from '../keras-axes';
import { type LayerConfig, shortened } from '../layer-config';
import type { Part, Parts } from '../steps';
import { type Translate, type Translation, unary } from '../unary';
import { einsumParts, equationOf } from './einsum';
import { attention } from './multi-head-attention';
import { PartList } from './part-list';
import { patches } from './patches';

type Spec = OperationSpec<Weight>;

/** Both tensors of a function of two. */
function assertTwoTensors(layer: LayerConfig, operands: readonly Argument[]): void {
  if (operands.length !== 2 || !operands.every((each) => each instanceof Read)) {
    throw layer.fail('multiplies a tensor with constants, which cannot be read. Use a Dense layer.');
  }
}

const matmul: Translate = (layer, operands) => {
  assertTwoTensors(layer, operands);
  return { type: 'matrix-product', transposed: [false, false] };
};

const einsum: Translate = (layer, operands) => {
  assertTwoTensors(layer, operands);
  const [left, right] = [layer.sizes(0), layer.sizes(1)];
  return einsumParts(layer, equationOf(layer, layer.value('subscripts'), left.length + 1), [left, right]);
};

/** [tokens, heads, depth] of queries, keys and values: attention of each head. */
const dotProductAttention: Translate = (layer, operands) => {
  layer.ignore('flash_attention').expect('attn_logits_soft_cap', null);
  const isPlain = operands.length === 3 && operands.every((each) => each instanceof Read);
  if (!isPlain || layer.has('mask') || layer.flag('is_causal', false)) {
    throw layer.fail('is given a mask or a bias, which cannot be read.');
  }
  const list = new PartList();
  const [query, key, value] = ['query', 'key', 'value'].map((name, i) =>
    list.transpose(`${name}, heads first`, i, [1, 0, 2]),
  );
  const depth = layer.sizes(0).at(-1) as number;
  const scale = layer.number('scale', 1 / Math.sqrt(depth));
  const { output } = attention(list, { query, key, value, scale });
  list.transpose('heads back', output, [1, 0, 2]);
  return { parts: list.parts, outputs: ['heads back'] };
};

const softmax = unary((layer) => {
  const axes = axesOf(layer, layer.has('axis') ? 'axis' : 'no axis');
  return softmaxAlong(layer, axes);
});

/** Softmax along one axis or several together. */
export function softmaxAlong(layer: LayerConfig, axes: readonly number[]): Translation {
  if (axes.join() === String(layer.rank - 1)) return { type: 'activation', activation: { name: 'softmax' } };
  const list = new PartList();
  const last = list.softmax('softmax', 0, layer.sizes(), axes);
  return { parts: list.parts, outputs: [last] };
}

/**
 * Axes in another order. The batch may move too, as where queries, keys and values lie along the first axis until they are
 * taken apart: the numbers stay as they are, and `batchAt` tells where it stands.
 * @param order axes of the input, the batch among them
 */
function permuted(layer: LayerConfig, order: readonly number[]): Parts {
  const { rank, batchAt } = layer;
  const axes = order.map((axis) => (axis < 0 ? rank + 1 + axis : axis));
  if ([...axes].sort((a, b) => a - b).join() !== axes.map((_, i) => i).join()) {
    throw layer.fail(`brings its axes into the order ${order}, which cannot be read.`);
  }
  const permutation = axes
    .filter((axis) => axis !== batchAt)
    .map((axis) => (axis > batchAt ? axis - 1 : axis));
  const part: Part = { name: 'turned', inputs: [0], spec: { type: 'transpose', permutation } };
  return { parts: [part], outputs: ['turned'], batchAt: axes.indexOf(batchAt) };
}

const allAxes = (layer: LayerConfig) => Array.from({ length: layer.rank + 1 }, (_, axis) => axis);

const transpose = unary((layer) => permuted(layer, layer.numbers('axes')));

const swapaxes = unary((layer) => {
  const [a, b] = ['axis1', 'axis2'].map((key) => allAxes(layer).at(layer.number(key, 0)) as number);
  return permuted(
    layer,
    allAxes(layer).map((axis) => (axis === a ? b : axis === b ? a : axis)),
  );
});

const moveaxis = unary((layer) => {
  const [from, to] = ['source', 'destination'].map((key) =>
    layer.numbers(key).map((axis) => allAxes(layer).at(axis) as number),
  );
  const rest = allAxes(layer).filter((axis) => !from.includes(axis));
  const order = allAxes(layer).map((axis) => {
    const moved = to.indexOf(axis);
    return moved >= 0 ? from[moved] : (rest.shift() as number);
  });
  return permuted(layer, order);
});

/** The part of a tensor that `x[key]` is, also where the batch is not its first axis. */
const getItem: Translate = (layer, [operand, given]) => {
  if (!(operand instanceof Read)) throw layer.fail('takes a part of constants, which cannot be read.');
  const key = given ?? layer.value('key');
  if (layer.batchAt === 0) return itemsOf(layer, key);
  const entries = Array.isArray(key) ? key : [key];
  const whole = { start: null, stop: null, step: null };
  const filled = allAxes(layer).map((axis) => entries[axis] ?? whole);
  if (entries.length > filled.length || entries.some((entry) => entry === null || isEllipsis(entry))) {
    throw layer.fail(
      `takes the part ${shortened(key)} of a tensor whose batch was moved, which cannot be read.`,
    );
  }
  const [batch] = filled.splice(layer.batchAt, 1);
  const removed = entries.slice(0, layer.batchAt).filter((entry) => Number.isInteger(entry)).length;
  return chained(itemsOf(layer, [batch, ...filled]), layer.batchAt - removed);
};

const isEllipsis = (entry: Argument) =>
  (entry as { class_name?: unknown } | null)?.class_name === '__ellipsis__';

function chained(specs: readonly Spec[], batchAt: number): Parts {
  const parts = specs.map(
    (spec, i): Part => ({ name: `part ${i + 1}`, inputs: [i === 0 ? 0 : `part ${i}`], spec }),
  );
  return { parts, outputs: [`part ${parts.length}`], batchAt };
}

/** An axis as the numbers have it, where the batch is not among them. */
function innerAxis(layer: LayerConfig, key: string): number {
  const axis = allAxes(layer).at(layer.number(key, 0));
  if (axis === undefined || axis === layer.batchAt) {
    throw layer.fail('takes the pictures of a batch apart, which cannot be read.');
  }
  return axis > layer.batchAt ? axis - 1 : axis;
}

const block = (rank: number, axis: number, from: number, to: number): Spec => ({
  type: 'slice',
  begin: Array.from({ length: rank }, (_, i) => (i === axis ? from : 0)),
  end: Array.from({ length: rank }, (_, i) => (i === axis ? to : null)),
});

const split = unary((layer) => {
  const axis = innerAxis(layer, 'axis');
  const size = layer.sizes()[axis];
  const given = layer.value('indices_or_sections');
  const count = typeof given === 'number' ? given : 1;
  const borders = Array.isArray(given)
    ? layer.numbers('indices_or_sections')
    : Array.from({ length: count - 1 }, (_, i) => ((i + 1) * size) / count);
  const ends = [...borders, size];
  const isSound = ends.every((end, i) => Number.isInteger(end) && end > (ends[i - 1] ?? 0));
  if (!isSound) throw layer.fail(`splits ${size} places into ${shortened(given)}, which cannot be read.`);
  const parts = ends.map(
    (end, i): Part => ({
      name: `part ${i + 1}`,
      inputs: [0],
      spec: block(layer.rank, axis, ends[i - 1] ?? 0, end),
    }),
  );
  return { parts, outputs: parts.map(({ name }) => name), batchAt: layer.batchAt };
});

const unstack = unary((layer) => {
  layer.ignore('num');
  const axis = innerAxis(layer, 'axis');
  const { rank, batchAt } = layer;
  const count = layer.sizes()[axis];
  const outputs = Array.from({ length: count }, (_, i) => `part ${i + 1}`);
  const parts = outputs.flatMap((name, i): Part[] => [
    { name: `${name}, cut`, inputs: [0], spec: block(rank, axis, i, i + 1) },
    { name, inputs: [`${name}, cut`], spec: { type: 'axes', removed: [axis], inserted: [] } },
  ]);
  return { parts, outputs, batchAt: axis < batchAt ? batchAt - 1 : batchAt };
});

const gathered = (axis: number, places: readonly number[]): Spec => ({ type: 'gather', axis, places });
const counting = (size: number) => Array.from({ length: size }, (_, place) => place);

/** Each place several times, one behind the other. */
const repeat = unary((layer) => {
  const [axis] = axesOf(layer, layer.has('axis') ? 'axis' : 'no axis');
  const times = layer.number('repeats', 1);
  return gathered(
    axis,
    counting(layer.sizes()[axis]).flatMap((place) => new Array<number>(times).fill(place)),
  );
});

/** All places several times over. */
const tile = unary((layer) => {
  const [batch, ...times] = layer.numbers('repeats');
  if (batch !== 1 || times.length !== layer.rank) {
    throw layer.fail('repeats the pictures of a batch, which cannot be read.');
  }
  const specs = times.flatMap((count, axis) => {
    const size = layer.sizes()[axis];
    return count === 1
      ? []
      : [
          gathered(
            axis,
            counting(size * count).map((place) => place % size),
          ),
        ];
  });
  return specs.length > 0 ? specs : { type: 'identity' };
});

const roll = unary((layer) => {
  const axes = axesOf(layer, layer.has('axis') ? 'axis' : 'no axis');
  const shifts = layer.numbers('shift');
  return axes.map((axis, i) => {
    const size = layer.sizes()[axis];
    const shift = shifts[i] ?? shifts[0];
    return gathered(
      axis,
      counting(size).map((place) => (((place - shift) % size) + size) % size),
    );
  });
});

const take: Translate = (layer, [operand, places]) => {
  const [axis] = axesOf(layer, layer.has('axis') ? 'axis' : 'no axis');
  const given = places ?? layer.value('indices');
  if (!(operand instanceof Read) || given instanceof Read) {
    throw layer.fail('picks places that are computed, which cannot be read.');
  }
  const weight = given instanceof Numbers ? given.weight : numbersOf(given);
  const size = layer.sizes()[axis];
  const picked = gathered(
    axis,
    Array.from(weight.read(), (place) => (place < 0 ? size + place : place)),
  );
  return weight.shape.length === 0 ? [picked, { type: 'axes', removed: [axis], inserted: [] }] : picked;
};

const broadcastTo = unary((layer) => {
  const [, ...shape] = (layer.value('shape') as unknown[]) ?? [];
  if (shape.length !== layer.rank || !shape.every((size) => Number.isInteger(size))) {
    throw layer.fail('repeats its input to a shape that cannot be read.');
  }
  return { type: 'expand', shape: shape as Shape };
});

/** Normalisation without weights of its own, along some axes, by a function. */
const normalised =
  (by: 'layer' | 'root-mean-square'): Translate =>
  (layer, operands) => {
    const weights = operands.slice(1).filter((each) => each !== null);
    if (!(operands[0] instanceof Read) || weights.length > 0) {
      throw layer.fail('is given weights, which cannot be read. Use the layer that normalises in its place.');
    }
    const epsilon = layer.number('epsilon', 1e-7);
    layer.expect('rms_scaling', false);
    const axes = layer.has('axis') ? axesOf(layer, 'axis') : [layer.rank - 1];
    if (by === 'root-mean-square') return rootMeanSquare({ axes, epsilon, scale: null });
    if (axes.join() !== String(layer.rank - 1)) throw layer.fail('normalises other axes than the last.');
    return { type: 'layer-normalisation', scale: null, shift: null, epsilon, axes: 1 };
  };

/** x / sqrt(mean of x^2 along some axes + epsilon), times a scale. */
export function rootMeanSquare({
  axes,
  epsilon,
  scale,
}: {
  axes: readonly number[];
  epsilon: number;
  scale: Weight | null;
}): Translation {
  const joined: Spec[] = [{ type: 'merge', by: 'multiply' }];
  return {
    each: [
      [],
      [
        { type: 'activation', activation: { name: 'square' } },
        { type: 'reduce', by: 'mean', axes, keep: true },
        { type: 'affine', scale: null, shift: weightOf([1], Float32Array.of(epsilon)) },
        { type: 'activation', activation: { name: 'power', exponent: -0.5 } },
      ],
    ],
    times: 2,
    joined: scale ? [...joined, { type: 'affine', scale, shift: null }] : joined,
  };
}

const filled = (value: number) =>
  unary((layer) => {
    layer.ignore('dtype');
    return {
      type: 'affine',
      scale: weightOf([1], Float32Array.of(0)),
      shift: weightOf([1], Float32Array.of(value)),
    };
  });

/** The functions of `keras.ops` that transformers are written with. */
export const tokenFunctions: Readonly<Record<string, Translate>> = {
  Matmul: matmul,
  Einsum: einsum,
  DotProductAttention: dotProductAttention,
  Softmax: softmax,
  Transpose: transpose,
  Swapaxes: swapaxes,
  Moveaxis: moveaxis,
  GetItem: getItem,
  Split: split,
  Unstack: unstack,
  Repeat: repeat,
  Tile: tile,
  Roll: roll,
  Take: take,
  BroadcastTo: broadcastTo,
  ExtractPatches: unary(patches),
  LayerNorm: normalised('layer'),
  RMSNorm: normalised('root-mean-square'),
  ZerosLike: filled(0),
  OnesLike: filled(1),
};

/** Functions that read a tensor whose batch is not its first axis. */
export const readsMovedBatch = (className: string) =>
  ['Transpose', 'Swapaxes', 'Moveaxis', 'GetItem', 'Split', 'Unstack'].includes(className);

/** What stands in place of a translation whose result has its batch in front, as all others have. */
export const assertBatchFirst = (layer: LayerConfig) => {
  if (layer.batchAt !== 0) {
    throw layer.fail('reads a tensor whose first axis is not the batch, which cannot be read.');
  }
};
