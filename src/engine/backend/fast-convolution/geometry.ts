import type * as tf from '@tensorflow/tfjs-core';

export type Padding = 'same' | 'valid' | number | tf.backend_util.ExplicitPadding;
export type Activation = 'linear' | 'relu' | 'relu6';

/** Activations as the kernels number them. */
export const activationCode: Record<Activation, number> = { linear: 0, relu: 1, relu6: 2 };

/** Output channels of a panel, the unit in which filters are packed and products computed. */
export const PANEL = 8;

export const panelsOf = (channels: number) => Math.ceil(channels / PANEL);

/** Numbers up to a whole cache line, so that packed filters can start at one. */
export const LINE = 16;

export const lineStart = (address: number) => Math.ceil(address / (4 * LINE)) * 4 * LINE;

/**
 * How a job is split among threads: into blocks of rows (tiles or pixels), each for all chunks of columns, or for one
 * where there are few blocks. Work on the rows is then repeated for every chunk, so chunks stay wide.
 */
export interface Split {
  blockRows: number;
  chunkPanels: number;
  chunksTogether: number;
  tasks: number;
}

export function split(rows: number, largestBlock: number, columns: number, threads: number): Split {
  const panels = panelsOf(columns);
  // Two tasks a thread: one thread that the system holds up does not hold up all.
  const wanted = threads > 1 ? 2 * threads : 1;
  const blocks = Math.ceil(rows / largestBlock);
  if (blocks >= wanted || panels < 16) {
    const evenBlocks = panels < 16 ? Math.max(blocks, Math.min(wanted, Math.ceil(rows / 8))) : blocks;
    const blockRows = Math.ceil(rows / evenBlocks);
    const chunkPanels = Math.min(panels, 16);
    return {
      blockRows,
      chunkPanels,
      chunksTogether: Math.ceil(panels / chunkPanels),
      tasks: Math.ceil(rows / blockRows),
    };
  }
  const blockRows = Math.ceil(rows / blocks);
  const chunkPanels = Math.max(8, Math.ceil(panels / Math.ceil(wanted / blocks)));
  return { blockRows, chunkPanels, chunksTogether: 1, tasks: blocks * Math.ceil(panels / chunkPanels) };
}
