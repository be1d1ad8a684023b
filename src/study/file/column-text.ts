import { decodeBase64, encodeBase64 } from '../../codecs/base64-float32';

const isLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** Base64 of the values as float64, little-endian on every platform. */
export function encodeColumn(values: Float64Array): string {
  if (isLittleEndian)
    return encodeBase64(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  const view = new DataView(new ArrayBuffer(8 * values.length));
  values.forEach((value, i) => {
    view.setFloat64(8 * i, value, true);
  });
  return encodeBase64(new Uint8Array(view.buffer));
}

/** The values of such a text; throws a DOMException when it is no base64. */
export function decodeColumn(text: string): Float64Array {
  const { buffer } = decodeBase64(text);
  const length = Math.floor(buffer.byteLength / 8);
  if (isLittleEndian) return new Float64Array(buffer, 0, length);
  const view = new DataView(buffer);
  return Float64Array.from({ length }, (_, i) => view.getFloat64(8 * i, true));
}
