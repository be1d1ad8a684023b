import { textOfBlob } from '../../codecs/decode-text';
import { type Boxes, BoxesError, boxesAsFile } from '../boxes/boxes';
import { cocoBoxes } from '../boxes/coco-boxes';
import { vocBoxes } from '../boxes/voc-boxes';
import type { ImageEntry } from './image-set';
import { normalised } from './match-classes';

/** A file among pictures that may hold boxes: XML, one a picture, or JSON, for many. */
export interface BoxesFile {
  path: string;
  bytes: number;
  read(): Promise<Blob>;
}

export const mayHoldBoxes = (path: string) => /\.(xml|json)$/i.test(path);

/** Where programs put annotations beside pictures, and where PASCAL VOC and COCO have the pictures. */
const annotationFolder = /(^|\/)(annotations?|masks|labels|bboxes|boxes)\//gi;
const pictureFolder = /(^|\/)(JPEGImages|images)\//gi;

/** A file of that many bytes is read at all; COCO's own largest has 450 MB, and would take gigabytes. */
const MOST_BYTES = 256 * 2 ** 20;
/** Where JSON lies beside every picture it is something else, and is left alone. */
const MOST_JSON = 16;

type Entry = Pick<ImageEntry, 'path' | 'folder'>;

/** Boxes for pictures, by the picture's path, and files that are of none. */
export interface BoxesFound {
  masks: Map<string, NonNullable<ImageEntry['mask']>>;
  refused: { path: string; reason: string }[];
}

/**
 * Finds the boxes of pictures: in XML of the picture's name, beside it, in a folder beside, or anywhere where no other picture is called
 * so; and in JSON that names the picture's file. Of several things in a picture those count that are called like the class it belongs to, where any are.
 * JSON is read here, XML when its picture is.
 */
export async function boxesBeside(
  entries: readonly Entry[],
  files: readonly BoxesFile[],
): Promise<BoxesFound> {
  const found: BoxesFound = { masks: new Map(), refused: [] };
  if (files.length === 0) return found;
  const find = finderOf(entries);
  const xml = files.filter(({ path }) => /\.xml$/i.test(path));
  const alone: string[] = [];
  for (const file of xml) {
    const entry = find(withoutEnding(file.path));
    if (!entry) alone.push(file.path);
    else
      found.masks.set(entry.path, {
        path: file.path,
        read: async () => boxesAsFile(ofClass(vocBoxes(await textOfBlob(await file.read())), entry)),
      });
  }
  // Where no XML is called like a picture it has nothing to do with them.
  if (alone.length < xml.length) {
    found.refused.push(
      ...alone.map((path) => ({ path, reason: 'holds boxes, but no picture has its name.' })),
    );
  }
  const json = files.filter(({ path }) => /\.json$/i.test(path));
  for (const file of json.length > MOST_JSON ? [] : json) await takeJson(file, find, found);
  return found;
}

async function takeJson(file: BoxesFile, find: Finder, { masks, refused }: BoxesFound): Promise<void> {
  const refuse = (reason: string) => refused.push({ path: file.path, reason });
  if (file.bytes > MOST_BYTES) return void refuse('is too large to look for boxes in: at most 256 MB.');
  try {
    const all = cocoBoxes(await textOfBlob(await file.read()));
    if (!all) return;
    let lost = 0;
    for (const [name, boxes] of all) {
      const entry = find(withoutEnding(name));
      if (!entry) lost += 1;
      else masks.set(entry.path, { path: file.path, read: async () => boxesAsFile(ofClass(boxes, entry)) });
    }
    if (lost === all.size) refuse('holds boxes, but none of the pictures it names is in the set.');
    else if (lost > 0) {
      refuse(
        `holds boxes of ${all.size} pictures, ${lost} of which ${lost === 1 ? 'is' : 'are'} not in the set.`,
      );
    }
  } catch (error) {
    if (!(error instanceof BoxesError)) throw error;
    refuse(error.message);
  }
}

type Finder = (stem: string) => Entry | null;

/** Finds a picture by a path without its ending: the whole path, else its name where one picture only has that. */
function finderOf(entries: readonly Entry[]): Finder {
  const byStem = new Map(entries.map((entry) => [withoutFolders(withoutEnding(entry.path)), entry]));
  const byName = new Map<string, Entry | null>();
  for (const entry of entries) {
    const name = nameOf(withoutEnding(entry.path));
    byName.set(name, byName.has(name) ? null : entry);
  }
  return (stem) => byStem.get(withoutFolders(stem)) ?? byName.get(nameOf(stem)) ?? null;
}

function ofClass({ boxes, size }: Boxes, { folder }: Entry): Boxes {
  if (folder === null) return { boxes, size };
  const wanted = normalised(folder);
  const own = boxes.filter(
    ({ label }) => label !== '' && (normalised(label) === wanted || folder.startsWith(`${label}_`)),
  );
  return { boxes: own.length > 0 ? own : boxes, size };
}

const withoutEnding = (path: string) => path.replace(/\.[^./]+$/, '');
const withoutFolders = (path: string) => path.replace(annotationFolder, '$1').replace(pictureFolder, '$1');
const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);
