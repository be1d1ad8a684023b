import { activations } from './activations';
import { arithmetic } from './arithmetic';
import { convolutions } from './convolution-operators';
import { denseLayers } from './dense-operators';
import { einsums } from './einstein-sums';
import { frames } from './frames';
import { normalisations } from './normalisation-operators';
import type { Operators } from './operator';
import { pools } from './pools';
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
  ...frames,
  ...normalisations,
  ...pools,
  ...shapes,
  ...spelledOut,
};
