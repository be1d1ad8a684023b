import type { ImageEntry, ImageSource } from '../../picture/sets/image-set';
import { openImageSet } from '../../picture/sets/open-image-set';
import { seededRandom } from '../../semiotics';
import { counted } from '../../text/counted';
import { messageOf } from '../../text/message-of';
import { seedFor } from '../seeds';
import type { DataSummary } from '../training-methods';
import { shuffledNumbers } from './batches';
import { type Dataset, DatasetError, type Split } from './dataset';

export interface ImageDataOptions {
  /** Share of every class that is held out where the folders name no split. */
  heldOutShare: number;
  /** Of the split. */
  seed: number;
  side: number;
  /**
   * The picture in a file, cropped to a square around its centre and resampled: side x side RGBA, row-major. Fails for what is no
   * picture, with a message that goes behind the file's name.
   */
  decode(file: Blob, side: number): Promise<Uint8ClampedArray>;
  onProgress?(done: number, of: number): void;
  /** Lets messages in and throws when the work was cancelled. */
  pause?(): Promise<void>;
}

/** All pictures are kept as bytes at the side of the network; more than this does not fit beside it. */
const ROOM = 1.5 * 2 ** 30;
/** Pictures decoded at once: browsers do it on threads of their own. */
const AT_ONCE = 4;

interface Labelled {
  entry: ImageEntry;
  folder: string;
}

interface Decoded {
  folder: string;
  split: string | null;
  /** side x side x 3 */
  pixels: Uint8Array;
}

/**
 * Pictures in class folders, each read once and kept at the size of the network. What cannot be read is left out and listed.
 * @throws DatasetError for pictures that no classifier can be trained on, ImageSetError for sources without pictures
 */
export async function imageData(
  sources: readonly ImageSource[],
  options: ImageDataOptions,
): Promise<Dataset> {
  const { entries, refused } = await openImageSet(sources);
  const left: DataSummary['refused'] = [...refused];
  const labelled = labelledOf(entries, left);
  const bytes = labelled.length * options.side ** 2 * 3;
  if (bytes > ROOM) {
    throw new DatasetError(
      `${counted(labelled.length, 'picture')} of ${options.side} pixels a side ${labelled.length === 1 ? 'takes' : 'take'} ${Math.round(bytes / 2 ** 20)} MB; at most ${ROOM / 2 ** 20} MB can be held. Take smaller pictures or fewer.`,
    );
  }
  const pictures = await decodeAll(labelled, options, left);
  if (pictures.length === 0) {
    const [first] = left;
    throw new DatasetError(
      `${left.length === 1 ? 'The only picture cannot' : `None of the ${left.length.toLocaleString('en')} pictures can`} be read; ${first.path} ${first.reason}`,
    );
  }
  const classes = classesOf(pictures);
  const parts = partsOf(pictures, classes, options);
  // Whoever takes the first few of the held-out pictures is to get some of every class.
  const order = shuffledNumbers(parts.heldOut.length, seededRandom(seedFor(options.seed, 'split', -1)));
  parts.heldOut = Array.from(order, (number) => parts.heldOut[number]);
  return {
    side: options.side,
    summary: { classes, train: parts.train.length, heldOut: parts.heldOut.length, refused: left },
    read: async (split, indices) => batchOf(parts[split], classes, indices, options.side),
  };
}

function labelledOf(entries: readonly ImageEntry[], left: DataSummary['refused']): Labelled[] {
  const labelled: Labelled[] = [];
  for (const entry of entries) {
    if (entry.folder === null) left.push({ path: entry.path, reason: 'lies in no class folder.' });
    else labelled.push({ entry, folder: entry.folder });
  }
  if (labelled.length === 0) {
    throw new DatasetError(
      'These pictures have no labels: they lie in no folders. Put the pictures of each class into a folder of its own, and drop the folder that holds these.',
    );
  }
  return labelled;
}

