import type { Shape } from '../ops/operation';
import type { Plan, PlannedNode } from '../optimise';
import { attentionAtOnce } from './attention-at-once';
import { denseAtOnce } from './dense-at-once';
import type { PlannedAtOnce } from './planned';
import { rowsAtOnce } from './rows-at-once';
import { sumAtOnce } from './sum-at-once';

/**
 * What of a network can be computed at once where nothing of what lies between is asked for: attention, rows of
 * which some alone are read, dense layers with the smooth function behind them, and convolutions with the sum behind them. No node belongs to two of them.
 */
export function foundAtOnce({ nodes, output }: Plan, shapes: ReadonlyMap<string, Shape>): PlannedAtOnce[] {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const readers = new Map<string, PlannedNode[]>();
  for (const node of nodes) {
    for (const input of new Set(node.inputs)) readers.set(input, [...(readers.get(input) ?? []), node]);
  }
  const plan = { byName, readers, shapes, output };
  const isInside = (name: string) => name === output || readers.get(name)?.length !== 1;
  const taken = new Set<string>();
  const denseInside = (node: PlannedNode) => {
    const dense = denseAtOnce(node, plan);
    return dense && isInside(dense.skips[0]) ? null : dense;
  };
  const finders: ((node: PlannedNode) => PlannedAtOnce | null)[] = [
    (node) => attentionAtOnce(node, plan),
    (node) => rowsAtOnce(node, plan, taken),
    denseInside,
    (node) => sumAtOnce(node, plan),
  ];
  return finders.flatMap((find) =>
    nodes.flatMap((node) => {
      const found = find(node);
      if (!found || [found.name, ...found.skips].some((name) => taken.has(name))) return [];
      for (const name of [found.name, ...found.skips]) taken.add(name);
      return [found];
    }),
  );
}
