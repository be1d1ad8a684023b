import { sizeOf } from '../../ops/operation';
import { scalarWeight } from '../../weights';
import { allAxes, asWritten } from '../axes-layout';
import type { Activation, Call } from '../onnx-importer';
import { numbersOf } from '../tensor';
import { merged } from './merged';
import type { Operator, Operators } from './operator';

/*
 * What the picture itself chooses: detectors take the queries that score highest, and read maps at places that they compute. Places and
 * comparisons have no gradient; what lies at a place has.
 */

/** Places of the highest numbers of an axis, in the order of the value with that axis innermost. */
function highest(call: Call, value: Activation, axis: number, count: number, lowest: boolean, step?: string) {
  const lies = call.innermost(value, axis);
  const name = step ? `${call.name}, ${step}` : call.name;
  const places = call.emit({ type: 'highest-places', count, lowest }, [lies], lies.order, name);
  return { lies, places: { ...places, isPlace: true } };
}

const topK: Operator = (call) => {
  const value = call.activation(0);
  const axis = call.axis(call.int('axis', -1), value.shape.length);
  const [count] = call.inputCount > 1 ? numbersOf(call.constant(1)) : [call.int('k', 0)];
  const lowest = call.int('largest', 1) === 0;
  // Sorted they are in any case.
  call.passOver('sorted');
  const { lies, places } = highest(call, value, axis, count, lowest, 'places');
  const along = lies.order.length - 1;
  return [call.emit({ type: 'pick', axis: along, by: 'number' }, [lies, places], lies.order), places];
};

const extreme =
  (lowest: boolean): Operator =>
  (call) => {
    const value = call.activation(0);
    const axis = call.axis(call.int('axis', 0), value.shape.length);
    if (call.int('select_last_index', 0) !== 0) throw call.problem('takes the last of equal numbers');
    const { places } = highest(call, value, axis, 1, lowest);
    const keeps = call.int('keepdims', 1) !== 0;
    const shape = keeps ? places.shape : places.shape.filter((_, i) => i !== axis);
    const result = call.reshaped(places, shape);
    return { ...result, isPlace: true, ...(lowest ? {} : { highestOf: value }) };
  };

function placesAt(call: Call, i: number): Activation {
  const given = call.peek(i);
  const isWhole = given?.kind === 'activation' && (given.isPlace || given.isInteger);
  if (!isWhole) throw call.problem('looks for places that are no whole numbers');
  return call.activation(i);
}

/** Places of an axis that lie in a list, whatever its shape. Source: ONNX operators, Gather. */
export const gatheredByPicture: Operator = (call) => {
  const [input, places] = [call.activation(0), placesAt(call, 1)];
  const axis = call.axis(call.int('axis', 0), input.shape.length);
  const [before, behind] = [input.shape.slice(0, axis), input.shape.slice(axis + 1)];
  return pickedByList(
    call,
    input,
    places,
    [before, [input.shape[axis]], behind],
    [...before, ...places.shape, ...behind],
  );
};

function pickedByList(
  call: Call,
  input: Activation,
  places: Activation,
  parts: readonly (readonly number[])[],
  shape: readonly number[],
): Activation {
  const flat = call.arranged(call.reshaped(input, [1, ...parts.map(sizeOf)]), asWritten(4));
  const list = call.arranged(call.reshaped(places, [1, sizeOf(places.shape)]), asWritten(2));
  const picked = call.emit({ type: 'pick', axis: 1, by: 'list' }, [flat, list], asWritten(4));
  return call.reshaped(picked, shape);
}

/** Single numbers along an axis, each from a place of its own. Source: ONNX operators, GatherElements. */
export const numbersByPicture: Operator = (call) => {
  const [input, places] = [call.activation(0), placesAt(call, 1)];
  const axis = call.axis(call.int('axis', 0), input.shape.length);
  const order = allAxes(input.shape.map((size, i) => Math.max(size, places.shape[i] ?? 1)));
  const whole = order.includes(axis) ? order : [axis, ...order];
  const [lies, at] = [call.arranged(input, whole), call.arranged(places, whole)];
  return call.emit({ type: 'pick', axis: whole.indexOf(axis), by: 'number' }, [lies, at], whole);
};

