import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu/dist/backend_cpu';
import { batchToSpaceNDConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/BatchToSpaceND';
import { cumprodConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Cumprod';
import { cumsumConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Cumsum';
import { depthToSpaceConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/DepthToSpace';
import { gatherNdConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/GatherNd';
import { linSpaceConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/LinSpace';
import { mirrorPadConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/MirrorPad';
import { scatterNdConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/ScatterNd';
import { spaceToBatchNDConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/SpaceToBatchND';
import { topKConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/TopK';
import type * as tf from '@tensorflow/tfjs-core';
import type { Kernel, KernelOfMany, KernelParameters } from '../kernels/replace-kernel';
import type { TensorMemory } from '../memory/tensor-memory';

/**
 * Kernels that are rarely called and move little: TensorFlow.js' own of its plain JavaScript backend, on views of our memory. What they make
 * is copied into it.
 */
const borrowed = [
  batchToSpaceNDConfig,
  cumprodConfig,
  cumsumConfig,
  depthToSpaceConfig,
  gatherNdConfig,
  linSpaceConfig,
  mirrorPadConfig,
  scatterNdConfig,
  spaceToBatchNDConfig,
  topKConfig,
];

const borrow =
  (kernel: tf.KernelFunc): Kernel | KernelOfMany =>
  ({ inputs, attrs, backend }: KernelParameters) => {
    const memory = backend as TensorMemory;
    const plain = new MathBackendCPU();
    const given = Object.entries(inputs).map(([name, tensor]) => {
      const { shape, dtype } = tensor;
      return [name, plain.makeTensorInfo(shape, dtype, memory.valuesOf(tensor))];
    });
    const results = kernel({
      inputs: Object.fromEntries(given),
      attrs: attrs as tf.NamedAttrMap,
      backend: plain,
    });
    const kept = ({ dataId, shape, dtype }: tf.TensorInfo) =>
      memory.make(shape, dtype, plain.data.get(dataId).values as Float32Array);
    return (Array.isArray(results) ? results.map(kept) : kept(results)) as ReturnType<Kernel> &
      ReturnType<KernelOfMany>;
  };

export const borrowedKernels: Record<string, Kernel | KernelOfMany> = Object.fromEntries(
  borrowed.map(({ kernelName, kernelFunc }) => [kernelName, borrow(kernelFunc)]),
);
