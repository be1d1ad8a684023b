import type { Machine } from './machine';

/** A job as it is for all maps of one size, but for addresses and activations. */
export interface Plan {
  readonly machine: Machine;
  /** The fields of its record, into which the rest is written. */
  readonly fields: Int32Array;
  readonly tasks: number;
}

/** What is kept of the jobs of one convolution over maps of one size, by who asks for many of them. */
export interface Plans {
  forward?: Plan;
  /** Of the gradient towards its input. */
  turned?: Plan;
}

/**
 * The plan of a job, worked out once where plans are kept. To work one out leaves more behind than a small kernel reads, and what it leaves
 * has to be written to memory that is in no cache.
 */
export function planned(
  plans: Plans | undefined,
  machine: Machine,
  turned: boolean,
  work: () => { fields: readonly number[]; tasks: number },
): Plan {
  const way = turned ? 'turned' : 'forward';
  const known = plans?.[way];
  if (known?.machine === machine) return known;
  const { fields, tasks } = work();
  const plan = { machine, fields: Int32Array.from(fields), tasks };
  if (plans) plans[way] = plan;
  return plan;
}
