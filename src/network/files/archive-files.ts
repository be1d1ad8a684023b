import { membersOf, readMember } from '../../codecs/zip/blob-archive';
import { assertUnpacks } from '../../codecs/zip/unpack';
import { damagedZip, ZipError } from '../../codecs/zip/zip-format';
import { NetworkError } from '../network-errors';
import { networkEndings } from '../network-request';
import { filesByPath, type NetworkFile, type NetworkFiles, nameOf, openedBlob } from './network-files';

/** More files than any network has. */
const MOST_FILES = 10_000;
const LONGEST_FILE = 4e9;
/** Numbers may be compressed, but not to less than this share of their size. */
const MOST_TIMES_PACKED = 20;

export interface ArchiveFiles {
  files: NetworkFiles;
  /** Files that may list the network's classes, the likeliest first. */
  lists: readonly NetworkFile[];
}

/** Names of files that list classes, as tools and people call them, the surest first. */
const listNames = [
  /^(labels?|classes|class_?names|class_?labels|names|categories|synset(_words)?)\.(txt|names|json|csv|tsv|ya?ml|labels)$/,
  /^(metadata|class_?ind(ic|ex)es|class_?index|idx_?to_?class|class_?to_?idx|id2label|label_?map)\.json$/,
  /^(data|dataset)\.ya?ml$/,
  /^config\.json$/,
  /(label|class|categor).*\.(txt|names|json|csv|tsv|ya?ml)$/,
  /\.names$|\.labels$/,
  /\.(csv|tsv|ya?ml)$/,
];

const rankOfList = (path: string) =>
  listNames.findIndex((pattern) => pattern.test(nameOf(path).toLowerCase()));

/**
 * The files of a network in a zip archive, at its root or in a folder of it; each is unpacked when it is read.
 * @throws NetworkError where the archive is damaged, leads out of itself, or holds no network or several
 */
export async function filesOfArchive(archive: Blob, path: string): Promise<ArchiveFiles> {
  const file = nameOf(path);
  const members = (await asNetworkError(membersOf(archive))).filter(
    // Folders, and what macOS adds under the names of the files it belongs to.
    ({ name }) => !/\/$|(^|\/)(__MACOSX\/|\._)/.test(name),
  );
  if (members.length > MOST_FILES) throw new NetworkError(`${file} holds ${members.length} files, too many.`);
  const names = members.map(({ name }) => name);
  const outside = names.find((name) => /^[/\\]|^[a-z]:|(^|[/\\])\.\.([/\\]|$)/i.test(name));
  if (outside !== undefined) {
    throw new NetworkError(`${file} holds "${outside}", a file that leads out of the archive.`);
  }
  const files = members.map((member): NetworkFile => {
    const read = async () => {
      assertUnpacks(member, { bytes: LONGEST_FILE, times: MOST_TIMES_PACKED });
      return readMember(archive, member);
    };
    return {
      path: member.name,
      size: null,
      open: async () => openedBlob(new Blob([await asNetworkError(read())])),
    };
  });
  const main = mainOf(names, file);
  const depth = (name: string) => name.split('/').length;
  const lists = files
    .filter((each) => rankOfList(each.path) >= 0 && each.path !== main)
    .sort((a, b) => rankOfList(a.path) - rankOfList(b.path) || depth(a.path) - depth(b.path));
  return { files: filesByPath(files, main, 'which is not in the archive'), lists };
}

/** What is wrong with the archive is wrong with the network. */
async function asNetworkError<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof ZipError) throw new NetworkError(error.message);
    // An offset outside of the file.
    throw error instanceof RangeError ? new NetworkError(damagedZip) : error;
  }
}

const describing = networkEndings.filter((ending) => ending !== 'json' && ending !== 'zip');

/** The one file that describes a network: in the outermost folder that holds one. */
function mainOf(names: readonly string[], file: string): string {
  const candidates = names.filter((name) => {
    const last = nameOf(name).toLowerCase();
    return last === 'model.json' || describing.some((ending) => last.endsWith(`.${ending}`));
  });
  const depth = (name: string) => name.split('/').length;
  const outermost = Math.min(...candidates.map(depth));
  const found = candidates.filter((name) => depth(name) === outermost);
  if (found.length === 0) {
    throw new NetworkError(
      `${file} holds no network: no model.json, and no file ending in ${describing.map((ending) => `.${ending}`).join(', ')}.`,
    );
  }
  if (found.length > 1) {
    throw new NetworkError(
      `${file} holds ${found.length} networks (${found.join(', ')}). Unpack it and drop one.`,
    );
  }
  return found[0];
}
