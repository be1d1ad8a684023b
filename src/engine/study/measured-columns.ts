import type { EntropyMeasure } from '../../semiotics';

/** The names under which the numbers of a measure stand. */
export const measureColumns = (measure: EntropyMeasure) => ({
  value: measure as string,
  null: `${measure} null`,
  sd: `${measure} null sd`,
  structure: `${measure} structure`,
});

/** The names of the numbers that every study has. */
export const signColumns = [
  'signs',
  'signs null',
  'supersigns',
  'largest share',
  'class formation',
  'complex formation',
  'class formation null',
  'complex formation null',
] as const;

/** Every column of a study, in order. */
export const columnsOf = (measures: readonly EntropyMeasure[]): string[] => [
  ...measures.flatMap((measure) => Object.values(measureColumns(measure))),
  ...signColumns,
];
