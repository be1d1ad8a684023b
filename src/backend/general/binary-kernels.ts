import * as tf from '@tensorflow/tfjs-core';
import { JobKind } from '../fast-convolution/kernel-exports';
import { machineOf } from '../fast-convolution/running';
import { inTurn, type Kernel, runKernel } from '../kernels/replace-kernel';
import type { TensorMemory } from '../memory/tensor-memory';
import { type Axis, broadcastSteps, joinAxes, performWalk } from './walks';

/** Elementwise work on two tensors that broadcast; see `assembly/binary.ts`. */

/** An operation: its number in the compiled kernels if it has one, and what it makes of two numbers. */
interface Operation {
  code?: number;
  of(a: number, b: number): number;
  /** Type of the result; that of the factors if left out. */
  gives?: 'bool' | 'float32';
}

const whole = (a: number, b: number) => Math.floor(a / b);

const operations: Record<string, Operation> = {
  [tf.Add]: { code: 0, of: (a, b) => a + b },
  [tf.Sub]: { code: 1, of: (a, b) => a - b },
  [tf.Multiply]: { code: 2, of: (a, b) => a * b },
  [tf.RealDiv]: { code: 3, of: (a, b) => a / b, gives: 'float32' },
  [tf.Maximum]: { code: 4, of: Math.max },
  [tf.Minimum]: { code: 5, of: Math.min },
  [tf.SquaredDifference]: { code: 6, of: (a, b) => (a - b) * (a - b) },
  [tf.Prelu]: { code: 7, of: (x, alpha) => (x < 0 ? alpha * x : x) },
  [tf.EluGrad]: { code: 8, of: (dy, y) => (y >= 0 ? dy : dy * (y + 1)) },
  [tf.Equal]: { code: 9, of: (a, b) => Number(a === b), gives: 'bool' },
  [tf.NotEqual]: { code: 10, of: (a, b) => Number(a !== b), gives: 'bool' },
  [tf.Less]: { code: 11, of: (a, b) => Number(a < b), gives: 'bool' },
  [tf.LessEqual]: { code: 12, of: (a, b) => Number(a <= b), gives: 'bool' },
  [tf.Greater]: { code: 13, of: (a, b) => Number(a > b), gives: 'bool' },
  [tf.GreaterEqual]: { code: 14, of: (a, b) => Number(a >= b), gives: 'bool' },
  [tf.LogicalAnd]: { of: (a, b) => Number(a && b), gives: 'bool' },
  [tf.LogicalOr]: { of: (a, b) => Number(a || b), gives: 'bool' },
  [tf.LogicalXor]: { of: (a, b) => Number(Boolean(a) !== Boolean(b)), gives: 'bool' },
  [tf.Pow]: { of: (a, b) => a ** b },
  [tf.FloorDiv]: { of: whole },
  // Of the sign of the divisor, as in Python.
  [tf.Mod]: { of: (a, b) => (a < 0 === b < 0 ? a % b : ((a % b) + b) % b) },
  [tf.Atan2]: { of: Math.atan2 },
};

/** The names of a kernel's two inputs. */
const inputNames: Record<string, [string, string]> = {
  [tf.Prelu]: ['x', 'alpha'],
  [tf.EluGrad]: ['dy', 'y'],
};

/** Axes of the result, with steps of 0 where a factor is broadcast. */
function axesOf(shape: readonly number[], a: readonly number[], b: readonly number[]): Axis[] {
  const [inA, inB] = [broadcastSteps(a, shape), broadcastSteps(b, shape)];
  return shape.map((size, axis) => ({ size, a: inA[axis], b: inB[axis] }));
}

const inBytes = ({ size, a, b }: Axis) => ({ size, a: 4 * a, b: 4 * b });

type Numbers = ReturnType<TensorMemory['valuesOf']>;

/** The same number by number, for other types and operations. */
function fillPlain(to: Numbers, a: Numbers, b: Numbers, axes: readonly Axis[], { of }: Operation): void {
  let at = 0;
  const fill = (depth: number, inA: number, inB: number) => {
    const axis = axes[depth];
    const isRow = depth === axes.length - 1;
    for (let i = 0, x = inA, y = inB; i < axis.size; i++, x += axis.a, y += axis.b) {
      if (isRow) to[at++] = of(a[x], b[y]);
      else fill(depth + 1, x, y);
    }
  };
  fill(0, 0, 0);
}

const binaryKernel =
  (operation: Operation, [first, second]: [string, string]): Kernel =>
  ({ inputs, backend }) => {
    const memory = backend as TensorMemory;
    const [a, b] = [inputs[first], inputs[second]];
    const shape = tf.broadcast_util.assertAndGetBroadcastShape(a.shape, b.shape);
    const output = memory.make(shape, operation.gives ?? a.dtype);
    if (tf.util.sizeFromShape(shape) === 0) return output;
    const axes = tf.util.arraysEqual(a.shape, b.shape)
      ? [{ size: tf.util.sizeFromShape(shape), a: 1, b: 1 }]
      : joinAxes(axesOf(shape, a.shape, b.shape));
    if (operation.code === undefined || a.dtype !== 'float32' || b.dtype !== 'float32') {
      const [to, x, y] = [output, a, b].map((tensor) => memory.valuesOf(tensor));
      fillPlain(to, x, y, axes, operation);
      return output;
    }
    const machine = machineOf(backend);
    const [inA, inB, to] = [a, b, output].map(machine.addressOf);
    performWalk(
      machine,
      JobKind.binary,
      { operation: operation.code, a: inA, b: inB, output: to },
      axes.map(inBytes),
    );
    return output;
  };

/** Kernels by their names. */
export const binaryKernels: Record<string, Kernel> = Object.fromEntries(
  Object.entries(operations).map(([name, operation]) => [
    name,
    binaryKernel(operation, inputNames[name] ?? ['a', 'b']),
  ]),
);

/** Sums of any number of tensors of one shape. */
export const sumOfManyKernel: Kernel = ({ inputs, backend }) => {
  const [first, ...others] = inputs as unknown as tf.Tensor[];
  return inTurn(
    backend,
    first,
    others.map((other) => (sum) => runKernel(tf.Add, { a: sum, b: other }, {}, backend)),
  );
};
