import { sizeOf } from '../../ops/operation';
import { type Fold, folded, keptShape } from '../../tensor-places';
import type { Call } from '../onnx-importer';
import { computed, numberArray } from './constant-arithmetic';
import type { Operator, Operators } from './operator';

const reduction =
  (fold: Fold): Operator =>
  (call) => {
    const given = call.constant(0);
    const axes = reducedAxes(call, given.shape);
    const kept = keptShape(given.shape, axes);
    const shape = call.int('keepdims', 1) !== 0 ? kept : kept.filter((_, axis) => !axes.includes(axis));
    return computed(call, shape, given.isInteger, () => {
      const result = folded(given.read(), given.shape, kept, fold);
      return given.isInteger ? result : Float32Array.from(result);
    });
  };

/** The axes that a reduction of a value of this shape takes away: those that are named, else all, or none where the file says so. */
export function reducedAxes(call: Call, shape: readonly number[]): number[] {
  const given = call.numbers('axes', 1);
  const keepsAll = call.int('noop_with_empty_axes', 0) !== 0;
  if (given && given.length > 0) return given.map((axis) => call.axis(axis, shape.length));
  return keepsAll ? [] : shape.map((_, axis) => axis);
}

const sum = (sum: number, value: number) => sum + value;
const squares = (sum: number, value: number) => sum + value * value;

/** The place of the highest or lowest number on an axis; the first of equal ones. */
const place =
  (isBetter: (a: number, b: number) => boolean): Operator =>
  (call) => {
    const given = call.constant(0);
    const axis = call.axis(call.int('axis', 0), given.shape.length);
    const isLast = call.int('select_last_index', 0) !== 0;
    const kept = keptShape(given.shape, [axis]);
    const shape = call.int('keepdims', 1) !== 0 ? kept : kept.filter((_, i) => i !== axis);
    const [length, inner] = [given.shape[axis], sizeOf(given.shape.slice(axis + 1))];
    return computed(call, shape, true, () => {
      const values = given.read();
      return numberArray(true, sizeOf(kept)).map((_, i) => {
        const at = (k: number) => values[(Math.floor(i / inner) * length + k) * inner + (i % inner)];
        let best = 0;
        for (let k = 1; k < length; k++) {
          if (isBetter(at(k), at(best)) || (isLast && at(k) === at(best))) best = k;
        }
        return best;
      });
    });
  };

export const constantReductions: Operators = {
  ReduceSum: reduction({ start: 0, add: sum }),
  ReduceMean: reduction({ start: 0, add: sum, finish: (total, count) => total / count }),
  ReduceProd: reduction({ start: 1, add: (product, value) => product * value }),
  ReduceMax: reduction({ start: Number.NEGATIVE_INFINITY, add: Math.max }),
  ReduceMin: reduction({ start: Number.POSITIVE_INFINITY, add: Math.min }),
  ReduceL1: reduction({ start: 0, add: (total, value) => total + Math.abs(value) }),
  ReduceL2: reduction({ start: 0, add: squares, finish: Math.sqrt }),
  ReduceSumSquare: reduction({ start: 0, add: squares }),
  ReduceLogSum: reduction({ start: 0, add: sum, finish: Math.log }),
  ArgMax: place((a, b) => a > b),
  ArgMin: place((a, b) => a < b),
};
