import { activationCode, FLOAT, type Job, LINE } from './geometry';
import { JobKind } from './kernel-exports';
import type { Machine } from './machine';

/** Convolutions in groups; see `assembly/grouped.ts`. */

/** Bytes of the input that a task lays out at once: they stay in the first or second cache. */
const BAND_BYTES = 2 ** 16;
/** Channels of groups that are laid out plane by plane, and places at least of a row. */
const PLANES = 4;

/** Fills `job.output` with the convolution of `job.input` in groups, or with its gradient where the filter is turned. */
export function convolveGroups(machine: Machine, job: Job, groups: number): void {
  const { input, gate, turned, bias, activation, output } = job;
  const [batch, inHeight, inWidth, inChannels] = input.shape;
  const [, outHeight, outWidth, outChannels] = output.shape;
  const { kernel, strides, dilations, top, left } = job.geometry;
  if (Math.max(...dilations) > 1) throw new Error('Dilated groups are convolved one by one.');
  const classes = turned ? strides[0] * strides[1] : 1;
  const [down, across] = turned
    ? [Math.ceil(outHeight / strides[0]), Math.ceil(outWidth / strides[1])]
    : [outHeight, outWidth];
  const stepDown = turned ? 1 : strides[0];
  const deep = inChannels / groups;
  const bundle = Math.min(groups, Math.max(1, Math.floor(LINE / FLOAT / deep)));
  const line = (across * (turned ? 1 : strides[1]) + kernel[1]) * deep * bundle * FLOAT;
  const fitting = Math.floor((BAND_BYTES / line - kernel[0]) / stepDown);
  // Several tasks a thread: one that the system holds up does not hold up all.
  const wanted = machine.threads > 1 ? 4 * machine.threads : 1;
  const bundles = Math.ceil(groups / bundle);
  const enough = Math.ceil(down / Math.ceil(wanted / (classes * batch * bundles)));
  const bands = Math.ceil(down / Math.min(enough, Math.max(1, fitting)));
  const bandRows = Math.ceil(down / bands);
  const chunk = Math.ceil(bundles / Math.ceil(wanted / (classes * batch * bands))) * bundle;
  const inPlanes =
    groups > 1 &&
    outChannels / groups === PLANES &&
    deep <= PLANES &&
    (turned ? Math.floor(outWidth / strides[1]) >= PLANES : strides[1] === 1 && outWidth >= PLANES);
  machine.perform(
    JobKind.grouped,
    [
      ...[batch, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels],
      ...[...kernel, ...strides, ...dilations, top, left],
      machine.addressOf(input),
      gate ? machine.addressOf(gate.values) : 0,
      gate ? activationCode[gate.activation] : 0,
      ...[machine.addressOf(job.filter), groups, turned ? 1 : 0, bias ? machine.addressOf(bias) : 0],
      ...[
        activationCode[activation],
        machine.addressOf(output),
        bandRows,
        bands,
        chunk,
        bundle,
        inPlanes ? 1 : 0,
      ],
    ],
    classes * batch * bands * Math.ceil(groups / chunk),
  );
}
