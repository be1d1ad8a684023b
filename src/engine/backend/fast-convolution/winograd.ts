import * as tf from '@tensorflow/tfjs-core';
import { JobKind } from './exports';
import { type Activation, activationCode, LINE, lineStart, panelsOf, split } from './geometry';
import type { Machine } from './machine';

/**
 * Winograd's F(4 x 4, 3 x 3): a convolution of stride 1 with a 3 x 3 filter in a quarter of the multiplications (Lavin and Gray
 * 2016). See `assembly/winograd-transforms.ts` for the points.
 */

/** Products of a tile, and side of its output. */
const PLANES = 36;
const TILE = 4;

/** A filter transformed for {@link convolveTiles}. */
export interface TransformedFilter {
  kind: 'winograd';
  values: tf.Tensor1D;
  channelsIn: number;
  channelsOut: number;
}

const filterRows = (channelsIn: number) => Math.ceil(channelsIn / 8) * 8;

/** Numbers of a transformed filter; four times those of the filter and some. */
export const transformedSize = (channelsIn: number, channelsOut: number) =>
  PLANES * filterRows(channelsIn) * panelsOf(channelsOut) * 8 + LINE;

/** @param filter [3, 3, c_in, c_out] */
export function transformFilter(machine: Machine, filter: tf.Tensor4D): TransformedFilter {
  const [, , channelsIn, channelsOut] = filter.shape;
  const values = tf.keep(tf.zeros<tf.Rank.R1>([transformedSize(channelsIn, channelsOut)]));
  const panels = panelsOf(channelsOut);
  machine.perform(
    JobKind.transformFilter,
    [
      ...[0, 0, 0, channelsIn, 0, 0, channelsOut, 0, 0],
      ...[machine.addressOf(filter), 0, 0],
      ...[lineStart(machine.addressOf(values)), filterRows(channelsIn), panels, 0],
      ...[0, 0, 0, 0, 0, 0, 0, 0],
    ],
    panels,
  );
  return { kind: 'winograd', values, channelsIn, channelsOut };
}

export interface Tiles {
  input: tf.TensorInfo;
  /** Output of the activation in front of which `input` is a gradient; see {@link Machine}. */
  gate?: { values: tf.TensorInfo; activation: Activation };
  filter: TransformedFilter;
  /** Filter turned by half a turn with its channel axes swapped: for the gradient towards the input. */
  turned: boolean;
  bias?: tf.TensorInfo;
  activation: Activation;
  /** Zeros above and to the left of the input. */
  top: number;
  left: number;
  output: tf.TensorInfo;
}

/** Fills `output` with the convolution of `input`. */
export function convolveTiles(machine: Machine, job: Tiles): void {
  const { input, gate, filter, turned, bias, activation, top, left, output } = job;
  const [batch, inHeight, inWidth, inChannels] = input.shape;
  const [, outHeight, outWidth, outChannels] = output.shape;
  const [down, across] = [Math.ceil(outHeight / TILE), Math.ceil(outWidth / TILE)];
  // Tiles of a block: with few channels more, since the filter is read once a block.
  const parts = split(batch * down * across, inChannels <= 128 ? 96 : 64, outChannels, machine.threads);
  machine.perform(
    JobKind.winograd,
    [
      ...[batch, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels, top, left],
      machine.addressOf(input),
      gate ? machine.addressOf(gate.values) : 0,
      gate ? activationCode[gate.activation] : 0,
      lineStart(machine.addressOf(filter.values)),
      filterRows(filter.channelsIn),
      panelsOf(filter.channelsOut),
      turned ? 1 : 0,
      bias ? machine.addressOf(bias) : 0,
      activationCode[activation],
      machine.addressOf(output),
      ...[down, across, parts.blockRows, parts.chunkPanels, parts.chunksTogether],
    ],
    parts.tasks,
  );
}
