import type * as tf from '@tensorflow/tfjs-core';
import { summedConvolution } from '../ops/convolution';
import type { PlannedNode } from '../optimise';
import type { Readable } from './attention-at-once';
import type { PlannedAtOnce } from './planned';

const isRelu = (node?: PlannedNode) =>
  node?.spec.type === 'activation' && node.spec.activation.name === 'relu';

/** A convolution whose sums another map is added to, as a residual block ends, and the ReLU behind that where there is one. */
export function sumAtOnce(
  node: PlannedNode,
  { byName, readers, shapes, output }: Readable,
): PlannedAtOnce | null {
  const isOnlyRead = (name: string) => name !== output && readers.get(name)?.length === 1;
  const isBent = isRelu(node);
  const sum = isBent ? byName.get(node.inputs[0]) : node;
  if (sum?.spec.type !== 'merge' || sum.spec.by !== 'add' || sum.inputs.length !== 2) return null;
  // The ReLU that alone reads a sum is computed with it, another is not.
  if (isBent !== (isOnlyRead(sum.name) && isRelu(readers.get(sum.name)?.[0]))) return null;
  for (const [name, other] of [sum.inputs, [...sum.inputs].reverse()]) {
    const before = byName.get(name);
    if (before?.spec.type !== 'convolution' || before.spec.activation.name !== 'linear') continue;
    if (before.spec.groups > 1 || !isOnlyRead(name) || name === other) continue;
    if (shapes.get(name)?.join() !== shapes.get(other)?.join()) continue;
    const { spec } = before;
    return {
      name: node.name,
      skips: isBent ? [name, sum.name] : [name],
      inputs: [before.inputs[0], other],
      create(tensorOf) {
        const { filter, bias } = spec;
        const weights = {
          ...spec,
          filter: tensorOf(filter),
          bias: bias && tensorOf(bias),
          activation: linear,
        };
        const convolve = summedConvolution(weights, isBent ? 'relu' : 'linear');
        return { forward: ([x, summand]) => convolve(x as tf.Tensor4D, summand as tf.Tensor4D) };
      },
    };
  }
  return null;
}

const linear = { name: 'linear' } as const;
