import imagenetClasses from './imagenet-classes.json';
import wordnetIds from './wordnet-ids.json';

/** A class folder and the network's class that it names. */
export interface ClassMatch {
  folder: string;
  /** Index of the network's class; null where none is named like the folder, or more than one. */
  class: number | null;
  /** What the match rests on. */
  by: 'name' | 'wordnet' | null;
}

const wordnet = new Map(wordnetIds.map((id, index) => [id, index] as const));

/**
 * The network's class for every folder: by its name, without regard to case, accents, `_`, `-` and a leading article, in whole
 * or up to the first comma ("tench, Tinca tinca"); or by its WordNet id ("n01440764", "n01440764_tench") as ImageNet names it.
 */
export function matchClasses(folders: readonly string[], labels: readonly string[]): ClassMatch[] {
  const byName = indexNames(labels);
  const isImageNet = labels.length === wordnetIds.length;
  return folders.map((folder) => {
    const named = byName.get(normalised(folder)) ?? null;
    if (named !== null) return { folder, class: named, by: 'name' };
    const id = /^n\d{8}(?!\d)/.exec(folder.toLowerCase())?.[0];
    const place = id === undefined ? undefined : wordnet.get(id);
    if (place === undefined) return { folder, class: null, by: null };
    const imagenetName = normalised(imagenetClasses[place]);
    // Two pairs of ImageNet's classes share a name: there the place decides.
    const own = isImageNet && namesOf(labels[place]).includes(imagenetName) ? place : null;
    const found = own ?? byName.get(imagenetName) ?? null;
    return { folder, class: found, by: found === null ? null : 'wordnet' };
  });
}

/** Classes by all their names; null for a name that two classes share. */
function indexNames(labels: readonly string[]): Map<string, number | null> {
  const index = new Map<string, number | null>();
  labels.forEach((label, place) => {
    for (const name of namesOf(label)) index.set(name, index.has(name) ? null : place);
  });
  return index;
}

const namesOf = (label: string) => [
  ...new Set([normalised(label), normalised(label.split(',')[0])].filter((name) => name !== '')),
];

/** A name without what does not tell classes apart: case, accents, `_`, `-` and a leading article. */
export const normalised = (name: string) =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[_\-\s]+/g, ' ')
    .trim()
    .replace(/^(an?|the) (?=.)/, '');
