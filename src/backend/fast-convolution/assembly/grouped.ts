import { PANEL, transposeQuarter } from './gemm';
import { multiplyPlaces } from './grouped-blocks';
import { AXIS_BYTES, Axis, GroupedJob, PLACE_BYTES, measure } from './grouped-job';
import { multiplyPlanes, planesOf, turnRow } from './grouped-planes';
import { clear, loadGated } from './simd';

// A thread's scratch memory: both axes | places of a band | panels of one group | bands of a bundle of groups.

function mostTaps(job: GroupedJob): i32 {
  return job.turned
    ? ((job.kernelHeight - 1) / job.strideHeight + 1) * ((job.kernelWidth - 1) / job.strideWidth + 1)
    : job.kernelHeight * job.kernelWidth;
}

/** Bytes of a panel of eight output channels: what its sums begin with, and the filter. */
function panelBytes(job: GroupedJob, taps: i32): i32 {
  return (1 + taps * (job.inChannels / job.groups)) << 5;
}

function filterBytes(job: GroupedJob): i32 {
  const panels = (job.outChannels / job.groups + PANEL - 1) / PANEL;
  return (panels * panelBytes(job, mostTaps(job)) + 63) & ~63;
}

function placesBytes(job: GroupedJob): i32 {
  // Where a group lies in planes, a row of pixels of at most four channels stands there before it is turned.
  const row = ((job.outWidth + job.kernelWidth) << 4) + 64;
  return (max(row, (job.bandRows * job.outWidth + 3) * PLACE_BYTES) + 63) & ~63;
}

/** Bytes of a band of one group: copying writes whole vectors. */
function bandBytes(job: GroupedJob): i32 {
  const down = (job.turned ? 1 : job.strideHeight) * job.bandRows + job.kernelHeight;
  const across = (job.turned ? 1 : job.strideWidth) * job.outWidth + job.kernelWidth;
  const numbers = job.inPlanes ? planesOf(job, down, across) : down * across * (job.inChannels / job.groups);
  return ((numbers << 2) + 79) & ~63;
}

/** Bytes of scratch memory each thread needs for a job. */
export function groupedScratchBytes(job: GroupedJob): i32 {
  return 2 * AXIS_BYTES + placesBytes(job) + filterBytes(job) + job.bundle * bandBytes(job);
}

/** One task: a band of rows of one picture, of one class of positions, for some groups. */
export function groupedTask(job: GroupedJob, task: i32, thread: i32): void {
  const rows = changetype<Axis>(job.scratch + <usize>thread * job.scratchBytes);
  const columns = changetype<Axis>(changetype<usize>(rows) + AXIS_BYTES);
  const places = changetype<usize>(columns) + AXIS_BYTES;
  const filter = places + placesBytes(job);
  const map = filter + filterBytes(job);

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
  const last = job.inPlanes ? 0 : listPlaces(job, picture, rows, columns, firstRow, lastRow, places);
  for (let bundle = firstGroup; bundle < lastGroup; bundle += job.bundle) {
    const next = min(lastGroup, bundle + job.bundle);
    copyBands(job, picture, bundle, next, rows, columns, firstRow, lastRow, places, map);
    for (let group = bundle; group < next; group++) {
      const own = map + <usize>((group - bundle) * bandBytes(job));
      packGroup(job, group, rows, columns, filter);
      if (job.inPlanes) multiplyPlanes(job, picture, group, rows, columns, firstRow, lastRow, filter, own);
      else multiplyBand(job, group, rows, columns, places, last, filter, own);
    }
  }
}

/** Where the sums of a band are read and written, so that those of any four places are computed at once; @returns the end of the list. */
function listPlaces(
  job: GroupedJob,
  picture: i32,
  rows: Axis,
  columns: Axis,
  firstRow: i32,
  lastRow: i32,
  to: usize,
): usize {
  const pixel = (job.inChannels / job.groups) << 2;
  const line = pixel * columns.reach(columns.positions);
  for (let row = firstRow; row < lastRow; row++) {
    let from = (row - firstRow) * rows.placeStep * line;
    const y = (picture * job.outHeight + rows.first + row * rows.step) * job.outWidth + columns.first;
    let output = (y * job.outChannels) << 2;
    for (let x = 0; x < columns.positions; x++, to += PLACE_BYTES) {
      store<i32>(to, from);
      store<i32>(to, output, 4);
      from += pixel * columns.placeStep;
      output += (columns.step * job.outChannels) << 2;
    }
  }
  // The last four are as many as all others: the last place again.
  for (let i = 0; i < 3; i++) store<i64>(to + <usize>(i * PLACE_BYTES), load<i64>(to - PLACE_BYTES));
  return to;
}

/** The filter of one group, and what its sums begin with, in panels of eight output channels, [panels, 1 + taps * input channels, 8]. */
function packGroup(job: GroupedJob, group: i32, rows: Axis, columns: Axis, to: usize): void {
  const wide = job.outChannels / job.groups;
  const bytes = panelBytes(job, rows.taps * columns.taps);
  for (let channel = 0; channel < wide; channel += PANEL, to += bytes) {
    packPanel(job, group, channel, min(PANEL, wide - channel), rows, columns, to);
  }
}

