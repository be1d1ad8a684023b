import * as tf from '@tensorflow/tfjs-core';
import { type ActivationSpec, activation, activationShape } from './activation';
import { type AffineSpec, affine, affineShape } from './affine';
import { type ConstantSpec, constant, constantShape } from './any-rank/constant';
import { type EmbeddingSpec, embedding, embeddingShape } from './any-rank/embedding';
import { type ExpandSpec, expand, expandShape } from './any-rank/expand';
import { type GatherSpec, gather, gatherShape } from './any-rank/gather';
import { type MatrixProductSpec, matrixProduct, matrixProductShape } from './any-rank/matrix-product';
import { type AxesSpec, axes, axesShape } from './axes';
import { type CentreCropSpec, centreCrop, centreCropShape } from './centre-crop';
import { type GridSampleSpec, gridSample, gridSampleShape } from './chosen/grid-sample';
import { type HighestPlacesSpec, highestPlaces, highestPlacesShape } from './chosen/highest-places';
import { type PickSpec, pick, pickShape } from './chosen/pick';
import { type ConcatenateSpec, concatenate, concatenateShape } from './concatenate';
import { type ConvolutionSpec, convolution, convolutionShape } from './convolution';
import { type DenseSpec, dense, denseShape } from './dense';
import {
  type GroupNormalisationSpec,
  groupNormalisation,
  groupNormalisationShape,
} from './group-normalisation';
import { type IdentitySpec, identity, identityShape } from './identity';
import {
  type LayerNormalisationSpec,
  layerNormalisation,
  layerNormalisationShape,
} from './layer-normalisation';
import {
  type LocalResponseNormalisationSpec,
  localResponseNormalisation,
  localResponseNormalisationShape,
} from './local-response-normalisation';
import { type MergeSpec, merge, mergeShape } from './merge';
import type { Along, Operation, Shape, Shaped } from './operation';
import { type PaddingSpec, padding, paddingShape } from './padding';
import { type PoolingSpec, pooling, poolingShape } from './pooling';
import { type QuantiseSpec, quantise, quantiseShape } from './quantised-numbers';
import { type GruSpec, gru, gruShape } from './recurrent/gru';
import { type LstmSpec, lstm, lstmShape } from './recurrent/lstm';
import {
  type SimpleRecurrentSpec,
  simpleRecurrent,
  simpleRecurrentShape,
} from './recurrent/simple-recurrent';
import { type ReduceSpec, reduce, reduceShape } from './reduce';
import { type ReshapeSpec, reshape, reshapeShape } from './reshape';
import { type ResizeSpec, resize, resizeShape } from './resize';
import { type SliceSpec, slice, sliceShape } from './slice';
import { type TransposeSpec, transpose, transposeShape } from './transpose';
import {
  type TransposedConvolutionSpec,
  transposedConvolution,
  transposedConvolutionShape,
} from './transposed-convolution';

/** Everything a network can be made of; W is the form its weights have. */
export type OperationSpec<W> =
  | ActivationSpec<W>
  | AffineSpec<W>
  | AxesSpec
  | CentreCropSpec
  | ConcatenateSpec
  | ConstantSpec<W>
  | ConvolutionSpec<W>
  | DenseSpec<W>
  | EmbeddingSpec<W>
  | ExpandSpec
  | GatherSpec
  | GridSampleSpec
  | GroupNormalisationSpec<W>
  | GruSpec<W>
  | HighestPlacesSpec
  | IdentitySpec
  | LayerNormalisationSpec<W>
  | LocalResponseNormalisationSpec
  | LstmSpec<W>
  | MatrixProductSpec
  | MergeSpec
  | PaddingSpec
  | PickSpec
  | PoolingSpec
  | QuantiseSpec
  | ReduceSpec
  | ReshapeSpec
  | ResizeSpec
  | SimpleRecurrentSpec<W>
  | SliceSpec
  | TransposeSpec
  | TransposedConvolutionSpec<W>;

export type OperationType = OperationSpec<unknown>['type'];

type SpecOf<T extends OperationType, W> = Extract<OperationSpec<W>, { type: T }>;

interface Family<T extends OperationType> {
  /** @throws MisfitError where inputs or weights do not fit */
  shape(spec: SpecOf<T, Shaped>, inputs: readonly Shape[]): Shape;
  create(spec: SpecOf<T, tf.Tensor>): Operation;
  /** Number of inputs; null for any. */
  inputs: number | null;
}

