import { decodeBase64, encodeBase64 } from '../base64-float32';

/** Base64 of the values as float64, little-endian on every platform. */
export function encodeColumn(values: Float64Array): string {
  const view = new DataView(new ArrayBuffer(8 * values.length));
  values.forEach((value, i) => {
    view.setFloat64(8 * i, value, true);
  });
  return encodeBase64(new Uint8Array(view.buffer));
}

/** The values of such a text; throws a DOMException when it is no base64. */
export function decodeColumn(text: string): Float64Array {
  const view = new DataView(decodeBase64(text).buffer);
  const length = Math.floor(view.byteLength / 8);
  return Float64Array.from({ length }, (_, i) => view.getFloat64(8 * i, true));
}
