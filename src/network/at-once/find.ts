import type { Shape } from '../ops/operation';
import type { Plan, PlannedNode } from '../optimise';
import { attentionAtOnce } from './attention-at-once';
import { denseAtOnce } from './dense-at-once';
import type { PlannedAtOnce } from './planned';
import { sumAtOnce } from './sum-at-once';

/**
 * What of a network can be computed at once where nothing of what lies between is asked for: attention, dense layers with the
 * smooth function behind them, and convolutions with the sum behind them. No node belongs to two of them.
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
  return nodes.flatMap((node) => {
    const dense = denseAtOnce(node, plan);
    if (dense && isInside(dense.skips[0])) return [];
    const found = dense ?? sumAtOnce(node, plan) ?? attentionAtOnce(node, plan);
    if (!found || [found.name, ...found.skips].some((name) => taken.has(name))) return [];
    for (const name of [found.name, ...found.skips]) taken.add(name);
    return [found];
  });
}
