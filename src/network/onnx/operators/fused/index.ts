import { activations } from '../activations';
import type { Operators } from '../operator';
import { attentions } from './attentions';
import { normalised, quickGelu } from './normalised';
import { biasedGelu, fusedProducts } from './products';
import { wholeNumbersOfRuntime } from './whole-numbers';

/**
 * Operations of the domain com.microsoft that onnxruntime's optimisers put in the place of several of ONNX, spelled out again. Source:
 * onnxruntime, docs/ContribOperators.md.
 */
export const microsoft: Operators = {
  ...attentions,
  ...fusedProducts,
  ...normalised,
  ...wholeNumbersOfRuntime,
  Gelu: activations.Gelu,
  BiasGelu: biasedGelu('none'),
  FastGelu: biasedGelu('tanh'),
  QuickGelu: quickGelu,
};
