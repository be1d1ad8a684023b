import type { Architecture } from '../../training/architecture/architecture';
import { IMAGE, type Layer, layoutOf } from '../../training/architecture/parameter-layout';

/**
 * Filters that can only go together: those of one convolution, or, where a residual sum adds the channels of several, filter `i` of
 * each of them.
 */
export interface FilterGroup {
  /** That of its first convolution. */
  name: string;
  /** Convolutions whose filters these are, in the order of the layers. */
  layers: string[];
  /** Index of the stage of the first of them. */
  stage: number;
  /** Filters of each. */
  filters: number;
}

/** What the channels of a layer's output are. */
export interface Channels {
  /** Name of the group that yields them; null for those of the picture and the units of dense layers. */
  group: string | null;
  /** Times that the group's filters follow one another: the places of a map that was flattened, else 1. */
  repeats: number;
}

export interface FilterLayout {
  groups: FilterGroup[];
  /** By the names of layers, and of the picture. */
  channels: ReadonlyMap<string, Channels>;
}

/**
 * The filters of an architecture in groups that go together, found along its layers: what does not mix channels hands them on, and a
 * sum ties those of its two sides (He et al. 2016; Li et al. 2017, section 3.3).
 * @throws ArchitectureError where it cannot be built
 */
export function filterLayout(architecture: Architecture): FilterLayout {
  const { layers } = layoutOf(architecture);
  const parent = new Map<string, string>();
  const rootOf = (name: string): string => {
    const up = parent.get(name) as string;
    return up === name ? name : rootOf(up);
  };
  const yields = new Map<string, { source: string | null; repeats: number }>([
    [IMAGE, { source: null, repeats: 1 }],
  ]);
  const shapes = new Map(layers.map(({ name, shape }) => [name, shape]));
  for (const layer of layers) {
    const read = layer.inputs.map((name) => yields.get(name) as { source: string | null; repeats: number });
    if (layer.kind === 'convolution') {
      parent.set(layer.name, layer.name);
      yields.set(layer.name, { source: layer.name, repeats: 1 });
    } else if (layer.kind === 'dense') {
      yields.set(layer.name, { source: null, repeats: 1 });
    } else {
      if (layer.kind === 'addition') tie(parent, rootOf, read);
      const [{ source }] = read;
      yields.set(layer.name, { source, repeats: repeatsOf(layer, read[0].repeats, shapes) });
    }
  }
  const named = groupsOf(architecture, layers, rootOf);
  const groupOf = new Map(named.flatMap((group) => group.layers.map((name) => [name, group.name])));
  const channels = new Map(
    [...yields].map(([name, { source, repeats }]): [string, Channels] => [
      name,
      { group: source === null ? null : (groupOf.get(source) as string), repeats },
    ]),
  );
  return { groups: named, channels };
}

/** The later convolution follows the earlier one; whatever adds to the picture itself cannot change width. */
function tie(
  parent: Map<string, string>,
  rootOf: (name: string) => string,
  sides: readonly { source: string | null }[],
): void {
  const roots = sides.flatMap(({ source }) => (source === null ? [] : [rootOf(source)]));
  const order = [...parent.keys()];
  roots.sort((a, b) => order.indexOf(a) - order.indexOf(b));
  for (const root of roots.slice(1)) parent.set(root, roots[0]);
}

function repeatsOf(layer: Layer, before: number, shapes: ReadonlyMap<string, number[]>): number {
  if (layer.kind !== 'join' || layer.by !== 'flatten') return before;
  const [height, width] = shapes.get(layer.inputs[0]) as number[];
  return height * width;
}

function groupsOf(
  { stages }: Architecture,
  layers: readonly Layer[],
  rootOf: (name: string) => string,
): FilterGroup[] {
  const stageOf = new Map(stages.flatMap(({ blocks }, stage) => blocks.map(({ name }) => [name, stage])));
  const groups = new Map<string, FilterGroup>();
  for (const { kind, name, block, shape } of layers) {
    if (kind !== 'convolution') continue;
    const root = rootOf(name);
    const group = groups.get(root);
    if (group) group.layers.push(name);
    else {
      const stage = stageOf.get(block as string) as number;
      groups.set(root, { name, layers: [name], stage, filters: shape[2] });
    }
  }
  return [...groups.values()];
}
