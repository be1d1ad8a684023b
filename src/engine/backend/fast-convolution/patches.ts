import * as tf from '@tensorflow/tfjs-core';
import { JobKind } from './exports';
import { activationCode, type Geometry, type Job, LINE, lineStart, PANEL, panelsOf, split } from './geometry';
import type { Machine } from './machine';
import type { Prepared } from './prepared';

/** Any convolution as the product of patches of its input with its filter; see `assembly/patches.ts`. */

/** A filter packed for {@link convolvePatches}. */
export interface PackedFilter extends Prepared {
  form: 'patches';
}

/** Rows of a panel: one for each weight of an output channel, and eight that a gradient's last block may touch. */
const filterRows = (height: number, width: number, channels: number) => height * width * channels + PANEL;

/** @param filter [kh, kw, c_in, c_out] */
export function packFilter(machine: Machine, filter: tf.Tensor4D): PackedFilter {
  const [height, width, channelsIn, channelsOut] = filter.shape;
  const rows = filterRows(height, width, channelsIn);
  const panels = panelsOf(channelsOut);
  const values = tf.keep(tf.zeros<tf.Rank.R1>([rows * panels * PANEL + LINE]));
  machine.perform(
    JobKind.packFilter,
    [
      ...[0, 0, 0, channelsIn, 0, 0, channelsOut, 0, 0, 0, 0, 0, 0, 0, 0],
      ...[machine.addressOf(filter), 0, 0],
      ...[lineStart(machine.addressOf(values)), rows, 0, 0],
      ...[0, 0, 0, 0, 0, 0, 0],
    ],
    panels,
  );
  return { form: 'patches', values };
}

/** Fills `job.output` with the convolution of `job.input`, or with its gradient where the filter is turned. */
export function convolvePatches(machine: Machine, geometry: Geometry, filter: PackedFilter, job: Job): void {
  const { input, gate, turned, bias, activation, output } = job;
  const [batch, inHeight, inWidth, inChannels] = input.shape;
  const [, outHeight, outWidth, outChannels] = output.shape;
  const { kernel, strides, dilations, top, left } = geometry;
  // The positions of a gradient fall into classes by their residues modulo the strides.
  const steps = turned ? strides : [1, 1];
  const classes = steps[0] * steps[1];
  const positions = batch * Math.ceil(outHeight / steps[0]) * Math.ceil(outWidth / steps[1]);
  const patch = Math.ceil(kernel[0] / steps[0]) * Math.ceil(kernel[1] / steps[1]) * inChannels;
  // A block of patches stays in the second cache.
  const largest = Math.min(256, Math.max(16, 2 ** 16 / patch));
  const parts = split(positions, largest, outChannels, Math.ceil(machine.threads / classes));
  machine.perform(
    JobKind.patches,
    [
      ...[batch, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels],
      ...[...kernel, ...strides, ...dilations, top, left],
      machine.addressOf(input),
      gate ? machine.addressOf(gate.values) : 0,
      gate ? activationCode[gate.activation] : 0,
      lineStart(machine.addressOf(filter.values)),
      filterRows(kernel[0], kernel[1], turned ? outChannels : inChannels),
      turned ? outChannels : inChannels,
      turned ? 1 : 0,
      bias ? machine.addressOf(bias) : 0,
      activationCode[activation],
      machine.addressOf(output),
      ...[parts.blockRows, parts.blocks, parts.chunkPanels, parts.chunksTogether],
    ],
    classes * parts.tasks,
  );
}
