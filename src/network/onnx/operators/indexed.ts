import { sizeOf } from '../../ops/operation';
import type { Call } from '../onnx-importer';
import type { Constant } from '../tensor';
import { listedByPicture, numbersByPicture } from './chosen';
import type { Operator, Operators } from './operator';
import { joinedAlong, picked } from './shapes';

/** What a list of places takes from the first axes of a tensor. */
export interface Places {
  /** The axes that are looked into, as one: its length, and the places taken of it. */
  readonly length: number;
  readonly places: readonly number[];
  /** Shape of the result. */
  readonly shape: readonly number[];
}

/**
 * Places as GatherND counts them: the last axis of `indices` says where on each axis, behind those of the batch, which go along.
 * Source: ONNX operators, GatherND.
 */
export function placesOfLists(
  call: Call,
  data: readonly number[],
  indices: Constant,
  batch = call.int('batch_dims', 0),
): Places {
  const depth = indices.shape.at(-1) ?? 0;
  const read = data.slice(batch, batch + depth);
  const isBatchAlike = data.slice(0, batch).join() === indices.shape.slice(0, batch).join();
  if (!(depth >= 1) || batch + depth > data.length || !(batch < indices.shape.length) || !isBatchAlike) {
    throw call.problem(`looks for places of [${indices.shape}] in [${data}]`);
  }
  const lists = indices.read();
  const each = sizeOf(read);
  const listsPerBatch = sizeOf(indices.shape.slice(batch, -1));
  const places = Array.from({ length: lists.length / depth }, (_, i) => {
    const at = read.reduce((sum, size, k) => sum * size + call.axis(lists[i * depth + k], size), 0);
    return Math.floor(i / listsPerBatch) * each + at;
  });
  return {
    places,
    length: sizeOf(data.slice(0, batch + depth)),
    shape: [...indices.shape.slice(0, -1), ...data.slice(batch + depth)],
  };
}

const gatherByLists: Operator = (call) => {
  if (call.peek(1)?.kind === 'activation') return listedByPicture(call);
  const input = call.activation(0);
  const { length, places, shape } = placesOfLists(call, input.shape, call.constant(1));
  const flat = call.reshaped(input, [1, length, sizeOf(input.shape) / length]);
  return call.reshaped(picked(call, flat, 1, places), shape);
};

/** Single numbers along an axis, each from a place of its own. Source: ONNX operators, GatherElements. */
const gatherElements: Operator = (call) => {
  if (call.peek(1)?.kind === 'activation') return numbersByPicture(call);
  const input = call.activation(0);
  const indices = call.constant(1);
  const axis = call.axis(call.int('axis', 0), input.shape.length);
  const { shape } = indices;
  if (shape.length !== input.shape.length) throw call.problem(`looks for [${shape}] in [${input.shape}]`);
  const strides = input.shape.map((_, i) => sizeOf(input.shape.slice(i + 1)));
  const steps = shape.map((_, i) => sizeOf(shape.slice(i + 1)));
  const places = Array.from(indices.read(), (index, i) =>
    shape.reduce((sum, size, k) => {
      const at = k === axis ? call.axis(index, input.shape[axis]) : Math.floor(i / steps[k]) % size;
      return sum + at * strides[k];
    }, 0),
  );
  const flat = call.reshaped(input, [1, sizeOf(input.shape)]);
  return call.reshaped(picked(call, flat, 1, places), shape);
};

/** Parts of a tensor in the place of others, the last one where a place is named twice. Source: ONNX operators, ScatterND. */
const scatterByLists: Operator = (call) => {
  const input = call.activation(0);
  const indices = call.constant(1);
  if (call.text('reduction', 'none') !== 'none')
    throw call.problem('adds what it scatters, which is not supported');
  const { length, places, shape } = placesOfLists(call, input.shape, indices, 0);
  const updates = call.activation(2);
  if (updates.shape.join() !== shape.join()) {
    throw call.problem(`puts [${updates.shape}] into places of [${shape}]`);
  }
  const inner = sizeOf(input.shape) / length;
  const both = joinedAlong(call, 1, [
    call.reshaped(input, [1, length, inner]),
    call.reshaped(updates, [1, places.length, inner]),
  ]);
  const sources = Array.from({ length }, (_, place) => place);
  places.forEach((place, i) => {
    sources[place] = length + i;
  });
  return call.reshaped(picked(call, both, 1, sources), input.shape);
};

export const indexed: Operators = {
  GatherND: gatherByLists,
  GatherElements: gatherElements,
  ScatterND: scatterByLists,
};
