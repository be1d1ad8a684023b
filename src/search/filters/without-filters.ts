import type { Architecture, Block } from '../../training/architecture/architecture';
import type { NamedWeight } from '../../training/architecture/named-weight';
import {
  type Layer,
  layoutOf,
  type WeightShape,
  weightShapesOf,
} from '../../training/architecture/parameter-layout';
import { type Channels, filterLayout } from './filter-groups';

/** Filters by the name of their group, counted from 0. */
export type RemovedFilters = ReadonlyMap<string, readonly number[]>;

/**
 * The architecture without some filters: an ordinary one with narrower blocks. Shortcuts that are convolutions stay, also where the
 * widths on both sides have become the same.
 * @throws ArchitectureError where a group would lose all its filters
 */
export function withoutFilters(architecture: Architecture, removed: RemovedFilters): Architecture {
  const { layers } = layoutOf(architecture);
  const { groups } = filterLayout(architecture);
  const left = new Map(
    groups.flatMap(({ name, layers: own, filters }) =>
      own.map((layer) => [layer, filters - (removed.get(name)?.length ?? 0)] as const),
    ),
  );
  const isProjected = new Set(
    layers.flatMap((layer) => (layer.kind === 'convolution' && layer.shortcut ? [layer.block] : [])),
  );
  const narrower = (block: Block): Block => {
    if (block.kind !== 'residual') return { ...block, width: left.get(block.name) as number };
    const { kind, name } = block;
    const [inner, width] = [`${name}_a`, `${name}_b`].map((layer) => left.get(layer) as number);
    return {
      kind,
      name,
      width,
      ...(inner !== width && { inner }),
      ...(isProjected.has(name) && { projected: true as const }),
    };
  };
  const narrow = {
    ...architecture,
    stages: architecture.stages.map((stage) => ({ ...stage, blocks: stage.blocks.map(narrower) })),
  };
  layoutOf(narrow);
  return narrow;
}

/**
 * The weights that are left when filters go: their rows in what they are made by, their columns in all that reads them. What the
 * smaller network computes is what the whole one would, were the removed channels 0.
 * @param weights of `architecture`, all of them
 */
export function weightsWithoutFilters(
  architecture: Architecture,
  weights: readonly NamedWeight[],
  removed: RemovedFilters,
): NamedWeight[] {
  const layout = layoutOf(architecture);
  const { channels, groups } = filterLayout(architecture);
  const filtersOf = new Map(groups.map(({ name, filters }) => [name, filters]));
  const byName = new Map(weights.map((weight) => [weight.name, weight]));
  /** Indices that stay, among the channels that a layer hands on; null for all. */
  const staying = (layer: string): number[] | null => {
    const { group, repeats } = channels.get(layer) as Channels;
    const gone = group === null ? undefined : removed.get(group);
    if (group === null || !gone) return null;
    const filters = filtersOf.get(group) as number;
    const kept = Array.from({ length: filters }, (_, i) => i).filter((i) => !gone.includes(i));
    return Array.from({ length: repeats }, (_, place) => kept.map((i) => place * filters + i)).flat();
  };
  const partOf = (layer: Layer, { name, shape, role }: WeightShape): NamedWeight => {
    const whole = byName.get(name) as NamedWeight;
    const outputs = staying(layer.name);
    if (role === 'depthwise') return taken({ ...whole, shape }, outputs, null);
    const reads = role === 'filter' || role === 'matrix';
    return taken({ ...whole, shape }, reads ? staying(layer.inputs[0]) : null, outputs);
  };
  const parts = layout.layers.flatMap((layer) => layer.weights.map((weight) => partOf(layer, weight)));
  return weightShapesOf(layout).map(({ name }, i) => ({ ...parts[i], name }));
}

/** Rows of the last axis but one, where it is read by, and of the last one. */
function taken(weight: NamedWeight, inputs: number[] | null, outputs: number[] | null): NamedWeight {
  if (!inputs && !outputs) return weight;
  const { name, shape, values } = weight;
  const columns = shape[shape.length - 1];
  const rows = shape.length > 1 ? shape[shape.length - 2] : 1;
  const blocks = values.length / (rows * columns);
  const [chosenRows, chosenColumns] = [inputs ?? range(rows), outputs ?? range(columns)];
  const part = new Float32Array(blocks * chosenRows.length * chosenColumns.length);
  let next = 0;
  for (let block = 0; block < blocks; block++) {
    for (const row of chosenRows) {
      for (const column of chosenColumns) part[next++] = values[(block * rows + row) * columns + column];
    }
  }
  const leading = shape.length > 1 ? [...shape.slice(0, -2), chosenRows.length] : [];
  return { name, shape: [...leading, chosenColumns.length], values: part };
}

const range = (length: number) => Array.from({ length }, (_, i) => i);
