import * as tf from '@tensorflow/tfjs-core';
import { createOperation } from '../ops';
import type { Shape } from '../ops/operation';
import { type SliceSpec, sliceBlocks } from '../ops/slice';
import type { PlannedNode } from '../optimise';
import type { Readable } from './attention-at-once';
import type { PlannedAtOnce } from './planned';

/**
 * Some rows of what is computed row by row, where those behind it read no others: what a last block does behind its attention, of which
 * a class token alone goes on. A row is a place of the first axis.
 * @param cut what takes the rows
 * @param taken nodes that are computed with others at once already
 */
export function rowsAtOnce(
  cut: PlannedNode,
  { byName, readers, shapes, output }: Readable,
  taken: ReadonlySet<string>,
): PlannedAtOnce | null {
  if (cut.spec.type !== 'slice') return null;
  const [end] = cut.inputs;
  const rows = rowsOf(cut.spec, shapes.get(end) as Shape);
  if (!rows) return null;
  const inside: PlannedNode[] = [];
  const open = new Set([end]);
  for (const node of [...byName.values()].reverse()) {
    const { name } = node;
    if (!open.has(name) || name === output || taken.has(name) || !isByRows(node, shapes)) continue;
    if (readers.get(name)?.some((reader) => reader !== cut && !inside.includes(reader))) continue;
    inside.unshift(node);
    open.delete(name);
    for (const input of node.inputs) open.add(input);
  }
  if (!inside.some(({ spec }) => spec.type === 'dense')) return null;
  const inputs = [...open];
  return {
    name: cut.name,
    skips: inside.map(({ name }) => name),
    inputs,
    create(_, operationOf) {
      const cuts = inputs.map((input) => {
        const others = (shapes.get(input) as Shape).slice(1);
        const begin = [rows.from, ...others.map(() => 0)];
        return createOperation({ type: 'slice', begin, end: [rows.to, ...others.map(() => null)] });
      });
      const steps = inside.map(({ name, inputs, spec }) => {
        const shape = [rows.count, ...(shapes.get(name) as Shape).slice(1)];
        const isLaidAnew = spec.type === 'reshape' || spec.type === 'axes';
        const operation = isLaidAnew ? createOperation({ type: 'reshape', shape }) : operationOf(name);
        return { name, inputs, operation };
      });
      const valuesOf = (read: tf.Tensor[]) => {
        const values = new Map(inputs.map((input, i) => [input, cuts[i].forward([read[i]])]));
        const all = (names: readonly string[]) => names.map((name) => values.get(name) as tf.Tensor);
        for (const { name, inputs, operation } of steps) values.set(name, operation.forward(all(inputs)));
        return all;
      };
      return {
        forward: (read) => tf.tidy(() => valuesOf(read)([end])[0]),
        backward: (dy, read) =>
          tf.tidy(() => {
            const all = valuesOf(read);
            const gradients = new Map([[end, dy]]);
            for (const { name, inputs, operation } of [...steps].reverse()) {
              const own = gradients.get(name) as tf.Tensor;
              operation.backward(own, all(inputs), all([name])[0]).forEach((part, i) => {
                const sum = gradients.get(inputs[i]);
                gradients.set(inputs[i], sum ? tf.add(sum, part) : part);
              });
            }
            return inputs.flatMap((input, i) =>
              cuts[i].backward(gradients.get(input) as tf.Tensor, [read[i]], all([input])[0]),
            );
          }),
      };
    },
  };
}

/** The rows that are taken, one after the other, with all that is in them; null where they are more than half of all. */
function rowsOf(spec: SliceSpec, shape: Shape) {
  const blocks = sliceBlocks(spec, shape);
  const [rows] = blocks;
  const isWhole = ({ step, count }: (typeof blocks)[0], axis: number) =>
    step === 1 && (axis === 0 || count === shape[axis]);
  return blocks.every(isWhole) && rows.count <= shape[0] / 2 ? rows : null;
}

/** Whether each row of a node is computed from the same row of what it reads. */
function isByRows({ name, inputs, spec }: PlannedNode, shapes: ReadonlyMap<string, Shape>): boolean {
  const shape = shapes.get(name) as Shape;
  const read = inputs.map((input) => shapes.get(input) as Shape);
  switch (spec.type) {
    case 'dense':
    case 'activation':
      return shape.length > 1 && spec.activation.name !== 'prelu';
    case 'layer-normalisation':
      return spec.axes < shape.length;
    case 'merge':
      return read.every((each) => each.join() === shape.join());
    case 'reshape':
    case 'axes':
      return read[0][0] === shape[0];
    default:
      return false;
  }
}
