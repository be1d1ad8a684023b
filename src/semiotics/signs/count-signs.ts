import { assertSize, notFinite } from '../semiotics-errors';
import { type SignOptions, signLimits } from './find-signs';

const DIGIT_BITS = 13;
const DIGITS = 1 << DIGIT_BITS;
/** Rounding must not leave out the pixel that decides about a peak. */
const BELOW = 1 - 1e-9;

function makeRoom(width: number, height: number) {
  const size = (width + 2) * (height + 2);
  return {
    ...{ width, height },
    padded: new Float32Array(size),
    component: new Int32Array(size),
    order: new Uint32Array(size),
    spare: new Uint32Array(size),
    /** For every peak one of its component that appeared before it, or itself. */
    elder: new Int32Array(size),
    height32: new Float32Array(size),
  };
}

type Room = ReturnType<typeof makeRoom>;

/** Room that is kept between calls: a null model counts thousands of maps of one size. */
function createRooms(): (width: number, height: number) => Room {
  let room = makeRoom(0, 0);
  return (width, height) => {
    if (room.width !== width || room.height !== height) room = makeRoom(width, height);
    return room;
  };
}

const roomFor = createRooms();
const starts = new Uint32Array(DIGITS);

/**
 * How many signs a map has: as many as `findSigns` finds, by the same sweep, which ends where every peak that could be a sign
 * has either ended or persisted long enough.
 * @throws MapError
 */
export function countSigns(
  map: Float32Array,
  width: number,
  height: number,
  options: SignOptions = {},
): number {
  assertSize(map.length, width, height);
  let maximum = 0;
  for (let i = 0; i < map.length; i++) {
    const value = map[i];
    if (!(value - value === 0)) throw notFinite(value, i, width);
    if (value > maximum) maximum = value;
  }
  const { least, cut } = signLimits(maximum, options);
  if (maximum === 0) return 0;
  const room = roomFor(width, height);
  const count = fill(room, map, Math.max(0, (cut - least) * BELOW));
  return sweep(room, descending(room, count, maximum), count, least, cut);
}

/** Puts the map into its border of zeros, and lists its positive pixels that are not below `floor`; gives their number. */
function fill(room: Room, map: Float32Array, floor: number): number {
  const { width, height, padded, component, order } = room;
  const stride = width + 2;
  let count = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = map[y * width + x];
      const at = (y + 1) * stride + x + 1;
      padded[at] = value;
      if (value > 0 && value >= floor) order[count++] = at;
    }
  }
  component.fill(-1);
  return count;
}

/**
 * The listed pixels, greatest value first, equal values by index: a radix sort on how far the bit patterns lie below that of
 * the maximum, with as many passes as that takes.
 */
function descending(room: Room, count: number, maximum: number): Uint32Array {
  const { padded } = room;
  const bits = new Uint32Array(padded.buffer);
  const top = new Uint32Array(Float32Array.of(maximum).buffer)[0];
  let from = room.order;
  let to = room.spare;
  let farthest = 0;
  for (let k = 0; k < count; k++) {
    const below = top - bits[from[k]];
    if (below > farthest) farthest = below;
  }
  for (let shift = 0; shift < 32 && farthest >>> shift > 0; shift += DIGIT_BITS) {
    starts.fill(0);
    for (let k = 0; k < count; k++) starts[((top - bits[from[k]]) >>> shift) & (DIGITS - 1)]++;
    let start = 0;
    for (let digit = 0; digit < DIGITS; digit++) {
      const size = starts[digit];
      starts[digit] = start;
      start += size;
    }
    for (let k = 0; k < count; k++) {
      const index = from[k];
      to[starts[((top - bits[index]) >>> shift) & (DIGITS - 1)]++] = index;
    }
    [from, to] = [to, from];
  }
  return from;
}

/** Lets the level sink over the pixels, and counts the peaks that persist and reach the cut. */
function sweep(room: Room, order: Uint32Array, count: number, least: number, cut: number): number {
  const { width, padded, component, elder, height32 } = room;
  const stride = width + 2;
  const neighbours = [-stride - 1, -stride, -stride + 1, -1, 1, stride - 1, stride, stride + 1];
  let peaks = 0;
  let signs = 0;
  const root = (peak: number): number => {
    let at = peak;
    while (elder[at] !== at) {
      elder[at] = elder[elder[at]];
      at = elder[at];
    }
    return at;
  };
  for (let k = 0; k < count; k++) {
    const pixel = order[k];
    let own = -1;
    let meets = false;
    for (let n = 0; n < 8; n++) {
      const other = component[pixel + neighbours[n]];
      if (other < 0) continue;
      if (own < 0) own = other;
      else if (other !== own) meets = true;
    }
    if (own < 0) {
      own = peaks++;
      elder[own] = own;
      height32[own] = padded[pixel];
      // Taken back when it ends too early.
      if (height32[own] >= cut && height32[own] >= least) signs++;
    } else if (meets) {
      let eldest = root(own);
      for (let n = 0; n < 8; n++) {
        const other = component[pixel + neighbours[n]];
        if (other >= 0) eldest = Math.min(eldest, root(other));
      }
      for (let n = 0; n < 8; n++) {
        const other = component[pixel + neighbours[n]];
        if (other < 0) continue;
        const ending = root(other);
        if (ending === eldest) continue;
        elder[ending] = eldest;
        const persistence = height32[ending] - padded[pixel];
        const counted = height32[ending] >= cut && height32[ending] >= least;
        if (counted && (persistence === 0 || persistence < least)) signs--;
      }
      own = eldest;
    }
    component[pixel] = own;
  }
  return signs;
}
