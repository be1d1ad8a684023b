/** One line of the table. */
export interface Row {
  /** Part of the bench it belongs to. */
  part: string;
  what: string;
  /** Null where it was not measured; `note` says why. */
  result: number | null;
  unit: string;
  /** The result is to be at most this; null for a row that only informs. */
  reach: number | null;
  /** Medians behind a ratio, in milliseconds. */
  ours?: number;
  peer?: number;
  runs?: number;
  note?: string;
  /** Day of the measurement. */
  date: string;
}

/** A row as its part writes it. */
export type Measured = Omit<Row, 'part' | 'date' | 'reach'> & { reach?: number };

/** A row that could not be measured, and why. */
export const skipped = (what: string, note: string, reach?: number): Measured => ({
  what,
  result: null,
  unit: '',
  note,
  reach,
});

/** "yes", "no", or nothing where there is no reach or no result. */
export function reached({ result, reach }: Pick<Row, 'result' | 'reach'>): string {
  if (result === null || reach === null) return '';
  return result <= reach ? 'yes' : 'no';
}

/** Three significant digits. */
export const rounded = (value: number) => Number(value.toPrecision(3));
