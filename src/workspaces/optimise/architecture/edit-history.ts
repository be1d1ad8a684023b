/** What something was, is, and was before it was taken back. */
export interface EditHistory<State> {
  readonly past: readonly State[];
  readonly present: State;
  readonly future: readonly State[];
}

/** Steps that can be taken back. */
const LONGEST = 200;

export const newHistory = <State>(present: State): EditHistory<State> => ({ past: [], present, future: [] });

/** A new state; what had been taken back is gone. */
export function edited<State>({ past, present }: EditHistory<State>, next: State): EditHistory<State> {
  return { past: [...past, present].slice(-LONGEST), present: next, future: [] };
}

/** One step back; the same history at the beginning. */
export function undone<State>(history: EditHistory<State>): EditHistory<State> {
  const { past, present, future } = history;
  if (past.length === 0) return history;
  return { past: past.slice(0, -1), present: past[past.length - 1], future: [present, ...future] };
}

/** One step forth again; the same history at the end. */
export function redone<State>(history: EditHistory<State>): EditHistory<State> {
  const { past, present, future } = history;
  if (future.length === 0) return history;
  return { past: [...past, present], present: future[0], future: future.slice(1) };
}
