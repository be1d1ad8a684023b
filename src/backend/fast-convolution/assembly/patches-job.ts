/**
 * Windows that a convolution lays over its input. The host writes the records that begin so into memory, 32 bits a field, in
 * this order; addresses are bytes from the start of memory.
 */
// @ts-ignore: decorator
@unmanaged
export class Windows {
  batch: i32;
  inHeight: i32;
  inWidth: i32;
  inChannels: i32;
  outHeight: i32;
  outWidth: i32;
  outChannels: i32;
  kernelHeight: i32;
  kernelWidth: i32;
  strideHeight: i32;
  strideWidth: i32;
  dilationHeight: i32;
  dilationWidth: i32;
  /** Zeros above and to the left of the convolution's own input, whichever way it is read. */
  padTop: i32;
  padLeft: i32;
  input: usize;
  /** Output of the activation in front of `input`, of its shape; 0 where `gateActivation` is linear. */
  gate: usize;
  gateActivation: i32;
}

/**
 * Any convolution, as the product of patches of its input with its filter. For a gradient towards the input, `input`
 * is the gradient of the output, `output` that of the input, and the filter is read turned.
 */
// @ts-ignore: decorator
@unmanaged
export class PatchesJob extends Windows {
  /** Packed filter, see `packFilterTask`. */
  filter: usize;
  /** Rows of a panel of the packed filter, and those of one of its taps. */
  filterRows: i32;
  tapRows: i32;
  /** 1 for a gradient. */
  turned: i32;
  /** Bias of the output channels, or 0. */
  bias: usize;
  activation: i32;
  output: usize;
  /** What is added in front of the activation, of the shape of the output, or 0. */
  summand: usize;
  /** Positions of a task at most, and tasks that a class of positions is cut into. */
  blockRows: i32;
  blocks: i32;
  /** Panels of eight output channels computed at once. */
  chunkPanels: i32;
  /** Chunks of a task: all there are, or 1 where few positions leave threads without work. */
  chunksTogether: i32;
  scratch: usize;
  /** Scratch memory of a thread. */
  scratchBytes: i32;
}

/** Number of taps of one axis that meet the output where `place` is congruent to it modulo the stride. */
// @ts-ignore: decorator
@inline
export function tapCount(place: i32, pad: i32, stride: i32, kernel: i32): i32 {
  const first = (place + pad) % stride;
  return first < kernel ? (kernel - 1 - first) / stride + 1 : 0;
}
