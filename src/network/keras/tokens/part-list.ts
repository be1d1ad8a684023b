import type { Weight } from '../../network-graph';
import type { OperationSpec } from '../../ops';
import { type Shape, sizeOf } from '../../ops/operation';
import type { Part } from '../steps';

type Spec = OperationSpec<Weight>;
type Source = number | string;

/** The parts of a layer while they are put together; what changes nothing is left out. */
export class PartList {
  readonly parts: Part[] = [];

  /** @returns the name, for those that read it */
  add(name: string, inputs: readonly Source[], spec: Spec): string {
    this.parts.push({ name, inputs, spec });
    return name;
  }

  /** @param order axis of the input that becomes axis i, without the batch */
  transpose(name: string, input: Source, order: readonly number[]): Source {
    if (order.every((axis, i) => axis === i)) return input;
    return this.add(name, [input], { type: 'transpose', permutation: order });
  }

  /** @param from the shape that it has, without the batch */
  reshape(name: string, input: Source, from: Shape, shape: Shape): Source {
    if (from.join() === shape.join()) return input;
    return this.add(name, [input], { type: 'reshape', shape });
  }

  /** Softmax along one axis or several together. */
  softmax(name: string, input: Source, shape: Shape, axes: readonly number[]): string {
    const others = shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
    const order = [...others, ...axes];
    const moved = order.map((axis) => shape[axis]);
    const joined = [...others.map((axis) => shape[axis]), sizeOf(axes.map((axis) => shape[axis]))];
    const last = this.transpose(`${name}, axes last`, input, order);
    const flat = this.reshape(`${name}, axes joined`, last, moved, joined);
    const isPlain = flat === input;
    const weights = this.add(isPlain ? name : `${name}, softmax`, [flat], {
      type: 'activation',
      activation: { name: 'softmax' },
    });
    if (isPlain) return weights;
    const apart = this.reshape(`${name}, axes apart`, weights, joined, moved);
    const back = shape.map((_, axis) => order.indexOf(axis));
    return this.named(name, this.transpose(`${name}, axes back`, apart, back));
  }

  /** The same numbers under a name of their own. */
  named(name: string, input: Source): string {
    const last = this.parts.at(-1);
    if (last && last.name === input) {
      this.parts[this.parts.length - 1] = { ...last, name };
      return name;
    }
    return this.add(name, [input], { type: 'identity' });
  }
}
