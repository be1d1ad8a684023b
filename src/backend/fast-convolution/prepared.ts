import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type * as tf from '@tensorflow/tfjs-core';

/** The form in which one of the kernels reads a filter. */
export type Form = 'winograd' | 'patches';

/** Filters in the forms that the kernels read, by the data they were made from. */
export interface PreparedFilters {
  /**
   * Address of a filter in one form; made once, and kept until the filter's data is freed.
   * @param bytes its size
   * @param fill fills it in
   */
  get(filter: tf.TensorInfo, form: Form, bytes: number, fill: (address: number) => void): number;
}

/** Processors load whole lines; a packed filter starts at one. */
const CACHE_LINE = 64;

/** @param allocate and `free`, memory of the backend */
export function prepareFilters(
  backend: BackendWasm,
  allocate: (bytes: number) => number,
  free: (address: number) => void,
): PreparedFilters {
  const blocks = new Map<object, Map<Form, number>>();
  // A variable of a training step gets new data with each step, and nobody would tell that the old is gone.
  const disposeData = backend.disposeData.bind(backend);
  backend.disposeData = (dataId: tf.DataId, force?: boolean) => {
    const gone = disposeData(dataId, force);
    const forms = gone && blocks.get(dataId);
    if (forms) {
      for (const block of forms.values()) free(block);
      blocks.delete(dataId);
    }
    return gone;
  };
  const firstLine = (address: number) => Math.ceil(address / CACHE_LINE) * CACHE_LINE;
  return {
    get({ dataId }, form, bytes, fill) {
      const forms = blocks.get(dataId) ?? new Map<Form, number>();
      blocks.set(dataId, forms);
      const known = forms.get(form);
      if (known !== undefined) return firstLine(known);
      const block = allocate(bytes + CACHE_LINE);
      forms.set(form, block);
      fill(firstLine(block));
      return firstLine(block);
    },
  };
}
