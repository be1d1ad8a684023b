import { membersOf, startOfMember } from '../codecs/zip/blob-archive';
import { ZipError, type ZipMember } from '../codecs/zip/zip-format';
import { judgeName } from '../picture/sets/picture-names';
import { sniffPicture } from '../picture/sniff';
import { binaryKind } from './binary-kinds';
import { ascii, sourceOfHead, startsWith } from './byte-source';
import type { FileKind, NetworkFormat } from './file-kind';
import type { ForeignName } from './foreign-kinds';
import { baseName, isIncidental } from './named-file';
import { failedDownload, textIn } from './text-kinds';

const foreign = (kind: ForeignName, member?: string): FileKind => ({
  is: 'foreign',
  kind,
  ...(member === undefined ? {} : { member }),
});

/** Members whose beginning is looked at where no name tells what an archive is. */
const MOST_LOOKED_AT = 12;
const MEMBER_HEAD = 4096;

/** What a zip archive is, by the names in its directory; where those do not tell, by what its files begin with. */
export async function zipKind(archive: Blob): Promise<FileKind> {
  let members: ZipMember[];
  try {
    members = await membersOf(archive);
  } catch (error) {
    if (error instanceof ZipError || error instanceof RangeError) return foreign('zip-damaged');
    throw error;
  }
  const files = members
    .map((member) => ({ ...member, name: member.name.replaceAll('\\', '/') }))
    .filter(({ name }) => !name.endsWith('/') && !isIncidental(name));
  if (files.length === 0) return foreign('zip-empty');
  const others = otherPrograms(files);
  if (others) return others;
  const network = networkIn(files);
  if (network) return (await failedDownloads(archive, files)) ?? network;
  const pictures = picturesIn(files);
  if (pictures) return pictures;
  if (files.some(({ name }) => /\.(weights\.h5|weights\.hdf5)$/i.test(name))) return foreign('keras-weights');
  if (files.some(({ name }) => isShard(name))) return foreign('tensorflowjs-weights');
  const locked = howLocked(files);
  if (locked) return foreign(locked);
  return (await byContent(archive, files)) ?? foreign('zip-of-nothing');
}

export const isShard = (name: string) => /group\d+-shard\d+of\d+[^/]*$/i.test(name);

/** Archives whose layout is that of another program. */
function otherPrograms(files: readonly ZipMember[]): FileKind | null {
  const has = (pattern: RegExp) => files.some(({ name }) => pattern.test(name));
  const at = (pattern: RegExp) => files.find(({ name }) => pattern.test(name))?.name;
  if (has(/(^|\/)(archive_format|serialized_exported_program\.json)$/)) return foreign('pytorch-export');
  if (has(/(^|\/)data\.pkl$/)) return foreign(has(/(^|\/)constants\.pkl$/) ? 'torchscript' : 'pytorch');
  if (has(/(^|\/)com\.apple\.CoreML\/.*\.mlmodel$/)) return foreign('core-ml');
  const saved = at(/(^|\/)saved_model\.pb(txt)?$/);
  if (saved !== undefined) return foreign('saved-model');
  if (
    has(/^\[Content_Types\]\.xml$/) ||
    (has(/^mimetype$/) && has(/^content\.xml$/)) ||
    has(/^Index\/.*\.iwa$/)
  ) {
    return foreign('office');
  }
  if (files.every(({ name }) => /\.npy$/i.test(name))) return foreign('numpy-archive');
  return null;
}

const describing = /(^|\/)[^/]*model[^/]*\.json$|\.(onnx|keras|h5|hdf5)$/i;
const weightsOnly = /\.weights\.(h5|hdf5)$/i;

const describesNetwork = ({ name }: ZipMember) => describing.test(name) && !weightsOnly.test(name);

/** What all files are that should describe a network, where none of them came whole: as in an archive of a repository. */
async function failedDownloads(archive: Blob, files: readonly ZipMember[]): Promise<FileKind | null> {
  let kind: FileKind | null = null;
  for (const member of files.filter(describesNetwork).slice(0, MOST_LOOKED_AT)) {
    const head = await startOfMember(archive, member, MEMBER_HEAD);
    const text = head && textIn(head, head.length < MEMBER_HEAD);
    const failed = member.size === 0 ? 'empty' : text ? failedDownload(text) : null;
    if (!failed) return null;
    kind ??= foreign(failed, baseName(member.name));
  }
  return kind;
}

function networkIn(files: readonly ZipMember[]): FileKind | null {
  const find = (name: string) => files.find((file) => file.name === name);
  const config = find('config.json');
  const weights = find('model.weights.h5');
  if (config && weights) return unlessLocked([config, weights], { is: 'network', format: 'keras' });
  const main = files.filter(describesNetwork);
  if (main.length === 0) return null;
  const format: NetworkFormat = 'zip';
  const pictures = files.some(isPicture);
  return unlessLocked(main, { is: 'network', format, ...(pictures ? { pictures } : {}) });
}

function picturesIn(files: readonly ZipMember[]): FileKind | null {
  const pictures = files.filter(isPicture);
  return pictures.length > 0 ? unlessLocked(pictures, { is: 'pictures' }) : null;
}

const isPicture = ({ name }: ZipMember) => judgeName(name)?.picture === true;

const unlessLocked = (files: readonly ZipMember[], kind: FileKind): FileKind => {
  const locked = howLocked(files);
  return locked ? foreign(locked) : kind;
};

/** How all of these are packed, where none can be unpacked here; null where one can. */
function howLocked(files: readonly ZipMember[]): ForeignName | null {
  if (files.some(({ encrypted, method }) => !encrypted && (method === 0 || method === 8))) return null;
  const [{ encrypted, method }] = files;
  if (encrypted) return 'zip-encrypted';
  const methods: Record<number, ForeignName> = {
    9: 'zip-deflate64',
    14: 'zip-lzma',
    20: 'zip-zstd',
    93: 'zip-zstd',
  };
  return methods[method] ?? 'zip-unusual';
}

/** The first of the largest files that is of a kind known here. */
async function byContent(archive: Blob, files: readonly ZipMember[]): Promise<FileKind | null> {
  let nested = false;
  const largest = [...files].sort((a, b) => b.size - a.size).slice(0, MOST_LOOKED_AT);
  for (const member of largest) {
    const head = await startOfMember(archive, member, MEMBER_HEAD);
    if (!head || head.length === 0 || /\.gltf$/i.test(member.name) || sniffPicture(head)) continue;
    const kind = startsWith(head, 'PK')
      ? archiveOf(head)
      : await binaryKind(sourceOfHead(head, member.size), member.name);
    if (kind === 'zip-in-zip') nested = true;
    else if (kind) return foreign(kind, baseName(member.name));
  }
  if (nested || files.some(({ name }) => /\.(zip|rar|7z|tar|t?gz|bz2|xz)$/i.test(name)))
    return foreign('zip-in-zip');
  const unreadable = files.map(({ name }) => judgeName(name)).some((judged) => judged?.picture === false);
  return unreadable ? { is: 'pictures' } : null;
}

/** What an archive within one is, by the name of its first member: PyTorch begins its files with one of a few. */
function archiveOf(head: Uint8Array): ForeignName {
  const first = ascii(head, 30, Math.min(200, head[26]));
  if (/(^|\/)data\.pkl$/.test(first)) return 'pytorch';
  return /(^|\/)archive_format$/.test(first) ? 'pytorch-export' : 'zip-in-zip';
}