/** In the order of `labelled`, those left out that cannot be read. */
async function decodeAll(
  labelled: readonly Labelled[],
  { side, decode, onProgress, pause }: ImageDataOptions,
  left: DataSummary['refused'],
): Promise<Decoded[]> {
  const decoded: Decoded[] = [];
  for (let start = 0; start < labelled.length; start += AT_ONCE) {
    await pause?.();
    const some = labelled.slice(start, start + AT_ONCE);
    const read = await Promise.allSettled(some.map(async ({ entry }) => decode(await entry.read(), side)));
    read.forEach((result, i) => {
      const { entry, folder } = some[i];
      if (result.status === 'fulfilled') {
        decoded.push({ folder, split: entry.split, pixels: withoutAlpha(result.value) });
      } else {
        const { reason } = result;
        left.push({ path: entry.path, reason: messageOf(reason) });
      }
    });
    onProgress?.(start + some.length, labelled.length);
  }
  return decoded;
}

function withoutAlpha(rgba: Uint8ClampedArray): Uint8Array {
  const rgb = new Uint8Array((rgba.length / 4) * 3);
  for (let i = 0, at = 0; i < rgba.length; i += 4) {
    rgb[at++] = rgba[i];
    rgb[at++] = rgba[i + 1];
    rgb[at++] = rgba[i + 2];
  }
  return rgb;
}

/** Folders by name. */
function classesOf(pictures: readonly Decoded[]): string[] {
  const classes = [...new Set(pictures.map(({ folder }) => folder))].sort();
  if (classes.length > 1) return classes;
  throw new DatasetError(
    `All pictures are of one class, "${classes[0]}": a network can only learn to tell classes apart. Drop at least two folders of pictures, a class each.`,
  );
}

type Parts = Record<Split, Decoded[]>;

const forTraining = /^train/i;
const forTesting = /^test/i;

/** By the folders where these part the set, else by chance, the same share of every class. */
function partsOf(pictures: readonly Decoded[], classes: readonly string[], options: ImageDataOptions): Parts {
  const named = pictures.filter(({ split }) => split !== null);
  const train = named.filter(({ split }) => forTraining.test(split as string));
  const others = named.filter((picture) => !train.includes(picture));
  const validation = others.filter(({ split }) => !forTesting.test(split as string));
  if (train.length === 0 || others.length === 0) return dividedByChance(pictures, classes, options);
  for (const name of classes) {
    if (train.some(({ folder }) => folder === name)) continue;
    throw new DatasetError(
      `The class "${name}" has no picture for training: add some to its folder in "${train[0].split}", or leave the class out.`,
    );
  }
  return { train, heldOut: validation.length > 0 ? validation : others };
}

function dividedByChance(
  pictures: readonly Decoded[],
  classes: readonly string[],
  { heldOutShare, seed }: ImageDataOptions,
): Parts {
  const parts: Parts = { train: [], heldOut: [] };
  classes.forEach((name, index) => {
    const ofClass = pictures.filter(({ folder }) => folder === name);
    if (ofClass.length === 1) {
      throw new DatasetError(
        `The class "${name}" has a single picture; at least two are needed, one to learn from and one to test with. Add pictures to its folder, or leave it out.`,
      );
    }
    const held = Math.min(ofClass.length - 1, Math.max(1, Math.round(heldOutShare * ofClass.length)));
    const order = shuffledNumbers(ofClass.length, seededRandom(seedFor(seed, 'split', index)));
    order.forEach((number, place) => {
      parts[place < held ? 'heldOut' : 'train'].push(ofClass[number]);
    });
  });
  return parts;
}

function batchOf(
  pictures: readonly Decoded[],
  classes: readonly string[],
  indices: readonly number[],
  side: number,
) {
  const size = side * side * 3;
  const pixels = new Uint8Array(indices.length * size);
  indices.forEach((index, i) => {
    pixels.set(pictures[index].pixels, i * size);
  });
  const labels = Int32Array.from(indices, (index) => classes.indexOf(pictures[index].folder));
  return { pixels, labels };
}
