import { networkEndings } from '../protocol';
import { NetworkError } from './errors';
import { filesByPath, type NetworkFile, type NetworkFiles, nameOf } from './files';
import { openZip } from './zip';

/** More files than any network has. */
const MOST_FILES = 10_000;
const LONGEST_FILE = 4e9;

/**
 * The files of a network in a zip archive, at its root or in a folder of it; each is unpacked when it is read.
 * @throws NetworkError where the archive is damaged, leads out of itself, or holds no network or several
 */
export function filesOfArchive(bytes: Uint8Array<ArrayBuffer>, path: string): NetworkFiles {
  const archive = openZip(bytes);
  const file = nameOf(path);
  // What macOS adds to archives bears the names of the files it belongs to.
  const names = archive.names.filter((name) => !/(^|\/)(__MACOSX\/|\._)/.test(name));
  if (names.length > MOST_FILES) throw new NetworkError(`${file} holds ${names.length} files, too many.`);
  const outside = names.find((name) => /^[/\\]|^[a-z]:|(^|[/\\])\.\.([/\\]|$)/i.test(name));
  if (outside !== undefined) {
    throw new NetworkError(`${file} holds "${outside}", a file that leads out of the archive.`);
  }
  const files = names.map(
    (name): NetworkFile => ({
      path: name,
      size: null,
      open: async () =>
        new Blob([await archive.read(name, LONGEST_FILE)]).stream() as ReadableStream<
          Uint8Array<ArrayBuffer>
        >,
    }),
  );
  return filesByPath(files, mainOf(names, file), 'which is not in the archive');
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
