import { trainer } from '../../../engine/engine-client';
import { sourceOf } from '../../../models/networks';
import type { Architecture } from '../../../training/architecture/architecture';
import type { NamedWeight } from '../../../training/architecture/named-weight';
import type { OptimiseSettings } from '../optimise-settings';

/**
 * The weights that a training begins with, as far as the network named by the setting `start` has them; null for random ones.
 * @throws Error where that network has nothing that fits
 */
export async function startWeights(
  architecture: Architecture,
  { start }: OptimiseSettings,
  signal: AbortSignal,
): Promise<NamedWeight[] | null> {
  if (start === 'random') return null;
  const { weights, fitted } = await trainer.call(
    'startingWeights',
    { architecture, network: sourceOf(start) },
    { signal },
  );
  if (fitted.length === 0) {
    throw new Error(
      `${start} has no layer whose name and shape fit ${architecture.title}; start from random weights, or choose its own architecture`,
    );
  }
  return weights;
}
