/** What a measure of trust asks of a map. */
export type TrustFamily = 'faithfulness' | 'robustness' | 'randomisation' | 'localisation' | 'complexity';

/** What a measure costs: the map alone, a few passes for all layers and methods at once, or passes of its own for every map. */
export type TrustCost = 'map' | 'shared' | 'own';

interface TrustMeasureRow {
  readonly id: string;
  readonly name: string;
  readonly family: TrustFamily;
  readonly cost: TrustCost;
  /** Which of two maps the defining paper calls better; null where it judges neither way. */
  readonly better: 'high' | 'low' | null;
  /** What it measures, one line. */
  readonly summary: string;
  readonly source: string;
}

/** Every measure of trust, in the order in which they are listed. */
export const TRUST_MEASURES = [
  {
    ...{ id: 'road', name: 'ROAD', family: 'faithfulness', cost: 'own', better: 'high' },
    summary: 'Least relevant pixels imputed first, minus most relevant first, halved',
    source: 'Rong et al. 2022',
  },
  {
    ...{ id: 'deletion', name: 'Deletion', family: 'faithfulness', cost: 'own', better: 'low' },
    summary: 'Mean height of the curve as pixels are blurred, most salient first',
    source: 'Petsiuk et al. 2018',
  },
  {
    ...{ id: 'insertion', name: 'Insertion', family: 'faithfulness', cost: 'own', better: 'high' },
    summary: 'Mean height of the curve as pixels are brought back, most salient first',
    source: 'Petsiuk et al. 2018',
  },
  {
    ...{ id: 'pixel-flipping', name: 'Pixel flipping', family: 'faithfulness', cost: 'own', better: 'low' },
    summary: 'Mean height of the curve as pixels become their channel’s mean, most salient first',
    source: 'Bach et al. 2015',
  },
  {
    ...{ id: 'region-perturbation', name: 'Region perturbation', family: 'faithfulness' },
    ...{ cost: 'own', better: 'high' },
    summary: 'Mean fall as squares become noise, most salient first (AOPC)',
    source: 'Samek et al. 2017',
  },
  {
    ...{ id: 'sensitivity-n', name: 'Sensitivity-n', family: 'faithfulness', cost: 'shared', better: 'high' },
    summary: 'Correlation of what subsets hold of the map with what is lost without them, mean over sizes',
    source: 'Ancona et al. 2018',
  },
  {
    ...{ id: 'faithfulness-correlation', name: 'Faithfulness correlation', family: 'faithfulness' },
    ...{ cost: 'shared', better: 'high' },
    summary: 'The same for subsets of one size',
    source: 'Bhatt, Weller and Moura 2020',
  },
  {
    ...{ id: 'infidelity', name: 'Infidelity', family: 'faithfulness', cost: 'shared', better: 'low' },
    summary: 'Squared error of the map, optimally scaled, as a forecast of what is lost',
    source: 'Yeh et al. 2019',
  },
  {
    ...{
      id: 'max-sensitivity',
      name: 'Max-sensitivity',
      family: 'robustness',
      cost: 'shared',
      better: 'low',
    },
    summary: 'Largest relative change of the map under noise that is hardly seen',
    source: 'Yeh et al. 2019',
  },
  {
    ...{ id: 'average-sensitivity', name: 'Average sensitivity', family: 'robustness' },
    ...{ cost: 'shared', better: 'low' },
    summary: 'Mean relative change of the map under noise that is hardly seen',
    source: 'Yeh et al. 2019',
  },
  {
    ...{ id: 'random-logit', name: 'Random logit', family: 'randomisation', cost: 'shared', better: 'low' },
    summary: 'Structural similarity with the map of another class',
    source: 'Sixt, Granz and Landgraf 2020',
  },
  {
    ...{ id: 'mprt-cascading', name: 'MPRT, cascading', family: 'randomisation' },
    ...{ cost: 'shared', better: 'low' },
    summary: 'Mean rank correlation with the maps while weights are randomised from the last layer down',
    source: 'Adebayo et al. 2018',
  },
  {
    ...{ id: 'mprt-independent', name: 'MPRT, independent', family: 'randomisation' },
    ...{ cost: 'shared', better: 'low' },
    summary: 'The same while one layer at a time is randomised',
    source: 'Adebayo et al. 2018',
  },
  {
    ...{ id: 'mprt-from-the-bottom', name: 'MPRT, from the bottom', family: 'randomisation' },
    ...{ cost: 'shared', better: 'low' },
    summary: 'The same while weights are randomised from the first layer up',
    source: 'Adebayo et al. 2018, Hedström et al. 2024',
  },
  {
    ...{ id: 'efficient-mprt', name: 'Efficient MPRT', family: 'randomisation' },
    ...{ cost: 'shared', better: 'high' },
    summary: 'Rise of the entropy of the map’s values when all weights are randomised',
    source: 'Hedström et al. 2024',
  },
  {
    ...{ id: 'pointing-game', name: 'Pointing game', family: 'localisation', cost: 'map', better: 'high' },
    summary: 'Whether the highest pixel lies inside the mask',
    source: 'Zhang et al. 2018',
  },
  {
    ...{ id: 'relevance-mass', name: 'Relevance mass accuracy', family: 'localisation' },
    ...{ cost: 'map', better: 'high' },
    summary: 'Share of the mass inside the mask',
    source: 'Arras, Osman and Samek 2022',
  },
  {
    ...{ id: 'relevance-rank', name: 'Relevance rank accuracy', family: 'localisation' },
    ...{ cost: 'map', better: 'high' },
    summary: 'Share of the K highest pixels inside the mask of K pixels',
    source: 'Arras, Osman and Samek 2022',
  },
  {
    ...{ id: 'attribution-localisation', name: 'Attribution localisation', family: 'localisation' },
    ...{ cost: 'map', better: 'high' },
    summary: 'Mass inside the mask, over what evenly spread mass would have there',
    source: 'Kohlbrenner et al. 2020',
  },
  {
    ...{ id: 'top-k', name: 'Top-k intersection', family: 'localisation', cost: 'map', better: 'high' },
    summary: 'Share of the 2 % highest pixels inside the mask',
    source: 'Theiner, Müller-Budack and Ewerth 2021',
  },
  {
    ...{ id: 'localisation-auc', name: 'Localisation AUC', family: 'localisation' },
    ...{ cost: 'map', better: 'high' },
    summary: 'Probability that a pixel inside is higher than one outside',
    source: 'Fawcett 2006',
  },
  {
    ...{ id: 'sparseness', name: 'Sparseness', family: 'complexity', cost: 'map', better: 'high' },
    summary: 'Gini index of the map',
    source: 'Chalasani et al. 2020',
  },
  {
    ...{ id: 'complexity', name: 'Complexity', family: 'complexity', cost: 'map', better: 'low' },
    summary: 'Entropy of the map’s mass, in bits',
    source: 'Bhatt, Weller and Moura 2020',
  },
  {
    ...{ id: 'effective-complexity', name: 'Effective complexity', family: 'complexity' },
    ...{ cost: 'map', better: 'low' },
    summary: 'Share of the pixels that are more than nothing',
    source: 'Nguyen and Martínez 2020, as Quantus has it',
  },
] as const satisfies readonly TrustMeasureRow[];

export type TrustMeasure = (typeof TRUST_MEASURES)[number]['id'];

/** A measure, with what is known of it. */
export const trustMeasure = (id: TrustMeasure): TrustMeasureRow & { id: TrustMeasure } =>
  TRUST_MEASURES.find((row) => row.id === id) as TrustMeasureRow & { id: TrustMeasure };

/** Those that need a mask to be held against. */
export const localisationMeasures = TRUST_MEASURES.flatMap(({ id, family }) =>
  family === 'localisation' ? [id as TrustMeasure] : [],
);

/** Shares of the pixels that ROAD takes away, in percent (Rong et al. 2022). */
export const roadPercentages: readonly number[] = [10, 20, 30, 40, 50, 60, 70, 80, 90];

/** Those that a picture is not kept waiting for. */
export const quickMeasures: readonly TrustMeasure[] = [
  'max-sensitivity',
  'average-sensitivity',
  'random-logit',
  'efficient-mprt',
  'sparseness',
  'complexity',
  'effective-complexity',
];
