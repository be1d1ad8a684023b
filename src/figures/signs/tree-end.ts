import type { SignTree } from '../../semiotics';
import type { TreeData } from './superization-tree-data';

/** Narrowest column in pixels in which a crop is known for what it is and its share of the mass can stand below it. */
const NARROWEST = 44;

/** How many layers a tree can show in so many pixels. */
export const layersWithin = (pixels: number) => Math.max(2, Math.floor(pixels / NARROWEST));

/** The last layers of a tree, its root's the very last: what stands before them is left out. */
export function treeEnd(data: TreeData, count: number): TreeData {
  const end = data.tree.layer + 1;
  const first = Math.max(0, end - count);
  const later = (tree: SignTree): SignTree => ({
    ...tree,
    layer: tree.layer - first,
    children: tree.children.filter(({ layer }) => layer >= first).map(later),
  });
  return {
    ...data,
    layers: data.layers.slice(first, end),
    tree: later(data.tree),
    outline: ({ layer, sign }) => data.outline({ layer: layer + first, sign }),
  };
}
