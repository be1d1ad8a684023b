import type { Network } from '../network/network';
import { SaliencyError } from './saliency-error';

/**
 * Some operations are known by their value and gradient only.
 * @throws SaliencyError for a network that has one of them, where a method needs more
 */
export function assertMovesKnown({ nodes }: Pick<Network, 'nodes'>): void {
  const opaque = nodes.find(({ isOpaque }) => isOpaque);
  if (!opaque) return;
  throw new SaliencyError(
    `This method needs to know how every layer moves with its input, which is not known of “${opaque.name}” in this network. Choose another method.`,
  );
}
