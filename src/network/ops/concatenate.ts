import * as tf from '@tensorflow/tfjs-core';
import { MisfitError, type Operation, readsNothing, type Shape } from './operation';

export interface ConcatenateSpec {
  readonly type: 'concatenate';
  /** Axis without the batch: 2 for the channels of a feature map; negative from the end. */
  readonly axis: number;
}

export function concatenateShape(spec: ConcatenateSpec, inputs: readonly Shape[]): Shape {
  const [first] = inputs;
  const axis = spec.axis < 0 ? first.length + spec.axis : spec.axis;
  const rest = (shape: Shape) => [shape.length, ...shape.filter((_, i) => i !== axis)].join();
  if (!(axis >= 0 && axis < first.length) || inputs.some((shape) => rest(shape) !== rest(first))) {
    throw new MisfitError(`cannot join ${inputs.map((s) => `[${s}]`).join(' and ')} along axis ${spec.axis}`);
  }
  return first.map((size, i) => (i === axis ? inputs.reduce((sum, shape) => sum + shape[i], 0) : size));
}

export function concatenate(spec: ConcatenateSpec): Operation {
  const axisOf = ({ rank }: tf.Tensor) => (spec.axis < 0 ? rank + spec.axis : spec.axis + 1);
  return {
    forward: (inputs) => (inputs.length === 1 ? inputs[0].clone() : tf.concat(inputs, axisOf(inputs[0]))),
    backwardReads: readsNothing,
    backward: (dy, inputs) => {
      const axis = axisOf(dy);
      return tf.split(
        dy,
        inputs.map((input) => input.shape[axis]),
        axis,
      );
    },
  };
}
