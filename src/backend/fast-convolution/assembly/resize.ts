import { storeLanes } from './simd';

/**
 * Resizing of maps [batch, inHeight, inWidth, channels]. The host writes this record into memory, 32 bits a field, in this order;
 * addresses are bytes. One task is some rows of the output.
 */
// @ts-ignore: decorator
@unmanaged
export class ResizeJob {
  batch: i32;
  inHeight: i32;
  inWidth: i32;
  channels: i32;
  outHeight: i32;
  outWidth: i32;
  input: usize;
  output: usize;
  /** For every row, and for every column, [3]: the place before, the place after, and how far it lies from the one before (float32). */
  rows: usize;
  columns: usize;
  /** 1 where the place before is taken as it is. */
  nearest: i32;
  block: i32;
}

const ENTRY: usize = 12;

export function resizeTask(job: ResizeJob, task: i32): void {
  const last = min(job.batch * job.outHeight, (task + 1) * job.block);
  const pixel = <usize>job.channels << 2;
  const line = pixel * job.inWidth;
  const channels = job.channels;
  for (let row = task * job.block; row < last; row++) {
    const ofRow = job.rows + <usize>(row % job.outHeight) * ENTRY;
    const map = job.input + <usize>(row / job.outHeight) * job.inHeight * line;
    const above = map + load<usize>(ofRow) * line;
    const below = map + load<usize>(ofRow, 4) * line;
    const down = v128.load32_splat(ofRow, 8);
    let to = job.output + <usize>row * job.outWidth * pixel;
    for (let column = 0; column < job.outWidth; column++, to += pixel) {
      const ofColumn = job.columns + <usize>column * ENTRY;
      const left = load<usize>(ofColumn) * pixel;
      const right = load<usize>(ofColumn, 4) * pixel;
      if (job.nearest) {
        for (let c = 0; c < channels; c += 4) {
          const at = <usize>c << 2;
          storeLanes(to + at, v128.load(above + left + at), channels - c);
        }
        continue;
      }
      const across = v128.load32_splat(ofColumn, 8);
      for (let c = 0; c < channels; c += 4) {
        const at = <usize>c << 2;
        const upper = between(v128.load(above + left + at), v128.load(above + right + at), across);
        const lower = between(v128.load(below + left + at), v128.load(below + right + at), across);
        storeLanes(to + at, between(upper, lower, down), channels - c);
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function between(a: v128, b: v128, share: v128): v128 {
  return f32x4.add(a, f32x4.mul(f32x4.sub(b, a), share));
}
