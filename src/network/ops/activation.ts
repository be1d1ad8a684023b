import * as tf from '@tensorflow/tfjs-core';
import type { SmoothFunction } from '../../backend/kernels/function-kernels';
import {
  smoothFunction,
  smoothFunctionGradient,
  softmaxGradient,
} from '../../backend/kernels/smooth-operations';
import { activationGradient } from '../../backend/kernels/training-kernels';
import { type Along, type Operation, readsInputs, readsOutput, type Shape, type Shaped } from './operation';

/** An elementwise function; softmax works along the last axis. Numbers are the constants of its formula. */
export type Activation<W> =
  | {
      readonly name:
        | 'linear'
        | 'relu'
        | 'relu6'
        | 'selu'
        | 'gelu'
        | 'gelu-tanh'
        | 'sigmoid'
        | 'tanh'
        | 'softplus'
        | 'softsign'
        | 'swish'
        | 'hard-swish'
        | 'mish'
        | 'exponential'
        | 'softmax'
        | 'log-softmax'
        | 'square'
        | 'sqrt'
        | 'log'
        | 'abs'
        | 'negate'
        | 'reciprocal'
        | 'erf'
        | 'sine'
        | 'cosine'
        | 'floor'
        | 'ceil'
        | 'truncate'
        | 'round'
        | 'sign';
    }
  | { readonly name: 'leaky-relu'; readonly slope: number }
  /** `slope` broadcasts over [h, w, c]. */
  | { readonly name: 'prelu'; readonly slope: W }
  | { readonly name: 'elu'; readonly alpha: number }
  /** clip(slope * x + offset, 0, 1): Keras 1 and 2 take 0.2 and 0.5, Keras 3 1/6 and 0.5, ONNX names its own. */
  | { readonly name: 'hard-sigmoid'; readonly slope: number; readonly offset: number }
  | { readonly name: 'clip'; readonly minimum: number; readonly maximum: number }
  /** Keras' ReLU layer: `maximum` from there on, x from the threshold on, slope * (x - threshold) below. */
  | {
      readonly name: 'bounded-relu';
      readonly maximum: number | null;
      readonly slope: number;
      readonly threshold: number;
    }
  | { readonly name: 'power'; readonly exponent: number };

export interface ActivationSpec<W> {
  readonly type: 'activation';
  readonly activation: Activation<W>;
}

export const linear = { name: 'linear' } as const;

/** An activation as a function and its gradient, which needs its input, or only its output. */
export interface ActivationFunction {
  apply(x: tf.Tensor): tf.Tensor;
  /** Gradient towards x; the two tensors beside dy have its shape. */
  gradient:
    | { of: 'output'; pull(dy: tf.Tensor, y: tf.Tensor): tf.Tensor }
    | { of: 'input'; pull(dy: tf.Tensor, x: tf.Tensor): tf.Tensor };
}

/**
 * True where the gradient can be had from the output alone: such an activation can be computed in one kernel
 * with what stands before it.
 */
export const isFusable = (activation: Activation<Shaped>): boolean =>
  activation.name !== 'prelu' &&
  activationFunction(activation as Activation<tf.Tensor>).gradient.of === 'output';

const byOutput = (
  apply: (x: tf.Tensor) => tf.Tensor,
  pull: (dy: tf.Tensor, y: tf.Tensor) => tf.Tensor,
): ActivationFunction => ({ apply, gradient: { of: 'output', pull } });

const byInput = (
  apply: (x: tf.Tensor) => tf.Tensor,
  pull: (dy: tf.Tensor, x: tf.Tensor) => tf.Tensor,
): ActivationFunction => ({ apply, gradient: { of: 'input', pull } });

/** Where y lies strictly between two bounds, 1, else 0. */
const inside = (y: tf.Tensor, minimum: number, maximum: number) =>
  tf.mul(tf.step(tf.sub(y, minimum)), tf.step(tf.sub(maximum, y)));

/** dy where y > 0, elsewhere dy * below. */
const pullBelow = (dy: tf.Tensor, y: tf.Tensor, below: tf.Tensor) => {
  const above = tf.step(y);
  return tf.mul(dy, tf.add(above, tf.mul(tf.sub(1, above), below)));
};

const SELU_ALPHA = 1.6732632423543772;
const SELU_SCALE = 1.0507009873554805;

