import { membersOf, readMember } from '../../codecs/zip/blob-archive';
import { assertUnpacks } from '../../codecs/zip/unpack';
import { isZip, ZipError, type ZipMember } from '../../codecs/zip/zip-format';
import { type BoxesFile, boxesBeside, mayHoldBoxes } from './boxes-beside';
import { placesOf } from './folders';
import { type ImageEntry, type ImageSet, ImageSetError, type ImageSource } from './image-set';
import { withoutMasks } from './masks-beside';
import { incidental, isArchive, judgeName } from './picture-names';

/** As many bytes as the decoder takes. */
const MOST_BYTES = 256 * 2 ** 20;
/** A picture of one colour is packed about as well as that. */
const MOST_TIMES_PACKED = 1100;

const empty = 'is empty (0 bytes).';

type Found = Pick<ImageEntry, 'path' | 'bytes' | 'read'>;

interface Sorted {
  pictures: Found[];
  /** Files that may hold boxes of what the pictures show. */
  boxes: BoxesFile[];
  refused: { path: string; reason: string }[];
}

/**
 * Pictures from dropped files and zip archives, in the order of their paths. Archives among the files are opened too.
 * Nothing but the directories of archives is read, and a few files of JSON, which may hold boxes.
 * @throws ImageSetError where an archive is damaged, or nothing in the sources is a picture
 */
export async function openImageSet(sources: readonly ImageSource[]): Promise<ImageSet> {
  const opened: Sorted[] = [];
  for (const source of sources) {
    if (source.kind === 'zip') {
      opened.push(await picturesOfZip(source.name, source.blob));
      continue;
    }
    const archives = source.files.filter(({ path, picture }) => isArchive(path) && !picture);
    opened.push(picturesOfFiles(source.files));
    for (const { path, blob } of archives) opened.push(await picturesOfZip(path, blob));
  }
  const entries: ImageEntry[] = [];
  const refused = opened.flatMap((source) => source.refused);
  const taken = new Set<string>();
  for (const { pictures: found } of opened) {
    const { pictures, masks, alone } = withoutMasks(found);
    refused.push(...alone.map((path) => ({ path, reason: 'is a mask, but no picture has its name.' })));
    const places = placesOf(pictures.map(({ path }) => path));
    pictures.forEach((picture, index) => {
      const { path } = picture;
      if (taken.has(path)) refused.push({ path, reason: 'lies in the set a second time.' });
      else entries.push({ ...picture, ...places[index], ...maskOf(masks.get(path)) });
      taken.add(path);
    });
  }
  const boxes = await boxesBeside(
    entries,
    opened.flatMap((source) => source.boxes),
  );
  refused.push(...boxes.refused);
  const masked = entries.map((entry) => {
    const mask = entry.mask ?? boxes.masks.get(entry.path);
    return mask ? { ...entry, mask } : entry;
  });
  if (entries.length === 0) throw new ImageSetError(nothingIn(refused));
  return { entries: masked.sort(byPath), refused: refused.sort(byPath) };
}

const maskOf = (mask: Found | undefined): Pick<ImageEntry, 'mask'> =>
  mask ? { mask: { path: mask.path, read: mask.read } } : {};

function nothingIn(refused: Sorted['refused']): string {
  if (refused.length === 0) {
    return 'There are no pictures in it. Drop a folder, files or a zip archive of JPEG, PNG, WebP, AVIF, GIF or BMP pictures.';
  }
  const [{ path, reason }] = refused;
  if (refused.every((each) => each.reason === empty)) {
    return `It holds no picture: ${refused.length === 1 ? `${path} is` : `all its ${refused.length} files are`} empty (0 bytes). Save or pack the pictures again.`;
  }
  if (refused.length === 1) return `Its only picture cannot be read: ${path} ${reason}`;
  return refused.every((each) => each.reason === reason)
    ? `None of its ${refused.length.toLocaleString('en')} pictures can be read: ${path} ${reason}`
    : `None of its ${refused.length.toLocaleString('en')} pictures can be read. Save them as JPEG or PNG.`;
}

/** By code units, the same on every machine whatever its language. */
function byPath(a: { path: string }, b: { path: string }): number {
  if (a.path === b.path) return 0;
  return a.path < b.path ? -1 : 1;
}

function picturesOfFiles(files: Extract<ImageSource, { kind: 'files' }>['files']): Sorted {
  const sorted: Sorted = { pictures: [], boxes: [], refused: [] };
  for (const { path: given, blob, picture } of files) {
    const path = given.replace(/^\/+/, '');
    const found: Found = { path, bytes: blob.size, read: async () => blob };
    // A name without an ending says nothing; one of another kind, such as a drawing's, says what cannot be read.
    if (picture && judgeName(path) === null && blob.size > 0) sorted.pictures.push(found);
    else sort(sorted, path, blob.size, found);
  }
  return sorted;
}

async function picturesOfZip(archive: string, blob: Blob): Promise<Sorted> {
  const sorted: Sorted = { pictures: [], boxes: [], refused: [] };
  for (const member of await openZip(archive, blob)) {
    // Some archives made on Windows part folders by backslashes.
    const path = member.name.replaceAll('\\', '/');
    if (path.endsWith('/')) continue;
    const picture = { path, bytes: member.size, read: () => readPicture(archive, blob, member) };
    sort(sorted, path, member.size, picture, refusal(path, member));
  }
  return sorted;
}

/** Puts a file among the pictures or the refused ones, or nowhere where nobody meant it as a picture. */
function sort(to: Sorted, path: string, size: number, picture: Found, refusal: string | null = null) {
  const judged = judgeName(path);
  if (judged === null) {
    if (mayHoldBoxes(path) && !incidental.test(path) && refusal === null) to.boxes.push(picture);
    return;
  }
  const reason = judged.picture ? (refusal ?? (size === 0 ? empty : null)) : judged.reason;
  if (reason === null) to.pictures.push(picture);
  else to.refused.push({ path, reason });
}

/** Why a member is not read; null where it can be. */
function refusal(path: string, member: ZipMember): string | null {
  if (/^\/|^[a-z]:/i.test(path) || path.split('/').includes('..')) {
    return 'has a path that leads out of the archive.';
  }
  if (member.encrypted) return 'is encrypted. Unpack the archive with its password and drop the folder.';
  if (member.method !== 0 && member.method !== 8) {
    return 'is packed in a way that browsers cannot undo. Unpack the archive and drop the folder.';
  }
  try {
    assertUnpacks(member, { bytes: MOST_BYTES, times: MOST_TIMES_PACKED });
    return null;
  } catch {
    return `would unpack from ${member.packed} to ${member.size} bytes. It is damaged, or made to fill the memory.`;
  }
}

async function openZip(name: string, blob: Blob): Promise<ZipMember[]> {
  try {
    if (!isZip(new Uint8Array(await blob.slice(0, 2).arrayBuffer()))) {
      throw new ImageSetError(`"${name}" is no zip archive.`);
    }
    return await membersOf(blob);
  } catch (error) {
    throw error instanceof ZipError ? new ImageSetError(`"${name}": ${error.message}`) : error;
  }
}

async function readPicture(archive: string, blob: Blob, member: ZipMember): Promise<Blob> {
  try {
    return new Blob([await readMember(blob, member)]);
  } catch (error) {
    throw error instanceof ZipError ? new ImageSetError(`"${archive}": ${error.message}`) : error;
  }
}
