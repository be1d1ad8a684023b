/** One way to measure the spatial entropy of a map. */
interface MeasureRow {
  id: string;
  /** As a person reads it in a list. */
  name: string;
  unit: 'bits' | 'ratio';
  /** One sentence: what the number says. */
  summary: string;
  /** Who defined it. */
  source: string;
}

/** Every measure of spatial entropy, in the order in which lists show them. */
export const ENTROPY_MEASURES = [
  {
    id: 'shannon',
    name: 'Shannon entropy',
    unit: 'bits',
    summary: 'How evenly the levels are used, wherever they lie.',
    source: 'Shannon 1948',
  },
  {
    id: 'aura',
    name: 'Aura joint entropy',
    unit: 'bits',
    summary: 'How much there is to know about a pair of neighbouring pixels.',
    source: 'Elfadel and Picard 1994; Nowosad and Stepinski 2019 (joinent)',
  },
  {
    id: 'marginal',
    name: 'Marginal entropy',
    unit: 'bits',
    summary: 'How many distinctions the map makes, each level weighted by its neighbours.',
    source: 'Nowosad and Stepinski 2019 (ent)',
  },
  {
    id: 'conditional',
    name: 'Conditional entropy',
    unit: 'bits',
    summary: 'What remains unknown about a pixel once its neighbour is known.',
    source: 'Nowosad and Stepinski 2019 (condent)',
  },
  {
    id: 'mutual',
    name: 'Mutual information',
    unit: 'bits',
    summary: 'What a pixel tells about its neighbour.',
    source: 'Nowosad and Stepinski 2019 (mutinf)',
  },
  {
    id: 'relative-conditional',
    name: 'Relative conditional entropy',
    unit: 'ratio',
    summary:
      'Conditional over marginal entropy: 0 where neighbours are certain, 1 where they are independent.',
    source: 'Nowosad and Stepinski 2019 (condent / ent)',
  },
  {
    id: 'aura-matrix',
    name: 'Aura matrix (AME)',
    unit: 'ratio',
    summary:
      'What a neighbour adds to a pixel, relative to the pixel alone, mean over the neighbour directions: near 0 where the map is ordered, 1 where neighbours are independent.',
    source: 'Volden, Giraudon and Berthod 1995; Journel and Deutsch 1993',
  },
  {
    id: 'glcm',
    name: 'Co-occurrence matrix (GLCM)',
    unit: 'bits',
    summary: 'Entropy of the grey-level co-occurrence matrix, mean over four angles at distance 1.',
    source: 'Haralick, Shanmugam and Dinstein 1973',
  },
  {
    id: 'leibovici',
    name: 'Leibovici',
    unit: 'bits',
    summary: 'Entropy of the pairs of levels that lie no further apart than a given distance.',
    source: 'Leibovici 2009',
  },
  {
    id: 'altieri',
    name: 'Altieri',
    unit: 'bits',
    summary: 'Entropy of all pairs of levels, split into what their distance tells and what it leaves open.',
    source: 'Altieri, Cocchi and Roli 2018',
  },
  {
    id: 'batty',
    name: 'Batty',
    unit: 'bits',
    summary: 'How evenly the mass is spread over the area, cell by cell of a partition.',
    source: 'Batty 1974',
  },
  {
    id: 'karlstrom',
    name: 'Karlström and Ceccato',
    unit: 'bits',
    summary: 'How evenly the mass is spread over a partition, each cell seen together with its neighbours.',
    source: 'Karlström and Ceccato 2002',
  },
  {
    id: 'delentropy',
    name: 'Delentropy',
    unit: 'bits',
    summary: 'Entropy of the gradient: how unlike the local steps of the map are.',
    source: 'Larkin 2016',
  },
  {
    id: 'ise',
    name: 'Image spatial entropy (ISE)',
    unit: 'bits',
    summary: 'Entropy per pixel of a Markov field with the pair statistics of the map.',
    source: 'Razlighi, Kehtarnavaz and Nosratinia 2009',
  },
  {
    id: 'mass',
    name: 'Mass (complexity)',
    unit: 'bits',
    summary: 'How many pixels share the evidence, wherever they lie.',
    source: 'Bhatt, Weller and Moura 2020',
  },
] as const satisfies readonly MeasureRow[];

/** The id of a measure. */
export type EntropyMeasure = (typeof ENTROPY_MEASURES)[number]['id'];
