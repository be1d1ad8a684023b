import type { Weight } from '../network-graph';
import { type OperationSpec, shapeOf } from '../ops';
import { MisfitError, type Shape } from '../ops/operation';
import type { KnownShape } from './layer-config';

/** What an operation yields, where the file may leave the size of the picture open. */
export function knownShape(spec: OperationSpec<Weight>, inputs: readonly KnownShape[]): KnownShape {
  const open = () =>
    new Array<null>(
      rankOf(
        spec,
        inputs.map(({ length }) => length),
      ),
    ).fill(null);
  if (inputs.some((shape) => shape.includes(null))) return open();
  try {
    return shapeOf(spec, inputs as readonly Shape[]);
  } catch (error) {
    // Whoever builds the network says what does not fit.
    if (error instanceof MisfitError) return open();
    throw error;
  }
}

function rankOf(spec: OperationSpec<Weight>, ranks: readonly number[]): number {
  if (spec.type === 'reshape') return spec.shape.length;
  if (spec.type === 'axes') return ranks[0] - spec.removed.length + spec.inserted.length;
  if (spec.type === 'reduce' && !spec.keep) return ranks[0] - spec.axes.length;
  if (spec.type === 'embedding') return ranks[0] + 1;
  return Math.max(...ranks);
}
