import type { Attribute } from './onnx-messages';

/** Attributes that change no number of an evaluation, whatever they say: training, seeds, precision of the sums. */
const withoutEffect = new Set([
  'momentum',
  'seed',
  'ratio',
  'stash_type',
  'saturate',
  'round_mode',
  'consumed_inputs',
  'is_test',
  // Of a way of placing pixels that is refused.
  'extrapolation_value',
]);

const isAll = (value: number) => (attribute: Attribute) => attribute.ints.every((each) => each === value);
const isInt = (value: number) => (attribute: Attribute) => (attribute.int ?? 0) === value;
const isText = (value: string) => (attribute: Attribute) => (attribute.text || value) === value;

/** What an attribute says that says the same as leaving it out. Source: ONNX operators, the defaults. */
const defaults: Readonly<Record<string, (attribute: Attribute) => boolean>> = {
  auto_pad: isText('NOTSET'),
  ceil_mode: isInt(0),
  count_include_pad: isInt(0),
  storage_order: isInt(0),
  dilations: isAll(1),
  strides: isAll(1),
  pads: isAll(0),
  output_padding: isAll(0),
  output_shape: ({ ints }) => ints.length === 0,
  group: isInt(1),
  spatial: isInt(1),
  training_mode: isInt(0),
  transA: isInt(0),
  transB: isInt(0),
  antialias: isInt(0),
  exclude_outside: isInt(0),
  keep_aspect_ratio_policy: isText('stretch'),
  allowzero: isInt(0),
  noop_with_empty_axes: isInt(0),
  batch_dims: isInt(0),
  reduction: isText('none'),
  input_forget: isInt(0),
  softcap: ({ float }) => (float ?? 0) === 0,
};

/** Whether an attribute may be passed over. */
export function saysNothing(name: string, attribute: Attribute): boolean {
  if (withoutEffect.has(name)) return true;
  return !attribute.isOther && Object.hasOwn(defaults, name) && defaults[name](attribute);
}

/** What an attribute says, as part of a sentence. */
export function attributeText({ float, int, text, tensor, graph, floats, ints }: Attribute): string {
  if (text !== null) return `"${text.slice(0, 40)}"`;
  if (tensor) return 'a tensor';
  if (graph) return 'a graph';
  const list = [...ints, ...floats];
  if (list.length > 0) return `[${list.slice(0, 8)}${list.length > 8 ? ', …' : ''}]`;
  return String(int ?? float ?? 'something unknown');
}