/** Parts of a tensor whose places on its first axes lie in lists. Source: ONNX operators, GatherND. */
export const listedByPicture: Operator = (call) => {
  const [input, lists] = [call.activation(0), placesAt(call, 1)];
  const depth = lists.shape.at(-1) ?? 0;
  if (call.int('batch_dims', 0) !== 0 || !(depth >= 1 && depth <= input.shape.length)) {
    throw call.problem(`looks for places of [${lists.shape}] in [${input.shape}]`);
  }
  const [read, behind] = [input.shape.slice(0, depth), input.shape.slice(depth)];
  const steps = read.map((_, i) => sizeOf(read.slice(i + 1)));
  const lies = call.innermost(lists, lists.shape.length - 1);
  const shares = { shape: [depth], read: () => Float32Array.from(steps) };
  const weighted = call.emit(
    { type: 'affine', scale: shares, shift: null },
    [lies],
    lies.order,
    `${call.name}, steps`,
  );
  const last = weighted.order.length - 1;
  const sum = call.emit(
    { type: 'reduce', by: 'sum', axes: [last], keep: true },
    [weighted],
    weighted.order,
    `${call.name}, places`,
  );
  return pickedByList(
    call,
    input,
    sum,
    [[], [sizeOf(read)], behind],
    [...lists.shape.slice(0, -1), ...behind],
  );
};

/** One of two values, by what the picture says. */
export const oneOrOther: Operator = (call) => {
  const [condition, first, second] = [0, 1, 2].map((i) => call.activation(i));
  const step = (what: string) => `${call.name}, ${what}`;
  const times = (value: Activation, gate: Activation, what: string) =>
    merged(call.as([], {}, what), 'multiply', [value, gate]);
  const other = opposite(call, condition, step('other way'));
  const result = merged(call, 'add', [times(first, condition, 'one'), times(second, other, 'other')]);
  const isPlace = [1, 2].every((i) => {
    const side = call.peek(i);
    return side?.kind === 'constant' ? side.isInteger : side?.kind === 'activation' && side.isPlace;
  });
  return isPlace ? { ...result, isPlace } : result;
};

/** True is 1, false 0. @param turned the inputs change sides */
const comparison =
  (by: 'less' | 'less-equal' | 'equal', turned = false): Operator =>
  (call) => {
    const inputs = [call.activation(0), call.activation(1)];
    return { ...merged(call, by, turned ? inputs.reverse() : inputs), isPlace: true };
  };

const logical =
  (by: 'multiply' | 'maximum'): Operator =>
  (call) => ({ ...merged(call, by, [call.activation(0), call.activation(1)]), isPlace: true });

function opposite(call: Call, value: Activation, name?: string): Activation {
  const spec = { type: 'affine', scale: scalarWeight(-1), shift: scalarWeight(1) } as const;
  return { ...call.emit(spec, [value], value.order, name), isPlace: true };
}

const exclusiveOr: Operator = (call) =>
  opposite(call, merged(call.as([], {}, 'alike'), 'equal', [call.activation(0), call.activation(1)]));

const ways: Readonly<Record<string, 'linear' | 'nearest'>> = {
  linear: 'linear',
  bilinear: 'linear',
  nearest: 'nearest',
};

/** Source: ONNX operators, GridSample. */
const gridSample: Operator = (call) => {
  const [map, places] = [call.map(0), call.map(1)];
  const mode = call.text('mode', 'linear');
  const padding = call.text('padding_mode', 'zeros');
  const by = ways[mode];
  if (!by) throw call.problem(`reads between places by "${mode}", which is not supported`);
  if (padding !== 'zeros' && padding !== 'border') {
    throw call.problem(`takes what lies outside by "${padding}", which is not supported`);
  }
  const corners = call.int('align_corners', 0) !== 0;
  const front = map.shape[0] === 1 ? [] : [0];
  return call.emit(
    { type: 'grid-sample', by, outside: padding === 'zeros' ? 'zeros' : 'edge', corners },
    [call.arranged(map, [...front, 2, 3, 1]), call.arranged(places, [...front, 1, 2, 3])],
    [...front, 2, 3, 1],
  );
};

export const chosen: Operators = {
  TopK: topK,
  ArgMax: extreme(false),
  ArgMin: extreme(true),
  Less: comparison('less'),
  LessOrEqual: comparison('less-equal'),
  Greater: comparison('less', true),
  GreaterOrEqual: comparison('less-equal', true),
  Equal: comparison('equal'),
  And: logical('multiply'),
  Or: logical('maximum'),
  Xor: exclusiveOr,
  Not: (call) => opposite(call, call.activation(0)),
  GridSample: gridSample,
};
