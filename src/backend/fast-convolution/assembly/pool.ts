/**
 * Pooling. The host writes this record into memory, 32 bits a field, in this order; addresses are bytes from the start of
 * memory.
 */
// @ts-ignore: decorator
@unmanaged
export class PoolJob {
  batch: i32;
  inHeight: i32;
  inWidth: i32;
  channels: i32;
  outHeight: i32;
  outWidth: i32;
  kernelHeight: i32;
  kernelWidth: i32;
  strideHeight: i32;
  strideWidth: i32;
  padTop: i32;
  padLeft: i32;
  /** 1 for the mean of a window, 0 for its largest value; what lies outside the map does not count. */
  average: i32;
  input: usize;
  output: usize;
  /** Channels of a task, a multiple of 16. */
  chunk: i32;
}

/** One task of a pooling: one row of the output, and one chunk of channels. */
export function poolTask(job: PoolJob, task: i32): void {
  const chunks = (job.channels + job.chunk - 1) / job.chunk;
  const first = (task % chunks) * job.chunk;
  const last = min(job.channels, first + job.chunk);
  const row = (task / chunks) % job.outHeight;
  const picture = task / chunks / job.outHeight;
  const top = max(0, row * job.strideHeight - job.padTop);
  // A window that lies in the padding altogether sees nothing.
  const bottom = max(top, min(job.inHeight, row * job.strideHeight - job.padTop + job.kernelHeight));
  const pixel = <usize>job.channels << 2;
  const line = pixel * job.inWidth;
  const base = job.input + <usize>picture * job.inHeight * line + <usize>top * line;
  let to = job.output + <usize>(picture * job.outHeight + row) * job.outWidth * pixel;
  for (let column = 0; column < job.outWidth; column++) {
    const left = max(0, column * job.strideWidth - job.padLeft);
    const right = max(left, min(job.inWidth, column * job.strideWidth - job.padLeft + job.kernelWidth));
    const from = base + <usize>left * pixel;
    const count = <f32>((bottom - top) * (right - left));
    let c = first;
    // A cache line of channels at a time.
    for (; c + 16 <= last; c += 16) {
      const at = <usize>c << 2;
      if (job.average) meanOfLine(from + at, bottom - top, right - left, pixel, line, 1 / count, to + at);
      else largestOfLine(from + at, bottom - top, right - left, pixel, line, to + at);
    }
    for (; c < last; c++) {
      const at = <usize>c << 2;
      store<f32>(to + at, ofOne(job, from + at, bottom - top, right - left, pixel, line));
    }
    to += pixel;
  }
}

/** Rows are summed by themselves first: a sum of a whole map would lose digits. */
function meanOfLine(
  from: usize,
  rows: i32,
  columns: i32,
  pixel: usize,
  line: usize,
  factor: f32,
  to: usize,
): void {
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  for (let r = 0; r < rows; r++, from += line) {
    let r0 = f32x4.splat(0);
    let r1 = r0;
    let r2 = r0;
    let r3 = r0;
    let at = from;
    for (let s = 0; s < columns; s++, at += pixel) {
      r0 = f32x4.add(r0, v128.load(at));
      r1 = f32x4.add(r1, v128.load(at, 16));
      r2 = f32x4.add(r2, v128.load(at, 32));
      r3 = f32x4.add(r3, v128.load(at, 48));
    }
    s0 = f32x4.add(s0, r0);
    s1 = f32x4.add(s1, r1);
    s2 = f32x4.add(s2, r2);
    s3 = f32x4.add(s3, r3);
  }
  const f = f32x4.splat(factor);
  v128.store(to, f32x4.mul(s0, f));
  v128.store(to, f32x4.mul(s1, f), 16);
  v128.store(to, f32x4.mul(s2, f), 32);
  v128.store(to, f32x4.mul(s3, f), 48);
}

/** `f32x4.max` would be eight instructions, for the sake of NaN: it is looked for by itself. */
function largestOfLine(from: usize, rows: i32, columns: i32, pixel: usize, line: usize, to: usize): void {
  let m0 = f32x4.splat(-<f32>Infinity);
  let m1 = m0;
  let m2 = m0;
  let m3 = m0;
  let n0 = i32x4.splat(0);
  let n1 = n0;
  let n2 = n0;
  let n3 = n0;
  for (let r = 0; r < rows; r++, from += line) {
    let at = from;
    for (let s = 0; s < columns; s++, at += pixel) {
      const v0 = v128.load(at);
      const v1 = v128.load(at, 16);
      const v2 = v128.load(at, 32);
      const v3 = v128.load(at, 48);
      m0 = f32x4.pmax(m0, v0);
      m1 = f32x4.pmax(m1, v1);
      m2 = f32x4.pmax(m2, v2);
      m3 = f32x4.pmax(m3, v3);
      n0 = v128.or(n0, f32x4.ne(v0, v0));
      n1 = v128.or(n1, f32x4.ne(v1, v1));
      n2 = v128.or(n2, f32x4.ne(v2, v2));
      n3 = v128.or(n3, f32x4.ne(v3, v3));
    }
  }
  v128.store(to, v128.or(m0, n0));
  v128.store(to, v128.or(m1, n1), 16);
  v128.store(to, v128.or(m2, n2), 32);
  v128.store(to, v128.or(m3, n3), 48);
}

function ofOne(job: PoolJob, from: usize, rows: i32, columns: i32, pixel: usize, line: usize): f32 {
  let sum: f32 = 0;
  let largest: f32 = -<f32>Infinity;
  for (let r = 0; r < rows; r++, from += line) {
    let ofRow: f32 = 0;
    let at = from;
    for (let s = 0; s < columns; s++, at += pixel) {
      const value = load<f32>(at);
      ofRow += value;
      largest = max<f32>(largest, value);
    }
    sum += ofRow;
  }
  return job.average ? sum / <f32>(rows * columns) : largest;
}
