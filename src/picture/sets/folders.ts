/** Names of folders that part a set. */
const splits = new Set(
  'train training val valid validation test testing dev eval evaluation holdout held-out'.split(' '),
);

export interface Place {
  split: string | null;
  folder: string | null;
}

/**
 * Split and class of every picture from the folders it lies in. A set is laid out split/class/file where at one depth all
 * folders are named like splits; the class is then the folder in the split, else the innermost one. Pictures in no folder of a
 * class, and those of a single folder, may bear it in their names, as ImageNet's do ("n02106030_collie.jpg").
 * @param paths folders and name, `/` between them
 */
export function placesOf(paths: readonly string[]): Place[] {
  const folders = paths.map((path) => path.split('/').slice(0, -1));
  const depth = splitDepth(folders);
  const places = folders.map((names) =>
    depth === null
      ? { split: null, folder: names.at(-1) ?? null }
      : { split: names[depth], folder: names[depth + 1] ?? null },
  );
  const named = paths.map(wordnetIdIn);
  const inOne =
    places.every(({ folder }) => folder === places[0].folder) &&
    named.every((id) => id !== null && !places[0].folder?.includes(id));
  return places.map(({ split, folder }, i) => ({
    split,
    folder: folder === null || inOne ? (named[i] ?? folder) : folder,
  }));
}

/** The id of WordNet in a picture's name, in front or at the end of it, parted from the rest. */
function wordnetIdIn(path: string): string | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return /(?:^|[_-])(n\d{8})(?=[_.-]|$)/.exec(name)?.[1] ?? null;
}

/** The first depth at which all pictures lie in folders that are named like splits; null where there is none. */
function splitDepth(folders: readonly string[][]): number | null {
  let shallowest = Number.POSITIVE_INFINITY;
  for (const names of folders) shallowest = Math.min(shallowest, names.length);
  if (folders.length === 0) return null;
  for (let depth = 0; depth < shallowest; depth++) {
    if (folders.every((names) => splits.has(names[depth].toLowerCase()))) return depth;
  }
  return null;
}
