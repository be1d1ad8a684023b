import type { LinkedSign, LinkedSigns, SignRef } from './link-signs';

/** A sign with all that it was aggregated from. */
export interface SignTree extends LinkedSign {
  children: SignTree[];
  /** How many signs without parts stand at the ends of this tree; 1 for a sign that emerges. */
  leaves: number;
}

/** The superization trees of a network's layers. */
export interface SuperizationForest {
  /** The trees under the signs of the last layer, which the decision rests on, by id. */
  roots: SignTree[];
  /** The trees under signs that dissolve, by layer and id. */
  dissolved: SignTree[];
}

/** The forest of all links: every sign is in exactly one tree. */
export function superizationForest({ layers }: LinkedSigns): SuperizationForest {
  const tree = (sign: LinkedSign): SignTree => {
    const children = sign.parts.map(({ from }) => tree(layers[from.layer][from.sign]));
    const leaves = children.reduce((sum, child) => sum + child.leaves, 0);
    return { ...sign, children, leaves: Math.max(1, leaves) };
  };
  const all = layers.flat();
  return {
    roots: all.filter(({ fate }) => fate === 'root').map(tree),
    dissolved: all.filter(({ fate }) => fate === 'dissolves').map(tree),
  };
}

/** The sign at which the story of a sign ends: a root, or one that dissolves; itself, if nothing takes it in. */
export function finalSign({ layers }: LinkedSigns, { layer, sign }: SignRef): LinkedSign {
  let at = layers[layer][sign];
  while (at.into !== null) at = layers[at.into.to.layer][at.into.to.sign];
  return at;
}
