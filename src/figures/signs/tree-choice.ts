import type { SignTree } from '../../semiotics';

/** A sign that is drawn, with those of its parts that are drawn and those that are gathered. */
export interface ShownSign {
  readonly sign: SignTree;
  /** By falling mass. */
  readonly parts: ShownSign[];
  /** Parts that are not drawn each by itself, by falling mass. */
  gathered: SignTree[];
}

/** Attempts in a row that may find no room before the rest is gathered. */
const PATIENCE = 24;

/**
 * Chooses which signs of a tree are drawn. The line of heaviest parts from the root down to a sign without parts always is;
 * after it, as long as there is room, the heaviest sign left and its own line of heaviest parts. So every branch that is
 * drawn is drawn to its beginning, and what is left hangs gathered at the sign that takes it in.
 *
 * @param share of the mass of its map that a sign holds
 * @param fits whether a choice has room
 */
export function chooseSigns(
  root: SignTree,
  share: (sign: SignTree) => number,
  fits: (root: ShownSign) => boolean,
): ShownSign {
  const byMass = (a: SignTree, b: SignTree) => share(b) - share(a) || a.layer - b.layer || a.sign - b.sign;
  const line = (sign: SignTree): ShownSign => {
    const [first, ...rest] = [...sign.children].sort(byMass);
    return { sign, parts: first ? [line(first)] : [], gathered: rest };
  };
  const shown = line(root);
  const open: { parent: ShownSign; sign: SignTree }[] = [];
  const opened = (from: ShownSign) => {
    for (let at: ShownSign | undefined = from; at; at = at.parts[0]) {
      for (const sign of at.gathered) open.push({ parent: at, sign });
    }
  };
  opened(shown);
  for (let failures = 0; open.length > 0 && failures < PATIENCE; ) {
    open.sort((a, b) => byMass(a.sign, b.sign));
    const { parent, sign } = open.shift() as (typeof open)[number];
    const { gathered } = parent;
    const branch = line(sign);
    parent.parts.push(branch);
    parent.gathered = gathered.filter((other) => other !== sign);
    if (fits(shown)) {
      failures = 0;
      opened(branch);
    } else {
      failures += 1;
      parent.parts.pop();
      parent.gathered = gathered;
    }
  }
  return shown;
}
