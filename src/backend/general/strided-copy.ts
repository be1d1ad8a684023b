import * as tf from '@tensorflow/tfjs-core';
import { JobKind } from '../fast-convolution/kernel-exports';
import { machineOf } from '../fast-convolution/running';
import type { TensorMemory } from '../memory/tensor-memory';
import { type Axis, joinAxes, performWalk } from './walks';

/** Numbers of a band of a plane that is turned, as in `assembly/copy.ts`. */
const BAND = 16;

/** Rows shorter than this are not worth a turn of their plane. */
const SHORTEST_TURN = 4;

/** A place in a tensor: what it belongs to, and how many numbers lie before it. */
export interface Place {
  tensor: tf.TensorInfo;
  offset: number;
}

/**
 * Copies numbers of one tensor into another of its type, along axes whose steps in either (`a` where they come from, `b` where they go to)
 * may be of any size: none repeats a number, and one below 0 turns an axis round. Transpositions, slices, joins and repetitions are such copies.
 */
export function stridedCopy(backend: TensorMemory, from: Place, to: Place, axes: readonly Axis[]): void {
  if (axes.some(({ size }) => size === 0)) return;
  const machine = machineOf(backend);
  const bytes = tf.util.bytesPerElement(from.tensor.dtype);
  const inBytes = ({ size, a, b }: Axis) => ({ size, a: a * bytes, b: b * bytes });
  const addressOf = ({ tensor, offset }: Place) => machine.addressOf(tensor) + offset * bytes;
  const walk = { operation: bytes, a: addressOf(from), b: addressOf(to), output: 0 };
  const joined = joinAxes(axes);
  const row = joined[joined.length - 1];
  const across = joined.findIndex(({ a }) => a === 1);
  const turns =
    bytes === 4 &&
    row.b === 1 &&
    row.a > 1 &&
    row.size >= SHORTEST_TURN &&
    across >= 0 &&
    joined[across].size >= 4;
  if (!turns) {
    performWalk(machine, JobKind.copy, walk, joined.map(inBytes));
    return;
  }
  const { size, b } = joined[across];
  const bands = Math.ceil(size / BAND);
  performWalk(
    machine,
    JobKind.turn,
    { ...walk, output: size },
    joined.filter((_, axis) => axis !== across).map(inBytes),
    { piece: b * bytes, pieces: bands, work: BAND * row.size },
  );
}
