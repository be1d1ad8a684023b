import type { FileKind, NetworkFormat } from './file-kind';
import { type ForeignName, saidOf } from './foreign-kinds';
import { kindOf, pictureName } from './kind-of';
import { baseName, isIncidental, type NamedFile } from './named-file';
import { withKerasPacked } from './unpacked-keras';
import { missingWeights } from './weights-beside';

/** A network among the files. */
export interface FoundNetwork {
  format: NetworkFormat;
  /** The file that describes it. */
  main: NamedFile;
  /** It, and the files that may belong to it. */
  files: NamedFile[];
  /** A list of classes that came with it. */
  labels: NamedFile | null;
  /** Names of files that it asks for and that did not come. */
  missing: string[];
  /** Whether an archive holds pictures beside it. */
  pictures: boolean;
}

/** What is not read here. */
export interface ForeignFile {
  file: NamedFile;
  kind: ForeignName;
  /** What it is and what to do about it, in two sentences. */
  says: string;
}

/** What some files are, told by their content. Every file but what systems put beside others stands in one list. */
export interface Recognised {
  networks: FoundNetwork[];
  /** Single pictures; a figure that was exported here is one of them. */
  pictures: NamedFile[];
  /** Zip archives of pictures. */
  archives: NamedFile[];
  /** Lists of classes, without a network. */
  labels: NamedFile[];
  analyses: NamedFile[];
  studies: NamedFile[];
  searches: NamedFile[];
  foreign: ForeignFile[];
}

/** In a drop of more files those that are named like pictures are taken for pictures: whoever reads them looks anyway. */
const MOST_LOOKED_AT = 256;
/** Files that are looked at side by side. */
const AT_ONCE = 16;

/** Tells what files are, and which of them belong together. */
export async function recognise(given: readonly NamedFile[]): Promise<Recognised> {
  const files = await withKerasPacked(given.filter(({ path }) => !isIncidental(path)));
  const kinds = await kindsOf(files);
  const filesThat = (is: FileKind['is']) => files.filter((_, i) => kinds[i].is === is);
  const found: Recognised = {
    networks: [],
    pictures: filesThat('picture'),
    archives: filesThat('pictures'),
    labels: filesThat('labels'),
    analyses: filesThat('analysis'),
    studies: filesThat('study'),
    searches: filesThat('search'),
    foreign: [],
  };
  const mains = files.flatMap((main, i) => {
    const kind = kinds[i];
    return kind.is === 'network' ? [{ main, kind }] : [];
  });
  const loose: ForeignFile[] = files.flatMap((file, i) => {
    const kind = kinds[i];
    return kind.is === 'foreign' ? [{ file, kind: kind.kind, says: sentenceOf(file, kind) }] : [];
  });
  const taken = new Set<NamedFile>();
  for (const { main, kind } of mains) {
    const near = mains.length === 1 ? () => true : (file: NamedFile) => isNear(file, main, mains.length);
    const beside = loose.filter((each) => mayBelong(each) && near(each.file)).map(({ file }) => file);
    const lists = found.labels.filter(near);
    const labels = lists.find((file) => !isMetadata(file)) ?? null;
    const parts = [main, ...beside, ...lists.filter((file) => file !== labels)];
    found.networks.push({
      format: kind.format,
      main,
      files: parts,
      labels,
      missing: kind.format === 'tensorflow.js' ? await missingWeights(main, beside) : [],
      pictures: kind.pictures === true,
    });
    for (const file of [...beside, ...lists]) taken.add(file);
  }
  found.labels = found.labels.filter((file) => !taken.has(file));
  found.foreign = settled(loose.filter(({ file }) => !taken.has(file)));
  return found;
}

async function kindsOf(files: readonly NamedFile[]): Promise<FileKind[]> {
  const many = files.length > MOST_LOOKED_AT;
  const kinds: FileKind[] = [];
  for (let at = 0; at < files.length; at += AT_ONCE) {
    const some = files.slice(at, at + AT_ONCE);
    const looked = some.map((file) =>
      many && file.blob.size > 0 && pictureName.test(file.path)
        ? Promise.resolve<FileKind>({ is: 'picture' })
        : kindOf(file),
    );
    kinds.push(...(await Promise.all(looked)));
  }
  return kinds;
}

