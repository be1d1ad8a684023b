import type * as tf from '@tensorflow/tfjs-core';
import type { Activation } from '../fast-convolution/geometry';
import type { TensorMemory } from '../memory/tensor-memory';
import type { Kernel } from './replace-kernel';
import { castKernel } from './share-data';
import { activate } from './update-kernels';

/** An activation as a kernel of its own; what is no float becomes one. */
const activationKernel =
  (activation: Activation): Kernel =>
  ({ inputs, attrs, backend }) => {
    const x = castKernel({ inputs, attrs: { dtype: 'float32' }, backend }) as tf.Tensor;
    const output = activate({ inputs: { x }, attrs, backend }, activation);
    (backend as TensorMemory).disposeData(x.dataId);
    return output;
  };

/** max(0, x); NaN stays NaN. */
export const reluKernel = activationKernel('relu');

/** min(max(0, x), 6) */
export const relu6Kernel = activationKernel('relu6');
