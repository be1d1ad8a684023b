import type { Weight } from '../network-graph';
import { axesShape } from '../ops/axes';
import { type Shape, sizeOf } from '../ops/operation';
import { reshapeShape } from '../ops/reshape';
import { sliceBlocks } from '../ops/slice';
import type { PlannedNode } from '../optimise';

/** How the numbers of a tensor lie in another one, which holds them already: number i of axis a lies i * steps[a] behind the first. */
export interface Lay {
  readonly shape: Shape;
  readonly steps: readonly number[];
  readonly begin: number;
}

/** What a node yields, as numbers of an earlier node that lie there in another order, all times a factor. */
export interface View extends Lay {
  readonly source: string;
  readonly scale: number;
  /** The nodes on the way, which need not be computed. */
  readonly through: readonly string[];
}

/** Steps of a tensor whose numbers follow one another. */
export function stepsOf(shape: Shape): number[] {
  const steps = shape.map(() => 1);
  for (let axis = shape.length - 2; axis >= 0; axis--) steps[axis] = steps[axis + 1] * shape[axis + 1];
  return steps;
}

export const wholeLay = (shape: Shape): Lay => ({ shape, steps: stepsOf(shape), begin: 0 });

/** Whether the numbers follow one another. */
export function followsOn({ shape, steps, begin }: Lay): boolean {
  const expected = stepsOf(shape);
  return begin === 0 && shape.every((size, axis) => size === 1 || steps[axis] === expected[axis]);
}

/** The same numbers in another shape; null where no steps tell how they lie. */
export function reshaped({ shape, steps, begin }: Lay, to: Shape): Lay | null {
  const axes = shape.flatMap((size, axis) => (size === 1 ? [] : [{ size, step: steps[axis] }]));
  const own: number[] = [];
  let [at, left] = [0, to.length];
  while (left > 0) {
    // Axes of both that hold the same numbers.
    const first = to.length - left;
    let [inNew, used] = [to[first], 1];
    left--;
    if (inNew === 1) {
      own.push(0);
      continue;
    }
    let [inOld, taken] = [axes[at]?.size ?? 0, 1];
    while (inNew !== inOld) {
      if (inNew < inOld) {
        inNew *= to[first + used];
        used++;
        left--;
      } else {
        inOld *= axes[at + taken]?.size ?? 0;
        taken++;
      }
      if (!(inNew > 0 && inOld > 0)) return null;
    }
    const group = axes.slice(at, at + taken);
    if (group.some(({ step }, i) => i > 0 && group[i - 1].step !== step * group[i].size)) return null;
    const parts = to.slice(first, first + used);
    const inner = group[taken - 1].step;
    own.push(...stepsOf(parts).map((step) => step * inner));
    at += taken;
  }
  return { shape: to, steps: own, begin };
}

/** How what a node yields lies in what it reads; null where its numbers are others. */
export function laidAnew({ spec }: PlannedNode, lay: Lay): Lay | null {
  switch (spec.type) {
    case 'identity':
      return lay;
    case 'reshape':
      return reshaped(lay, reshapeShape(spec, [lay.shape]));
    case 'axes':
      return reshaped(lay, axesShape(spec, [lay.shape]));
    case 'transpose':
      return {
        shape: spec.permutation.map((axis) => lay.shape[axis]),
        steps: spec.permutation.map((axis) => lay.steps[axis]),
        begin: lay.begin,
      };
    case 'slice': {
      const blocks = sliceBlocks(spec, lay.shape);
      if (blocks.some(({ step }) => step < 1)) return null;
      return {
        shape: blocks.map(({ count }) => count),
        steps: blocks.map(({ step }, axis) => step * lay.steps[axis]),
        begin: blocks.reduce((begin, { from }, axis) => begin + from * lay.steps[axis], lay.begin),
      };
    }
    default:
      return null;
  }
}

/** The factor of a node that does nothing but multiply all by one number; else null. */
export function factorOf({ spec }: PlannedNode): number | null {
  if (spec.type !== 'affine' || spec.shift !== null || spec.scale === null) return null;
  return isOneNumber(spec.scale) ? spec.scale.read()[0] : null;
}

export const isOneNumber = (weight: Weight) => sizeOf(weight.shape) === 1;

/** The nodes of a plan by name, with the shapes of all and of the input. */
export interface Named {
  readonly byName: ReadonlyMap<string, PlannedNode>;
  readonly shapes: ReadonlyMap<string, Shape>;
}

/**
 * Where the numbers of a node lie, as far back as steps tell.
 * @param closed nodes that are looked at as they are
 */
export function viewOf(name: string, nodes: Named, closed: ReadonlySet<string>): View {
  const whole = (): View => ({
    ...wholeLay(nodes.shapes.get(name) as Shape),
    ...{ source: name, scale: 1, through: [] },
  });
  const node = nodes.byName.get(name);
  if (node?.inputs.length !== 1 || closed.has(name)) return whole();
  const before = viewOf(node.inputs[0], nodes, closed);
  const factor = factorOf(node);
  const through = [...before.through, name];
  if (factor !== null) return { ...before, scale: before.scale * factor, through };
  const lay = laidAnew(node, before);
  return lay ? { ...before, ...lay, through } : whole();
}
