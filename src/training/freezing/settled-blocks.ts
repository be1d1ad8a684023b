import type { Architecture } from '../architecture/architecture';
import { type Layer, layoutOf } from '../architecture/parameter-layout';
import type { EpochReport, Freezing, LayerEntropy } from '../training-methods';

/** Epochs that a layer must have settled for, and the share of the epochs after which the clock begins, unless told otherwise. */
export const freezingDefaults = { epochs: 3, from: 0.3 } as const;

/**
 * The blocks that are frozen once some epochs are over, from the front on; never the last one, so that something learns.
 *
 * By entropy: a layer has settled when its mean entropy, over the last epochs, moved by less than the standard error of the newest
 * mean (after the abstract of Musat and Andonie 2022, whose full text was not at hand), and a block when all its layers have. By the
 * clock: as many blocks as time has passed, evenly from a share of the epochs on (after Brock et al., FreezeOut, 2017). What is
 * frozen stays so.
 * @param epochs those that are over, with their entropies where the rule goes by these
 */
export function frozenBlocks(
  architecture: Architecture,
  freezing: Freezing,
  epochs: readonly EpochReport[],
  all: number,
): string[] {
  const blocks = architecture.stages.flatMap(({ blocks: own }) => own.map(({ name }) => name));
  const before = epochs.at(-2)?.frozen ?? [];
  const most = blocks.length - 1;
  if (freezing.by === 'clock') {
    const passed = (epochs.length / all - freezing.from) / (1 - freezing.from);
    const count = Math.min(most, Math.floor(blocks.length * Math.max(0, passed)));
    return blocks.slice(0, Math.max(count, before.length));
  }
  const layers = layersOf(architecture);
  const hasSettled = (block: string) =>
    (layers.get(block) ?? []).every((layer) => isSettled(layer, freezing.epochs, epochs));
  let count = before.length;
  while (count < most && hasSettled(blocks[count])) count += 1;
  return blocks.slice(0, count);
}

/** The convolutions of every block that are measured. */
function layersOf(architecture: Architecture): Map<string, string[]> {
  const byBlock = new Map<string, string[]>();
  const isMeasured = ({ kind }: Layer) => kind === 'convolution' || kind === 'depthwise';
  for (const layer of layoutOf(architecture).layers) {
    if (layer.block === null || !isMeasured(layer)) continue;
    byBlock.set(layer.block, [...(byBlock.get(layer.block) ?? []), layer.name]);
  }
  return byBlock;
}

function isSettled(name: string, count: number, epochs: readonly EpochReport[]): boolean {
  const own = epochs
    .slice(-count)
    .flatMap(({ settling }) => settling?.find((layer: LayerEntropy) => layer.name === name) ?? []);
  if (own.length < count) return false;
  const means = own.map(({ entropy }) => entropy);
  return Math.max(...means) - Math.min(...means) < own[own.length - 1].error;
}
