import { counted } from '../../../text/counted';
import type { Weight } from '../../network-graph';
import { batchNormalisation } from '../../weights';
import { asWritten, channelsLast } from '../axes-layout';
import { weightFrom } from '../tensor';
import { normalisesByItself } from './constant-normalisations';
import type { Operator, Operators } from './operator';

const batch: Operator = (call) => {
  const input = call.activation(0);
  if (normalisesByItself(call)) {
    throw call.problem('is in training mode. Export the network in evaluation mode (model.eval())');
  }
  const [gamma, beta, mean, variance] = [1, 2, 3, 4].map((i) => weightFrom(call.constant(i)));
  const channels = input.shape[1];
  for (const { shape } of [gamma, beta, mean, variance]) {
    if (shape.length !== 1 || shape[0] !== channels) {
      throw call.problem(`has weights of shape [${shape}] for ${counted(channels, 'channel')}`);
    }
  }
  const epsilon = call.float('epsilon', 1e-5);
  const spec = batchNormalisation({ gamma, beta, mean, variance, epsilon });
  return call.emit(spec, [call.innermost(input, 1)]);
};

const layer: Operator = (call) => {
  const input = call.activation(0);
  const rank = input.shape.length;
  const first = call.axis(call.int('axis', -1), rank);
  const normalised = Array.from({ length: rank - first }, (_, i) => first + i);
  const order = [...input.order.filter((axis) => axis < first), ...normalised];
  const [scale, shift] = [1, 2].map((i) => call.optionalConstant(i));
  return call.emit(
    {
      type: 'layer-normalisation',
      scale: scale && weightFrom(scale),
      shift: shift && weightFrom(shift),
      epsilon: call.float('epsilon', 1e-5),
      axes: normalised.length,
    },
    [call.arranged(input, order)],
  );
};

/** Every channel by itself, over its places; groups of channels, too, as exporters write them: [1, groups, numbers]. */
const instance: Operator = (call) => {
  const given = call.activation(0);
  const rank = given.shape.length;
  if (rank < 3) throw call.problem(`reads [${given.shape}], which has no places`);
  const input = call.arranged(given, asWritten(rank));
  const [scale, shift] = [1, 2].map((i) => {
    const constant = call.constant(i);
    return { ...constant, shape: [...constant.shape, ...new Array(rank - 2).fill(1)] };
  });
  const epsilon = call.float('epsilon', 1e-5);
  const spec = { type: 'layer-normalisation', scale: null, shift: null, epsilon, axes: rank - 2 } as const;
  const normalised = call.emit(spec, [input], input.order, `${call.name}, normalised`);
  const lies = rank === 4 ? call.arranged(normalised, channelsLast) : normalised;
  return call.emit({ type: 'affine', scale: call.besides(scale, lies), shift: call.besides(shift, lies) }, [
    lies,
  ]);
};

/** Weights are one a channel from opset 21 on, one a group before. */
const group: Operator = (call) => {
  const input = call.channelsLast(0);
  const channels = input.shape[1];
  const groups = call.int('num_groups', 0);
  if (!(groups >= 1 && channels % groups === 0)) {
    throw call.problem(`has ${counted(groups, 'group')} for ${counted(channels, 'channel')}`);
  }
  const [scale, shift] = [1, 2].map((i): Weight => {
    const constant = call.constant(i);
    const each = constant.shape.join() === String(channels) ? 1 : channels / groups;
    if (each > 1 && constant.shape.join() !== String(groups)) {
      throw call.problem(`has weights of shape [${constant.shape}] for ${counted(channels, 'channel')}`);
    }
    const weight = weightFrom(constant, [channels]);
    return {
      shape: [channels],
      read: () => {
        const values = weight.read();
        return Float32Array.from({ length: channels }, (_, channel) => values[Math.floor(channel / each)]);
      },
    };
  });
  // How precisely the statistics are taken.
  call.passOver('stash_type');
  const epsilon = call.float('epsilon', 1e-5);
  return call.emit({ type: 'group-normalisation', groups, scale, shift, epsilon }, [input]);
};

const local: Operator = (call) => {
  const input = call.channelsLast(0);
  const size = call.int('size', 0);
  if (size < 1 || size % 2 === 0)
    throw call.problem(`sums over ${counted(size, 'channel')}, which is not supported`);
  return call.emit(
    {
      type: 'local-response-normalisation',
      radius: (size - 1) / 2,
      bias: call.float('bias', 1),
      // ONNX divides by the number of channels, the operation here does not.
      alpha: call.float('alpha', 1e-4) / size,
      beta: call.float('beta', 0.75),
    },
    [input],
  );
};

export const normalisations: Operators = {
  BatchNormalization: batch,
  LayerNormalization: layer,
  InstanceNormalization: instance,
  GroupNormalization: group,
  LRN: local,
};
