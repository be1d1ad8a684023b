import { Windows, tapCount } from './patches-job';

/**
 * A convolution in groups without dilation, or its gradient towards the input: then `input` is the gradient of the output and
 * `output` that of the input. Output channels of one group lie side by side.
 *
 * A band of the input's rows is laid out group by group with its zeros around it. There the taps of one row of a window stand one behind
 * the other, so windows are multiplied where they lie, and every number is copied once instead of once a tap. Groups of four
 * channels are laid out plane by plane, see `grouped-planes.ts`.
 */
// @ts-ignore: decorator
@unmanaged
export class GroupedJob extends Windows {
  /** As it is given, [kernelHeight, kernelWidth, channels of a group, all output channels]. */
  filter: usize;
  groups: i32;
  /** 1 for a gradient. */
  turned: i32;
  /** Bias of the output channels, or 0. */
  bias: usize;
  activation: i32;
  output: usize;
  /** Rows of a task, and tasks that the rows of a picture are cut into. */
  bandRows: i32;
  bands: i32;
  /** Groups of a task. */
  chunk: i32;
  /** Groups that are laid out together, so that each line of the caches is read once for all that have numbers in it. */
  bundle: i32;
  /** Whether a group is laid out plane by plane. */
  inPlanes: i32;
  scratch: usize;
  /** Scratch memory of a thread. */
  scratchBytes: i32;
}

/** One axis of a class of positions: those of a gradient fall into as many as the stride has residues. */
// @ts-ignore: decorator
@unmanaged
export class Axis {
  /** First position of the class, and steps between its positions. */
  first: i32;
  step: i32;
  positions: i32;
  /** Taps that the class meets, from the last tap of the filter down if this is a gradient. */
  taps: i32;
  lastTap: i32;
  tapStep: i32;
  /** Place of the input under the first tap of the first position, and steps from position to position. */
  place: i32;
  placeStep: i32;

  /** Places of the input under so many positions. */
  reach(positions: i32): i32 {
    return (positions - 1) * this.placeStep + this.taps;
  }
}

export const AXIS_BYTES: i32 = 32;

/** Bytes of a place: where its window is read in the band, and where its sums belong in the output, without the group's. */
export const PLACE_BYTES: i32 = 8;

/** Lays out the axis of a class whose first position is `first`. */
export function measure(axis: Axis, turned: i32, first: i32, size: i32, pad: i32, stride: i32, kernel: i32): void {
  axis.first = first;
  if (!turned) {
    axis.step = 1;
    axis.positions = size;
    axis.taps = kernel;
    axis.lastTap = 0;
    axis.tapStep = 1;
    axis.place = -pad;
    axis.placeStep = stride;
    return;
  }
  axis.step = stride;
  axis.positions = (size - first + stride - 1) / stride;
  axis.taps = tapCount(first, pad, stride, kernel);
  axis.lastTap = ((first + pad) % stride) + (axis.taps - 1) * stride;
  axis.tapStep = -stride;
  axis.place = (first + pad - axis.lastTap) / stride;
  axis.placeStep = 1;
}
