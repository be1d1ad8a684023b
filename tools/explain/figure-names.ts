/** Figures that the command line draws of a picture. */
export const explainFigures = [
  'heat',
  'strip',
  'entropy',
  'change',
  'flow',
  'tree',
  'card',
  'sheet',
] as const;

export type ExplainFigure = (typeof explainFigures)[number];
