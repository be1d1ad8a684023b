import { expect, it } from 'vitest';
import { assertReadsPicture } from './kinds';
import type { GraphMessage, ValueMessage } from './onnx-messages';

const [FLOAT, WHOLE] = [1, 7];
type Input = [name: string, type: number, shape: (number | string)[]];

const graph = (inputs: readonly Input[]) =>
  ({
    inputs: inputs.map(([name, type, shape]) => ({ name, type, shape }) as unknown as ValueMessage),
    initializers: [],
  }) as unknown as GraphMessage;

const words: Input[] = [
  ['input_ids', WHOLE, ['batch', 'sequence']],
  ['attention_mask', WHOLE, ['batch', 'sequence']],
];

// Inputs as Optimum names them in what it exports of Transformers and Diffusers.
it.each<[string, Input[], RegExp]>([
  ['BERT', [...words, ['token_type_ids', WHOLE, ['batch', 'sequence']]], /^This is a language model/],
  [
    'the text encoder of Stable Diffusion',
    [['input_ids', WHOLE, ['batch', 77]]],
    /^This is a language model/,
  ],
  [
    'the U-Net of Stable Diffusion XL',
    [
      ['sample', FLOAT, ['batch', 4, 'height', 'width']],
      ['timestep', FLOAT, []],
      ['encoder_hidden_states', FLOAT, ['batch', 77, 2048]],
      ['text_embeds', FLOAT, ['batch', 1280]],
      ['time_ids', FLOAT, ['batch', 6]],
    ],
    /^This is the part of a diffusion model that takes noise away \(it reads sample, timestep, encoder_hidden_states, text_embeds, time_ids\)/,
  ],
  [
    'the transformer of Flux',
    [
      ['hidden_states', FLOAT, ['batch', 'tokens', 64]],
      ['encoder_hidden_states', FLOAT, ['batch', 'words', 4096]],
      ['timestep', FLOAT, ['batch']],
    ],
    /^This is the part of a diffusion model that takes noise away/,
  ],
  [
    'the decoder of Stable Diffusion',
    [['latent_sample', FLOAT, ['batch', 4, 'height', 'width']]],
    /^This is the part of a diffusion model that makes a picture of what it has drawn in small/,
  ],
  [
    'CLIP',
    [...words, ['pixel_values', FLOAT, ['batch', 3, 224, 224]]],
    /^This network reads words beside a picture/,
  ],
])('%s is told apart from a network of pictures, with what to export instead', (_, inputs, sentence) => {
  expect(() => assertReadsPicture(graph(inputs))).toThrow(sentence);
  expect(() => assertReadsPicture(graph(inputs))).toThrow(/(torch\.onnx\.export\(|Export the part that)/);
});

it('a picture by any of these names is a picture', () => {
  for (const name of ['pixel_values', 'input', 'sample', 'x', 'images']) {
    expect(() => assertReadsPicture(graph([[name, FLOAT, [1, 3, 224, 224]]]))).not.toThrow();
  }
});
