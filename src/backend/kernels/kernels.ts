import * as tf from '@tensorflow/tfjs-core';
import type { BackendName } from '../backend-names';
import {
  convolutionInputGradientKernel,
  convolutionKernel,
  fusedConvolutionKernel,
  GROUPED_CONVOLUTION,
  GROUPED_INPUT_GRADIENT,
  groupedConvolutionKernel,
  groupedInputGradientKernel,
  TRAINING_CONVOLUTION,
  trainingConvolutionKernel,
} from '../fast-convolution';
import {
  concatKernel,
  gatherKernel,
  packKernel,
  padKernel,
  reverseKernel,
  sliceKernel,
  splitKernel,
  stridedSliceKernel,
  tileKernel,
  transposeKernel,
  unpackKernel,
} from '../general/arranging-kernels';
import { binaryKernels, sumOfManyKernel } from '../general/binary-kernels';
import {
  fillKernel,
  oneHotKernel,
  onesLikeKernel,
  rangeKernel,
  selectKernel,
  zerosLikeKernel,
} from '../general/filling-kernels';
import { localResponseGradientKernel, localResponseKernel } from '../general/local-response-kernels';
import {
  batchToSpaceKernel,
  cumulatedSumKernel,
  mirrorPadKernel,
  spaceToBatchKernel,
  topKKernel,
} from '../general/rare-kernels';
import { reductionKernels } from '../general/reduction-kernels';
import { resizeBilinearKernel, resizeNearestKernel } from '../general/resize-kernels';
import { unaryKernels } from '../general/unary-kernels';
import { averagePoolGradientKernel, wasmAveragePoolGradientKernel } from '../gradients/average-pool-gradient';
import { convolutionFilterGradientKernel } from '../gradients/convolution-filter-gradient';
import { maxPoolGradientKernel } from '../gradients/max-pool-gradient';
import { bilinearGradientKernel, nearestGradientKernel } from '../gradients/resize-gradient';
import { ATTENTION, attentionKernel } from './attention-kernel';
import { CHANNEL_SUM, channelSumKernel } from './channel-sum';
import {
  depthwiseFilterGradientKernel,
  depthwiseInputGradientKernel,
  depthwiseKernel,
  GATED_DEPTHWISE_INPUT_GRADIENT,
} from './fast-depthwise';
import { averagePoolKernel, maxPoolKernel } from './fast-pooling';
import {
  SMOOTH_FUNCTION,
  SMOOTH_FUNCTION_GRADIENT,
  smoothFunctionGradientKernel,
  smoothFunctionKernel,
} from './function-kernels';
import {
  BATCH_NORM_TRAINING,
  BATCH_NORM_TRAINING_GRADIENT,
  batchNormKernel,
  batchNormTrainingGradientKernel,
  batchNormTrainingKernel,
} from './normalisation-kernels';
import {
  BENT_PRODUCT,
  bentProductKernel,
  fusedMatrixProductKernel,
  matrixProductKernel,
} from './product-kernels';
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
import { castKernel, expandDimsKernel, identityKernel, reshapeKernel } from './share-data';
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