const elu = (alpha: number): ActivationFunction => {
  const apply = (x: tf.Tensor) =>
    alpha === 1 ? tf.elu(x) : tf.add(tf.relu(x), tf.mul(alpha, tf.sub(tf.exp(tf.minimum(x, 0)), 1)));
  // With a negative alpha the output's sign no longer tells the input's.
  if (alpha < 0) {
    return byInput(apply, (dy, x) => pullBelow(dy, x, tf.mul(alpha, tf.exp(tf.minimum(x, 0)))));
  }
  return byOutput(apply, (dy, y) => pullBelow(dy, y, tf.add(y, alpha)));
};

/** x times the normal distribution's cumulative probability (Hendrycks and Gimpel 2016). */
function gelu(): ActivationFunction {
  const cumulative = (x: tf.Tensor) => tf.mul(0.5, tf.add(1, tf.erf(tf.mul(x, Math.SQRT1_2))));
  return byInput(
    (x) => tf.mul(x, cumulative(x)),
    (dy, x) => {
      const density = tf.mul(1 / Math.sqrt(2 * Math.PI), tf.exp(tf.mul(-0.5, tf.square(x))));
      return tf.mul(dy, tf.add(cumulative(x), tf.mul(x, density)));
    },
  );
}

function geluByTanh(): ActivationFunction {
  const factor = Math.sqrt(2 / Math.PI);
  const cubic = 0.044715;
  const bent = (x: tf.Tensor) => tf.tanh(tf.mul(factor, tf.add(x, tf.mul(cubic, tf.mul(x, tf.square(x))))));
  return byInput(
    (x) => tf.mul(tf.mul(0.5, x), tf.add(1, bent(x))),
    (dy, x) => {
      const t = bent(x);
      const steepness = tf.mul(factor, tf.add(1, tf.mul(3 * cubic, tf.square(x))));
      const slope = tf.mul(tf.mul(x, tf.sub(1, tf.square(t))), steepness);
      return tf.mul(dy, tf.mul(0.5, tf.add(tf.add(1, t), slope)));
    },
  );
}

function swish(): ActivationFunction {
  return byInput(
    (x) => tf.mul(x, tf.sigmoid(x)),
    (dy, x) => {
      const s = tf.sigmoid(x);
      return tf.mul(dy, tf.mul(s, tf.add(1, tf.mul(x, tf.sub(1, s)))));
    },
  );
}

/** The same function in one kernel where the backend has it. */
const inOneKernel = (which: SmoothFunction, { apply, gradient }: ActivationFunction): ActivationFunction =>
  byInput(
    (x) => smoothFunction(which, x) ?? apply(x),
    (dy, x) => smoothFunctionGradient(which, dy, x) ?? gradient.pull(dy, x),
  );

function mish(): ActivationFunction {
  const gate = (x: tf.Tensor) => tf.tanh(tf.softplus(x));
  return byInput(
    (x) => tf.mul(x, gate(x)),
    (dy, x) => {
      const t = gate(x);
      return tf.mul(dy, tf.add(t, tf.mul(tf.mul(x, tf.sub(1, tf.square(t))), tf.sigmoid(x))));
    },
  );
}

/** x^exponent; squares without a logarithm, which would refuse negative numbers on some GPUs. */
function power(x: tf.Tensor, exponent: number): tf.Tensor {
  if (exponent === 0) return tf.onesLike(x);
  if (exponent === 1) return x.clone();
  return exponent === 2 ? tf.square(x) : tf.pow(x, tf.scalar(exponent));
}

/** What changes in steps only has no gradient. */
const inSteps = (apply: (x: tf.Tensor) => tf.Tensor): ActivationFunction => byOutput(apply, tf.zerosLike);

/** dy where a ReLU was open, by one kernel on our own backend. */
const gateOf = (name: 'relu' | 'relu6') => (dy: tf.Tensor, y: tf.Tensor) => {
  if (tf.getBackend() === 'wasm') return activationGradient(dy, y, name);
  return tf.mul(dy, name === 'relu' ? tf.step(y) : inside(y, 0, 6));
};

