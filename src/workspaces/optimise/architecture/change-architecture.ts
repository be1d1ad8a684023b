import type { Architecture, Block, Stage } from '../../../training/architecture/architecture';
import { withNames } from './architecture-text';

/** Where a block stands. */
export interface BlockPlace {
  stage: number;
  block: number;
}

/** The places of all blocks in the order in which a picture passes them. */
export const placesOf = ({ stages }: Architecture): BlockPlace[] =>
  stages.flatMap(({ blocks }, stage) => blocks.map((_, block) => ({ stage, block })));

export const blockAt = ({ stages }: Architecture, { stage, block }: BlockPlace): Block | undefined =>
  stages[stage]?.blocks[block];

/** Widths that the keys step through; others can be typed. */
const ladder = [
  1, 2, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024, 1536, 2048, 4096,
];

/** The next width up or down the ladder; at its ends the width itself. */
export function widthStep(width: number, direction: 1 | -1): number {
  const steps = direction > 0 ? ladder.filter((each) => each > width) : ladder.filter((each) => each < width);
  return (direction > 0 ? steps[0] : steps.at(-1)) ?? width;
}

function withStages(architecture: Architecture, change: (stages: Stage[]) => void): Architecture {
  const copy = structuredClone(architecture);
  change(copy.stages);
  return withNames(copy);
}

/** The block with something about it changed; residual and separable blocks have filters of their own sizes. */
export function withBlock(
  architecture: Architecture,
  { stage, block }: BlockPlace,
  change: { width?: number; kind?: Block['kind']; size?: 1 | 3 | 5 | 7 },
): Architecture {
  return withStages(architecture, (stages) => {
    const before = stages[stage].blocks[block];
    const kind = change.kind ?? before.kind;
    const width = change.width ?? before.width;
    const size = change.size ?? (before.kind === 'convolution' ? before.size : 3);
    stages[stage].blocks[block] =
      kind === 'convolution' ? { kind, name: before.name, width, size } : { kind, name: before.name, width };
  });
}

/** A block like the one at a place, behind it. */
export const withBlockBehind = (architecture: Architecture, { stage, block }: BlockPlace): Architecture =>
  withStages(architecture, (stages) => {
    stages[stage].blocks.splice(block + 1, 0, { ...stages[stage].blocks[block] });
  });

/** Without the block; with it goes a stage that would be empty. The last block of all stays. */
export function withoutBlock(architecture: Architecture, { stage, block }: BlockPlace): Architecture {
  if (placesOf(architecture).length === 1) return architecture;
  return withStages(architecture, (stages) => {
    stages[stage].blocks.splice(block, 1);
    if (stages[stage].blocks.length === 0) stages.splice(stage, 1);
  });
}

/** Another stage at the end, of one block twice as wide as the last one; the stage before it now shrinks. */
export const withStageBehind = (architecture: Architecture, stage: number): Architecture =>
  withStages(architecture, (stages) => {
    const before = stages[stage];
    const block = before.blocks.at(-1) as Block;
    const shrink = before.shrink;
    if (shrink === 'none') before.shrink = 'max';
    stages.splice(stage + 1, 0, {
      blocks: [{ ...block, width: Math.min(4096, block.width * 2) }],
      shrink: stage === stages.length - 1 ? shrink : before.shrink,
    });
  });

/** Without a whole stage; the last of them stays. */
export function withoutStage(architecture: Architecture, stage: number): Architecture {
  if (architecture.stages.length === 1) return architecture;
  return withStages(architecture, (stages) => {
    stages.splice(stage, 1);
  });
}

export const withShrink = (
  architecture: Architecture,
  stage: number,
  shrink: Stage['shrink'],
): Architecture =>
  withStages(architecture, (stages) => {
    stages[stage].shrink = shrink;
  });

/** The place nearest to one that may be gone. */
export function nearestPlace(architecture: Architecture, { stage, block }: BlockPlace): BlockPlace {
  const at = Math.max(0, Math.min(stage, architecture.stages.length - 1));
  return { stage: at, block: Math.max(0, Math.min(block, architecture.stages[at].blocks.length - 1)) };
}
