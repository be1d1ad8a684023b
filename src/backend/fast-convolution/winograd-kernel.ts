import type * as tf from '@tensorflow/tfjs-core';
import { activationCode, FLOAT, type Job, LINE, PANEL, panelsOf, split } from './geometry';
import { JobKind } from './kernel-exports';
import type { Machine } from './machine';

/**
 * Winograd's F(4 x 4, 3 x 3): a convolution of stride 1 with a 3 x 3 filter in a quarter of the multiplications (Lavin and
 * Gray 2016). See `assembly/winograd-transforms.ts` for the points.
 */

/** Products of a tile, and side of its output. */
const PLANES = 36;
const TILE = 4;

const filterRows = (channelsIn: number) => Math.ceil(channelsIn / PANEL) * PANEL;

/** Address of a filter [3, 3, c_in, c_out] transformed: four times its size. */
function transformed(machine: Machine, filter: tf.TensorInfo): number {
  const [, , channelsIn, channelsOut] = filter.shape;
  const rows = filterRows(channelsIn);
  const panels = panelsOf(channelsOut);
  return machine.filters.get(filter, 'winograd', PLANES * (rows * panels * PANEL * FLOAT + LINE), (address) =>
    machine.perform(
      JobKind.transformFilter,
      [
        ...[0, 0, 0, channelsIn, 0, 0, channelsOut, 0, 0],
        ...[machine.addressOf(filter), 0, 0],
        ...[address, rows, panels, 0],
        ...[0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
      ],
      panels,
    ),
  );
}

/** Address of a filter [3, 3, c_in, c_out] in panels, its taps side by side: of its size. See `assembly/winograd-taps.ts`. */
function inTaps(machine: Machine, filter: tf.TensorInfo): number {
  const [, , channelsIn, channelsOut] = filter.shape;
  const rows = filterRows(channelsIn);
  const panels = panelsOf(channelsOut);
  return machine.filters.get(filter, 'taps', 9 * rows * panels * PANEL * FLOAT, (address) =>
    machine.perform(
      JobKind.packTaps,
      [
        ...[0, 0, 0, channelsIn, 0, 0, channelsOut, 0, 0],
        ...[machine.addressOf(filter), 0, 0],
        ...[address, rows, panels, 1],
        ...[0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
      ],
      panels,
    ),
  );
}

/** Fills `job.output` with the convolution of `job.input`, or with its gradient where the filter is turned. */
export const convolveTiles = (machine: Machine, job: Job): void => convolve(machine, job, false);

/** The same with a filter that is transformed where and when it is needed. */
export const convolveTilesByTaps = (machine: Machine, job: Job): void => convolve(machine, job, true);

function convolve(machine: Machine, job: Job, byTaps: boolean): void {
  const { input, gate, turned, bias, activation, output } = job;
  const [batch, inHeight, inWidth, inChannels] = input.shape;
  const [, outHeight, outWidth, outChannels] = output.shape;
  const { top, left } = job.geometry;
  const [down, across] = [Math.ceil(outHeight / TILE), Math.ceil(outWidth / TILE)];
  // A block's planes stay in the second cache, with the filter where channels are few; where they are many, the filter is read once a block.
  const largest = inChannels <= 128 && !byTaps ? 32 : 64;
  const parts = split(batch * down * across, largest, outChannels, machine.threads);
  machine.perform(
    JobKind.winograd,
    [
      ...[batch, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels],
      ...(turned ? [2 - top, 2 - left] : [top, left]),
      machine.addressOf(input),
      gate ? machine.addressOf(gate.values) : 0,
      gate ? activationCode[gate.activation] : 0,
      byTaps ? inTaps(machine, job.filter) : transformed(machine, job.filter),
      filterRows(turned ? outChannels : inChannels),
      panelsOf(turned ? inChannels : outChannels),
      byTaps ? 1 : 0,
      turned ? 1 : 0,
      bias ? machine.addressOf(bias) : 0,
      activationCode[activation],
      machine.addressOf(output),
      ...[down, across, parts.blockRows, parts.blocks, parts.chunkPanels, parts.chunksTogether],
    ],
    parts.tasks,
  );
}
