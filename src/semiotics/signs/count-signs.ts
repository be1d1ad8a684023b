import { assertSize, notFinite } from '../semiotics-errors';
import { type SignOptions, signLimits } from './find-signs';
import { MOST_PARTS, neighboursIn, partsOfNeighbours } from './neighbours';

const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;
/** Rounding must not leave out the pixel that decides about a peak. */
const BELOW = 1 - 1e-9;

function makeRoom(width: number, height: number) {
  const size = (width + 2) * (height + 2);
  return {
    ...{ width, height },
    /** The positive part of the map in a border of zeros. */
    padded: new Float32Array(size),
    /** For every pixel which of its neighbours appear before it, a bit each. */
    before: new Uint8Array(size),
    /** For every pixel one of its component that appears before it; of a peak itself, until it ends. */
    elder: new Uint32Array(size),
    order: new Uint32Array(size),
    spare: new Uint32Array(size),
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
 * How many signs a map has: as many as `findSigns` finds, without finding them. Which neighbours of a pixel appear before it as the
 * level sinks is told by its values alone. Where there are none it is a peak; where those there are touch, they are connected already.
 * So the level sinks over the other pixels only, where components can meet, and no further than where every peak that could be a sign has
 * either ended or persisted long enough.
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
  fill(room, map);
  const lowest = Math.max(cut, least);
  const { peaks, passes } = ascend(room, Math.max(0, (cut - least) * BELOW), lowest);
  return peaks - ended(room, descending(room, passes, maximum), passes, least, lowest);
}

/** Puts the positive part of the map into its border of zeros. */
function fill({ width, height, padded }: Room, map: Float32Array): void {
  const stride = width + 2;
  for (let y = 0; y < height; y++) {
    const to = (y + 1) * stride + 1;
    for (let x = 0; x < width; x++) {
      const value = map[y * width + x];
      padded[to + x] = value > 0 ? value : 0;
    }
  }
}

/**
 * Leads every pixel that is not below `floor` to one that appears before it, and lists those where components can meet, `passes` of
 * them; `peaks` is how many peaks are not below `lowest`. Of equal values the first appears first.
 */
function ascend(room: Room, floor: number, lowest: number): { peaks: number; passes: number } {
  const { width, height, padded, before, elder, order } = room;
  const stride = width + 2;
  const neighbours = neighboursIn(stride);
  const { parts, firsts } = partsOfNeighbours;
  // Numbers that are not negative are ordered as their bit patterns are, and the sign of a difference needs no branch.
  const bits = new Int32Array(padded.buffer);
  let peaks = 0;
  let passes = 0;
  for (let y = 1; y <= height; y++) {
    const end = y * stride + width;
    for (let at = y * stride + 1; at <= end; at++) {
      const value = padded[at];
      if (!(value > 0 && value >= floor)) continue;
      const own = bits[at];
      const set =
        ((own - 1 - bits[at - stride - 1]) >>> 31) |
        (((own - 1 - bits[at - stride]) >>> 31) << 1) |
        (((own - 1 - bits[at - stride + 1]) >>> 31) << 2) |
        (((own - 1 - bits[at - 1]) >>> 31) << 3) |
        (((own - bits[at + 1]) >>> 31) << 4) |
        (((own - bits[at + stride - 1]) >>> 31) << 5) |
        (((own - bits[at + stride]) >>> 31) << 6) |
        (((own - bits[at + stride + 1]) >>> 31) << 7);
      if (set === 0) {
        elder[at] = at;
        if (value >= lowest) peaks++;
        continue;
      }
      elder[at] = at + neighbours[firsts[set * MOST_PARTS]];
      if (parts[set] === 1) continue;
      before[at] = set;
      order[passes++] = at;
    }
  }
  return { peaks, passes };
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

/** The peak that stands for the component: the first of those that appeared. */
function root(elder: Uint32Array, pixel: number): number {
  let at = pixel;
  while (elder[at] !== at) {
    elder[at] = elder[elder[at]];
    at = elder[at];
  }
  return at;
}

/** Lets the level sink over the pixels where components can meet: how many peaks end that are not below `lowest`, and persist by less than `least`. */
function ended(room: Room, order: Uint32Array, passes: number, least: number, lowest: number): number {
  const { width, padded, before, elder } = room;
  const neighbours = neighboursIn(width + 2);
  const { parts, firsts } = partsOfNeighbours;
  let ends = 0;
  for (let k = 0; k < passes; k++) {
    const pixel = order[k];
    const set = before[pixel];
    let eldest = root(elder, pixel);
    for (let part = 1; part < parts[set]; part++) {
      const other = root(elder, pixel + neighbours[firsts[set * MOST_PARTS + part]]);
      if (other === eldest) continue;
      const first = padded[other] - padded[eldest] || eldest - other;
      const ending = first > 0 ? eldest : other;
      if (first > 0) eldest = other;
      elder[ending] = eldest;
      const height = padded[ending];
      const persistence = height - padded[pixel];
      if (height >= lowest && (persistence === 0 || persistence < least)) ends++;
    }
  }
  return ends;
}
