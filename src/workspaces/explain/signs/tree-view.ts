import type { SignMeasurement } from '../../../engine/measure/measure-methods';
import { type LayerSpan, RIGHT_GUTTER, rootRanks, type TreeData, type treeLayout } from '../../../figures';
import { finalSign, type SignRef, type SignTree, superizationForest } from '../../../semiotics';
import type { ExplainState } from '../../../state/explain-store';
import { signName } from './flow-view';
import { outlinesOf } from './layer-outlines';

export type ShownTree = Pick<ExplainState, 'analysis' | 'signs'>;

export const sameSign = (a: SignRef | null, b: SignRef | null) =>
  a?.layer === b?.layer && a?.sign === b?.sign;

const known = new WeakMap<SignMeasurement, { roots: SignTree[]; trees: SignTree[] }>();

/** The superization trees of all signs; greatest root first. */
function forestOf(signs: SignMeasurement) {
  const found = known.get(signs);
  if (found) return found;
  const { roots, dissolved } = superizationForest(signs.linked);
  const forest = {
    roots: [...roots].sort((a, b) => shareOf(signs, b) - shareOf(signs, a) || a.sign - b.sign),
    trees: [...roots, ...dissolved],
  };
  known.set(signs, forest);
  return forest;
}

const shareOf = ({ layers }: SignMeasurement, { layer, sign }: SignRef) => layers[layer].signs[sign].share;

/** All signs of a tree, the root first. */
export function signsOfTree(tree: SignTree): SignTree[] {
  const all = [tree];
  for (const sign of all) all.push(...sign.children);
  return all;
}

/** How far a tree wider than its room is scrolled, in pixels: its root, which stands furthest right, is at the end of what is in sight. */
export function scrolledToRoot(
  { axis, signs: [root] }: Pick<ReturnType<typeof treeLayout>, 'axis' | 'signs'>,
  room: number,
): number {
  return Math.max(0, axis.x(root.sign.layer) + axis.step / 2 + RIGHT_GUTTER - room);
}

/** The tree under a sign. */
export function treeUnder(signs: SignMeasurement, ref: SignRef): SignTree | null {
  const final = finalSign(signs.linked, ref);
  const tree = forestOf(signs).trees.find((root) => sameSign(root, final));
  return (tree && signsOfTree(tree).find((sign) => sameSign(sign, ref))) ?? null;
}

/**
 * The tree as columns show it that some layers share: a sign of a layer without a column gives way to its parts, and what emerges within a column is not seen.
 * The root stays.
 */
export function withoutFolded(tree: SignTree, { columns }: LayerSpan): SignTree {
  if (!columns) return tree;
  const shown = new Set(columns);
  const seen = (sign: SignTree): SignTree[] => {
    const children = sign.children.flatMap(seen);
    return shown.has(sign.layer) ? [{ ...sign, children }] : children;
  };
  return { ...tree, children: tree.children.flatMap(seen) };
}

/** What to show where nothing is chosen: the greatest sign the decision rests on, else the last and greatest that dissolves. */
export function greatestTree(signs: SignMeasurement): SignRef | null {
  const { roots, trees } = forestOf(signs);
  const by = (a: SignTree, b: SignTree) => b.layer - a.layer || shareOf(signs, b) - shareOf(signs, a);
  return roots[0] ?? [...trees].sort(by)[0] ?? null;
}

/** The signs whose tree can be asked for: those the decision rests on, and every other supersign, last layer first. */
export function treesToChoose(signs: SignMeasurement): { final: SignTree[]; supersigns: SignTree[] } {
  const { roots, trees } = forestOf(signs);
  const supersigns = trees
    .flatMap(signsOfTree)
    .filter(({ form, fate }) => form === 'supersign' && fate !== 'root')
    .sort((a, b) => b.layer - a.layer || shareOf(signs, b) - shareOf(signs, a));
  return { final: roots, supersigns };
}

/** The tree under a sign as it is drawn, with crops of the picture at this address. */
export function treeData({ analysis, signs }: ShownTree, root: SignRef, picture: string): TreeData | null {
  const tree = signs && treeUnder(signs, root);
  if (!analysis || !tree) return null;
  const { linked, layers } = signs;
  const final = finalSign(linked, root);
  return {
    layers: analysis.layers.map(({ name }, i) => ({ name, signs: layers[i].signs })),
    name: signName({ analysis, signs }, root),
    tree,
    rank: final.fate === 'root' ? rootRanks(layers[final.layer].signs)[final.sign] : -1,
    grid: signs.grid,
    picture,
    outline: ({ layer, sign }) => outlinesOf(signs, layer)[sign],
    selected: null,
  };
}

/** One row a sign of the tree, the root first, whether it is drawn by itself or gathered. */
export function treeRows(
  { analysis, signs }: ShownTree,
  tree: SignTree,
): Record<string, string | number | null>[] {
  if (!analysis || !signs) return [];
  const name = ({ layer, sign }: SignRef) => `${analysis.layers[layer].name}:${sign}`;
  const numbers = signs.layers.map((layer) => rootRanks(layer.signs));
  return signsOfTree(tree).map((sign) => {
    const { area, mass, share, box } = signs.layers[sign.layer].signs[sign.sign];
    const into = sameSign(sign, tree) ? null : sign.into;
    return {
      node: name(sign),
      layer: analysis.layers[sign.layer].name,
      layer_number: sign.layer + 1,
      sign: sign.sign,
      number: numbers[sign.layer][sign.sign] + 1,
      area,
      mass,
      share,
      box_x0: box[0],
      box_y0: box[1],
      box_x1: box[2],
      box_y1: box[3],
      form: sign.form,
      order: sign.order,
      fate: sign.fate,
      leaves: sign.leaves,
      parent: into ? name(into.to) : null,
      link_share: into?.share ?? null,
      skipping: into ? (into.skipping ? 'yes' : 'no') : null,
    };
  });
}
