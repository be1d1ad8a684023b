/** The folder that holds the masks of the pictures beside it. */
const maskFolder = /(^|\/)masks\//i;

interface Named {
  readonly path: string;
}

/** Pictures of a set, and the masks among its files. */
export interface WithoutMasks<File> {
  pictures: File[];
  /** The mask of a picture, by the picture's path. */
  masks: Map<string, File>;
  /** Paths of masks that belong to no picture. */
  alone: string[];
}

/**
 * Tells masks from pictures. A PNG in a folder `masks` is the mask of the picture of its name in the folder beside
 * (`cats/masks/a.png` and `masks/cats/a.png` of `cats/a.jpg`); where none of them is anybody's, the folder is a class that is called
 * so. Without such a folder PNGs are masks where each of them has a picture of its name beside it in another format, and none
 * stands alone; else they are pictures like others.
 */
export function withoutMasks<File extends Named>(files: readonly File[]): WithoutMasks<File> {
  const inFolder = files.filter(({ path }) => isPng(path) && maskFolder.test(path));
  const others = files.filter((file) => !inFolder.includes(file));
  const found = matched(others, inFolder, ({ path }) => stemOf(path.replace(maskFolder, '$1')));
  if (found.masks.size > 0) return found;
  const pngs = files.filter(({ path }) => isPng(path));
  const rest = files.filter(({ path }) => !isPng(path));
  const stems = new Set(rest.map(({ path }) => stemOf(path)));
  if (pngs.length === 0 || rest.length === 0 || !pngs.every(({ path }) => stems.has(stemOf(path)))) {
    return { pictures: [...files], masks: new Map(), alone: [] };
  }
  return matched(rest, pngs, ({ path }) => stemOf(path));
}

function matched<File extends Named>(
  pictures: readonly File[],
  masks: readonly File[],
  stem: (mask: File) => string,
): WithoutMasks<File> {
  const byStem = new Map(pictures.map(({ path }) => [stemOf(path), path] as const));
  const found: WithoutMasks<File> = { pictures: [...pictures], masks: new Map(), alone: [] };
  for (const mask of masks) {
    const picture = byStem.get(stem(mask));
    if (picture === undefined) found.alone.push(mask.path);
    else found.masks.set(picture, mask);
  }
  return found;
}

const isPng = (path: string) => /\.png$/i.test(path);
const stemOf = (path: string) => path.slice(0, path.lastIndexOf('.'));