/** The function of an activation. Source of the formulas: Keras and ONNX operator documentation. */
export function activationFunction(activation: Activation<tf.Tensor>): ActivationFunction {
  switch (activation.name) {
    case 'linear':
      return byOutput(
        (x) => x.clone(),
        (dy) => dy.clone(),
      );
    case 'relu':
      return byOutput(tf.relu, gateOf('relu'));
    case 'relu6':
      return byOutput(tf.relu6, gateOf('relu6'));
    case 'leaky-relu': {
      const { slope } = activation;
      const apply = (x: tf.Tensor) => tf.leakyRelu(x, slope);
      // The sign of the output tells that of the input, unless the slope is negative.
      return (slope < 0 ? byInput : byOutput)(apply, (dy, at) => pullBelow(dy, at, tf.scalar(slope)));
    }
    case 'prelu':
      return byInput(
        (x) => tf.prelu(x, activation.slope),
        (dy, x) => pullBelow(dy, x, activation.slope),
      );
    case 'elu':
      return elu(activation.alpha);
    case 'selu':
      return byOutput(tf.selu, (dy, y) =>
        tf.mul(SELU_SCALE, pullBelow(dy, y, tf.add(tf.div(y, SELU_SCALE), SELU_ALPHA))),
      );
    case 'gelu':
      return inOneKernel('gelu', gelu());
    case 'gelu-tanh':
      return inOneKernel('gelu-tanh', geluByTanh());
    case 'sigmoid':
      return byOutput(tf.sigmoid, (dy, y) => tf.mul(dy, tf.mul(y, tf.sub(1, y))));
    case 'tanh':
      return byOutput(tf.tanh, (dy, y) => tf.mul(dy, tf.sub(1, tf.square(y))));
    case 'softplus':
      return byOutput(tf.softplus, (dy, y) => tf.mul(dy, tf.sub(1, tf.exp(tf.neg(y)))));
    case 'softsign':
      return byOutput(
        (x) => tf.div(x, tf.add(1, tf.abs(x))),
        (dy, y) => tf.mul(dy, tf.square(tf.sub(1, tf.abs(y)))),
      );
    case 'swish':
      return inOneKernel('swish', swish());
    case 'hard-swish':
      return byInput(
        (x) => tf.div(tf.mul(x, tf.relu6(tf.add(x, 3))), 6),
        (dy, x) =>
          tf.mul(dy, tf.add(tf.step(tf.sub(x, 3)), tf.mul(inside(x, -3, 3), tf.add(0.5, tf.div(x, 3))))),
      );
    case 'mish':
      return mish();
    case 'exponential':
      return byOutput(tf.exp, (dy, y) => tf.mul(dy, y));
    case 'hard-sigmoid': {
      const { slope, offset } = activation;
      return byOutput(
        (x) => tf.clipByValue(tf.add(tf.mul(slope, x), offset), 0, 1),
        (dy, y) => tf.mul(dy, tf.mul(slope, inside(y, 0, 1))),
      );
    }
    case 'clip': {
      const { minimum, maximum } = activation;
      return byOutput(
        (x) => tf.clipByValue(x, minimum, maximum),
        (dy, y) => tf.mul(dy, inside(y, minimum, maximum)),
      );
    }
    case 'bounded-relu': {
      const { slope, threshold } = activation;
      const maximum = activation.maximum ?? Number.POSITIVE_INFINITY;
      return byInput(
        (x) => {
          const above = tf.cast(tf.greaterEqual(x, threshold), 'float32');
          const kept = Number.isFinite(maximum) ? tf.minimum(x, maximum) : x;
          return tf.add(tf.mul(above, kept), tf.mul(tf.sub(1, above), tf.mul(slope, tf.sub(x, threshold))));
        },
        (dy, x) => {
          const above = tf.cast(tf.greaterEqual(x, threshold), 'float32');
          const open = Number.isFinite(maximum) ? tf.mul(above, tf.step(tf.sub(maximum, x))) : above;
          return tf.mul(dy, tf.add(open, tf.mul(tf.sub(1, above), slope)));
        },
      );
    }
    case 'softmax':
      return byOutput(
        (x) => tf.softmax(x),
        (dy, y) => {
          const own = softmaxGradient(dy, y);
          if (own) return own;
          const weighted = tf.mul(dy, y);
          return tf.sub(weighted, tf.mul(y, tf.sum(weighted, -1, true)));
        },
      );
    case 'log-softmax':
      return byOutput(
        (x) => tf.logSoftmax(x),
        (dy, y) => tf.sub(dy, tf.mul(tf.exp(y), tf.sum(dy, -1, true))),
      );
    case 'square':
      return byInput(tf.square, (dy, x) => tf.mul(dy, tf.mul(2, x)));
    case 'sqrt':
      return byOutput(tf.sqrt, (dy, y) => tf.div(dy, tf.mul(2, y)));
    case 'log':
      return byInput(tf.log, tf.div);
    case 'abs':
      return byInput(tf.abs, (dy, x) => tf.mul(dy, tf.sign(x)));
    case 'negate':
      return byOutput(tf.neg, tf.neg);
    case 'reciprocal':
      return byOutput(tf.reciprocal, (dy, y) => tf.neg(tf.mul(dy, tf.square(y))));
    case 'erf':
      return byInput(tf.erf, (dy, x) =>
        tf.mul(dy, tf.mul(2 / Math.sqrt(Math.PI), tf.exp(tf.neg(tf.square(x))))),
      );
    case 'sine':
      return byInput(tf.sin, (dy, x) => tf.mul(dy, tf.cos(x)));
    case 'cosine':
      return byInput(tf.cos, (dy, x) => tf.neg(tf.mul(dy, tf.sin(x))));
    case 'floor':
      return inSteps(tf.floor);
    case 'ceil':
      return inSteps(tf.ceil);
    case 'truncate':
      return inSteps((x) => tf.mul(tf.sign(x), tf.floor(tf.abs(x))));
    case 'round':
      return inSteps(tf.round);
    case 'sign':
      return inSteps(tf.sign);
    case 'power':
      return byInput(
        (x) => power(x, activation.exponent),
        (dy, x) => tf.mul(dy, tf.mul(activation.exponent, power(x, activation.exponent - 1))),
      );
  }
}

