/** Filters that go together in one step, by group. */
export interface ShrunkGroup {
  group: string;
  /** By number, from 0. */
  filters: number[];
}

/** What a step is to save; `both`: the mean of the shares of parameters and of multiply-adds. */
export const cutCosts = ['both', 'parameters', 'multiply-adds'] as const;
export type CutCost = (typeof cutCosts)[number];

/** How much a step takes. */
export interface Cut {
  /** Share of the cost that a step takes at least, where that much may go. */
  cut: number;
  /** Default `both`. */
  of?: CutCost;
  /** Largest share of the filters of one group that go in one step. */
  most: number;
}

/** By the names of the groups. */
export const removedOf = (groups: readonly ShrunkGroup[]): Map<string, number[]> =>
  new Map(groups.map(({ group, filters }) => [group, filters]));
