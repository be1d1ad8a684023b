import * as tf from '@tensorflow/tfjs-core';
import { machineOf } from '../fast-convolution/running';
import { type Greatest, WITHOUT_SIGN } from '../greatest';

const AS_THEY_ARE = -1;

/** What is greatest in tensors of float32, four numbers at once where they lie; null on other backends than our own. */
export function greatestInTensors(tensors: readonly tf.Tensor[]): Greatest[] | null {
  if (tf.getBackend() !== 'wasm') return null;
  const machine = machineOf(tf.backend());
  return tensors.map((tensor) => {
    const address = machine.addressOf(tensor);
    const magnitude = machine.greatest(address, tensor.size, WITHOUT_SIGN);
    return { magnitude, aboveZero: machine.greatest(address, tensor.size, AS_THEY_ARE) };
  });
}
