import type { Network } from '../network/network';
import type { ReadNode } from '../network/run-network';
import { type Explained, explainedOf, type Kept } from '../network/targets/explained';
import type { Score } from '../network/targets/score';
import type { Target } from '../network/targets/target';

interface ExplainedOnce {
  /** Called once the picture has run through the network. */
  choose(read: ReadNode): Promise<Score>;
  /** What was chosen; only after `choose`. */
  result(): { target: number | null; value: number };
}

/** Finds what a run explains, and lets `onOutputs` read the same outputs. */
export function explainedOnce(
  network: Network,
  target: Target | Kept,
  onOutputs?: (read: ReadNode) => Promise<void>,
): ExplainedOnce {
  let explained: Explained | null = null;
  return {
    async choose(read) {
      explained = await explainedOf(network, target, read);
      await onOutputs?.(read);
      return explained.score;
    },
    result() {
      const { index, value } = explained as unknown as Explained;
      return { target: index, value };
    },
  };
}
