import type { Call } from '../../onnx-importer';
import type { Attribute } from '../../onnx-messages';

/** Attributes of a convolution's windows. */
export const windows = ['auto_pad', 'dilations', 'group', 'kernel_shape', 'pads', 'strides'];

/** The attributes of a layer that belong to one of the operations it is made of. */
export function attributesOf(call: Call, names: readonly string[]): Record<string, Attribute> {
  const entries = names.flatMap((name) => {
    const attribute = call.attribute(name);
    return attribute ? [[name, attribute] as const] : [];
  });
  return Object.fromEntries(entries);
}
