import { decodeBase64, encodeBase64 } from '../codecs/base64-float32';
import type { PlaceClasses } from '../network/targets/regions';
import type { AnalysisFile } from './analysis-schema';

type WrittenPlaces = NonNullable<AnalysisFile['places']>;

/** What a segmenter sees where, as files hold it. */
export function writtenPlaces({ width, height, classes }: PlaceClasses): WrittenPlaces {
  const bytes = new DataView(new ArrayBuffer(2 * classes.length));
  for (const [at, index] of classes.entries()) bytes.setInt16(2 * at, index, true);
  return { width, height, int16: encodeBase64(new Uint8Array(bytes.buffer)) };
}

/** Null where the text is no base64 of as many values as there are places. */
export function placesOfFile({ width, height, int16 }: WrittenPlaces): PlaceClasses | null {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = decodeBase64(int16);
  } catch {
    return null;
  }
  if (bytes.length !== 2 * width * height) return null;
  const view = new DataView(bytes.buffer);
  const classes = Int16Array.from({ length: width * height }, (_, at) => view.getInt16(2 * at, true));
  return { width, height, classes };
}
