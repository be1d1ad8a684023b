import { textOfBlob } from '../codecs/decode-text';
import { inflatedStart } from '../codecs/inflate';
import { sniffPicture } from '../picture/sniff';
import { binaryKind, isCheckpointIndex, isOnnx } from './binary-kinds';
import { ascii, type ByteSource, sourceOfBlob, startsWith } from './byte-source';
import type { FileKind } from './file-kind';
import type { ForeignName } from './foreign-kinds';
import type { NamedFile } from './named-file';
import { LONGEST_TEXT, textIn, textKind } from './text-kinds';
import { isShard, zipKind } from './zip-kinds';

const foreign = (kind: ForeignName): FileKind => ({ is: 'foreign', kind });

/** What a file is, by its content; its name settles only what the content leaves open. */
export async function kindOf({ path, blob }: NamedFile): Promise<FileKind> {
  if (blob.size === 0) return foreign('empty');
  const source = await sourceOfBlob(blob);
  const { head } = source;
  if (startsWith(head, 'PK')) {
    const kind = await zipKind(blob);
    return kind.is === 'foreign' && leftToReader.includes(kind.kind) && /\.keras$/i.test(path) ? keras : kind;
  }
  if (isHdf5(head)) return hdf5Kind(source, path);
  if (startsWith(head, 'PAR1')) return { is: 'study' };
  if (startsWith(head, [0x1f, 0x8b])) return gzipKind(blob, path);
  const text = textIn(head, blob.size === head.length);
  const picture = sniffPicture(head);
  // Text that speaks of SVG may be a web page: its first element tells.
  if (picture && picture.type !== 'SVG') return { is: 'picture' };
  if (text !== null) {
    const kind = await textKind(text, path, async () =>
      blob.size <= LONGEST_TEXT ? textOfBlob(blob) : null,
    );
    if (picture && kind.is === 'foreign') return kind.kind === 'html' ? kind : { is: 'picture' };
    if (kind.is !== 'foreign' || kind.kind !== 'text') return kind;
    // Some formats begin with words.
    const worded = await binaryKind(source, path);
    return worded ? foreign(worded) : (byName(path) ?? kind);
  }
  if (picture) return { is: 'picture' };
  const binary = await binaryKind(source, path);
  if (binary) return foreign(binary);
  if (await isOnnx(source)) return { is: 'network', format: 'onnx' };
  if (await isCheckpointIndex(source)) return foreign('tensorflow-checkpoint');
  // The decoder says what is wrong with a picture that has lost its beginning.
  return byName(path) ?? (pictureName.test(path) ? { is: 'picture' } : foreign('unknown'));
}

/** Endings of pictures that browsers read. */
export const pictureName = /\.(jpe?g|jpe|jfif|png|gif|webp|avif|bmp)$/i;

const keras: FileKind = { is: 'network', format: 'keras' };

/** Archives called .keras in which something is missing: the reader of networks says what. */
const leftToReader: readonly ForeignName[] = [
  'keras-weights',
  'json',
  'zip-damaged',
  'zip-empty',
  'zip-of-nothing',
  'zip-in-zip',
];

/** A file that is damaged says by its name alone what it was meant to be: its reader tells what is wrong with it. */
function byName(path: string): FileKind | null {
  if (/\.onnx$/i.test(path)) return { is: 'network', format: 'onnx' };
  if (/\.keras$/i.test(path)) return keras;
  if (/\.(h5|hdf5)$/i.test(path)) return { is: 'network', format: 'hdf5' };
  if (/\.supersign-study\.json(\.gz)?$|\.parquet$/i.test(path)) return { is: 'study' };
  if (isShard(path) || weightsOfPage.test(path)) return foreign('tensorflowjs-shard');
  if (/\.(zip)$/i.test(path)) return foreign('zip-damaged');
  return null;
}

/** What TensorFlow.js calls weights that it saves in one file. */
const weightsOfPage = /(^|[/.])weights( ?\(\d+\))?\.bin$/i;

const hdf5Start = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
const isHdf5 = (head: Uint8Array) => startsWith(head, hdf5Start);

/** A file of more bytes is not searched for its architecture: the reader of networks finds out. */
const MOST_SEARCHED = 256 * 2 ** 20;
const SEARCHED_AT_ONCE = 4 * 2 ** 20;

/** Keras writes the architecture into an attribute, whose name stands in the file as it is; weights alone have none. */
async function hdf5Kind({ size, read }: ByteSource, path: string): Promise<FileKind> {
  const whole: FileKind = { is: 'network', format: 'hdf5' };
  if (size > MOST_SEARCHED) return whole;
  const wanted = 'model_config';
  let weights = false;
  for (let at = 0; at < size; at += SEARCHED_AT_ONCE) {
    // Latin-1 keeps every byte one letter.
    const bytes = await read(at, at + SEARCHED_AT_ONCE + wanted.length);
    const part = new TextDecoder('latin1').decode(bytes);
    if (part.includes(wanted)) return whole;
    weights ||= /layer_names|_layer_checkpoint_dependencies|\bvars\0/.test(part);
  }
  return weights || /\.weights\.h(df)?5$/i.test(path) ? foreign('keras-weights') : whole;
}

const PACKED_HEAD = 512;

async function gzipKind(blob: Blob, path: string): Promise<FileKind> {
  const start = await inflatedStart(blob, 'gzip', PACKED_HEAD);
  const text = ascii(start, 0, start.length);
  if (text.includes('"supersign/study"') || byName(path)?.is === 'study') return { is: 'study' };
  if (startsWith(start, 'ustar', 257)) return foreign('tar');
  if (/\.(tgz|tar\.gz)$/i.test(path)) return foreign('tar');
  if (startsWith(start, 'n+1\0', 344)) return foreign('nifti');
  const packed = await binaryKind(
    { head: start, size: start.length, read: async (from, to) => start.slice(from, to) },
    path,
  );
  return foreign(packed === 'pickle' || packed === 'joblib' || packed === 'numpy' ? packed : 'packed');
}
