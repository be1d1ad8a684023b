import { NetworkError } from '../network-errors';
import type { GraphMessage, NodeMessage, ValueMessage } from './onnx-messages';

/** TensorProto.DataType of whole numbers of 32 and 64 bits, as words are numbered. */
const wordTypes = new Set([6, 7]);

const isWords = ({ name, type, shape }: ValueMessage) =>
  /^(input_ids|decoder_input_ids|attention_mask|token_type_ids|position_ids|tokens|text)$/.test(name) ||
  (wordTypes.has(type) && shape !== null && shape.length <= 2);

/** What a diffusion model draws in: a picture has one channel or three. */
const isLatent = ({ name, shape }: ValueMessage) =>
  /^latent/i.test(name) && ![1, 3].includes(Number(shape?.[1]));

/** What to open in the place of a network that reads no pictures. */
const instead =
  "Export a classifier of pictures and open that: model = timm.create_model('vit_base_patch16_224', pretrained=True), then torch.onnx.export(model.eval(), torch.zeros(1, 3, 224, 224), 'model.onnx').";

const isPicture = ({ shape }: ValueMessage) => shape?.length === 4;

/** @throws NetworkError saying what a network of another kind reads and does */
export function assertReadsPicture({ inputs, initializers }: GraphMessage): void {
  const weights = new Set(initializers.map(({ name }) => name));
  const given = inputs.filter(({ name }) => !weights.has(name));
  const list = given.map(({ name }) => name).join(', ');
  const has = (pattern: RegExp) => given.some(({ name }) => pattern.test(name));
  if (has(/^(timestep|timesteps|t)$/i) && has(/^(sample|latent\w*|x|noisy\w*|hidden_states)$/i)) {
    throw new NetworkError(
      `This is the part of a diffusion model that takes noise away (it reads ${list}): it makes pictures, and decides nothing about one. ${instead}`,
    );
  }
  if (given.some(isLatent)) {
    throw new NetworkError(
      `This is the part of a diffusion model that makes a picture of what it has drawn in small (it reads ${list}), and decides nothing about one. ${instead}`,
    );
  }
  if (given.length > 0 && given.some(isWords) && !given.some(isPicture)) {
    throw new NetworkError(
      `This is a language model (it reads words: ${list}), and takes no pictures. Where it has a part for pictures, export that with a classifier at its end. ${instead}`,
    );
  }
  if (given.some(isWords) && given.some(isPicture)) {
    throw new NetworkError(
      `This network reads words beside a picture (${list}), as models of pictures and text do. Export the part that reads pictures alone, with a classifier at its end.`,
    );
  }
}

const quantised =
  /^(DynamicQuantizeLinear|ConvInteger|MatMulInteger\w*|MatMulNBits|QAttention|DynamicQuantize\w+)$/;

/** @throws NetworkError where a network computes with whole numbers of a few bits, whose steps are found anew for every picture */
export function assertNotQuantised(
  nodes: readonly NodeMessage[],
  nameOf: (node: NodeMessage) => string,
): void {
  const first = nodes.find(({ operator }) => quantised.test(operator));
  if (!first) return;
  throw new NetworkError(
    `This network is quantised (${first.operator} at "${nameOf(first)}"): it computes with whole numbers of a few bits, which is not read here. Use the file from before it was quantised, or quantise it with pairs of QuantizeLinear and DequantizeLinear (in onnxruntime: quant_format=QuantFormat.QDQ).`,
  );
}

/** @throws NetworkError where onnxruntime has laid the numbers of a network out for the processor that it ran on */
export function assertForAnyProcessor(nodes: readonly NodeMessage[]): void {
  const first = nodes.find(({ domain }) => domain === 'com.microsoft.nchwc');
  if (!first) return;
  throw new NetworkError(
    `onnxruntime has optimised this network for the processor that it ran on (${first.operator} of ${first.domain}), and such files are for that machine alone. Save it at the extended level (GraphOptimizationLevel.ORT_ENABLE_EXTENDED), or use the file from before.`,
  );
}
