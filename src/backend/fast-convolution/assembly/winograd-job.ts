/**
 * One convolution of stride 1 with a 3 x 3 filter. The host writes this record into memory, 32 bits a field, in this
 * order; addresses are bytes from the start of memory. For a gradient towards the input, `input` is the gradient
 * of the output, `output` that of the input, and the filter is read turned.
 */
// @ts-ignore: decorator
@unmanaged
export class WinogradJob {
  batch: i32;
  inHeight: i32;
  inWidth: i32;
  inChannels: i32;
  outHeight: i32;
  outWidth: i32;
  outChannels: i32;
  padTop: i32;
  padLeft: i32;
  input: usize;
  /** Output of the activation in front of `input`, of its shape; 0 where `gateActivation` is linear. */
  gate: usize;
  gateActivation: i32;
  /** Transformed filter, see `transformFilter`, or one with its taps side by side, see `winograd-taps.ts`. */
  filter: usize;
  /** Rows of a panel of the filter. */
  filterRows: i32;
  /** Panels of a plane of the transformed filter. */
  filterPanels: i32;
  /** 1 where the filter has its taps side by side. */
  inTaps: i32;
  /** 1 where the filter is to be turned by half a turn and its channel axes swapped. One with its taps side by side is so by itself. */
  turned: i32;
  /** Bias of the output channels, or 0. */
  bias: usize;
  activation: i32;
  output: usize;
  /** What is added in front of the activation, of the shape of the output, or 0. */
  summand: usize;
  tilesDown: i32;
  tilesAcross: i32;
  /** Tiles of a task at most, and blocks that all tiles are cut into. */
  blockTiles: i32;
  blocks: i32;
  /** Panels of eight output channels computed at once. */
  chunkPanels: i32;
  /** Chunks of a task: all there are, or 1 where few tiles leave threads without work. */
  chunksTogether: i32;
  scratch: usize;
  /** Scratch memory of a thread. */
  scratchBytes: i32;
}

/** Length of a tile of the input, and points of the transform. */
export const IN_TILE: i32 = 6;
/** Length of a tile of the output. */
export const OUT_TILE: i32 = 4;
/** Products of a tile. */
export const PLANES: i32 = IN_TILE * IN_TILE;

/** First row of a block: rows are multiplied four at a time, and no block has more fours than another but one. */
// @ts-ignore: decorator
@inline
export function blockStart(rows: i32, blocks: i32, block: i32): i32 {
  return min(rows, ((((rows + 3) >> 2) * block) / blocks) << 2);
}

/** Distance of rows of `values` numbers: whole vectors, and no power of two that would crowd a cache's sets. */
// @ts-ignore: decorator
@inline
export function rowBytes(values: i32): i32 {
  const bytes = ((values + 3) & ~3) << 2;
  return bytes >= 1024 ? bytes + 64 : bytes;
}

/** Distance of planes of `rows` such rows; the block product may read and write one row more. */
// @ts-ignore: decorator
@inline
export function planeBytes(rows: i32, bytes: i32): i32 {
  return (rows + 1) * bytes + 64;
}

/**
 * Distance of planes of a transformed filter, and of the sums of its gradient: a line more than they take, for the transform walks
 * across the planes, and powers of two would send all of them to the same sets of the caches.
 */
// @ts-ignore: decorator
@inline
export function spacedPlane(bytes: usize): usize {
  return bytes + 64;
}
