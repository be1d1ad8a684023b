import { PANEL, multiplyLines, transposeQuarter } from './gemm';
import { Windows, tapCount } from './patches-job';
import { finishRow, loadGated } from './simd';

/**
 * A convolution in groups without dilation, or its gradient towards the input: then `input` is the gradient of the output and
 * `output` that of the input. Output channels of one group lie side by side.
 *
 * A band of the input's rows is laid out group by group with its zeros around it. There the taps of one row of a window stand one behind
 * the other, so windows are multiplied where they lie, and every number is copied once instead of once a tap.
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
  scratch: usize;
  /** Scratch memory of a thread. */
  scratchBytes: i32;
}

/** One axis of a class of positions: those of a gradient fall into as many as the stride has residues. */
// @ts-ignore: decorator
@unmanaged
class Axis {
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

const AXIS_BYTES: i32 = 32;

// A thread's scratch memory: both axes | panels of one group | band of one group | products of a row.

// @ts-ignore: decorator
@inline
function mostTaps(job: GroupedJob): i32 {
  return job.turned
    ? ((job.kernelHeight - 1) / job.strideHeight + 1) * ((job.kernelWidth - 1) / job.strideWidth + 1)
    : job.kernelHeight * job.kernelWidth;
}

// @ts-ignore: decorator
@inline
function panelsBytes(job: GroupedJob): i32 {
  return (mostTaps(job) * (job.inChannels / job.groups) * panelsOf(job)) << 5;
}

/** Panels of eight output channels of a group. */
// @ts-ignore: decorator
@inline
function panelsOf(job: GroupedJob): i32 {
  return (job.outChannels / job.groups + PANEL - 1) / PANEL;
}

/** Bytes of a band: the product may read one position more, and copying writes whole vectors. */
// @ts-ignore: decorator
@inline
function bandBytes(job: GroupedJob): i32 {
  const down = (job.turned ? 1 : job.strideHeight) * job.bandRows + job.kernelHeight;
  const across = (job.turned ? 1 : job.strideWidth) * (job.outWidth + 1) + job.kernelWidth;
  return (((down * across * (job.inChannels / job.groups)) << 2) + 79) & ~63;
}

/** Bytes of scratch memory each thread needs for a job. */
export function groupedScratchBytes(job: GroupedJob): i32 {
  return 2 * AXIS_BYTES + panelsBytes(job) + bandBytes(job) + ((job.outWidth + 1) * (panelsOf(job) << 5));
}

/** One task: a band of rows of one picture, of one class of positions, for some groups. */
export function groupedTask(job: GroupedJob, task: i32, thread: i32): void {
  const rows = changetype<Axis>(job.scratch + <usize>thread * job.scratchBytes);
  const columns = changetype<Axis>(changetype<usize>(rows) + AXIS_BYTES);
  const panels = changetype<usize>(columns) + AXIS_BYTES;
  const map = panels + panelsBytes(job);
  const products = map + bandBytes(job);

  const chunks = (job.groups + job.chunk - 1) / job.chunk;
  const band = (task / chunks) % job.bands;
  const picture = (task / chunks / job.bands) % job.batch;
  const residue = task / chunks / job.bands / job.batch;
  const classesAcross = job.turned ? job.strideWidth : 1;
  measure(rows, job.turned, residue / classesAcross, job.outHeight, job.padTop, job.strideHeight, job.kernelHeight);
  measure(columns, job.turned, residue % classesAcross, job.outWidth, job.padLeft, job.strideWidth, job.kernelWidth);
  const firstRow = band * job.bandRows;
  const lastRow = min(rows.positions, firstRow + job.bandRows);
  if (firstRow >= lastRow || columns.positions <= 0) return;

  const firstGroup = (task % chunks) * job.chunk;
  const lastGroup = min(job.groups, firstGroup + job.chunk);
  for (let group = firstGroup; group < lastGroup; group++) {
    packGroup(job, group, rows, columns, panels);
    copyBand(job, picture, group, rows, columns, firstRow, lastRow, map);
    multiplyBand(job, picture, group, rows, columns, firstRow, lastRow, panels, map, products);
  }
}

/** Lays out the axis of a class whose first position is `first`. */
function measure(axis: Axis, turned: i32, first: i32, size: i32, pad: i32, stride: i32, kernel: i32): void {
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

/** The filter of one group in panels of eight output channels, [panels, taps, input channels, 8]. */
function packGroup(job: GroupedJob, group: i32, rows: Axis, columns: Axis, to: usize): void {
  const deep = job.inChannels / job.groups;
  const wide = job.outChannels / job.groups;
  // A gradient reads the same filter with its channel axes swapped.
  const line = <usize>(job.turned ? job.inChannels : job.outChannels) << 2;
  const inStep: usize = job.turned ? 4 : line;
  const outStep: usize = job.turned ? line : 4;
  const first = job.filter + (<usize>(group * (job.turned ? deep : wide)) << 2);
  const tapBytes = line * (job.turned ? wide : deep);
  for (let channel = 0; channel < wide; channel += PANEL) {
    const lanes = min(PANEL, wide - channel);
    for (let r = 0; r < rows.taps; r++) {
      for (let s = 0; s < columns.taps; s++) {
        const tap = (rows.lastTap + r * rows.tapStep) * job.kernelWidth + columns.lastTap + s * columns.tapStep;
        const from = first + <usize>tap * tapBytes + <usize>channel * outStep;
        if (((deep | lanes) & 3) == 0) packQuarters(from, deep, lanes, inStep, outStep, to);
        else packNumbers(from, deep, lanes, inStep, outStep, to);
        to += <usize>deep << 5;
      }
    }
  }
}

function packQuarters(from: usize, deep: i32, lanes: i32, inStep: usize, outStep: usize, to: usize): void {
  for (let k = 0; k < deep; k += 4, to += 128) {
    for (let lane = 0; lane < PANEL; lane += 4) {
      const at = from + <usize>k * inStep + <usize>lane * outStep;
      const side = to + (<usize>lane << 2);
      if (lane >= lanes) {
        for (let row: usize = 0; row < 128; row += 32) v128.store(side + row, f32x4.splat(0));
      } else if (outStep == 4) {
        for (let row: usize = 0; row < 4; row++) v128.store(side + (row << 5), v128.load(at + row * inStep));
      } else {
        transposeQuarter(at, at + outStep, at + 2 * outStep, at + 3 * outStep, side);
      }
    }
  }
}

function packNumbers(from: usize, deep: i32, lanes: i32, inStep: usize, outStep: usize, to: usize): void {
  for (let k = 0; k < deep; k++, from += inStep) {
    for (let lane = 0; lane < PANEL; lane++, to += 4) {
      store<f32>(to, lane < lanes ? load<f32>(from + <usize>lane * outStep) : 0);
    }
  }
}

/** The rows and columns of one group's input under a band of positions, zeros outside. */
function copyBand(
  job: GroupedJob,
  picture: i32,
  group: i32,
  rows: Axis,
  columns: Axis,
  firstRow: i32,
  lastRow: i32,
  to: usize,
): void {
  const deep = job.inChannels / job.groups;
  const pixel = <usize>job.inChannels << 2;
  const own = <usize>deep << 2;
  const line = pixel * job.inWidth;
  const base = job.input + <usize>picture * job.inHeight * line + <usize>group * own;
  const gate = job.gate - job.input;
  const across = columns.reach(columns.positions);
  const firstInside = min(across, max(0, -columns.place));
  const lastInside = max(firstInside, min(across, job.inWidth - columns.place));
  const top = rows.place + firstRow * rows.placeStep;
  const down = rows.reach(lastRow - firstRow);
  for (let y = top; y < top + down; y++) {
    if (y < 0 || y >= job.inHeight) {
      memory.fill(to, 0, own * across);
      to += own * across;
      continue;
    }
    memory.fill(to, 0, own * firstInside);
    to += own * firstInside;
    let from = base + <usize>y * line + <usize>(columns.place + firstInside) * pixel;
    for (let x = firstInside; x < lastInside; x++, from += pixel, to += own) {
      for (let at: usize = 0; at < own; at += 16) {
        v128.store(to + at, loadGated(from + at, gate, job.gateActivation));
      }
    }
    memory.fill(to, 0, own * (across - lastInside));
    to += own * (across - lastInside);
  }
}

function multiplyBand(
  job: GroupedJob,
  picture: i32,
  group: i32,
  rows: Axis,
  columns: Axis,
  firstRow: i32,
  lastRow: i32,
  panels: usize,
  map: usize,
  products: usize,
): void {
  const deep = job.inChannels / job.groups;
  const wide = job.outChannels / job.groups;
  const own = <usize>deep << 2;
  const mapLine = own * columns.reach(columns.positions);
  const productRow = <usize>panelsOf(job) << 5;
  const panelBytes = <usize>(rows.taps * columns.taps * deep) << 5;
  const channel = group * wide;
  const bias: usize = job.bias == 0 ? 0 : job.bias + (<usize>channel << 2);
  const stepOut = <usize>(columns.step * job.outChannels) << 2;
  for (let row = firstRow; row < lastRow; row++) {
    let b = panels;
    if (panelBytes == 0) memory.fill(products, 0, productRow * columns.positions);
    else {
      for (let c: usize = 0; c < productRow; c += PANEL << 2, b += panelBytes) {
        multiplyLines(
          columns.positions,
          rows.taps,
          columns.taps * deep,
          map,
          own * columns.placeStep,
          mapLine,
          b,
          products + c,
          productRow,
        );
      }
    }
    map += mapLine * rows.placeStep;
    const y = (picture * job.outHeight + rows.first + row * rows.step) * job.outWidth + columns.first;
    let to = job.output + (<usize>(y * job.outChannels + channel) << 2);
    let from = products;
    for (let x = 0; x < columns.positions; x++, from += productRow, to += stepOut) {
      finishRow(from, wide, bias, job.activation, to);
    }
  }
}
