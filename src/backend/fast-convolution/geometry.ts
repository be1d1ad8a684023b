import type * as tf from '@tensorflow/tfjs-core';
import type { Plans } from './planned-jobs';

export type Activation = 'linear' | 'relu' | 'relu6';

/** Activations as the kernels number them. */
export const activationCode: Record<Activation, number> = { linear: 0, relu: 1, relu6: 2 };

export type Pair = [number, number];

/** Where the windows of a convolution lie, rows before columns. */
export interface Geometry {
  kernel: Pair;
  strides: Pair;
  dilations: Pair;
  /** Zeros above and to the left of its input. */
  top: number;
  left: number;
  /** Where the plans of its jobs are kept, if they are: windows of maps of one size then. */
  plans?: Plans;
}

/** What a kernel reads and fills. */
export interface Job {
  geometry: Geometry;
  /** [kh, kw, c_in, c_out] */
  filter: tf.TensorInfo;
  /** Input of the convolution, or gradient of its output where the filter is turned. */
  input: tf.TensorInfo;
  /** The activation behind which that gradient arrives, and its output. */
  gate?: { values: tf.TensorInfo; activation: Activation };
  /** Filter turned by half a turn with its channel axes swapped: for the gradient towards the input. */
  turned: boolean;
  bias?: tf.TensorInfo;
  /** What is added in front of the activation, of the output's shape. */
  summand?: tf.TensorInfo;
  activation: Activation;
  output: tf.TensorInfo;
}

/** Output channels of a panel, the unit in which filters are packed and products computed. */
export const PANEL = 8;

/** Bytes of a number. */
export const FLOAT = 4;

/** A float32 in a field of a record, all of which are whole numbers: its bits. */
export const bitsOf = (value: number): number => new Int32Array(Float32Array.of(value).buffer)[0];

/** Bytes of a cache line, which lies between planes of a transformed filter. */
export const LINE = 64;

export const panelsOf = (channels: number) => Math.ceil(channels / PANEL);

/** How a job is split into tasks: blocks of rows, each for all chunks of output channels or for one of them. */
export interface Split {
  /** Rows of a block at most. */
  blockRows: number;
  blocks: number;
  chunkPanels: number;
  chunksTogether: number;
  tasks: number;
}

/** Panels computed at once: their products stay in the second cache. */
const CHUNK = 16;
/** Below so many panels, work on rows repeated for every chunk would show. */
const NARROWEST_CHUNK = 8;

/** Tasks of a thread: one that the system holds up does not hold up all. */
const TASKS_EACH = 2;

/**
 * Tasks are about equal, and no thread has one more than another.
 * @param rows tiles or positions
 * @param largestBlock rows of a block at most
 * @param each tasks of a thread at least, where there is more than one
 */
export function split(
  rows: number,
  largestBlock: number,
  channels: number,
  threads: number,
  each = TASKS_EACH,
): Split {
  const panels = panelsOf(channels);
  const wanted = threads > 1 ? each * threads : 1;
  const fewest = Math.ceil(rows / largestBlock);
  const most = Math.min(Math.ceil(wanted / fewest), Math.floor(panels / NARROWEST_CHUNK));
  if (most > 1) {
    const chunkPanels = Math.ceil(panels / Math.max(...divisorsOf(wanted).filter((count) => count <= most)));
    const chunks = Math.ceil(panels / chunkPanels);
    // Of these, times the chunks, every thread has as many.
    const step = threads / Math.max(...divisorsOf(threads).filter((count) => chunks % count === 0));
    const blocks = blocksOf(rows, multipleOf(step, fewest));
    return { ...blocks, chunkPanels, chunksTogether: 1, tasks: blocks.blocks * chunks };
  }
  const blocks = blocksOf(rows, multipleOf(threads, Math.max(fewest, wanted)));
  const chunkPanels = Math.min(panels, CHUNK);
  return {
    ...blocks,
    chunkPanels,
    chunksTogether: Math.ceil(panels / chunkPanels),
    tasks: blocks.blocks,
  };
}

const multipleOf = (step: number, least: number) => Math.ceil(least / step) * step;

const divisorsOf = (count: number) =>
  Array.from({ length: count }, (_, i) => i + 1).filter((divisor) => count % divisor === 0);

/** So many blocks, or fewer: four rows are multiplied at once. */
function blocksOf(rows: number, wanted: number) {
  const fours = Math.ceil(rows / 4);
  const blocks = Math.min(wanted, fours);
  return { blockRows: Math.ceil(fours / blocks) * 4, blocks };
}