/** All kernels of our own backend. */
const ownKernels: Record<string, Kernel | KernelOfMany> = {
  ...binaryKernels,
  ...unaryKernels,
  ...reductionKernels,
  ...kernels,
  [tf.AddN]: sumOfManyKernel,
  [tf.Identity]: identityKernel,
  [tf.Reshape]: reshapeKernel,
  [tf.ExpandDims]: expandDimsKernel,
  [tf.Cast]: castKernel,
  [tf.Transpose]: transposeKernel,
  [tf.Slice]: sliceKernel,
  [tf.StridedSlice]: stridedSliceKernel,
  [tf.SplitV]: splitKernel,
  [tf.Unpack]: unpackKernel,
  [tf.Reverse]: reverseKernel,
  [tf.PadV2]: padKernel,
  [tf.Concat]: concatKernel,
  [tf.Pack]: packKernel,
  [tf.Tile]: tileKernel,
  [tf.GatherV2]: gatherKernel,
  [tf.UnsortedSegmentSum]: segmentSumKernel,
  [tf.Fill]: fillKernel,
  [tf.ZerosLike]: zerosLikeKernel,
  [tf.OnesLike]: onesLikeKernel,
  [tf.Range]: rangeKernel,
  [tf.Select]: selectKernel,
  [tf.OneHot]: oneHotKernel,
  [tf.Cumsum]: cumulatedSumKernel,
  [tf.MirrorPad]: mirrorPadKernel,
  [tf.TopK]: topKKernel,
  [tf.SpaceToBatchND]: spaceToBatchKernel,
  [tf.BatchToSpaceND]: batchToSpaceKernel,
  [tf.Relu]: reluKernel,
  [tf.Relu6]: relu6Kernel,
  [tf.Conv2D]: convolutionKernel,
  [tf.FusedConv2D]: fusedConvolutionKernel,
  [TRAINING_CONVOLUTION]: trainingConvolutionKernel,
  [tf.Conv2DBackpropInput]: convolutionInputGradientKernel,
  [GROUPED_CONVOLUTION]: groupedConvolutionKernel,
  [GROUPED_INPUT_GRADIENT]: groupedInputGradientKernel,
  [tf.Conv2DBackpropFilter]: convolutionFilterGradientKernel,
  [tf.DepthwiseConv2dNative]: depthwiseKernel,
  [tf.FusedDepthwiseConv2D]: depthwiseKernel,
  [tf.DepthwiseConv2dNativeBackpropInput]: depthwiseInputGradientKernel,
  [GATED_DEPTHWISE_INPUT_GRADIENT]: depthwiseInputGradientKernel,
  [tf.DepthwiseConv2dNativeBackpropFilter]: depthwiseFilterGradientKernel,
  [tf.MaxPool]: maxPoolKernel,
  [tf.MaxPoolGrad]: maxPoolGradientKernel,
  [tf.AvgPool]: averagePoolKernel,
  [tf.AvgPoolGrad]: wasmAveragePoolGradientKernel,
  [tf.ResizeBilinear]: resizeBilinearKernel,
  [tf.ResizeNearestNeighbor]: resizeNearestKernel,
  [tf.LRN]: localResponseKernel,
  [tf.LRNGrad]: localResponseGradientKernel,
  [tf.BatchMatMul]: matrixProductKernel,
  [tf._FusedMatMul]: fusedMatrixProductKernel,
  [BENT_PRODUCT]: bentProductKernel,
  [ATTENTION]: attentionKernel,
  [tf.Softmax]: softmaxKernel,
  [SOFTMAX_GRADIENT]: softmaxGradientKernel,
  [tf.FusedBatchNorm]: batchNormKernel,
  [BATCH_NORM_TRAINING]: batchNormTrainingKernel,
  [BATCH_NORM_TRAINING_GRADIENT]: batchNormTrainingGradientKernel,
  [LAYER_NORMALISATION]: layerNormalisationKernel,
  [LAYER_NORMALISATION_GRADIENT]: layerNormalisationGradientKernel,
  [SMOOTH_FUNCTION]: smoothFunctionKernel,
  [SMOOTH_FUNCTION_GRADIENT]: smoothFunctionGradientKernel,
  [ACTIVATION_GRADIENT]: activationGradientKernel,
  [CHANNEL_SUM]: channelSumKernel,
  [ADAM_STEP]: adamStepKernel,
  [DESCENT_STEP]: descentStepKernel,
};

const prepared = new Set<BackendName>();

/** Registers the kernels of our own backend, or puts ours in the place of those that others bring; call once the backend is loaded. */
export function registerKernels(backend: BackendName): void {
  if (prepared.has(backend)) return;
  prepared.add(backend);
  if (backend === 'wasm') {
    for (const [kernelName, kernel] of Object.entries(ownKernels)) {
      tf.registerKernel({ backendName: backend, kernelName, kernelFunc: kernel as tf.KernelFunc });
    }
    return;
  }
  for (const [name, kernel] of Object.entries(kernels)) replaceKernel(backend, name, kernel);
  replaceKernel(backend, tf.AvgPoolGrad, averagePoolGradientKernel(stockKernel(backend, tf.AvgPoolGrad)));
}
