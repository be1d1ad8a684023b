import { PANEL, multiplyPanel, transposeBlock } from './gemm';
import { LINEAR, RELU6, readAhead } from './simd';
import { copyTile } from './tile';
import {
  IN_TILE,
  OUT_TILE,
  PLANES,
  WinogradJob,
  blockStart,
  planeBytes,
  rowBytes,
  spacedPlane,
} from './winograd-job';
import {
  DEPTH,
  PANEL_PLANE,
  PLANES_BYTES,
  firstOfPair,
  QUARTER,
  readLines,
  secondOfPair,
  tapsAt,
  transformPair,
} from './winograd-taps';
import { filterTile, gatedInputTile, outputTile, plainInputTile, turnedPoint } from './winograd-transforms';

/** Room for one vector of every plane between the two halves of a transform. */
export const BETWEEN: i32 = PLANES << 4;

// A thread's scratch memory: between | panel | patch | transformed input | products.

// @ts-ignore: decorator
@inline
function panelBytes(job: WinogradJob): i32 {
  if (job.inTaps) return <i32>PLANES_BYTES;
  return job.turned ? ((job.inChannels + 7) & ~7) << 5 : 0;
}

// @ts-ignore: decorator
@inline
function patchBytes(job: WinogradJob): i32 {
  return PLANES * (((job.inChannels + 3) & ~3) << 2);
}

// @ts-ignore: decorator
@inline
function inputPlaneBytes(job: WinogradJob): i32 {
  return planeBytes(job.blockTiles, rowBytes(job.inChannels));
}

// @ts-ignore: decorator
@inline
function productPlaneBytes(job: WinogradJob): i32 {
  return planeBytes(job.blockTiles, rowBytes(job.chunkPanels * PANEL));
}

/** Bytes of scratch memory each thread needs for a job. */
export function winogradScratchBytes(job: WinogradJob): i32 {
  return (
    BETWEEN +
    panelBytes(job) +
    patchBytes(job) +
    PLANES * (inputPlaneBytes(job) + productPlaneBytes(job))
  );
}

/** One task of a convolution: a block of tiles, and all chunks of output channels or one. */
export function winogradTask(job: WinogradJob, task: i32, thread: i32): void {
  const between = job.scratch + <usize>thread * job.scratchBytes;
  const panel = between + BETWEEN;
  const patch = panel + panelBytes(job);
  const transformed = patch + patchBytes(job);
  const products = transformed + PLANES * inputPlaneBytes(job);

  const panels = (job.outChannels + PANEL - 1) / PANEL;
  const chunks = (panels + job.chunkPanels - 1) / job.chunkPanels;
  const parts = (chunks + job.chunksTogether - 1) / job.chunksTogether;
  const tiles = job.batch * job.tilesDown * job.tilesAcross;
  const firstTile = blockStart(tiles, job.blocks, task / parts);
  const lastTile = blockStart(tiles, job.blocks, task / parts + 1);
  const firstChunk = (task % parts) * job.chunksTogether;
  const lastChunk = min(chunks, firstChunk + job.chunksTogether);

  transformInput(job, firstTile, lastTile, transformed, patch, between);
  for (let chunk = firstChunk; chunk < lastChunk; chunk++) {
    const firstPanel = chunk * job.chunkPanels;
    const lastPanel = min(panels, firstPanel + job.chunkPanels);
    if (job.inTaps) {
      multiplyTaps(job, lastTile - firstTile, firstPanel, lastPanel, transformed, products, panel, between);
    } else multiplyPlanes(job, lastTile - firstTile, firstPanel, lastPanel, transformed, products, panel, between);
    transformOutput(job, firstTile, lastTile, firstPanel, lastPanel, products, between);
  }
}

