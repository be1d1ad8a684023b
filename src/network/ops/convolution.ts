import * as tf from '@tensorflow/tfjs-core';
import {
  areGroupsTogether,
  convolutionOnto,
  type Gate,
  groupedConvolution,
  groupedInputGradient,
  inputGradientOnto,
  placeGroups,
} from '../../backend/fast-convolution';
import {
  depthwiseConvolution,
  gatedDepthwiseInputGradient,
  placeDepthwise,
} from '../../backend/kernels/fast-depthwise';
import { counted } from '../../text/counted';
import { type Activation, activationFunction, pushThrough } from './activation';
import { convolutionInputGradient, depthwiseInputGradient } from './convolution-gradient';
import { type Along, featureMap, MisfitError, type Operation, type Shape, type Shaped } from './operation';
import { bendOf, fusedBiases, hasBias } from './tangents/fused-activation';
import { type Padding, type Pair, tfPaddingOver, windowPlaces } from './window';

export interface ConvolutionSpec<W> {
  readonly type: 'convolution';
  /** [kh, kw, c_in / groups, c_out]; output channels of one group lie side by side */
  readonly filter: W;
  /** [c_out] */
  readonly bias: W | null;
  readonly strides: Pair;
  readonly padding: Padding;
  readonly dilations: Pair;
  /** 1 for an ordinary convolution, c_in for a depthwise one. */
  readonly groups: number;
  readonly activation: Activation<W>;
}

export function convolutionShape(spec: ConvolutionSpec<Shaped>, inputs: readonly Shape[]): Shape {
  const [height, width, channels] = featureMap(inputs);
  const { filter, bias, strides, padding, dilations, groups } = spec;
  if (filter.shape.length !== 4) throw new MisfitError(`has a filter of shape [${filter.shape}]`);
  const [rows, columns, depth, out] = filter.shape;
  if (depth * groups !== channels || out % groups !== 0) {
    throw new MisfitError(
      `has a filter of shape [${filter.shape}] in ${counted(groups, 'group')}, which does not fit ${counted(channels, 'input channel')}`,
    );
  }
  if (bias && (bias.shape.length !== 1 || bias.shape[0] !== out)) {
    throw new MisfitError(`has a bias of shape [${bias.shape}] for ${counted(out, 'output channel')}`);
  }
  if (Math.max(...strides) > 1 && Math.max(...dilations) > 1) {
    throw new MisfitError('has a stride and a dilation at once, which is not supported');
  }
  const size: Pair = [rows, columns];
  return [...windowPlaces([height, width], { size, strides, padding, dilations }), out];
}

/** One group: both functions work on [b, h, w, c] and free what they make on the way, except their result. */
interface Convolver {
  /** With bias and activation in the same kernel. */
  forward(x: tf.Tensor4D, activation: 'linear' | 'relu' | 'relu6'): tf.Tensor4D;
  /** The sums alone, without their bias. */
  linearly(x: tf.Tensor4D): tf.Tensor4D;
  inputGradient(dy: tf.Tensor4D, inputShape: tf.Tensor4D['shape']): tf.Tensor4D;
  /** The same through the activation behind it, where one kernel does both; else null. */
  gatedGradient?(dy: tf.Tensor4D, gate: Gate, inputShape: tf.Tensor4D['shape']): tf.Tensor4D | null;
  /** And added to another map, where one kernel does all of it; else null. */
  gatedGradientOnto?(sum: tf.Tensor4D, dy: tf.Tensor4D, gate: Gate): tf.Tensor4D | null;
  dispose(): void;
}

/**
 * Convolution, bias and activation, with the gradient towards the input only.
 *
 * TensorFlow.js unfuses a convolution while it records gradients, and its fused gradient computes the
 * filter's gradient as well; neither is wanted where the weights stand still.
 */
