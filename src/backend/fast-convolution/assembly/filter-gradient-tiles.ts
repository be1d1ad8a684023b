import { FilterGradientJob } from './filter-gradient-job';
import { PANEL } from './gemm';
import { multiplyTransposed } from './gemm-transposed';
import { LINEAR } from './simd';
import { copyTile } from './tile';
import { IN_TILE, OUT_TILE, PLANES, spacedPlane } from './winograd-job';
import { changeTile, filterGradientTile } from './winograd-gradient-transforms';
import { plainInputTile } from './winograd-transforms';

/** Gradient towards a 3 x 3 filter of stride 1, summed in the planes of Winograd's transform. */

/** Room for one vector of every plane between the two halves of a transform. */
const BETWEEN: i32 = PLANES << 4;

// A thread's scratch memory: between | tile | planes of the input | planes of the change. A plane is [panels, rows, 8], so that
// products walk it from end to end.

// @ts-ignore: decorator
@inline
function panelsOf(channels: i32): i32 {
  return (channels + PANEL - 1) / PANEL;
}

// @ts-ignore: decorator
@inline
function tileBytes(job: FilterGradientJob): i32 {
  return (PLANES * (max(job.inChannels, job.outChannels) + PANEL)) << 2;
}

/** Distance of planes; 64 bytes more, for a power of two would crowd a cache's sets. */
// @ts-ignore: decorator
@inline
function planeBytes(panels: i32, rows: i32): i32 {
  return ((panels * rows) << 5) + 64;
}

/** Bytes of scratch memory each thread needs for a job. */
export function filterGradientTilesScratchBytes(job: FilterGradientJob): i32 {
  const panels = panelsOf(job.outChannels);
  const planes = planeBytes(job.chunkPanels, job.blockRows) + planeBytes(panels, job.blockRows);
  return BETWEEN + tileBytes(job) + PLANES * planes;
}

/** One task: one part of the tiles and one chunk of input channels. */
export function filterGradientTilesTask(job: FilterGradientJob, task: i32, thread: i32): void {
  const between = job.scratch + <usize>thread * job.scratchBytes;
  const tile = between + BETWEEN;
  const inputs = tile + tileBytes(job);
  const inputPlane = planeBytes(job.chunkPanels, job.blockRows);
  const changes = inputs + PLANES * inputPlane;

  const allPanels = panelsOf(job.inChannels);
  const columnPanels = panelsOf(job.outChannels);
  const changePlane = planeBytes(columnPanels, job.blockRows);
  const firstPanel = (task % job.chunks) * job.chunkPanels;
  const panels = min(allPanels - firstPanel, job.chunkPanels);
  const part = task / job.chunks;
  const down = (job.outHeight + OUT_TILE - 1) / OUT_TILE;
  const across = (job.outWidth + OUT_TILE - 1) / OUT_TILE;
  const first = part * job.partRows;
  const last = min(job.batch * down * across, first + job.partRows);

  const sumRow = <usize>columnPanels << 5;
  const sumPlane = spacedPlane(sumRow * (allPanels * PANEL));
  const sums = job.sums + <usize>(part * PLANES) * sumPlane + <usize>(firstPanel * PANEL) * sumRow;
  for (let block = first; block < last; block += job.blockRows) {
    const rows = min(last - block, job.blockRows);
    for (let row = 0; row < rows; row++) {
      const place = block + row;
      const x = (place % across) * OUT_TILE;
      const y = ((place / across) % down) * OUT_TILE;
      const picture = place / (across * down);
      inputRow(job, picture, y, x, firstPanel, panels, inputs + (row << 5), inputPlane, tile, between);
      changeRow(job, picture, y, x, changes + (row << 5), changePlane, tile, between);
    }
    for (let plane = 0; plane < PLANES; plane++) {
      let c = sums + <usize>plane * sumPlane;
      let a = inputs + <usize>(plane * inputPlane);
      for (let p = 0; p < panels; p++) {
        let b = changes + <usize>(plane * changePlane);
        for (let q = 0; q < columnPanels; q++) {
          multiplyTransposed(rows, a, 32, b, 32, c + (<usize>q << 5), sumRow, block > first);
          multiplyTransposed(
            rows,
            a + 16,
            32,
            b,
            32,
            c + (<usize>q << 5) + sumRow * 4,
            sumRow,
            block > first,
          );
          b += <usize>job.blockRows << 5;
        }
        a += <usize>job.blockRows << 5;
        c += sumRow * PANEL;
      }
    }
  }
}

