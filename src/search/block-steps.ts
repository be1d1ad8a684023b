import type { Architecture } from '../training/architecture/architecture';
import { layoutOf } from '../training/architecture/parameter-layout';
import type { LayerProfile } from '../training/training-methods';
import { blocksOf } from './removals';
import type { BlockStep } from './search-state';

/**
 * What each block does to the spatial entropy, from the profile of the layers: a block is read at the last of its layers that was
 * measured, shortcuts apart. Blocks that were not measured are left out.
 */
export function blockSteps(architecture: Architecture, profile: readonly LayerProfile[]): BlockStep[] {
  const blockOf = new Map<string, string>();
  for (const layer of layoutOf(architecture).layers) {
    const isShortcut = layer.kind === 'convolution' && layer.shortcut;
    if (layer.block !== null && !isShortcut) blockOf.set(layer.name, layer.block);
  }
  const last = new Map<string, number>();
  profile.forEach(({ name }, index) => {
    const block = blockOf.get(name);
    if (block !== undefined) last.set(block, index);
  });
  const measured = blocksOf(architecture).flatMap(({ block }) => {
    const place = last.get(block.name);
    return place === undefined ? [] : [{ block: block.name, place, layer: profile[place] }];
  });
  return measured.map(({ block, layer, place }, index) => {
    const before = measured[index - 1]?.layer;
    // The profile tells the error of a step between neighbouring layers only.
    const isNeighbour = measured[index - 1]?.place === place - 1;
    return {
      block,
      entropy: layer.entropy,
      null: layer.null,
      fall: before ? before.entropy - layer.entropy : null,
      nullFall: before ? before.null - layer.null : null,
      error: isNeighbour ? layer.error : null,
    };
  });
}

/** How much a block superizes: the fall of the entropy, beyond that of the null model where that is asked for. */
export function superizationOf(step: BlockStep, beyondNull: boolean): number | null {
  if (step.fall === null || step.nullFall === null) return null;
  return beyondNull ? step.fall - step.nullFall : step.fall;
}