function transformInput(
  job: WinogradJob,
  firstTile: i32,
  lastTile: i32,
  to: usize,
  patch: usize,
  between: usize,
): void {
  const channels = job.inChannels;
  const pixelStride = <usize>channels << 2;
  const rowStride = pixelStride * job.inWidth;
  const patchPixel = <usize>((channels + 3) & ~3) << 2;
  const tileRow = rowBytes(channels);
  const planeStride = inputPlaneBytes(job);
  const gate = job.gate - job.input;
  for (let tile = firstTile; tile < lastTile; tile++) {
    const across = tile % job.tilesAcross;
    const down = (tile / job.tilesAcross) % job.tilesDown;
    const picture = tile / (job.tilesAcross * job.tilesDown);
    const y = down * OUT_TILE - job.padTop;
    const x = across * OUT_TILE - job.padLeft;
    const base = job.input + <usize>picture * job.inHeight * rowStride;
    const isInside = y >= 0 && x >= 0 && y + IN_TILE <= job.inHeight && x + IN_TILE <= job.inWidth;
    // A gate that few networks have is passed on the way to the patch.
    if (isInside && job.gateActivation != RELU6) {
      const from = base + <usize>y * rowStride + <usize>x * pixelStride;
      if (job.gateActivation == LINEAR) {
        plainInputTile(from, rowStride, pixelStride, channels, to, planeStride, between);
      } else {
        gatedInputTile(
          from,
          rowStride,
          pixelStride,
          gate,
          channels,
          to,
          planeStride,
          between,
        );
      }
    } else {
      copyTile(
        IN_TILE,
        base,
        job.inHeight,
        job.inWidth,
        pixelStride,
        y,
        x,
        gate,
        job.gateActivation,
        patch,
        patchPixel,
      );
      plainInputTile(patch, patchPixel * IN_TILE, patchPixel, channels, to, planeStride, between);
    }
    to += tileRow;
  }
}

/** Channels of which all planes of a filter stay in the second cache. */
const MOST_IN_CACHE: i32 = 128;

function multiplyPlanes(
  job: WinogradJob,
  tiles: i32,
  firstPanel: i32,
  lastPanel: i32,
  transformed: usize,
  products: usize,
  panel: usize,
  between: usize,
): void {
  const depth = job.inChannels;
  const inputRow = rowBytes(depth);
  const inputPlane = inputPlaneBytes(job);
  const productRow = rowBytes(job.chunkPanels * PANEL);
  const productPlane = productPlaneBytes(job);
  const panelStride = <usize>job.filterRows << 5;
  const filterPlane = spacedPlane(panelStride * job.filterPanels);
  // Where the filter does not stay in the second cache, a share of the next panel is read behind each four rows.
  const isLong = depth > MOST_IN_CACHE;
  const rows = isLong ? 4 : tiles;
  const share = panelStride / ((tiles + 3) >> 2) + 64;
  for (let plane = 0; plane < PLANES; plane++) {
    const a = transformed + <usize>plane * inputPlane;
    let c = products + <usize>plane * productPlane;
    if (job.turned) {
      const source = turnedPoint(plane / IN_TILE) * IN_TILE + turnedPoint(plane % IN_TILE);
      for (let p = firstPanel; p < lastPanel; p++) {
        let from = job.filter + <usize>source * filterPlane + (<usize>p << 8);
        for (let k = 0; k < depth; k += PANEL) {
          transposeBlock(from, panel + (<usize>k << 5));
          from += panelStride;
        }
        multiplyPanel(tiles, depth, a, inputRow, panel, c, productRow, false);
        c += PANEL << 2;
      }
    } else {
      let b = job.filter + <usize>plane * filterPlane + <usize>firstPanel * panelStride;
      for (let p = firstPanel; p < lastPanel; p++) {
        let ahead = p + 1 < lastPanel ? b + panelStride : b;
        const end = ahead + panelStride;
        for (let row = 0; row < tiles; row += rows, ahead += share) {
          const sums = c + <usize>row * productRow;
          multiplyPanel(min(rows, tiles - row), depth, a + <usize>row * inputRow, inputRow, b, sums, productRow, false);
          if (isLong) readAhead(ahead, min(end, ahead + share), between);
        }
        b += panelStride;
        c += PANEL << 2;
      }
    }
  }
}

/** Panels whose sums, and the tiles' channels that go into them, stay in the second cache together. */
const PANELS_TOGETHER: i32 = 4;