export function convolution(spec: ConvolutionSpec<tf.Tensor>): Operation {
  const convolver = convolverOf(spec);
  const { name } = spec.activation;
  const inKernel = name === 'linear' || name === 'relu' || name === 'relu6' ? name : null;
  const { apply, gradient } = activationFunction(spec.activation);
  const linearly = ([x]: tf.Tensor[]) => convolver.linearly(x as tf.Tensor4D);
  const bent = bendOf(spec.activation);
  return {
    forward: ([x]) => {
      if (inKernel) return convolver.forward(x as tf.Tensor4D, inKernel);
      return tf.tidy(() => apply(convolver.forward(x as tf.Tensor4D, 'linear')));
    },
    backward: (dy, [x], y) => {
      const shape = x.shape as tf.Tensor4D['shape'];
      const gate = inKernel && { output: y as tf.Tensor4D, activation: inKernel };
      const both = gate && convolver.gatedGradient?.(dy as tf.Tensor4D, gate, shape);
      if (both) return [both];
      return tf.tidy(() => {
        // Activations that need their input stand in a node of their own; see `isFusable`.
        const before = name === 'linear' ? dy : gradient.pull(dy, y);
        return [convolver.inputGradient(before as tf.Tensor4D, shape)];
      });
    },
    backwardOnto: (sum, dy, _, y) =>
      (inKernel &&
        convolver.gatedGradientOnto?.(sum as tf.Tensor4D, dy as tf.Tensor4D, {
          output: y as tf.Tensor4D,
          activation: inKernel,
        })) ||
      null,
    push: (tangents, _, y) =>
      tf.tidy(() => pushThrough(spec.activation, gradient.pull, linearly(tangents), y)),
    ...(bent && {
      bend: (dy: tf.Tensor, along: Along) =>
        tf.tidy(() => [
          convolver.inputGradient(
            bent(dy, along) as tf.Tensor4D,
            along.inputs[0].shape as tf.Tensor4D['shape'],
          ),
        ]),
    }),
    ...(hasBias(spec.activation, spec.bias) && { biases: fusedBiases(spec.activation, spec.bias, linearly) }),
    dispose: () => convolver.dispose(),
  };
}

function convolverOf(spec: ConvolutionSpec<tf.Tensor>): Convolver {
  const { groups } = spec;
  const filter = spec.filter as tf.Tensor4D;
  if (groups > 1 && filter.shape[2] === 1) return depthwise(spec);
  const isDilated = Math.max(...spec.dilations) > 1;
  if ((groups === 1 || !isDilated) && areGroupsTogether({ filter, groups })) return groupsTogether(spec);
  return groups === 1 ? plain(spec) : groupByGroup(spec);
}

/** An ordinary convolution and its input gradient by TensorFlow.js' operations. */
function plain(spec: ConvolutionSpec<tf.Tensor>): Convolver {
  const filter = spec.filter as tf.Tensor4D;
  const { bias, strides, dilations, padOver } = kernelAttributes(spec);
  const run = (x: tf.Tensor4D, activation: 'linear' | 'relu' | 'relu6', own: tf.Tensor1D | undefined) =>
    tf.fused.conv2d({
      ...{ x, filter, bias: own, strides, dilations, activation },
      pad: padOver(x.shape) as 'valid',
    });
  return {
    forward: (x, activation) => run(x, activation, bias),
    linearly: (x) => run(x, 'linear', undefined),
    inputGradient: (dy, inputShape) =>
      convolutionInputGradient(dy, filter, inputShape, strides, padOver(inputShape), dilations),
    dispose: () => {},
  };
}

/** As many groups as input channels: [kh, kw, 1, c * m] holds the same numbers as [kh, kw, c, m]. */
function depthwise(spec: ConvolutionSpec<tf.Tensor>): Convolver {
  const [rows, columns, , out] = spec.filter.shape;
  const filter = tf.reshape(spec.filter, [rows, columns, spec.groups, out / spec.groups]) as tf.Tensor4D;
  const { bias, strides, dilations, padOver } = kernelAttributes(spec);
  const run = (x: tf.Tensor4D, activation: 'linear' | 'relu' | 'relu6', own: tf.Tensor1D | undefined) =>
    tf.fused.depthwiseConv2d({
      ...{ x, filter, bias: own, strides, dilations, activation },
      pad: padOver(x.shape) as 'valid',
    });
  const over = lastOf((shape) => placeDepthwise(shape, { filter, strides, pad: padOver(shape), dilations }));
  return {
    forward: (x, activation) =>
      depthwiseConvolution(x, over(x.shape), activation, bias) ?? run(x, activation, bias),
    linearly: (x) => run(x, 'linear', undefined),
    inputGradient: (dy, inputShape) =>
      depthwiseInputGradient(dy, filter, inputShape, strides, padOver(inputShape), dilations),
    gatedGradient: (dy, gate, inputShape) => gatedDepthwiseInputGradient(dy, over(inputShape), gate),
    dispose: () => filter.dispose(),
  };
}