function packPanel(
  job: GroupedJob,
  group: i32,
  channel: i32,
  lanes: i32,
  rows: Axis,
  columns: Axis,
  to: usize,
): void {
  const deep = job.inChannels / job.groups;
  const wide = job.outChannels / job.groups;
  // A gradient reads the same filter with its channel axes swapped.
  const line = <usize>(job.turned ? job.inChannels : job.outChannels) << 2;
  const inStep: usize = job.turned ? 4 : line;
  const outStep: usize = job.turned ? line : 4;
  const tapBytes = line * (job.turned ? wide : deep);
  const first =
    job.filter + (<usize>(group * (job.turned ? deep : wide)) << 2) + <usize>channel * outStep;
  const bias = job.bias + (<usize>(group * wide + channel) << 2);
  for (let lane = 0; lane < PANEL; lane++) {
    const at = <usize>lane << 2;
    store<f32>(to + at, job.bias != 0 && lane < lanes ? load<f32>(bias + at) : 0);
  }
  to += 32;
  const taps = rows.taps * columns.taps;
  for (let i = 0; i < taps; i++, to += <usize>deep << 5) {
    // In planes those of a column follow each other.
    const r = job.inPlanes ? i % rows.taps : i / columns.taps;
    const s = job.inPlanes ? i / rows.taps : i % columns.taps;
    const tap = (rows.lastTap + r * rows.tapStep) * job.kernelWidth + columns.lastTap + s * columns.tapStep;
    const from = first + <usize>tap * tapBytes;
    if (((deep | lanes) & 3) == 0) packQuarters(from, deep, lanes, inStep, outStep, to);
    else packNumbers(from, deep, lanes, inStep, outStep, to);
  }
}

function packQuarters(
  from: usize,
  deep: i32,
  lanes: i32,
  inStep: usize,
  outStep: usize,
  to: usize,
): void {
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

function packNumbers(
  from: usize,
  deep: i32,
  lanes: i32,
  inStep: usize,
  outStep: usize,
  to: usize,
): void {
  for (let k = 0; k < deep; k++, from += inStep, to += 32) {
    for (let lane = 0; lane < PANEL; lane++) {
      store<f32>(to + (<usize>lane << 2), lane < lanes ? load<f32>(from + <usize>lane * outStep) : 0);
    }
  }
}

/** The rows and columns of the input of some groups under a band of positions, zeros outside. */
function copyBands(
  job: GroupedJob,
  picture: i32,
  firstGroup: i32,
  lastGroup: i32,
  rows: Axis,
  columns: Axis,
  firstRow: i32,
  lastRow: i32,
  between: usize,
  to: usize,
): void {
  const deep = job.inChannels / job.groups;
  const own = <usize>deep << 2;
  const pixel = <usize>job.inChannels << 2;
  const line = pixel * job.inWidth;
  const across = columns.reach(columns.positions);
  const mapLine = job.inPlanes ? <usize>planesOf(job, 1, across) << 2 : own * across;
  const firstInside = min(across, max(0, -columns.place));
  const lastInside = max(firstInside, min(across, job.inWidth - columns.place));
  const first =
    job.input + <usize>picture * job.inHeight * line + <usize>(columns.place + firstInside) * pixel;
  const top = rows.place + firstRow * rows.placeStep;
  const down = rows.reach(lastRow - firstRow);
  for (let y = top; y < top + down; y++, to += mapLine) {
    let row = to;
    for (let group = firstGroup; group < lastGroup; group++, row += bandBytes(job)) {
      const from = first + <usize>y * line + <usize>group * own;
      if (y < 0 || y >= job.inHeight) clear(row, mapLine);
      else if (job.inPlanes) {
        copyPixels(job, from, firstInside, lastInside, across, between);
        turnRow(between, across, deep, row);
      } else copyPixels(job, from, firstInside, lastInside, across, row);
    }
  }
}

function copyPixels(job: GroupedJob, from: usize, first: i32, last: i32, across: i32, to: usize): void {
  const own = <usize>(job.inChannels / job.groups) << 2;
  const pixel = <usize>job.inChannels << 2;
  const gate = job.gate - job.input;
  to = clear(to, own * first);
  for (let x = first; x < last; x++, from += pixel, to += own) {
    for (let at: usize = 0; at < own; at += 16) {
      v128.store(to + at, loadGated(from + at, gate, job.gateActivation));
    }
  }
  clear(to, own * (across - last));
}

function multiplyBand(
  job: GroupedJob,
  group: i32,
  rows: Axis,
  columns: Axis,
  places: usize,
  last: usize,
  panels: usize,
  map: usize,
): void {
  const deep = job.inChannels / job.groups;
  const wide = job.outChannels / job.groups;
  const line = (deep << 2) * columns.reach(columns.positions);
  const lines = columns.taps > 0 ? rows.taps : 0;
  const output = job.output + (<usize>(group * wide) << 2);
  const bytes = panelBytes(job, rows.taps * columns.taps);
  for (let channel = 0; channel < wide; channel += PANEL, panels += bytes) {
    const to = output + (<usize>channel << 2);
    const lanes = min(PANEL, wide - channel);
    multiplyPlaces(places, last, map, lines, columns.taps * deep, line, panels, to, lanes, job.activation);
  }
}
