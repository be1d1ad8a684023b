/**
 * What the threads share. A task is claimed by counting `left` down: between two jobs it is never positive, so a
 * thread that comes late finds nothing to do, whatever it saw of the job before.
 */
// @ts-ignore: decorator
@unmanaged
export class Board {
  /** Counts the jobs; threads sleep on it. */
  jobs: i32;
  /** Tasks of the job not yet claimed. */
  left: i32;
  /** Tasks of the job not yet done; whoever gave out the job sleeps on it. */
  open: i32;
  /** Kind of the job and its record. */
  kind: i32;
  record: usize;
}

export const JOBS: usize = offsetof<Board>('jobs');
export const LEFT: usize = offsetof<Board>('left');
export const OPEN: usize = offsetof<Board>('open');

/** Looks at a number before sleeping on it, about a fifth of a millisecond: two jobs of a network are seldom further apart, and a wake-up takes as long as a small job. */
export const LOOKS: i32 = 400_000;

/** Nanoseconds of a wait for the tasks of others, and how many of these in a row may pass without the end of any. */
export const QUIET: i64 = 100_000_000;
export const MOST_QUIET: i32 = 30;
/** What a wait says when its time was over. */
export const TIMED_OUT: i32 = 2;
