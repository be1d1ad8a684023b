import { Windows } from './patches-job';

/**
 * Gradient of a convolution towards its filter, a sum over all positions of products of the input under a window with the
 * gradient of its output. `input` is the convolution's own, never gated.
 *
 * The positions are cut into parts and the rows of the filter (its input channels; for patches, its weights of an
 * output channel) into chunks. Each part sums by itself, so that threads do not meet and every sum is taken in the
 * same order however the tasks fall; a second job adds the parts.
 */
// @ts-ignore: decorator
@unmanaged
export class FilterGradientJob extends Windows {
  /** Gradient of the output, [batch, outHeight, outWidth, outChannels]. */
  change: usize;
  /** Sums of the parts: [parts, planes, row panels * 8, column panels * 8]. */
  sums: usize;
  parts: i32;
  /** Tiles or positions of a part, and of a block, after which its sums go back to memory. */
  partRows: i32;
  blockRows: i32;
  /** Panels of eight rows of a chunk, and number of chunks. */
  chunkPanels: i32;
  chunks: i32;
  /** The gradient, [kernelHeight, kernelWidth, inChannels, outChannels]. */
  output: usize;
  scratch: usize;
  /** Scratch memory of a thread. */
  scratchBytes: i32;
}
