import type { Activation, Call, Value } from '../../onnx-importer';
import { type Constant, numbersOf } from '../../tensor';
import { computed } from '../constant-arithmetic';
import { denseLayers } from '../dense-operators';
import { fusedAttention } from '../fused-attention';
import type { Operator, Operators } from '../operator';
import { turned } from '../shapes';
import { added } from './normalised';

/** A part of a constant on its last axis. */
function partOf(call: Call, constant: Constant, from: number, size: number): Constant {
  const length = constant.shape[constant.shape.length - 1];
  const shape = [...constant.shape.slice(0, -1), size];
  return computed(call, shape, constant.isInteger, () =>
    constant.read().filter((_, i) => i % length >= from && i % length < from + size),
  );
}

/** Every token may read every other: masks that say so, and none. */
function assertUnmasked(call: Call, i: number): void {
  const mask = call.optional(i);
  if (!mask) return;
  if (mask.kind !== 'constant' || numbersOf(mask).some((value) => value !== 1)) {
    throw call.problem('leaves tokens out by a mask, which is not supported');
  }
}

function assertWithoutPast(call: Call, first: number, last: number): void {
  for (let i = first; i <= last; i++) {
    if (call.optional(i)) throw call.problem('goes on from tokens of before, which is not supported');
  }
}

/** The attention that ONNX has as one operation itself, of queries, keys and values. */
function attended(call: Call, values: readonly Value[], bias: Value | null): Activation {
  const heads = { int: call.int('num_heads', 0) };
  const { float: scale } = call.attribute('scale') ?? { float: null };
  const inner = call.as([...values, bias], {
    q_num_heads: heads,
    kv_num_heads: heads,
    is_causal: { int: call.int('unidirectional', 0) },
    // 0 says nothing.
    ...(scale ? { scale: { float: scale } } : {}),
  });
  call.passOver('mask_filter_value');
  return fusedAttention.Attention(inner) as Activation;
}

/** Queries, keys and values by one matrix, [c, 3 h], then attention. Source: onnxruntime, Attention. */
const attention: Operator = (call) => {
  const x = call.input(0);
  const [weights, bias] = [call.constant(1), call.optionalConstant(2)];
  assertUnmasked(call, 3);
  assertWithoutPast(call, 4, 4);
  if (call.int('do_rotary', 0) !== 0) throw call.problem('turns its queries, which is not supported');
  call.passOver('past_present_share_buffer', 'rotary_embedding_dim');
  const width = weights.shape[1];
  const named = call.ints('qkv_hidden_sizes') ?? [];
  const sizes = named.length === 3 ? named : [width / 3, width / 3, width / 3];
  if (weights.shape.length !== 2 || sizes.reduce((sum, size) => sum + size, 0) !== width) {
    throw call.problem(`divides [${weights.shape}] into [${sizes}]`);
  }
  let from = 0;
  const parts = sizes.map((size, i) => {
    const step = ['queries', 'keys', 'values'][i];
    const matrix = partOf(call, weights, from, size);
    const product = denseLayers.MatMul(call.as([x, matrix], {}, step)) as Activation;
    const own = bias && partOf(call, bias, from, size);
    from += size;
    return added(call, product, own, `${step} with bias`);
  });
  return attended(call, parts, call.optional(5));
};

/** Queries, keys and values by themselves. Source: onnxruntime, MultiHeadAttention. */
const multiHead: Operator = (call) => {
  assertUnmasked(call, 4);
  assertWithoutPast(call, 6, 9);
  const query = call.activation(0);
  const bias = call.optionalConstant(3);
  if (query.shape.length !== 3)
    throw call.problem(`has queries of shape [${query.shape}], which is not supported`);
  const given = [query, ...[1, 2].map((i) => inTokens(call, call.activation(i)))];
  const size = bias ? bias.shape[0] / 3 : 0;
  const withBias = given.map((value, i) => {
    if (!bias) return value;
    if (value.shape.length !== 3) throw call.problem('adds a bias to heads that lie apart');
    const width = value.shape[2];
    const from = i === 2 ? bias.shape[0] - width : i * (i === 1 ? given[0].shape[2] : size);
    return added(call, value, partOf(call, bias, from, width), `bias ${i + 1}`);
  });
  return attended(call, withBias, call.optional(5));
};

/** Keys and values of heads that lie apart come back to tokens. */
function inTokens(call: Call, value: Activation): Activation {
  if (value.shape.length !== 4) return value;
  const [batch, heads, tokens, size] = value.shape;
  return call.reshaped(turned(call, value, [0, 2, 1, 3]), [batch, tokens, heads * size]);
}

export const attentions: Operators = { Attention: attention, MultiHeadAttention: multiHead };
