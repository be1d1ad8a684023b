import { activationCode, type Job } from './geometry';
import type { Machine } from './machine';

/** Where in its record a convolution says what it reads and what it gives. */
interface Places {
  /** Of input, gate, its activation and filter, which follow each other. */
  reads: number;
  /** Of bias, activation and output. */
  gives: number;
}

type Convolved = Pick<Job, 'input' | 'gate' | 'bias' | 'activation' | 'output'>;

/**
 * Writes into the fields of a record what no plan holds: addresses and activations.
 * @param filter address of the filter as the kernel reads it
 */
export function fillIn(
  fields: Int32Array,
  { reads, gives }: Places,
  machine: Machine,
  { input, gate, bias, activation, output }: Convolved,
  filter: number,
): void {
  fields[reads] = machine.addressOf(input);
  fields[reads + 1] = gate ? machine.addressOf(gate.values) : 0;
  fields[reads + 2] = gate ? activationCode[gate.activation] : 0;
  fields[reads + 3] = filter;
  fields[gives] = bias ? machine.addressOf(bias) : 0;
  fields[gives + 1] = activationCode[activation];
  fields[gives + 2] = machine.addressOf(output);
}
