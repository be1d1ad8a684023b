import type { Activation, Call } from '../onnx-importer';
import { type Constant, constantOf } from '../tensor';
import { computed } from './constant-arithmetic';
import { multiplied } from './dense-operators';
import type { Operator, Operators } from './operator';
import { cutEvery, interleaved, joinedAlong, turned } from './shapes';

/*
 * The attention that ONNX has as one operation since opset 23, written out: so that its probabilities are a node like those of attention
 * that a file spells, and can be shown. Source: ONNX operators, Attention and RotaryEmbedding.
 */

/** Far below every score; a weight must be finite. */
const FORBIDDEN = -3e38;

/** A value as [batch, heads, tokens, size], whichever way the file has it. */
function asHeads(call: Call, value: Activation, heads: number): Activation {
  if (value.shape.length === 4) return value;
  const [batch, tokens, width] = value.shape;
  if (value.shape.length !== 3 || !(heads >= 1) || width % heads !== 0) {
    throw call.problem(`divides [${value.shape}] among ${heads} heads`);
  }
  return turned(call, call.reshaped(value, [batch, tokens, heads, width / heads]), [0, 2, 1, 3]);
}

/** Every head as often as there are queries for it. */
function repeatedHeads(call: Call, value: Activation, heads: number): Activation {
  const [batch, own, tokens, size] = value.shape;
  if (own === heads) return value;
  if (heads % own !== 0) throw call.problem(`shares ${own} heads among ${heads}`);
  const apart = call.reshaped(value, [batch, own, 1, tokens, size]);
  const repeated = call.repeated(apart, [batch, own, heads / own, tokens, size]);
  return call.reshaped(repeated, [batch, heads, tokens, size]);
}

/** A mask as it is added to scores: true is nothing, false forbids. */
function additive(call: Call, mask: Constant): Constant {
  if (!mask.isInteger) {
    return computed(call, mask.shape, false, () =>
      Float32Array.from(mask.read(), (value) => Math.max(FORBIDDEN, value)),
    );
  }
  return computed(call, mask.shape, false, () =>
    Float32Array.from(mask.read(), (value) => (value ? 0 : FORBIDDEN)),
  );
}

/** Forbids every token what comes behind it. */
const causal = (queries: number, keys: number): Constant =>
  constantOf(
    [queries, keys],
    Array.from({ length: queries * keys }, (_, i) => (i % keys > Math.floor(i / keys) ? FORBIDDEN : 0)),
    false,
  );

const attention: Operator = (call) => {
  const given = [0, 1, 2].map((i) => call.activation(i));
  const isFlat = given[0].shape.length === 3;
  const heads = call.int('q_num_heads', 0);
  const shared = call.int('kv_num_heads', heads);
  const query = asHeads(call, given[0], heads);
  const [batch, count, tokens, size] = query.shape;
  const [key, value] = given.slice(1).map((each) => repeatedHeads(call, asHeads(call, each, shared), count));
  const scale = call.float('scale', 1 / Math.sqrt(size));
  call.passOver('softmax_precision', 'qk_matmul_output_mode');
  const step = (what: string) => `${call.name}, ${what}`;
  const scaled = call.emit(
    { type: 'affine', scale: scalarOf(scale), shift: null },
    [query],
    query.order,
    step('scale'),
  );
  let scores = multiplied(call, scaled, turned(call, key, [0, 1, 3, 2]), step('scores'));
  const masks = call.int('is_causal', 0) ? [causal(tokens, key.shape[2])] : [];
  const own = call.optional(3);
  if (own?.kind === 'constant') masks.push(additive(call, own));
  for (const mask of masks) {
    scores = call.emit(
      { type: 'affine', scale: null, shift: call.besides(mask, scores) },
      [scores],
      scores.order,
      step('mask'),
    );
  }
  if (own && own.kind !== 'constant') {
    const drawn = call.arranged(call.ranked(call.activation(3), 4), scores.order);
    scores = call.emit({ type: 'merge', by: 'add' }, [scores, drawn], scores.order, step('mask'));
  }
  const probabilities = call.emit(
    { type: 'activation', activation: { name: 'softmax' } },
    [scores],
    scores.order,
    step('probabilities'),
  );
  const result = multiplied(call, probabilities, value, isFlat ? step('heads') : call.name);
  if (!isFlat) return result;
  return call.reshaped(turned(call, result, [0, 2, 1, 3]), [batch, tokens, count * value.shape[3]]);
};

const scalarOf = (value: number) => ({ shape: [1], read: () => Float32Array.of(value) });

/** Pairs of numbers turned by an angle for every token (Su et al. 2021). */
const rotation: Operator = (call) => {
  const given = call.activation(0);
  const isFlat = given.shape.length === 3;
  const x = asHeads(call, given, call.int('num_heads', 0));
  const [, , tokens, size] = x.shape;
  const turnedSize = call.int('rotary_embedding_dim', 0) || size;
  const isInterleaved = call.int('interleaved', 0) !== 0;
  const [cosine, sine] = [1, 2].map((i) => anglesOf(call, i, tokens, turnedSize / 2));
  const half = turnedSize / 2;
  const part = (from: number, to: number, every = 1) => cutEvery(call, x, 3, [from, to], every);
  const [a, b] = isInterleaved
    ? [part(0, turnedSize, 2), part(1, turnedSize, 2)]
    : [part(0, half), part(half, turnedSize)];
  const times = (value: Activation, factor: Constant) =>
    call.emit({ type: 'affine', scale: call.besides(factor, value), shift: null }, [value]);
  const merged = (by: 'add' | 'subtract', values: Activation[]) => call.emit({ type: 'merge', by }, values);
  const real = merged('subtract', [times(a, cosine), times(b, sine)]);
  const imaginary = merged('add', [times(a, sine), times(b, cosine)]);
  const pairs = joinedAlong(call, 3, [real, imaginary]);
  const rotated = isInterleaved ? interleaved(call, pairs, 3) : pairs;
  const whole = turnedSize === size ? rotated : joinedAlong(call, 3, [rotated, part(turnedSize, size)]);
  return isFlat ? call.reshaped(turned(call, whole, [0, 2, 1, 3]), given.shape) : whole;
};

/** Cosines or sines as [1, 1, tokens, half]: by token, or at the places that a list of positions names. */
function anglesOf(call: Call, i: number, tokens: number, half: number): Constant {
  const cache = call.constant(i);
  const positions = call.optionalConstant(3);
  if (cache.shape.at(-1) !== half) throw call.problem(`turns ${half} pairs by angles of [${cache.shape}]`);
  const shape = [1, 1, tokens, half];
  if (!positions) {
    if (cache.shape.length !== 3 || cache.shape[0] !== 1 || cache.shape[1] !== tokens) {
      throw call.problem(`turns ${tokens} tokens by angles of [${cache.shape}]`);
    }
    return { ...cache, shape };
  }
  return computed(call, shape, false, () => {
    const [values, at] = [cache.read(), positions.read()];
    return Float32Array.from(
      { length: tokens * half },
      (_, k) => values[at[Math.floor(k / half)] * half + (k % half)],
    );
  });
}

export const fusedAttention: Operators = { Attention: attention, RotaryEmbedding: rotation };