/** How `gradient.pull` of the same dy changes as what it reads, the input or the output, and its tangent move on. */
type Bent = (dy: tf.Tensor, at: tf.Tensor, tangent: tf.Tensor) => tf.Tensor;

/** dy times a second derivative times the tangent. */
const bentBy =
  (second: (at: tf.Tensor) => tf.Tensor | number): Bent =>
  (dy, at, tangent) =>
    tf.mul(tf.mul(dy, tangent), second(at));

/**
 * The derivative of `gradient.pull` by what it reads; null for what is linear piece by piece. Of those that read their output y, p(y) is
 * the slope, and this is p'(y); of the others it is the second derivative.
 */
export function curvature(activation: Activation<tf.Tensor>): Bent | null {
  switch (activation.name) {
    case 'elu': {
      const { alpha } = activation;
      if (alpha < 0) {
        return bentBy((x) => tf.mul(tf.mul(alpha, tf.exp(tf.minimum(x, 0))), tf.sub(1, tf.step(x))));
      }
      return bentBy((y) => tf.sub(1, tf.step(y)));
    }
    case 'selu':
      return bentBy((y) => tf.sub(1, tf.step(y)));
    case 'gelu':
      return bentBy((x) => {
        const density = tf.mul(1 / Math.sqrt(2 * Math.PI), tf.exp(tf.mul(-0.5, tf.square(x))));
        return tf.mul(density, tf.sub(2, tf.square(x)));
      });
    case 'gelu-tanh':
      return bentBy((x) => {
        const factor = Math.sqrt(2 / Math.PI);
        const cubic = 0.044715;
        const squared = tf.square(x);
        const t = tf.tanh(tf.mul(factor, tf.add(x, tf.mul(cubic, tf.mul(x, squared)))));
        const first = tf.mul(factor, tf.add(1, tf.mul(3 * cubic, squared)));
        const second = tf.sub(tf.mul(6 * factor * cubic, x), tf.mul(2, tf.mul(t, tf.square(first))));
        const inner = tf.add(first, tf.mul(tf.mul(0.5, x), second));
        return tf.mul(tf.sub(1, tf.square(t)), inner);
      });
    case 'sigmoid':
      return bentBy((y) => tf.sub(1, tf.mul(2, y)));
    case 'tanh':
    case 'reciprocal':
      return bentBy((y) => tf.mul(-2, y));
    case 'softplus':
      return bentBy((y) => tf.exp(tf.neg(y)));
    case 'softsign':
      return bentBy((y) => tf.mul(-2, tf.mul(tf.sub(1, tf.abs(y)), tf.sign(y))));
    case 'swish':
      return bentBy((x) => {
        const s = tf.sigmoid(x);
        const steepness = tf.mul(s, tf.sub(1, s));
        return tf.mul(steepness, tf.add(2, tf.mul(x, tf.sub(1, tf.mul(2, s)))));
      });
    case 'hard-swish':
      return bentBy((x) => tf.div(inside(x, -3, 3), 3));
    case 'mish':
      return bentBy((x) => {
        const [s, t] = [tf.sigmoid(x), tf.tanh(tf.softplus(x))];
        const first = tf.mul(tf.sub(1, tf.square(t)), s);
        const second = tf.mul(first, tf.sub(tf.sub(1, s), tf.mul(2, tf.mul(t, s))));
        return tf.add(tf.mul(2, first), tf.mul(x, second));
      });
    case 'exponential':
      return bentBy(() => 1);
    case 'softmax':
      return (dy, y, tangent) => {
        const along = tf.sum(tf.mul(dy, y), -1, true);
        const moved = tf.sum(tf.mul(dy, tangent), -1, true);
        return tf.sub(tf.mul(tangent, tf.sub(dy, along)), tf.mul(y, moved));
      };
    case 'log-softmax':
      return (dy, y, tangent) => tf.neg(tf.mul(tf.mul(tf.exp(y), tangent), tf.sum(dy, -1, true)));
    case 'square':
      return bentBy(() => 2);
    case 'sqrt':
      return bentBy((y) => tf.div(-0.5, tf.square(y)));
    case 'log':
      return bentBy((x) => tf.neg(tf.reciprocal(tf.square(x))));
    case 'erf':
      return bentBy((x) => tf.mul(tf.mul(-4 / Math.sqrt(Math.PI), x), tf.exp(tf.neg(tf.square(x)))));
    case 'sine':
      return bentBy((x) => tf.neg(tf.sin(x)));
    case 'cosine':
      return bentBy((x) => tf.neg(tf.cos(x)));
    case 'power': {
      const { exponent } = activation;
      return bentBy((x) => tf.mul(exponent * (exponent - 1), power(x, exponent - 2)));
    }
    default:
      return null;
  }
}

