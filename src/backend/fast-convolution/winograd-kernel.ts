import type * as tf from '@tensorflow/tfjs-core';
import { activationCode, FLOAT, type Job, LINE, PANEL, panelsOf, split } from './geometry';
import { JobKind } from './kernel-exports';
import type { Machine } from './machine';

/**
 * Winograd's F(4 x 4, 3 x 3): a convolution of stride 1 with a 3 x 3 filter in a quarter of the multiplications (Lavin and
 * Gray 2016). See `assembly/winograd-transforms.ts` for the points.
 */

/** Numbers of a filter, products of a tile, and side of its output. */
const TAPS = 9;
const PLANES = 36;
const TILE = 4;

const filterRows = (channelsIn: number) => Math.ceil(channelsIn / PANEL) * PANEL;

/** Address of a filter [3, 3, c_in, c_out] transformed, which is four times its size, or in panels with its taps side by side; see `assembly/winograd-taps.ts`. */
function keptFilter(machine: Machine, filter: tf.TensorInfo, byTaps: boolean): number {
  const [, , channelsIn, channelsOut] = filter.shape;
  const rows = filterRows(channelsIn);
  const panels = panelsOf(channelsOut);
  const plane = rows * panels * PANEL * FLOAT;
  const bytes = byTaps ? TAPS * plane : PLANES * (plane + LINE);
  return machine.filters.get(filter, byTaps ? 'taps' : 'winograd', bytes, (address) =>
    machine.perform(
      byTaps ? JobKind.packTaps : JobKind.transformFilter,
      [
        ...[0, 0, 0, channelsIn, 0, 0, channelsOut, 0, 0],
        ...[machine.addressOf(filter), 0, 0],
        ...[address, rows, panels, byTaps ? 1 : 0],
        ...[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
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
  const { input, gate, turned, bias, activation, output, summand } = job;
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
      keptFilter(machine, job.filter, byTaps),
      filterRows(turned ? outChannels : inChannels),
      panelsOf(turned ? inChannels : outChannels),
      byTaps ? 1 : 0,
      turned ? 1 : 0,
      bias ? machine.addressOf(bias) : 0,
      activationCode[activation],
      machine.addressOf(output),
      summand ? machine.addressOf(summand) : 0,
      ...[down, across, parts.blockRows, parts.blocks, parts.chunkPanels, parts.chunksTogether],
    ],
    parts.tasks,
  );
}
