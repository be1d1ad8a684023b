import type { ImageSet } from '../../../picture/sets/image-set';

export interface ClassCount {
  folder: string;
  pictures: number;
}

/** What a set of pictures offers to training. */
export interface ImageSummary {
  /** By name. */
  classes: ClassCount[];
  /** Names of its splits, where it is laid out by them. */
  splits: string[];
  refused: readonly { path: string; reason: string }[];
  /** Why nothing can be trained on it, with what to do; null where something can. */
  problem: string | null;
}

/** Counts a set by class, and says in plain words what is wrong with it. */
export function imageSummary({ entries, refused }: ImageSet): ImageSummary {
  const counts = new Map<string, number>();
  const splits = new Set<string>();
  const loose: { path: string; reason: string }[] = [];
  for (const { path, folder, split } of entries) {
    if (split !== null) splits.add(split);
    if (folder === null) loose.push({ path, reason: 'lies in no class folder.' });
    else counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  const classes = [...counts]
    .map(([folder, pictures]) => ({ folder, pictures }))
    .sort((a, b) => (a.folder < b.folder ? -1 : 1));
  return {
    classes,
    splits: [...splits].sort(),
    refused: [...refused, ...loose],
    problem: problemOf(classes),
  };
}

function problemOf(classes: readonly ClassCount[]): string | null {
  if (classes.length === 0) {
    return 'No picture has a class: none lies in a folder. Put the pictures of each class into a folder named after it, and drop the folder above them.';
  }
  if (classes.length === 1) {
    return `All pictures are of one class, "${classes[0].folder}": there is nothing to tell apart. Add a folder of at least one other class.`;
  }
  const single = classes.filter(({ pictures }) => pictures === 1).map(({ folder }) => `"${folder}"`);
  if (single.length > 0) {
    return `${single.join(', ')} ${single.length === 1 ? 'has' : 'have'} a single picture: one is held out, so none is left to learn from. Add pictures, or take the folder out.`;
  }
  return null;
}
