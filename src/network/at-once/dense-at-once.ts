import * as tf from '@tensorflow/tfjs-core';
import { bentProduct } from '../../backend/kernels/smooth-operations';
import type { Weight } from '../network-graph';
import type { PlannedNode } from '../optimise';
import type { PlannedAtOnce } from './planned';
import type { Named } from './views';

const smooth = ['gelu', 'gelu-tanh', 'swish'] as const;

/** A dense layer and the smooth activation behind it, whose gradient alone needs what lies between. */
export function denseAtOnce(node: PlannedNode, { byName }: Named): PlannedAtOnce | null {
  const { spec, name } = node;
  if (spec.type !== 'activation') return null;
  const which = smooth.find((each) => each === spec.activation.name);
  const before = byName.get(node.inputs[0]);
  if (!which || before?.spec.type !== 'dense' || before.spec.activation.name !== 'linear') return null;
  const { kernel, bias } = before.spec;
  return {
    name,
    skips: [before.name],
    inputs: before.inputs,
    create(tensorOf: (weight: Weight) => tf.Tensor) {
      const [matrix, summand] = [tensorOf(kernel) as tf.Tensor2D, bias && tensorOf(bias)];
      const [depth, columns] = matrix.shape;
      const forward = ([x]: tf.Tensor[]) => {
        const rows = x.size / depth;
        // A row of each picture is multiplied by kernels of its own.
        if (rows === 1 || rows === x.shape[0]) return null;
        const flat = tf.reshape(x, [rows, depth]) as tf.Tensor2D;
        const bent = bentProduct(which, flat, matrix, summand);
        const shaped = bent && tf.reshape(bent, [...x.shape.slice(0, -1), columns]);
        tf.dispose(bent ? [flat, bent] : flat);
        return shaped;
      };
      return { forward };
    },
  };
}
