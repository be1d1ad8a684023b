import type { DataSummary } from '../training-methods';

export type Split = 'train' | 'heldOut';

/** Pictures with their classes. */
export interface Batch {
  /** n x side x side x 3 bytes, row-major, RGB. */
  pixels: Uint8Array;
  /** Indices of classes. */
  labels: Int32Array;
}

/** What a network is trained and tested on: pictures of one size by number. */
export interface Dataset {
  readonly side: number;
  readonly summary: DataSummary;
  /** Pictures for training go on beyond the number in the summary: every epoch takes the next so many. */
  readonly endless?: boolean;
  /** @param indices numbers of pictures of that split, from 0 */
  read(split: Split, indices: readonly number[]): Promise<Batch>;
}

/** Training data that nothing can be learned from; a sentence that says what to do. */
export class DatasetError extends Error {
  override name = 'DatasetError';
}
