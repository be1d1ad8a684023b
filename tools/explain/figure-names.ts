/** Figures that the command line draws of a picture. */
export const explainFigures = [
  'heat',
  'strip',
  'entropy',
  'change',
  'flow',
  'tree',
  'card',
  'concepts',
  'sheet',
] as const;

/** Figures of methods side by side: all layers by all methods, and one layer by all methods. */
export const compareFigures = ['matrix', 'tiles'] as const;

export type DrawnFigure = (typeof explainFigures)[number] | (typeof compareFigures)[number];