const families: { [T in OperationType]: Family<T> } = {
  activation: { shape: activationShape, create: activation, inputs: 1 },
  affine: { shape: affineShape, create: affine, inputs: 1 },
  axes: { shape: axesShape, create: axes, inputs: 1 },
  'centre-crop': { shape: centreCropShape, create: centreCrop, inputs: 1 },
  concatenate: { shape: concatenateShape, create: concatenate, inputs: null },
  constant: { shape: constantShape, create: constant, inputs: 1 },
  convolution: { shape: convolutionShape, create: convolution, inputs: 1 },
  dense: { shape: denseShape, create: dense, inputs: 1 },
  embedding: { shape: embeddingShape, create: embedding, inputs: 1 },
  expand: { shape: expandShape, create: expand, inputs: 1 },
  gather: { shape: gatherShape, create: gather, inputs: 1 },
  'group-normalisation': { shape: groupNormalisationShape, create: groupNormalisation, inputs: 1 },
  'grid-sample': { shape: gridSampleShape, create: gridSample, inputs: 2 },
  gru: { shape: gruShape, create: gru, inputs: 1 },
  'highest-places': { shape: highestPlacesShape, create: highestPlaces, inputs: 1 },
  identity: { shape: identityShape, create: identity, inputs: 1 },
  'layer-normalisation': { shape: layerNormalisationShape, create: layerNormalisation, inputs: 1 },
  'local-response-normalisation': {
    shape: localResponseNormalisationShape,
    create: localResponseNormalisation,
    inputs: 1,
  },
  lstm: { shape: lstmShape, create: lstm, inputs: 1 },
  'matrix-product': { shape: matrixProductShape, create: matrixProduct, inputs: 2 },
  merge: { shape: mergeShape, create: merge, inputs: null },
  padding: { shape: paddingShape, create: padding, inputs: 1 },
  pick: { shape: pickShape, create: pick, inputs: 2 },
  pooling: { shape: poolingShape, create: pooling, inputs: 1 },
  quantise: { shape: quantiseShape, create: quantise, inputs: 1 },
  reduce: { shape: reduceShape, create: reduce, inputs: 1 },
  reshape: { shape: reshapeShape, create: reshape, inputs: 1 },
  resize: { shape: resizeShape, create: resize, inputs: 1 },
  'simple-recurrent': { shape: simpleRecurrentShape, create: simpleRecurrent, inputs: 1 },
  slice: { shape: sliceShape, create: slice, inputs: 1 },
  transpose: { shape: transposeShape, create: transpose, inputs: 1 },
  'transposed-convolution': {
    shape: transposedConvolutionShape,
    create: transposedConvolution,
    inputs: 1,
  },
};

const familyOf = (type: OperationType) => families[type] as unknown as Family<'identity'>;

/** Operations on maps, which take several maps of each picture one like the other: windows that lie in front of the rows. */
const onMaps = new Set<OperationType>([
  'convolution',
  'transposed-convolution',
  'pooling',
  'group-normalisation',
  'local-response-normalisation',
  'resize',
]);

const MAP_AXES = 3;

/** The same operation on [..., h, w, c]: what lies in front goes into the batch. */
const onEveryMap = (operation: Operation): Operation => {
  const joined = (x: tf.Tensor) => tf.reshape(x, [-1, ...x.shape.slice(-MAP_AXES)]);
  const isOne = ({ rank }: tf.Tensor) => rank === MAP_AXES + 1;
  const apart = (y: tf.Tensor, x: tf.Tensor) =>
    tf.reshape(y, [...x.shape.slice(0, -MAP_AXES), ...y.shape.slice(1)]);
  return {
    forward: ([x]) =>
      isOne(x) ? operation.forward([x]) : tf.tidy(() => apart(operation.forward([joined(x)]), x)),
    backward: (dy, [x], y) =>
      isOne(x)
        ? operation.backward(dy, [x], y)
        : tf.tidy(() =>
            operation.backward(joined(dy), [joined(x)], joined(y)).map((part) => tf.reshape(part, x.shape)),
          ),
    backwardOnto: (sum, dy, x, y) => (isOne(x) ? (operation.backwardOnto?.(sum, dy, x, y) ?? null) : null),
    dispose: () => operation.dispose?.(),
    ...movedOnEveryMap(operation, { isOne, joined, apart }),
  };
};

interface Laying {
  isOne(x: tf.Tensor): boolean;
  /** What lies in front of a map goes into the batch. */
  joined(x: tf.Tensor): tf.Tensor;
  /** And out of it again, as it is of `x`. */
  apart(y: tf.Tensor, x: tf.Tensor): tf.Tensor;
}

/** How the same operation moves on, as far as it has what tells. */
function movedOnEveryMap(
  { push, bend, biases }: Operation,
  { isOne, joined, apart }: Laying,
): Pick<Operation, 'push' | 'bend' | 'biases'> {
  return {
    ...(push && {
      push: ([v]: tf.Tensor[], [x]: tf.Tensor[], y: tf.Tensor) =>
        isOne(x) ? push([v], [x], y) : tf.tidy(() => apart(push([joined(v)], [joined(x)], joined(y)), x)),
    }),
    ...(bend && {
      bend(dy: tf.Tensor, along: Along) {
        const { inputs, tangents, output, tangent } = along;
        if (isOne(inputs[0])) return bend(dy, along);
        const own = { inputs: inputs.map(joined), tangents: tangents.map(joined) };
        return tf.tidy(() =>
          bend(joined(dy), { ...own, output: joined(output), tangent: joined(tangent) }).map((part) =>
            tf.reshape(part, inputs[0].shape),
          ),
        );
      },
    }),
    ...(biases && {
      biases: ([x]: tf.Tensor[], y: tf.Tensor) =>
        isOne(x)
          ? biases([x], y)
          : tf.tidy(() =>
              biases([joined(x)], joined(y)).map((own) => (own.rank === MAP_AXES + 1 ? apart(own, x) : own)),
            ),
    }),
  };
}

/** How many inputs an operation reads; null for any number. */
export const inputCount = (type: OperationType) => familyOf(type).inputs;

/** Shape of an operation's output from those of its inputs, without batch. @throws MisfitError */
export const shapeOf = (spec: OperationSpec<Shaped>, inputs: readonly Shape[]): Shape => {
  const { shape } = familyOf(spec.type);
  const [first] = inputs;
  if (!onMaps.has(spec.type) || first.length <= MAP_AXES) return shape(spec as IdentitySpec, inputs);
  return [...first.slice(0, -MAP_AXES), ...shape(spec as IdentitySpec, [first.slice(-MAP_AXES)])];
};

export const createOperation = (spec: OperationSpec<tf.Tensor>): Operation => {
  const operation = familyOf(spec.type).create(spec as IdentitySpec);
  return onMaps.has(spec.type) ? onEveryMap(operation) : operation;
};
