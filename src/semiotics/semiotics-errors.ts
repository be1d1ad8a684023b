/** What a map or an option was refused for. */
export type MapErrorCode = 'size' | 'not-finite' | 'levels' | 'option';

/** A map, or a setting it should be measured with, that has no meaning: the message says what, where and what to do. */
export class MapError extends Error {
  override readonly name = 'MapError';
  readonly code: MapErrorCode;

  constructor(code: MapErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** Throws a `MapError` unless `length` numbers are a map of `width` x `height` pixels, at least one of them. */
export function assertSize(length: number, width: number, height: number): void {
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1) {
    throw new MapError('size', `A map is at least 1 x 1 pixels; this one is given as ${width} x ${height}.`);
  }
  if (length !== width * height) {
    throw new MapError(
      'size',
      `A map of ${width} x ${height} has ${width * height} values, row by row; this one has ${length}.`,
    );
  }
}

/** The error for a value that is no number, naming its pixel. */
export function notFinite(value: number, index: number, width: number): MapError {
  const x = index % width;
  const y = (index - x) / width;
  return new MapError(
    'not-finite',
    `The map holds ${value} at column ${x}, row ${y}. Entropy and signs are defined for finite values only; look for an overflow in the layer that made the map.`,
  );
}
