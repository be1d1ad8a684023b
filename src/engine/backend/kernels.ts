import { registerFastConvolutionGradient } from './convolution-gradient';
import { registerMaxPoolGradient } from './max-pool-gradient';

let registered = false;

/** Puts this project's WebAssembly kernels in the place of the stock ones; call once the backend is loaded. */
export function registerKernels(): void {
  if (registered) return;
  registered = true;
  registerFastConvolutionGradient();
  registerMaxPoolGradient();
}
