import { machineOf } from '../fast-convolution/running';
import { floatsOf, type Kernel, makeFloats } from './replace-kernel';
import { activate } from './update-kernels';

/** Up to here one loop is faster than waking XNNPACK's threads, which takes about 0.1 ms a call. */
const small = 32768;

/**
 * max(0, x) on the threads of our own kernels, and where those do not run, of small tensors in a loop; NaN stays NaN. Others go
 * to the stock kernel.
 */
export function reluKernel(stock: Kernel): Kernel {
  return (parameters) => {
    const { x } = parameters.inputs;
    if (x.dtype !== 'float32') return stock(parameters);
    if (machineOf(parameters.backend)) return activate(parameters, 'relu');
    if (x.size > small) return stock(parameters);
    const y = makeFloats(parameters.backend, x.shape);
    const [from, to] = [floatsOf(parameters.backend, x), floatsOf(parameters.backend, y)];
    for (let i = 0; i < from.length; i++) to[i] = from[i] < 0 ? 0 : from[i];
    return y;
  };
}

/** min(max(0, x), 6) likewise. */
export function relu6Kernel(stock: Kernel): Kernel {
  return (parameters) =>
    parameters.inputs.x.dtype === 'float32' && machineOf(parameters.backend)
      ? activate(parameters, 'relu6')
      : stock(parameters);
}