function sentenceOf({ path }: NamedFile, { kind, member }: Extract<FileKind, { is: 'foreign' }>): string {
  if (member === undefined) return saidOf(path, kind);
  return `${baseName(path)} is a zip archive with another kind of file in it: ${saidOf(member, kind)}`;
}

/** Kinds of which the parts of a network's weights may be: a part has no signature. */
const mayBelong = ({ kind, file }: ForeignFile) =>
  // PyTorch writes such a file beside every network, with nothing in it where the network is small.
  (kind === 'empty' && /\.onnx\.data$/i.test(file.path)) ||
  !['html', 'lfs-pointer', 'empty', 'server-error', 'pdf', 'video', 'heic', 'tiff', 'raw'].includes(kind);

/** Teachable Machine's list, which the reader of the network finds by its name. */
const isMetadata = ({ path }: NamedFile) => baseName(path).toLowerCase() === 'metadata.json';

const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/') + 1);

/** Of several networks each has what lies in its own folder, or bears its name. */
function isNear({ path }: NamedFile, main: NamedFile, networks: number): boolean {
  const folder = folderOf(main.path);
  if (folder !== '' && networks > 1) return path.startsWith(folder);
  const stem = baseName(main.path).replace(/\.[^.]+$/, '');
  return (
    folderOf(path) === folder &&
    (baseName(path).startsWith(stem) || /\.bin$|\.data$/i.test(path) || isMetadata({ path } as NamedFile))
  );
}

/** Of the parts of one thing only the telling one is told of. */
function settled(foreign: ForeignFile[]): ForeignFile[] {
  const whole: [ForeignName, ForeignName[]][] = [
    ['saved-model', ['tensorflow-checkpoint', 'text', 'unknown', 'json']],
    ['core-ml', ['json', 'unknown', 'text']],
    ['tensorflowjs-weights', ['tensorflowjs-shard', 'unknown']],
    ['keras-architecture', ['keras-weights', 'json']],
  ];
  const parts = new Set(
    whole.flatMap(([kind, of]) => (foreign.some((each) => each.kind === kind) ? of : [])),
  );
  return foreign.filter(({ kind }) => !parts.has(kind));
}

/** A file for a set of pictures; what was found to be a picture by its content is one whatever its name. */
export type FileForSet = NamedFile & { picture?: true };

/**
 * The files of which a set of pictures is made: pictures, archives, and what lies among them and is listed as left out. None where
 * there are no pictures.
 */
export function filesForSet({ pictures, archives, networks, foreign }: Recognised): FileForSet[] {
  const mixed = networks.filter((network) => network.pictures).map(({ main }) => main);
  const found = [...pictures.map((file) => ({ ...file, picture: true as const })), ...archives, ...mixed];
  if (found.length === 0) return [];
  const others = foreign.filter(({ kind }) => !/^(zip-|text$|json$|csv$|code$)/.test(kind));
  return [...found, ...others.map(({ file }) => file)];
}

/** Most sentences that are told at once. */
const MOST_TOLD = 3;

/** What is said of files of other kinds: each kind once, the first few of them. */
export function saidOfForeign(foreign: readonly ForeignFile[]): string | null {
  if (foreign.length === 0) return null;
  const told = foreign
    .filter(({ kind }, i) => foreign.findIndex((each) => each.kind === kind) === i)
    .slice(0, MOST_TOLD);
  const others = foreign.length - told.length;
  const rest =
    others === 0
      ? ''
      : ` ${others.toLocaleString('en')} more ${others === 1 ? 'file was' : 'files were'} left out.`;
  return `${told.map(({ says }) => says).join(' ')}${rest}`;
}

/** What is said of a network whose weights did not come with it; null where they did. */
export function saidOfMissing({ main, missing }: FoundNetwork): string | null {
  if (missing.length === 0) return null;
  const [first] = missing;
  const named =
    missing.length <= MOST_TOLD
      ? missing.join(' and ')
      : `${first} and ${missing.length - 1} more, up to ${missing[missing.length - 1]}`;
  const file = baseName(main.path);
  return missing.length === 1
    ? `${file} refers to ${named}, which is not among the files. Drop it together with ${file}, or drop their folder.`
    : `${file} refers to ${named}, which are not among the files. Drop them together with ${file}, or drop their folder.`;
}
