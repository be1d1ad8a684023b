import type * as tf from '@tensorflow/tfjs-core';
import type { TensorMemory } from '../memory/tensor-memory';

/** The form in which one of the kernels reads a filter. */
export type Form = 'winograd' | 'taps' | 'patches' | 'given';

/** A form that is made of a filter and kept; that with its taps side by side turned as well, for a gradient. */
type PreparedForm = Exclude<Form, 'given'> | 'turned-taps';

/** Filters in the forms that the kernels read, by the data they were made from. */
export interface PreparedFilters {
  /**
   * Address of a filter in one form; made once, and kept until the filter's data is freed.
   * @param bytes its size
   * @param fill fills it in
   */
  get(filter: tf.TensorInfo, form: PreparedForm, bytes: number, fill: (address: number) => void): number;
}

/** Filters in the memory of a backend. */
export function prepareFilters(backend: TensorMemory): PreparedFilters {
  const { heap } = backend;
  const blocks = new Map<object, Map<PreparedForm, number>>();
  // A variable of a training step gets new data with each step, and nobody would tell that the old is gone.
  backend.onFreed((dataId) => {
    for (const block of blocks.get(dataId)?.values() ?? []) heap.free(block);
    blocks.delete(dataId);
  });
  return {
    get({ dataId }, form, bytes, fill) {
      const forms = blocks.get(dataId) ?? new Map<PreparedForm, number>();
      blocks.set(dataId, forms);
      const known = forms.get(form);
      if (known !== undefined) return known;
      const block = heap.allocate(bytes);
      forms.set(form, block);
      fill(block);
      return block;
    },
  };
}
