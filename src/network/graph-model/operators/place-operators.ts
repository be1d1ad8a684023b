import { given, type Operator, type Operators } from '../graph-importer';

/* Places that the file or the picture names. */

const gather: Operator = (call) => {
  const axis = call.operation === 'GatherV2' ? call.numbers(2)[0] : 0;
  if (call.int('batch_dims', 0) !== 0) throw call.problem('looks for places picture by picture');
  call.flagOr('validate_indices', true);
  return call.via('Gather', [call.input(0), call.input(1)], { axis: { int: axis } });
};

/** The highest numbers of the last axis, and their places. */
const highest: Operator = (call) => {
  const [count] = call.numbers(1);
  call.flagOr('sorted', true);
  return call.viaMany('TopK', [call.input(0), given(count)], { axis: { int: -1 } }, 2);
};

const sums: Operator = (call) => {
  const value = call.input(0);
  const axis = call.axis(call.numbers(1)[0], value.shape.length);
  const flags = {
    exclusive: { int: Number(call.flag('exclusive')) },
    reverse: { int: Number(call.flag('reverse')) },
  };
  return call.via('CumSum', [value, given(axis)], flags);
};

export const choices: Operators = {
  Gather: gather,
  GatherV2: gather,
  GatherNd: (call) => call.via('GatherND', [call.input(0), call.input(1)]),
  TopKV2: highest,
  Cumsum: sums,
};
