import * as tf from '@tensorflow/tfjs-core';
import { counted } from '../../text/counted';
import { type Activation, activationFunction, pushThrough } from './activation';
import { convolutionInputGradient } from './convolution-gradient';
import { type Along, featureMap, MisfitError, type Operation, type Shape, type Shaped } from './operation';
import { bendOf, fusedBiases, hasBias } from './tangents/fused-activation';
import { type Padding, type Pair, tfPaddingOver, windowPlaces } from './window';

/** The input gradient of a convolution, used as a forward pass. */
export interface TransposedConvolutionSpec<W> {
  readonly type: 'transposed-convolution';
  /** [kh, kw, c_out, c_in] */
  readonly filter: W;
  /** [c_out] */
  readonly bias: W | null;
  readonly strides: Pair;
  /** Padding of the convolution whose gradient this is; cut from the output. */
  readonly padding: Padding;
  /** Rows and columns added below and to the right, or null for the framework's own choice. */
  readonly outputPadding: Pair | null;
  readonly activation: Activation<W>;
}

export function transposedConvolutionShape(
  spec: TransposedConvolutionSpec<Shaped>,
  inputs: readonly Shape[],
): [number, number, number] {
  const [height, width, channels] = featureMap(inputs);
  const { filter, bias, strides, padding, outputPadding } = spec;
  const [rows, columns, out, depth] = filter.shape;
  if (filter.shape.length !== 4 || depth !== channels) {
    throw new MisfitError(
      `has a filter of shape [${filter.shape}], which does not fit ${counted(channels, 'input channel')}`,
    );
  }
  if (bias && (bias.shape.length !== 1 || bias.shape[0] !== out)) {
    throw new MisfitError(`has a bias of shape [${bias.shape}] for ${counted(out, 'output channel')}`);
  }
  const size: Pair = [rows, columns];
  const sides = padding === 'valid' || padding === 'same' ? null : padding;
  const cut = sides ? [sides.top + sides.bottom, sides.left + sides.right] : [0, 0];
  const [outRows, outColumns] = [height, width].map((places, axis) => {
    if (outputPadding && padding === 'same') {
      // Keras: both sides of the window's half are cut.
      return (places - 1) * strides[axis] + size[axis] - 2 * (size[axis] >> 1) + outputPadding[axis];
    }
    if (padding === 'same') return places * strides[axis];
    const least = (places - 1) * strides[axis] + size[axis] - cut[axis];
    if (outputPadding) return least + outputPadding[axis];
    return sides ? least : least + Math.max(0, strides[axis] - size[axis]);
  });
  const window = { size, strides, padding, dilations: [1, 1] as const };
  const back = windowPlaces([outRows, outColumns], window);
  if (back[0] !== height || back[1] !== width) {
    throw new MisfitError('has an output padding that does not fit its stride');
  }
  return [outRows, outColumns, out];
}

export function transposedConvolution(spec: TransposedConvolutionSpec<tf.Tensor>): Operation {
  const filter = spec.filter as tf.Tensor4D;
  const strides = spec.strides as [number, number];
  const [rows, columns] = filter.shape;
  const window = {
    size: [rows, columns] as const,
    strides,
    padding: spec.padding,
    dilations: [1, 1] as const,
  };
  const { apply, gradient } = activationFunction(spec.activation);
  const linearly = ([x]: tf.Tensor[]) => {
    const shape = transposedConvolutionShape(spec, [x.shape.slice(1)]);
    const [height, width] = shape;
    return convolutionInputGradient(
      x as tf.Tensor4D,
      filter,
      [x.shape[0], ...shape],
      strides,
      tfPaddingOver([height, width], window),
      [1, 1],
    );
  };
  const transposed = (before: tf.Tensor) => {
    const [, height, width] = (before as tf.Tensor4D).shape;
    return tf.conv2d(
      before as tf.Tensor4D,
      filter,
      strides,
      tfPaddingOver([height, width], window) as 'valid',
    );
  };
  const bent = bendOf(spec.activation);
  return {
    forward: (inputs) =>
      tf.tidy(() => {
        const y = linearly(inputs);
        return apply(spec.bias ? tf.add(y, spec.bias) : y);
      }),
    push: (tangents, _, y) =>
      tf.tidy(() => pushThrough(spec.activation, gradient.pull, linearly(tangents), y)),
    ...(hasBias(spec.activation, spec.bias) && { biases: fusedBiases(spec.activation, spec.bias, linearly) }),
    backward: (dy, _, y) => tf.tidy(() => [transposed(gradient.pull(dy, y))]),
    ...(bent && {
      bend: (dy: tf.Tensor, along: Along) => tf.tidy(() => [transposed(bent(dy, along))]),
    }),
  };
}
