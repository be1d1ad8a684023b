import type { AuraSplit, EntropyMeasure } from '../../semiotics';

/** What the measures of the aura matrix are made of, so that it is counted once for all; as `spatialEntropy` makes them. */
export const ofAuraSplit: Partial<Record<EntropyMeasure, (split: AuraSplit) => number>> = {
  aura: ({ joint }) => joint,
  marginal: ({ marginal }) => marginal,
  conditional: ({ conditional }) => conditional,
  mutual: ({ marginal, conditional }) => marginal - conditional,
  'relative-conditional': ({ marginal, conditional }) => (marginal > 0 ? conditional / marginal : 0),
};
