import { attentionError } from '../network-errors';
import type { NodeMessage } from './onnx-messages';

/** Operations that are attention as a whole. */
const whole =
  /^(Attention|MultiHeadAttention|GroupQueryAttention|QAttention|PackedAttention|DecoderMaskedMultiHeadAttention|ScaledDotProductAttention)$/;

/** What lets weights pass as they are, or sorts, scales and masks them. */
const passing = new Set([
  'Identity',
  'Dropout',
  'Cast',
  'CastLike',
  'Reshape',
  'Transpose',
  'Squeeze',
  'Unsqueeze',
  'Flatten',
  'Expand',
  'Slice',
  'Where',
  'Mul',
  'Div',
  'Add',
]);

/** Results of a shape, not of what is in the picture. */
const ofShapes = new Set(['Shape', 'Size', 'ConstantOfShape']);

const products = new Set(['MatMul', 'Einsum', 'Gemm']);

/** Words in the names of layers that are attention, which only then are said to be it. */
const saysAttention = /(^|[._/])(\w*attn\w*|\w*attention\w*|q_proj|qkv|to_qkv|in_proj_weight)([._/]|$)/i;

/** Whether a layer bears a name of attention. */
export const isCalledAttention = (name: string): boolean => saysAttention.test(name);

/** The module of a layer: "blocks.0.attn" of "blocks.0.attn.matmul". */
const moduleOf = (name: string) =>
  name.replace(/[._/](matmul|softmax|einsum|attention|scaled_dot_product\w*)(_\d+)?$/i, '');

/** What passes products of results on to the next product: parts of them, with rows of ones or zeros beside, divided. */
const passingProducts = new Set([...passing, 'Concat', 'Pad', 'Split', 'Relu', 'Softmax', 'Sub', 'Clip']);

/**
 * Attention weighs values by a softmax that was itself computed from the picture: a product of two results of the picture,
 * one of which comes from a softmax. Linear attention (Katharopoulos et al. 2020) leaves the softmax out and multiplies keys,
 * values and queries all the same: a product of which one factor is itself such a product.
 * @param nodes in topological order
 * @throws NetworkError naming the first layer that does so
 */
export function assertNoAttention(
  nodes: readonly NodeMessage[],
  picture: string,
  nameOf: (node: NodeMessage) => string,
): void {
  const fromPicture = new Set([picture]);
  const weights = new Set<string>();
  const multiplied = new Map<string, NodeMessage>();
  for (const node of nodes) {
    const read = node.inputs.filter((input) => fromPicture.has(input));
    if (read.length === 0 || ofShapes.has(node.operator)) continue;
    for (const output of node.outputs) fromPicture.add(output);
    if (whole.test(node.operator)) throw attentionError(moduleOf(nameOf(node)));
    const weighing = read.filter((input) => weights.has(input));
    if (
      products.has(node.operator) &&
      read.length > 1 &&
      (weighing.length > 0 || isCalledAttention(nameOf(node)))
    ) {
      throw attentionError(moduleOf(nameOf(node)));
    }
    const first = read.map((input) => multiplied.get(input)).find((product) => product !== undefined);
    const isProduct = products.has(node.operator) && read.length > 1;
    if (isProduct && first) throw attentionError(moduleOf(nameOf(node)));
    if (isProduct || (first && passingProducts.has(node.operator))) {
      for (const output of node.outputs) multiplied.set(output, first ?? node);
    }
    const isWeight = node.operator === 'Softmax' || (passing.has(node.operator) && weighing.length > 0);
    if (isWeight) for (const output of node.outputs) weights.add(output);
  }
}
