import { crc32 } from '../../codecs/crc32';

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Values that lengths, counts and offsets go wrong with. */
const extremes = [0x00, 0x01, 0x7f, 0x80, 0xff];

/** A file as it might be damaged: cut, flipped, overwritten, with parts doubled, lost or moved. */
export function mutated(bytes: Uint8Array, random: () => number): Uint8Array {
  const below = (limit: number) => Math.floor(random() * limit);
  const copy = Uint8Array.from(bytes);
  // Where the structure lies is damaged more often than where there are numbers only.
  const place = () => (random() < 0.3 ? below(Math.min(4096, copy.length)) : below(copy.length));
  switch (below(7)) {
    case 0:
      return copy.subarray(0, below(copy.length));
    case 1:
      for (let left = 1 + below(8); left > 0; left--) copy[place()] ^= 1 << below(8);
      return copy;
    case 2:
      for (let left = 1 + below(8); left > 0; left--) copy[place()] = below(256);
      return copy;
    case 3: {
      const at = place();
      return copy.fill(extremes[below(extremes.length)], at, at + [1, 2, 4, 8, 64][below(5)]);
    }
    case 4: {
      const from = place();
      return copy.copyWithin(place(), from, from + below(512));
    }
    case 5: {
      const at = place();
      const gone = Math.min(1 + below(64), copy.length - at);
      return copy.copyWithin(at, at + gone).subarray(0, copy.length - gone);
    }
    default:
      return digitsChanged(copy, below, place());
  }
}

/** Changes digits of text behind `at`: sizes and references in an architecture, which stays JSON. */
function digitsChanged(bytes: Uint8Array, below: (limit: number) => number, at: number): Uint8Array {
  let left = 1 + below(4);
  for (let i = at; i < bytes.length && left > 0; i++) {
    if (bytes[i] < 0x30 || bytes[i] > 0x39 || below(5) > 0) continue;
    bytes[i] = 0x30 + below(10);
    left -= 1;
  }
  return bytes;
}

/** Makes the checksums in a zip archive of stored files right, so that damage is found later than by them. */
export function withRightChecksums(archive: Uint8Array): Uint8Array {
  const bytes = Uint8Array.from(archive);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at + 46 <= bytes.length; at++) {
    if (view.getUint32(at, true) !== 0x02014b50) continue;
    const header = view.getUint32(at + 42, true);
    if (header + 30 > bytes.length) continue;
    const start = header + 30 + view.getUint16(header + 26, true) + view.getUint16(header + 28, true);
    view.setUint32(at + 16, crc32(bytes.subarray(start, start + view.getUint32(at + 20, true))), true);
  }
  return bytes;
}