function kernelAttributes(spec: ConvolutionSpec<tf.Tensor>) {
  const [rows, columns] = spec.filter.shape;
  const window = { ...spec, size: [rows, columns] as const };
  return {
    bias: (spec.bias as tf.Tensor1D | null) ?? undefined,
    strides: spec.strides as [number, number],
    dilations: spec.dilations as [number, number],
    padOver: ([, height, width]: tf.Tensor4D['shape']) => tfPaddingOver([height, width], window),
  };
}

/** What belongs to the shape of a map, kept until another shape comes: pictures of one network are of one size. */
function lastOf<Result>(make: (shape: tf.Tensor4D['shape']) => Result) {
  let known: { shape: tf.Tensor4D['shape']; result: Result } | null = null;
  return (shape: tf.Tensor4D['shape']): Result => {
    if (!known || !tf.util.arraysEqual(known.shape, shape)) known = { shape, result: make(shape) };
    return known.result;
  };
}

/** Where windows lie over maps of a shape. */
function placedGroups(spec: ConvolutionSpec<tf.Tensor>) {
  const { bias, strides, dilations, padOver } = kernelAttributes(spec);
  const { groups } = spec;
  const filter = spec.filter as tf.Tensor4D;
  const over = lastOf((shape) =>
    placeGroups(shape, { filter, groups, strides, dilations, padding: padOver(shape) }),
  );
  return { over, bias };
}

/** One group or several on our own backend, all in one kernel. */
function groupsTogether(spec: ConvolutionSpec<tf.Tensor>): Convolver {
  const { over, bias } = placedGroups(spec);
  return {
    forward: (x, activation) => groupedConvolution(x, over(x.shape), activation, bias),
    linearly: (x) => groupedConvolution(x, over(x.shape), 'linear'),
    inputGradient: (dy, inputShape) => groupedInputGradient(dy, over(inputShape)),
    gatedGradient: (dy, gate, inputShape) => groupedInputGradient(dy, over(inputShape), gate),
    gatedGradientOnto: (sum, dy, gate) => inputGradientOnto(sum, dy, over(sum.shape), gate),
    dispose: () => {},
  };
}

/**
 * What computes the activation of a convolution's sums and of a map that is added to them, of the shape of both; it yields null where no one
 * kernel does.
 * @param spec in one group, whose own activation is linear
 */
export function summedConvolution(
  spec: ConvolutionSpec<tf.Tensor>,
  activation: 'linear' | 'relu',
): (x: tf.Tensor4D, summand: tf.Tensor4D) => tf.Tensor4D | null {
  const { over, bias } = placedGroups(spec);
  return (x, summand) => convolutionOnto(summand, x, over(x.shape), activation, bias);
}

/** Several groups: each group of channels is convolved by itself. */
function groupByGroup(spec: ConvolutionSpec<tf.Tensor>): Convolver {
  const { groups } = spec;
  const filters = tf.split(spec.filter, groups, 3);
  const biases = spec.bias ? tf.split(spec.bias, groups) : null;
  const parts = filters.map((filter, i) =>
    convolverOf({ ...spec, filter, bias: biases ? biases[i] : null, groups: 1 }),
  );
  const onParts = (x: tf.Tensor4D, run: (part: Convolver, own: tf.Tensor4D) => tf.Tensor4D) =>
    tf.tidy(() =>
      tf.concat(
        tf.split(x, groups, 3).map((own, i) => run(parts[i], own as tf.Tensor4D)),
        3,
      ),
    );
  return {
    forward: (x, activation) => onParts(x, (part, own) => part.forward(own, activation)),
    linearly: (x) => onParts(x, (part, own) => part.linearly(own)),
    inputGradient: (dy, [batch, height, width, channels]) =>
      tf.concat(
        tf
          .split(dy, groups, 3)
          .map((part, i) =>
            parts[i].inputGradient(part as tf.Tensor4D, [batch, height, width, channels / groups]),
          ),
        3,
      ),
    dispose() {
      for (const part of parts) part.dispose();
      tf.dispose([filters, biases ?? []]);
    },
  };
}
