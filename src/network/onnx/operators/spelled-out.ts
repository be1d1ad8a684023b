import { sizeOf } from '../../ops/operation';
import { placesIn } from '../../tensor-places';
import { scalarWeight } from '../../weights';
import type { Activation, Call } from '../onnx-importer';
import type { Constant } from '../tensor';
import { oneOrOther } from './chosen';
import { computed, shared } from './constant-arithmetic';
import type { Operator, Operators } from './operator';
import { turned } from './shapes';

/* Operations that are others, one after the other. */

/** One of two values at every place, by a table that is known without a picture: a mask of attention. */
const where: Operator = (call) => {
  const condition = call.input(0);
  if (condition.kind !== 'constant') return oneOrOther(call);
  const sides = [call.input(1), call.input(2)];
  const shape = shared(
    call,
    [condition, ...sides].map((value) => value.shape),
  );
  const parts = sides.map((side, i) => {
    const isTaken = (value: number) => (i === 0 ? value !== 0 : value === 0);
    return side.kind === 'constant'
      ? masked(call, condition, side, shape, isTaken)
      : { mask: mask(call, condition, isTaken), i };
  });
  const drawn = parts.map((part) => {
    if (!('mask' in part)) return part;
    const whole = call.repeated(call.activation(part.i + 1), shape);
    return call.emit(
      { type: 'affine', scale: call.besides(part.mask, whole), shift: null },
      [whole],
      whole.order,
      `${call.name}, masked`,
    );
  });
  const [first, second] = drawn;
  if (first.kind === 'activation' && second.kind === 'activation') {
    return call.emit({ type: 'merge', by: 'add' }, [first, call.arranged(second, first.order)]);
  }
  const [value, shift] = first.kind === 'activation' ? [first, second] : [second, first];
  return call.emit(
    { type: 'affine', scale: null, shift: call.besides(shift as Constant, value as Activation) },
    [value as Activation],
  );
};

const mask = (call: Call, condition: Constant, isTaken: (value: number) => boolean): Constant =>
  computed(call, condition.shape, false, () =>
    Float32Array.from(condition.read(), (value) => Number(isTaken(value))),
  );

/** Larger than every logit; infinity would become no number where it is taken from itself. */
const LARGEST = 1e30;

/** A constant where it is taken, zeros elsewhere. */
function masked(
  call: Call,
  condition: Constant,
  side: Constant,
  shape: readonly number[],
  isTaken: (value: number) => boolean,
): Constant {
  return computed(call, shape, false, () => {
    const [choice, values] = [condition.read(), side.read()];
    const [atChoice, atValue] = [placesIn(condition.shape, shape), placesIn(side.shape, shape)];
    return Float32Array.from({ length: sizeOf(shape) }, (_, i) =>
      isTaken(choice[atChoice(i)]) ? Math.min(LARGEST, Math.max(-LARGEST, values[atValue(i)])) : 0,
    );
  });
}

const MOST_COPIES = 4096;

const tile: Operator = (call) => {
  const value = call.activation(0);
  const repeats = call.numbers('repeats', 1) ?? [];
  if (
    repeats.length !== value.shape.length ||
    repeats.some((count) => !(count >= 1 && count <= MOST_COPIES))
  ) {
    throw call.problem(`repeats [${value.shape}] [${repeats}] times`);
  }
  // An axis of copies in front of each, which is then taken together with it.
  const apart = repeats.flatMap((_, axis) => [1, value.shape[axis]]);
  const copied = repeats.flatMap((count, axis) => [count, value.shape[axis]]);
  const whole = repeats.map((count, axis) => count * value.shape[axis]);
  if (whole.join() === value.shape.join()) return value;
  return call.reshaped(call.repeated(call.reshaped(value, apart), copied), whole);
};

/** Channels that become places of a block, or the other way round. Source: ONNX operators, DepthToSpace. */
const depthToSpace: Operator = (call) => {
  const value = call.map(0);
  const [n, c, h, w] = value.shape;
  const block = call.int('blocksize', 1);
  const depth = c / block ** 2;
  if (!(block >= 1 && Number.isInteger(depth)))
    throw call.problem(`cannot take [${value.shape}] apart by ${block}`);
  const isRowMajor = call.text('mode', 'DCR') === 'DCR';
  const parts = isRowMajor ? [n, block, block, depth, h, w] : [n, depth, block, block, h, w];
  const order = isRowMajor ? [0, 3, 4, 1, 5, 2] : [0, 1, 4, 2, 5, 3];
  return call.reshaped(turned(call, call.reshaped(value, parts), order), [n, depth, h * block, w * block]);
};

const spaceToDepth: Operator = (call) => {
  const value = call.map(0);
  const [n, c, h, w] = value.shape;
  const block = call.int('blocksize', 1);
  if (!(block >= 1 && h % block === 0 && w % block === 0))
    throw call.problem(`cannot take [${value.shape}] apart by ${block}`);
  const parts = call.reshaped(value, [n, c, h / block, block, w / block, block]);
  return call.reshaped(turned(call, parts, [0, 3, 5, 1, 2, 4]), [n, c * block ** 2, h / block, w / block]);
};

/** x divided by what is computed of its numbers along some axes. */
function divided(
  call: Call,
  value: Activation,
  axes: readonly number[],
  by: 'mean' | 'sum',
  epsilon: number,
) {
  const lie = axes.flatMap((axis) => (value.order.includes(axis) ? [value.order.indexOf(axis)] : []));
  const named = (what: string) => [value.order, `${call.name}, ${what}`] as const;
  const square = call.emit(
    { type: 'activation', activation: { name: 'square' } },
    [value],
    ...named('square'),
  );
  const sum = call.emit({ type: 'reduce', by, axes: lie, keep: true }, [square], ...named(by));
  const above = call.emit(
    { type: 'affine', scale: null, shift: scalarWeight(epsilon) },
    [sum],
    ...named('above nothing'),
  );
  const length = call.emit({ type: 'activation', activation: { name: 'sqrt' } }, [above], ...named('length'));
  return call.emit({ type: 'merge', by: 'divide' }, [value, length]);
}

const lengths: Operator = (call) => {
  const value = call.activation(0);
  if (call.int('p', 2) !== 2)
    throw call.problem('divides by sums of absolute values, which is not supported');
  return divided(call, value, [call.axis(call.int('axis', -1), value.shape.length)], 'sum', 1e-24);
};

/** x / sqrt(mean of x^2 + epsilon) * scale. Source: ONNX operators, RMSNormalization. */
const rootMeanSquare: Operator = (call) => {
  const value = call.activation(0);
  const rank = value.shape.length;
  const first = call.axis(call.int('axis', -1), rank);
  const axes = Array.from({ length: rank - first }, (_, i) => first + i);
  const scale = call.constant(1);
  const normalised = divided(call, value, axes, 'mean', call.float('epsilon', 1e-5));
  return call.emit({ type: 'affine', scale: call.besides(scale, normalised), shift: null }, [normalised]);
};

export const spelledOut: Operators = {
  Where: where,
  Tile: tile,
  DepthToSpace: depthToSpace,
  SpaceToDepth: spaceToDepth,
  LpNormalization: lengths,
  RMSNormalization: rootMeanSquare,
};
