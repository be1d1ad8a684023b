import type { TokenPlaces } from './token-places';

/** One attention of a network, in the order in which they are computed. */
export interface AttentionBlock {
  /** Node that yields the probabilities P, [heads, N, N]. */
  readonly probabilities: number;
  /** Node of the residual stream behind the block, [N, channels]. */
  readonly stream: number;
  readonly places: TokenPlaces;
}
