import { activations } from './activations';
import { arithmetic } from './arithmetic';
import { chosen } from './chosen';
import { convolutions } from './convolution-operators';
import { denseLayers } from './dense-operators';
import { einsums } from './einstein-sums';
import { folds } from './folds';
import { frames } from './frames';
import { wholeNumbers } from './fused/whole-numbers';
import { fusedAttention } from './fused-attention';
import { indexed } from './indexed';
import { normalisations } from './normalisation-operators';
import type { Operators } from './operator';
import { pools } from './pools';
import { productsAlong } from './products-along';
import { quantised } from './quantised';
import { recurrent } from './recurrent';
import { shapes } from './shapes';
import { spelledOut } from './spelled-out';
import { wholeArithmetic } from './whole-arithmetic';

export { constantOperators } from './constants';
export { microsoft } from './fused';

/** Operations on what depends on the picture. */
export const operators: Operators = {
  ...activations,
  ...arithmetic,
  ...chosen,
  ...convolutions,
  ...denseLayers,
  ...einsums,
  ...folds,
  ...frames,
  ...fusedAttention,
  ...indexed,
  ...normalisations,
  ...pools,
  ...productsAlong,
  ...quantised,
  ...recurrent,
  ...shapes,
  ...spelledOut,
  ...wholeArithmetic,
  ...wholeNumbers,
};
