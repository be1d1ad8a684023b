import { counted } from '../text/counted';

const LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
/** Characters joined at a time: an argument list of 50,000 would overflow the call stack. */
const CHUNK = 0x2000;

/** Base64 of the bytes. */
export function encodeBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += CHUNK) {
    parts.push(String.fromCharCode(...bytes.subarray(at, at + CHUNK)));
  }
  return btoa(parts.join(''));
}

/** The bytes of a base64 text; throws a DOMException when it is none. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const characters = atob(text);
  const bytes = new Uint8Array(characters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = characters.charCodeAt(i);
  return bytes;
}

/** Base64 of the values as float32, little-endian on every platform. */
export function encodeFloat32(values: Float32Array): string {
  const bytes = new Uint8Array(values.length * 4);
  if (LITTLE_ENDIAN) {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  } else {
    const view = new DataView(bytes.buffer);
    for (let i = 0; i < values.length; i++) view.setFloat32(i * 4, values[i], true);
  }
  return encodeBase64(bytes);
}

/** The float32 values of a base64 text; throws when it is no base64 or no whole number of values. */
export function decodeFloat32(text: string): Float32Array<ArrayBuffer> {
  const bytes = decodeBase64(text);
  if (bytes.length % 4 !== 0)
    throw new RangeError(
      `${counted(bytes.length, 'byte')} ${bytes.length === 1 ? 'is' : 'are'} no whole number of float32 values`,
    );
  if (LITTLE_ENDIAN) return new Float32Array(bytes.buffer);
  const view = new DataView(bytes.buffer);
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(i * 4, true));
}