/** J v. All but one of them have a symmetric Jacobian: forwards is as backwards. */
export function pushThrough(
  { name }: Activation<tf.Tensor>,
  pull: ActivationFunction['gradient']['pull'],
  tangent: tf.Tensor,
  at: tf.Tensor,
): tf.Tensor {
  if (name !== 'log-softmax') return pull(tangent, at);
  return tf.sub(tangent, tf.sum(tf.mul(tf.exp(at), tangent), -1, true));
}

/** Activations a(x) = a'(x) x: they add nothing to what is linear. */
export const isHomogeneous = ({ name }: Activation<unknown>): boolean =>
  ['linear', 'relu', 'leaky-relu', 'prelu', 'abs', 'negate'].includes(name);

export const activationShape = (_: ActivationSpec<Shaped>, [input]: readonly Shape[]): Shape => input;

export function activation(spec: ActivationSpec<tf.Tensor>): Operation {
  const { apply, gradient } = activationFunction(spec.activation);
  const read = (x: tf.Tensor, y: tf.Tensor) => (gradient.of === 'output' ? y : x);
  const push = (v: tf.Tensor, x: tf.Tensor, y: tf.Tensor) =>
    tf.tidy(() => pushThrough(spec.activation, gradient.pull, v, read(x, y)));
  const bent = curvature(spec.activation);
  return {
    forward: ([x]) => tf.tidy(() => apply(x)),
    push: ([v], [x], y) => push(v, x, y),
    ...(bent && {
      bend: (dy: tf.Tensor, { inputs: [x], tangents: [v], output, tangent }: Along) =>
        tf.tidy(() => [bent(dy, read(x, output), read(v, tangent))]),
    }),
    ...(!isHomogeneous(spec.activation) && {
      biases: ([x]: tf.Tensor[], y: tf.Tensor) => tf.tidy(() => [tf.sub(y, push(x, x, y))]),
    }),
    backwardReads: gradient.of === 'output' ? readsOutput : readsInputs,
    backward: (dy, [x], y) => tf.tidy(() => [gradient.pull(dy, read(x, y))]),
  };
}
