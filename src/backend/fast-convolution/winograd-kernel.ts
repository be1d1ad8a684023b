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

/** A filter as it is kept: its address, rows of a panel, and panels. */
interface KeptFilter {
  address: number;
  rows: number;
  panels: number;
}

/** A filter [3, 3, c_in, c_out] transformed, which is four times its size, and read turned as well. */
function transformed(machine: Machine, filter: tf.TensorInfo): KeptFilter {
  const [, , channelsIn, channelsOut] = filter.shape;
  const [rows, panels] = [filterRows(channelsIn), panelsOf(channelsOut)];
  const bytes = PLANES * (rows * panels * PANEL * FLOAT + LINE);
  const address = machine.filters.get(filter, 'winograd', bytes, (to) =>
    prepare(machine, JobKind.transformFilter, filter, { address: to, rows, panels }),
  );
  return { address, rows, panels };
}

/** One in panels with its taps side by side, forward and turned; see `assembly/winograd-taps.ts`. */
function inTaps(machine: Machine, filter: tf.TensorInfo, turned: boolean): KeptFilter {
  const [, , channelsIn, channelsOut] = filter.shape;
  const [summed, given] = turned ? [channelsOut, channelsIn] : [channelsIn, channelsOut];
  const [rows, panels] = [filterRows(summed), panelsOf(given)];
  const bytes = TAPS * rows * panels * PANEL * FLOAT;
  const address = machine.filters.get(filter, turned ? 'turned-taps' : 'taps', bytes, (to) =>
    prepare(machine, JobKind.packTaps, filter, { address: to, rows, panels }, turned),
  );
  return { address, rows, panels };
}

function prepare(
  machine: Machine,
  kind: JobKind,
  filter: tf.TensorInfo,
  { address, rows, panels }: KeptFilter,
  turned = false,
): void {
  const [, , channelsIn, channelsOut] = filter.shape;
  machine.perform(
    kind,
    [
      ...[0, 0, 0, channelsIn, 0, 0, channelsOut, 0, 0],
      ...[machine.addressOf(filter), 0, 0],
      ...[address, rows, panels, 0, turned ? 1 : 0],
      ...[0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    ],
    panels,
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
  const kept = byTaps ? inTaps(machine, job.filter, turned) : transformed(machine, job.filter);
  machine.perform(
    JobKind.winograd,
    [
      ...[batch, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels],
      ...(turned ? [2 - top, 2 - left] : [top, left]),
      machine.addressOf(input),
      gate ? machine.addressOf(gate.values) : 0,
      gate ? activationCode[gate.activation] : 0,
      ...[kept.address, kept.rows, kept.panels],
      byTaps ? 1 : 0,
      turned && !byTaps ? 1 : 0,
      bias ? machine.addressOf(bias) : 0,
      activationCode[activation],
      machine.addressOf(output),
      summand ? machine.addressOf(summand) : 0,
      ...[down, across, parts.blockRows, parts.blocks, parts.chunkPanels, parts.chunksTogether],
    ],
    parts.tasks,
  );
}
