import * as tf from '@tensorflow/tfjs-core';
import type { BackendName } from '../backend-names';
import {
  convolutionKernel,
  fusedConvolutionKernel,
  GATED_INPUT_GRADIENT,
  gatedInputGradientKernel,
  TRAINING_CONVOLUTION,
  trainingConvolutionKernel,
} from '../fast-convolution';
import { averagePoolGradientKernel, wasmAveragePoolGradientKernel } from '../gradients/average-pool-gradient';
import { convolutionFilterGradientKernel } from '../gradients/convolution-filter-gradient';
import { depthwiseFilterGradientKernel, depthwiseInputGradientKernel } from '../gradients/depthwise-gradient';
import { convolutionInputGradientKernel } from '../gradients/input-gradient';
import { maxPoolGradientKernel } from '../gradients/max-pool-gradient';
import { bilinearGradientKernel, nearestGradientKernel } from '../gradients/resize-gradient';
import {
  depthwiseKernel,
  GATED_DEPTHWISE_INPUT_GRADIENT,
  gatedDepthwiseInputGradientKernel,
  depthwiseFilterGradientKernel as ownDepthwiseFilterGradientKernel,
  depthwiseInputGradientKernel as ownDepthwiseInputGradientKernel,
} from './fast-depthwise';
import { averagePoolKernel, maxPoolKernel } from './fast-pooling';
import {
  errorFunctionKernel,
  exponentialKernel,
  SMOOTH_FUNCTION,
  SMOOTH_FUNCTION_GRADIENT,
  smoothFunctionGradientKernel,
  smoothFunctionKernel,
} from './function-kernels';
import { binaryOfManyAxes, padOfManyAxes } from './many-axes';
import {
  BATCH_NORM_TRAINING,
  BATCH_NORM_TRAINING_GRADIENT,
  batchNormTrainingGradientKernel,
  batchNormTrainingKernel,
} from './normalisation-kernels';
import { fusedMatrixProductKernel, matrixProductKernel } from './product-kernels';
import { meanKernel, sumKernel } from './reduction';
import { relu6Kernel, reluKernel } from './relu';
import { type Kernel, type KernelOfMany, replaceKernel, stockKernel } from './replace-kernel';
import {
  LAYER_NORMALISATION,
  LAYER_NORMALISATION_GRADIENT,
  layerNormalisationGradientKernel,
  layerNormalisationKernel,
  SOFTMAX_GRADIENT,
  softmaxGradientKernel,
  softmaxKernel,
} from './row-kernels';
import { segmentSumKernel } from './segment-sum';
import { castKernel, identityKernel } from './share-data';
import { sliceKernel, splitKernel } from './slice-kernel';
import { tileKernel } from './tile';
import {
  ACTIVATION_GRADIENT,
  ADAM_STEP,
  activationGradientKernel,
  adamStepKernel,
  DESCENT_STEP,
  descentStepKernel,
} from './update-kernels';

/** Kernels whose stock version is wrong on every backend. */
const kernels: Record<string, Kernel> = {
  [tf.ResizeBilinearGrad]: bilinearGradientKernel,
  [tf.ResizeNearestNeighborGrad]: nearestGradientKernel,
};

/** Kernels that WebAssembly lacks, or whose stock version is slow or wrong. */
const wasmKernels: Record<string, Kernel | KernelOfMany> = {
  [tf.Conv2DBackpropInput]: convolutionInputGradientKernel,
  [GATED_INPUT_GRADIENT]: gatedInputGradientKernel,
  [tf.Conv2DBackpropFilter]: convolutionFilterGradientKernel,
  [tf.DepthwiseConv2dNativeBackpropInput]: ownDepthwiseInputGradientKernel(depthwiseInputGradientKernel),
  [GATED_DEPTHWISE_INPUT_GRADIENT]: gatedDepthwiseInputGradientKernel,
  [tf.DepthwiseConv2dNativeBackpropFilter]: ownDepthwiseFilterGradientKernel(depthwiseFilterGradientKernel),
  [tf.MaxPoolGrad]: maxPoolGradientKernel,
  [tf.AvgPoolGrad]: wasmAveragePoolGradientKernel,
  [tf.UnsortedSegmentSum]: segmentSumKernel,
  [tf.Identity]: identityKernel,
  [BATCH_NORM_TRAINING]: batchNormTrainingKernel,
  [BATCH_NORM_TRAINING_GRADIENT]: batchNormTrainingGradientKernel,
  [ACTIVATION_GRADIENT]: activationGradientKernel,
  [ADAM_STEP]: adamStepKernel,
  [DESCENT_STEP]: descentStepKernel,
  [SMOOTH_FUNCTION]: smoothFunctionKernel,
  [SMOOTH_FUNCTION_GRADIENT]: smoothFunctionGradientKernel,
  [SOFTMAX_GRADIENT]: softmaxGradientKernel,
  [LAYER_NORMALISATION]: layerNormalisationKernel,
  [LAYER_NORMALISATION_GRADIENT]: layerNormalisationGradientKernel,
};

/** Kernels that handle some inputs and leave the others to the stock kernel. */
const wasmShortcuts: Record<string, (stock: Kernel) => Kernel> = {
  [tf.Conv2D]: convolutionKernel,
  [tf.FusedConv2D]: fusedConvolutionKernel,
  [tf.DepthwiseConv2dNative]: depthwiseKernel,
  [tf.FusedDepthwiseConv2D]: depthwiseKernel,
  [tf.MaxPool]: maxPoolKernel,
  [tf.AvgPool]: averagePoolKernel,
  [tf.BatchMatMul]: matrixProductKernel,
  [tf._FusedMatMul]: fusedMatrixProductKernel,
  [tf.Mean]: meanKernel,
  [tf.Sum]: sumKernel,
  [tf.Cast]: castKernel,
  [tf.Slice]: sliceKernel,
  [tf.Tile]: tileKernel,
  [tf.Relu]: reluKernel,
  [tf.Relu6]: relu6Kernel,
  [tf.PadV2]: padOfManyAxes,
  [tf.Exp]: exponentialKernel,
  [tf.Erf]: errorFunctionKernel,
  [tf.Softmax]: softmaxKernel,
};

/** Elementwise ones, which join axes where there are many. */
const wasmBinaries = [tf.Add, tf.Sub, tf.Multiply, tf.RealDiv, tf.Maximum, tf.Minimum];

const prepared = new Set<BackendName>();

/** Puts this project's kernels in the place of a backend's own ones; call once the backend is loaded. */
export function registerKernels(backend: BackendName): void {
  if (prepared.has(backend)) return;
  prepared.add(backend);
  const replaceStock = (name: string, replacement: (stock: Kernel) => Kernel) =>
    replaceKernel(backend, name, replacement(stockKernel(backend, name)));
  for (const [name, kernel] of Object.entries(kernels)) replaceKernel(backend, name, kernel);
  if (backend !== 'wasm') {
    replaceStock(tf.AvgPoolGrad, averagePoolGradientKernel);
    return;
  }
  replaceKernel(
    backend,
    TRAINING_CONVOLUTION,
    trainingConvolutionKernel(stockKernel(backend, tf.FusedConv2D)),
  );
  replaceKernel(backend, tf.SplitV, splitKernel(stockKernel(backend, tf.SplitV) as unknown as KernelOfMany));
  for (const [name, kernel] of Object.entries(wasmKernels)) replaceKernel(backend, name, kernel);
  for (const [name, shortcut] of Object.entries(wasmShortcuts)) replaceStock(name, shortcut);
  for (const name of wasmBinaries) replaceStock(name, binaryOfManyAxes);
}
