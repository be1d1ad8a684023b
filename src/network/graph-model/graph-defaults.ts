import { type Attribute, textOf } from './graph-def';

/** Attributes that count inputs, name devices or steer training: they change no number of an evaluation. */
const withoutEffect = new Set([
  'N',
  'num_args',
  'num_host_args',
  'use_cudnn_on_gpu',
  'exponential_avg_factor',
  'leakyrelu_alpha',
  'message',
  'incompatible_shape_error',
  'grad_a',
  'grad_b',
]);

/** Attributes of which one value says what is done anyway. */
const expected: Readonly<Record<string, readonly string[]>> = {
  data_format: ['NHWC'],
  filter_format: ['HWIO'],
  padding: ['VALID'],
};

/** Whether an attribute may be passed over: it names a type, or says what leaving it out says. */
export function saysNothing(name: string, { s, i, f, b, shape, list, ...others }: Attribute): boolean {
  if (withoutEffect.has(name) || name.startsWith('_')) return true;
  if (s !== undefined) return (expected[name] ?? ['']).includes(textOf(s) ?? '');
  if (b !== undefined || i !== undefined || f !== undefined) {
    return !b && Number(i ?? 0) === 0 && (f ?? 0) === 0;
  }
  if (list !== undefined) return [...(list.i ?? []), ...(list.s ?? [])].every((each) => Number(each) === 1);
  // A type, a list of types, or the shape of a constant.
  return shape !== undefined || 'type' in others || Object.keys(others).length === 0;
}
