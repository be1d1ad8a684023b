import type * as tf from '@tensorflow/tfjs-core';
import { FLOAT, type Job, PANEL, panelsOf, split } from './geometry';
import { JobKind } from './kernel-exports';
import type { Machine } from './machine';
import { fillIn } from './planned-fields';
import { planned } from './planned-jobs';

/** Any convolution as the product of patches of its input with its filter; see `assembly/patches.ts`. */

/** Rows of a panel: one for each weight of an output channel, and eight that a gradient's last block may touch. */
const filterRows = (height: number, width: number, channels: number) => height * width * channels + PANEL;

/** Address of a filter [kh, kw, c_in, c_out] packed into panels. */
function packed(machine: Machine, filter: tf.TensorInfo): number {
  const [height, width, channelsIn, channelsOut] = filter.shape;
  const rows = filterRows(height, width, channelsIn);
  const panels = panelsOf(channelsOut);
  return machine.filters.get(filter, 'patches', rows * panels * PANEL * FLOAT, (address) =>
    machine.perform(
      JobKind.packFilter,
      [
        ...[0, 0, 0, channelsIn, 0, 0, channelsOut, 0, 0, 0, 0, 0, 0, 0, 0],
        ...[machine.addressOf(filter), 0, 0],
        ...[address, rows, 0, 0],
        ...[0, 0, 0, 0, 0, 0, 0, 0],
      ],
      panels,
    ),
  );
}

/** Fills `job.output` with the convolution of `job.input`, or with its gradient where the filter is turned. */
export function convolvePatches(machine: Machine, job: Job): void {
  const { turned, summand } = job;
  const { fields, tasks } = planned(job.geometry.plans, machine, turned, () => planOf(machine, job));
  fillIn(fields, PLACES, machine, job, packed(machine, job.filter));
  fields[SUMMAND] = summand ? machine.addressOf(summand) : 0;
  machine.perform(JobKind.patches, fields, tasks);
}

/** Places in the record of what is not planned. */
const PLACES = { reads: 15, gives: 22 };
const SUMMAND = 25;

function planOf(machine: Machine, { input, gate, turned, output, geometry }: Job) {
  const [batch, inHeight, inWidth, inChannels] = input.shape;
  const [, outHeight, outWidth, outChannels] = output.shape;
  const { kernel, strides, dilations, top, left } = geometry;
  // The positions of a gradient fall into classes by their residues modulo the strides.
  const steps = turned ? strides : [1, 1];
  const classes = steps[0] * steps[1];
  const positions = batch * Math.ceil(outHeight / steps[0]) * Math.ceil(outWidth / steps[1]);
  const patch = Math.ceil(kernel[0] / steps[0]) * Math.ceil(kernel[1] / steps[1]) * inChannels;
  // A block of patches stays in the second cache. A small map is one block, or the filter would be read twice.
  const fitting = positions * patch <= 2 ** 17 ? positions : Math.max(16, 2 ** 16 / patch);
  const largest = Math.min(256, fitting);
  // Every task of one block copies the whole of a gated map.
  const threads = Math.ceil(machine.threads / classes);
  const parts = split(positions, largest, outChannels, threads, gate && positions <= largest ? 1 : undefined);
  const fields = [
    ...[batch, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels],
    ...[...kernel, ...strides, ...dilations, top, left],
    ...[0, 0, 0, 0],
    filterRows(kernel[0], kernel[1], turned ? outChannels : inChannels),
    turned ? outChannels : inChannels,
    turned ? 1 : 0,
    ...[0, 0, 0, 0],
    ...[parts.blockRows, parts.blocks, parts.chunkPanels, parts.chunksTogether],
  ];
  return { fields, tasks: classes * parts.tasks };
}
