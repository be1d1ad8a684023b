import type { Architecture } from '../../training/architecture/architecture';
import type { NamedWeight } from '../../training/architecture/named-weight';
import { filterLayout } from './filter-groups';
import type { FilterMeasures } from './filter-measures';

/**
 * What the weights alone tell of every filter: its mean absolute weight (Li et al. 2017 rank by the sum, which is the same within a
 * layer) and, where there is batch normalisation, the mean absolute scale behind it.
 */
export function weightMeasures(
  architecture: Architecture,
  weights: readonly NamedWeight[],
): FilterMeasures[] {
  const byName = new Map(weights.map(({ name, values }) => [name, values]));
  return filterLayout(architecture).groups.map(({ name: group, layers, filters }) => {
    const norms = layers.map((layer) => meansByColumn(byName.get(`${layer}/filter`), filters));
    const scales = layers.flatMap((layer) => {
      const scale = byName.get(`${layer}/scale`);
      return scale ? [Array.from(scale, Math.abs)] : [];
    });
    return {
      group,
      norm: meanOf(norms),
      ...(scales.length > 0 && { scale: meanOf(scales) }),
    };
  });
}

/** Mean absolute value of every column of [..., columns]. */
function meansByColumn(values: Float32Array | undefined, columns: number): number[] {
  if (!values) throw new Error('A convolution has no filter.');
  const sums = new Float64Array(columns);
  for (let i = 0; i < values.length; i++) sums[i % columns] += Math.abs(values[i]);
  return Array.from(sums, (sum) => (sum * columns) / values.length);
}

const meanOf = (rows: readonly (readonly number[])[]): number[] =>
  rows[0].map((_, i) => rows.reduce((sum, row) => sum + row[i], 0) / rows.length);
