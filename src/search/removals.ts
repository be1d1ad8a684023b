import { type Architecture, ArchitectureError, type Block } from '../training/architecture/architecture';
import { layoutOf } from '../training/architecture/parameter-layout';

/** A block with its place. */
export interface PlacedBlock {
  block: Block;
  /** Index of the stage. */
  stage: number;
}

export const blocksOf = ({ stages }: Architecture): PlacedBlock[] =>
  stages.flatMap(({ blocks }, stage) => blocks.map((block) => ({ block, stage })));

/**
 * Blocks that may be taken out: not the first of the network, not the last of a stage that changes size, and none without which
 * the rest could not be built. Residual blocks go as a whole.
 */
export function removableBlocks(architecture: Architecture): PlacedBlock[] {
  const all = blocksOf(architecture);
  return all.filter(({ block, stage }, index) => {
    const { blocks, shrink } = architecture.stages[stage];
    const endsStage = block === blocks.at(-1) && shrink !== 'none';
    return index > 0 && !endsStage && canBeBuilt(withoutBlock(architecture, block.name));
  });
}

/** The architecture without a block; a stage that is left empty goes with it. */
export function withoutBlock(architecture: Architecture, name: string): Architecture {
  const stages = architecture.stages
    .map((stage) => ({ ...stage, blocks: stage.blocks.filter((block) => block.name !== name) }))
    .filter(({ blocks }) => blocks.length > 0);
  return { ...architecture, stages };
}

/** One block a stage: the first, in the order of the architecture. */
export function oneBlockAStage(architecture: Architecture): Architecture {
  return {
    ...architecture,
    stages: architecture.stages.map((stage) => ({ ...stage, blocks: stage.blocks.slice(0, 1) })),
  };
}

/** For every stage that has fewer blocks than `whole` has there, the next one, by place. */
export function addableBlocks(architecture: Architecture, whole: Architecture): PlacedBlock[] {
  const present = new Set(blocksOf(architecture).map(({ block }) => block.name));
  return whole.stages.flatMap(({ blocks }, stage) => {
    const next = blocks.find(({ name }) => !present.has(name));
    return next ? [{ block: next, stage }] : [];
  });
}

/** The architecture with a block of `whole` in its place. Both have the same stages. */
export function withBlock(architecture: Architecture, whole: Architecture, name: string): Architecture {
  const present = new Set([name, ...blocksOf(architecture).map(({ block }) => block.name)]);
  return {
    ...architecture,
    stages: whole.stages.map((stage) => ({
      ...stage,
      blocks: stage.blocks.filter((block) => present.has(block.name)),
    })),
  };
}

export function canBeBuilt(architecture: Architecture): boolean {
  try {
    layoutOf(architecture);
    return true;
  } catch (error) {
    if (error instanceof ArchitectureError) return false;
    throw error;
  }
}