/** The same with a filter whose taps lie side by side. */
function multiplyTaps(
  job: WinogradJob,
  tiles: i32,
  firstPanel: i32,
  lastPanel: i32,
  transformed: usize,
  products: usize,
  planes: usize,
  between: usize,
): void {
  const inputRow = rowBytes(job.inChannels);
  const inputPlane = <usize>inputPlaneBytes(job);
  const productRow = rowBytes(job.chunkPanels * PANEL);
  const productPlane = <usize>productPlaneBytes(job);
  for (let group = firstPanel; group < lastPanel; group += PANELS_TOGETHER) {
    const lastOfGroup = min(lastPanel, group + PANELS_TOGETHER);
    for (let first = 0; first < job.inChannels; first += DEPTH) {
      const depth = min(DEPTH, job.inChannels - first);
      const inputs = transformed + (<usize>first << 2);
      for (let p = group; p < lastOfGroup; p++) {
        const sums = products + (<usize>(p - firstPanel) << 5);
        const taps = tapsAt(job, p, first);
        const isLast = p + 1 == lastOfGroup;
        const nextFirst = isLast ? first + DEPTH : first;
        let quarters = min(DEPTH, job.inChannels - nextFirst) >> 1;
        let ahead = tapsAt(job, isLast ? group : p + 1, nextFirst);
        for (let pair = 0; pair < 3; pair++) {
          transformPair(pair, taps, depth, planes);
          let b = planes;
          for (let which = 0; which < 2; which++) {
            const row = (which == 0 ? firstOfPair(pair) : secondOfPair(pair)) * IN_TILE;
            for (let plane = row; plane < row + IN_TILE; plane++) {
              const a = inputs + inputPlane * plane;
              multiplyPanel(tiles, depth, a, inputRow, b, sums + productPlane * plane, productRow, first > 0);
              b += PANEL_PLANE;
              if (quarters > 0) {
                readLines(ahead, between);
                ahead += QUARTER;
                quarters--;
              }
            }
          }
        }
      }
    }
  }
}

function transformOutput(
  job: WinogradJob,
  firstTile: i32,
  lastTile: i32,
  firstPanel: i32,
  lastPanel: i32,
  products: usize,
  between: usize,
): void {
  const pixelStride = <usize>job.outChannels << 2;
  const rowStride = pixelStride * job.outWidth;
  const productRow = rowBytes(job.chunkPanels * PANEL);
  const planeStride = productPlaneBytes(job);
  const firstChannel = firstPanel * PANEL;
  const channels = min(job.outChannels, lastPanel * PANEL) - firstChannel;
  const bias: usize = job.bias == 0 ? 0 : job.bias + (<usize>firstChannel << 2);
  for (let tile = firstTile; tile < lastTile; tile++) {
    const across = tile % job.tilesAcross;
    const down = (tile / job.tilesAcross) % job.tilesDown;
    const picture = tile / (job.tilesAcross * job.tilesDown);
    const y = down * OUT_TILE;
    const x = across * OUT_TILE;
    outputTile(
      products,
      planeStride,
      channels,
      bias,
      job.activation,
      job.output +
        (<usize>picture * job.outHeight + y) * rowStride +
        <usize>x * pixelStride +
        (<usize>firstChannel << 2),
      job.summand == 0 ? 0 : job.summand - job.output,
      rowStride,
      pixelStride,
      min(OUT_TILE, job.outHeight - y),
      min(OUT_TILE, job.outWidth - x),
      between,
    );
    products += productRow;
  }
}

/**
 * Transforms a filter [3, 3, c_in, c_out] into 36 planes of panels of eight output channels,
 * [36, panels, rows, 8]; rows is c_in rounded up to 8. One task is one panel. `input` is the filter, `inChannels` and
 * `outChannels` its own, `filter` where it goes. What stands beyond the channels is never read as a number.
 */
export function transformFilterTask(job: WinogradJob, task: i32, thread: i32): void {
  const between = job.scratch + <usize>thread * job.scratchBytes;
  const panelStride = <usize>job.filterRows << 5;
  const planeStride = spacedPlane(panelStride * job.filterPanels);
  const rowStride = <usize>job.outChannels << 2;
  const tapStride = rowStride * job.inChannels;
  let from = job.input + (<usize>task << 5);
  let to = job.filter + <usize>task * panelStride;
  const both = job.outChannels - task * PANEL > 4;
  for (let c = 0; c < job.inChannels; c++) {
    filterTile(from, tapStride, to, planeStride, between);
    if (both) filterTile(from + 16, tapStride, to + 16, planeStride, between);
    from += rowStride;
    to += PANEL << 2;
  }
}
