import { activations } from './activations';
import { arithmetic } from './arithmetic';
import { convolutions } from './convolution-operators';
import { denseLayers } from './dense-operators';
import { einsums } from './einstein-sums';
import { folds } from './folds';
import { frames } from './frames';
import { fusedAttention } from './fused-attention';
import { indexed } from './indexed';
import { normalisations } from './normalisation-operators';
import type { Operators } from './operator';
import { pools } from './pools';
import { quantised } from './quantised';
import { shapes } from './shapes';
import { spelledOut } from './spelled-out';

export { constantOperators } from './constants';

/** Operations on what depends on the picture. */
export const operators: Operators = {
  ...activations,
  ...arithmetic,
  ...convolutions,
  ...denseLayers,
  ...einsums,
  ...folds,
  ...frames,
  ...fusedAttention,
  ...indexed,
  ...normalisations,
  ...pools,
  ...quantised,
  ...shapes,
  ...spelledOut,
};
