import type * as tf from '@tensorflow/tfjs-core';
import { FLOAT, type Geometry, LINE, PANEL, panelsOf } from './geometry';
import { JobKind } from './kernel-exports';
import type { Machine } from './machine';

/** Gradient of a convolution towards its filter; see `assembly/filter-gradient-job.ts`. */
export interface FilterGradientJob {
  geometry: Geometry;
  /** [n, h, w, c_in], the convolution's input. */
  input: tf.TensorInfo;
  /** [n, oh, ow, c_out], gradient of its output. */
  change: tf.TensorInfo;
  /** [kh, kw, c_in, c_out], filled by the job. */
  output: tf.TensorInfo;
}

/** Products of a tile, and side of its output. */
const PLANES = 36;
const TILE = 4;
/** With fewer channels on either side, transforms cost more than they save. */
const FEWEST_CHANNELS = 8;
/** Bytes of transformed tiles, or of patches, of a block: they stay in the second cache, more or less. */
const BLOCK_BYTES = 2 ** 20;
/** Bytes of the sums of all parts together, more or less. */
const ALL_SUMS = 2 ** 22;
/** Parts at most, and at least where nothing else can be cut for the threads. */
const MOST_PARTS = 16;
const FEWEST_PARTS = 4;
/** Tiles or positions of a part at least: sums are read and written once a part. */
const FEWEST_ROWS = 64;

/** True where Winograd's transforms save more products than they cost. */
function tilesPay({ geometry, input, change }: FilterGradientJob): boolean {
  const { kernel, strides, dilations } = geometry;
  const [batch, height, width, channels] = change.shape;
  const isThreeByThree = kernel.every((side) => side === 3);
  if (!isThreeByThree || [...strides, ...dilations].some((step) => step !== 1)) return false;
  if (Math.min(input.shape[3], channels) < FEWEST_CHANNELS) return false;
  const tiles = batch * Math.ceil(height / TILE) * Math.ceil(width / TILE);
  return PLANES * tiles < 9 * batch * height * width;
}

/**
 * Parts that the positions are cut into. Each is summed by itself, so how many there are decides the last digits: never the number of
 * threads.
 */
function partsOf(rows: number, sumsBytes: number, fewest: number): number {
  const wanted = Math.max(fewest, Math.min(MOST_PARTS, Math.floor(ALL_SUMS / sumsBytes)));
  return Math.max(1, Math.min(wanted, Math.floor(rows / FEWEST_ROWS)));
}

/** Chunks of rows of the filter, so many that all threads have work; no sum depends on them. */
function chunksOf(panels: number, parts: number, threads: number): number {
  const wanted = threads > 1 ? 2 * threads : 1;
  return Math.min(panels, Math.ceil(wanted / parts));
}

const blockOf = (bytesOfRow: number, rows: number) =>
  Math.min(rows, 256, Math.max(32, Math.floor(BLOCK_BYTES / bytesOfRow)));

/** Fills `job.output`. */
export function fillFilterGradient(machine: Machine, job: FilterGradientJob): void {
  const byTiles = tilesPay(job);
  const { kernel, strides, dilations, top, left } = job.geometry;
  const [batch, inHeight, inWidth, inChannels] = job.input.shape;
  const [, outHeight, outWidth, outChannels] = job.change.shape;
  const depth = kernel[0] * kernel[1] * inChannels;
  const rowPanels = panelsOf(byTiles ? inChannels : depth);
  const planeBytes = rowPanels * panelsOf(outChannels) * PANEL * PANEL * FLOAT;
  const sumsBytes = byTiles ? PLANES * (planeBytes + LINE) : planeBytes;
  const rows =
    batch * (byTiles ? Math.ceil(outHeight / TILE) * Math.ceil(outWidth / TILE) : outHeight * outWidth);
  const partRows = Math.ceil(rows / partsOf(rows, sumsBytes, byTiles ? 1 : FEWEST_PARTS));
  const parts = Math.ceil(rows / partRows);
  const chunkPanels = Math.ceil(rowPanels / (byTiles ? chunksOf(rowPanels, parts, machine.threads) : 1));
  const chunks = Math.ceil(rowPanels / chunkPanels);
  // Of all chunks, for the length of a block decides digits as well.
  const numbers = byTiles ? PLANES * (rowPanels + panelsOf(outChannels)) * PANEL : depth;
  machine.lend(parts * sumsBytes, (sums) => {
    const record = [
      ...[batch, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels],
      ...[...kernel, ...strides, ...dilations, top, left],
      ...[machine.addressOf(job.input), 0, 0, machine.addressOf(job.change), sums],
      ...[parts, partRows, blockOf(numbers * FLOAT, partRows), chunkPanels, chunks],
      machine.addressOf(job.output),
    ];
    const { filterGradientTiles, filterGradientPatches, sumTiles, sumPatches } = JobKind;
    machine.perform(byTiles ? filterGradientTiles : filterGradientPatches, record, parts * chunks);
    machine.perform(byTiles ? sumTiles : sumPatches, record, rowPanels);
  });
}
