import { type RandomisationOrder, randomisationOrders } from '../randomisation-steps';
import type { TrustMeasure } from './trust-measures';

/** The orders of randomising whose measures are asked for. */
export const ordersAsked = (measures: readonly TrustMeasure[]): RandomisationOrder[] =>
  randomisationOrders.filter((order) => measures.includes(mprtOf(order)));

export const mprtOf = (order: RandomisationOrder) => `mprt-${order}` as const satisfies TrustMeasure;

/**
 * The model parameter randomisation test in one number (Adebayo et al. 2018; Hedström et al. 2023): the mean over all steps of the rank
 * correlation of a map with the trained network's. A map that is the same everywhere, on which nothing of the trained one is left,
 * counts as 0; null where the trained map itself has no ranks.
 */
export const meanLikeness = (similarity: readonly (number | null)[]): number | null =>
  similarity.every((value) => value === null)
    ? null
    : similarity.reduce((sum: number, value) => sum + (value ?? 0), 0) / similarity.length;
