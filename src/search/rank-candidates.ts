import { seededRandom } from '../semiotics/random';
import { layoutOf } from '../training/architecture/parameter-layout';
import { type costOf, costOfBlock } from '../training/architecture/training-cost';
import { blockSteps, superizationOf } from './block-steps';
import type { PlacedBlock } from './removals';
import type { BlockStep, Candidate, SearchOptions, SearchOrder, TriedNetwork } from './search-state';

/** Ranks blocks of one kind of change; the smallest rank is tried first. */
export interface RankRequest {
  order: SearchOrder;
  options: Pick<SearchOptions, 'direction' | 'beyondNull'>;
  /** The network whose blocks are removed, or to which they are added. */
  network: TriedNetwork;
  blocks: readonly PlacedBlock[];
  /** Costs of the blocks: of those to remove in the network itself, of those to add in the whole architecture. */
  costs: ReturnType<typeof costOf>;
  /** Of the random order: the run's seed and the number of the step. */
  seed: number;
  step: number;
}

/**
 * Candidates, first of all the one to try.
 *
 * To remove: the least superization, the smallest mean weight, the most parameters. To add: behind the block with the most
 * superization in its stage, behind the largest mean weight, the fewest parameters. Blocks of equal rank are tried by cost, the
 * dearest first when removing and the cheapest first when adding. What was not measured comes last.
 */
export function rankCandidates(request: RankRequest): Candidate[] {
  const { blocks, costs, options } = request;
  const ranks = rank[request.order](request);
  const sign = options.direction === 'prune' ? 1 : -1;
  const cost = (name: string) => costOfBlock(costs, name).multiplyAdds;
  return blocks
    .map(({ block, stage }, index): Candidate => ({ block: block.name, stage, rank: ranks[index] }))
    .sort((a, b) => compare(a.rank, b.rank) || sign * (cost(b.block) - cost(a.block)));
}

function compare(a: number | null, b: number | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a - b;
}

const rank: Record<SearchOrder, (request: RankRequest) => (number | null)[]> = {
  semiotic: ({ network, blocks, options }) => {
    const steps = blockSteps(network.architecture, network.profile);
    const superization = (step: BlockStep) => superizationOf(step, options.beyondNull);
    return ranksBy(network, blocks, options.direction, (name) => {
      const step = steps.find(({ block }) => block === name);
      return step ? superization(step) : null;
    });
  },
  l1: ({ network, blocks, options }) =>
    ranksBy(
      network,
      blocks,
      options.direction,
      (name) => network.filterNorms.find(({ block }) => block === name)?.norm ?? null,
    ),
  parameters: ({ blocks, costs, options }) =>
    blocks.map(({ block }) => {
      const { parameters } = costOfBlock(costs, block.name);
      return options.direction === 'prune' ? -parameters : parameters;
    }),
  taylor: ({ network, blocks, options }) =>
    ranksBy(network, blocks, options.direction, (name) => ofFilters(network, name, 'taylor')),
  scale: ({ network, blocks, options }) =>
    ranksBy(network, blocks, options.direction, (name) => ofFilters(network, name, 'scale')),
  uniform: ({ blocks }) => blocks.map(() => null),
  random: ({ blocks, seed, step }) => {
    const random = seededRandom(Math.imul(seed + 1, 0x9e3779b1) + step);
    return blocks.map(() => random.next());
  },
};

/** Mean of a measure over the filters of a block; null where it was not measured. */
function ofFilters(
  { architecture, filters = [] }: TriedNetwork,
  block: string,
  measure: 'taylor' | 'scale',
): number | null {
  const own = new Set(
    layoutOf(architecture).layers.flatMap((layer) => (layer.block === block ? [layer.name] : [])),
  );
  const values = filters.flatMap((each) => (own.has(each.group) ? (each[measure] ?? []) : []));
  return values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : null;
}

/** A block to remove ranks by its own value, a block to add by the largest value in its stage, turned round. */
function ranksBy(
  { architecture }: TriedNetwork,
  blocks: readonly PlacedBlock[],
  direction: SearchOptions['direction'],
  value: (block: string) => number | null,
): (number | null)[] {
  return blocks.map(({ block, stage }) => {
    if (direction === 'prune') return value(block.name);
    const values = architecture.stages[stage].blocks.flatMap(({ name }) => value(name) ?? []);
    return values.length > 0 ? -Math.max(...values) : null;
  });
}

/** The block whose step decides about a change in a stage: the block itself, or the one behind which it is added. */
export function decidingStep(
  network: TriedNetwork,
  { block, stage }: Candidate,
  options: Pick<SearchOptions, 'direction' | 'beyondNull'>,
): BlockStep | null {
  const steps = blockSteps(network.architecture, network.profile);
  if (options.direction === 'prune') return steps.find((step) => step.block === block) ?? null;
  const own = network.architecture.stages[stage].blocks.map(({ name }) => name);
  const strength = (step: BlockStep) => superizationOf(step, options.beyondNull) ?? Number.NEGATIVE_INFINITY;
  return steps
    .filter((step) => own.includes(step.block))
    .reduce<BlockStep | null>((best, step) => (best && strength(best) >= strength(step) ? best : step), null);
}
