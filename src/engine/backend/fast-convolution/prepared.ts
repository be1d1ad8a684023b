import type * as tf from '@tensorflow/tfjs-core';

/** A filter in the form a kernel reads. */
export interface Prepared {
  values: tf.Tensor1D;
}

/** By the filter's values and the form's name. */
const prepared = new WeakMap<object, Map<string, Prepared>>();

/** The filter in one form, made once and kept as long as the filter lives; see {@link disposePrepared}. */
export function preparedFilter<Form extends Prepared>(
  filter: tf.Tensor,
  form: string,
  make: () => Form,
): Form {
  let forms = prepared.get(filter.dataId);
  if (!forms) {
    forms = new Map();
    prepared.set(filter.dataId, forms);
  }
  const known = forms.get(form);
  if (known && !known.values.isDisposed) return known as Form;
  const made = make();
  forms.set(form, made);
  return made;
}

/** Frees what was kept for `filter`; to be called where the filter itself is disposed. */
export function disposePrepared(filter: tf.Tensor): void {
  for (const { values } of prepared.get(filter.dataId)?.values() ?? []) values.dispose();
  prepared.delete(filter.dataId);
}