/** The transformed input under one tile, panel by panel. */
function inputRow(
  job: FilterGradientJob,
  picture: i32,
  y: i32,
  x: i32,
  firstPanel: i32,
  panels: i32,
  to: usize,
  plane: usize,
  tile: usize,
  between: usize,
): void {
  const top = y - job.padTop;
  const left = x - job.padLeft;
  const channels = min(panels * PANEL, job.inChannels - firstPanel * PANEL);
  const base = job.input + (<usize>firstPanel << 5);
  let pixel = <usize>job.inChannels << 2;
  let line = pixel * job.inWidth;
  let from = base + (<usize>(picture * job.inHeight + top)) * line + <usize>left * pixel;
  if (top < 0 || left < 0 || top + IN_TILE > job.inHeight || left + IN_TILE > job.inWidth) {
    const whole = <usize>((channels + 3) & ~3) << 2;
    const map = base + <usize>(picture * job.inHeight) * line;
    copyTile(IN_TILE, map, job.inHeight, job.inWidth, pixel, top, left, 0, LINEAR, tile, whole);
    from = tile;
    pixel = whole;
    line = whole * IN_TILE;
  }
  for (let c = 0; c < channels; c += PANEL) {
    plainInputTile(from, line, pixel, min(PANEL, channels - c), to, plane, between);
    from += PANEL << 2;
    to += <usize>job.blockRows << 5;
  }
}

/** One tile of the output's gradient, transformed, panel by panel. */
function changeRow(
  job: FilterGradientJob,
  picture: i32,
  y: i32,
  x: i32,
  to: usize,
  plane: usize,
  tile: usize,
  between: usize,
): void {
  const channels = job.outChannels;
  let pixel = <usize>channels << 2;
  let line = pixel * job.outWidth;
  const base = job.change + <usize>(picture * job.outHeight) * line;
  let from = base + <usize>y * line + <usize>x * pixel;
  if (y + OUT_TILE > job.outHeight || x + OUT_TILE > job.outWidth) {
    const whole = <usize>((channels + 3) & ~3) << 2;
    copyTile(OUT_TILE, base, job.outHeight, job.outWidth, pixel, y, x, 0, LINEAR, tile, whole);
    from = tile;
    pixel = whole;
    line = whole * OUT_TILE;
  }
  for (let c = 0; c < channels; c += PANEL) {
    changeTile(from, line, pixel, min(PANEL, channels - c), to, plane, between);
    from += PANEL << 2;
    to += <usize>job.blockRows << 5;
  }
}

/** Adds the parts of one panel of input channels and transforms them back. One task is one panel. */
export function sumTilesTask(job: FilterGradientJob, task: i32, thread: i32): void {
  const between = job.scratch + <usize>thread * job.scratchBytes;
  const sumRow = <usize>panelsOf(job.outChannels) << 5;
  const sumPlane = spacedPlane(sumRow * (panelsOf(job.inChannels) * PANEL));
  const row = <usize>job.outChannels << 2;
  const first = task * PANEL;
  const last = min(job.inChannels, first + PANEL);
  for (let part = 1; part < job.parts; part++) {
    for (let plane = 0; plane < PLANES; plane++) {
      const to = job.sums + <usize>plane * sumPlane + <usize>first * sumRow;
      const from = to + <usize>(part * PLANES) * sumPlane;
      for (let at: usize = 0; at < <usize>(last - first) * sumRow; at += 16) {
        v128.store(to + at, f32x4.add(v128.load(to + at), v128.load(from + at)));
      }
    }
  }
  for (let c = first; c < last; c++) {
    const from = job.sums + <usize>c * sumRow;
    const to = job.output + <usize>c * row;
    for (let o = 0; o < job.outChannels; o += 4) {
      const at = <usize>o << 2;
      filterGradientTile(from + at, sumPlane, to + at, row * <usize>job.inChannels, job.outChannels - o, between);
    }
  }
}
