import { ascii, type ByteSource, startsWith } from './byte-source';
import type { ForeignName } from './foreign-kinds';
import { fieldsOf } from './protobuf-fields';

type Signature = readonly [kind: ForeignName, start: string | readonly number[], at?: number];

/** Kinds that a few bytes at a fixed place tell, the surest first. */
const signatures: readonly Signature[] = [
  ['tensorflow-lite', 'TFL3', 4],
  ['onnx-runtime', 'ORTM', 4],
  ['tensorrt', 'ptrt'],
  ['tensorrt', 'ftrt'],
  ['gguf', 'GGUF'],
  ['gguf', 'lmgg'],
  ['numpy', '\x93NUMPY'],
  ['matlab', 'MATLAB 5.0'],
  ['matlab', 'MATLAB 7.3'],
  ['photoshop', '8BPS'],
  ['jpeg-xl', [0xff, 0x0a]],
  ['jpeg-xl', [0, 0, 0, 12, 0x4a, 0x58, 0x4c, 0x20]],
  ['jpeg-2000', [0, 0, 0, 12, 0x6a, 0x50, 0x20, 0x20]],
  ['jpeg-2000', [0xff, 0x4f, 0xff, 0x51]],
  ['openexr', [0x76, 0x2f, 0x31, 0x01]],
  ['icon', [0, 0, 1, 0]],
  ['other-picture', 'qoif'],
  ['other-picture', 'DDS '],
  ['other-picture', 'icns'],
  ['other-picture', 'gimp xcf'],
  ['other-picture', 'farbfeld'],
  ['other-picture', 'AT&TFORM'],
  ['other-picture', [0x01, 0xda, 0x00, 0x01]],
  ['other-picture', [0x01, 0xda, 0x01, 0x01]],
  ['other-picture', [0x0a, 0x05, 0x01, 0x08]],
  ['other-picture', ' EMF', 40],
  ['other-picture', [0xd7, 0xcd, 0xc6, 0x9a]],
  ['dicom', 'DICM', 128],
  ['nifti', 'n+1\0', 344],
  ['nifti', 'ni1\0', 344],
  ['fits', 'SIMPLE  ='],
  ['pdf', '%PDF-'],
  ['postscript', '%!PS'],
  ['raw', 'FUJIFILMCCD-RAW'],
  ['raw', 'IIRO'],
  ['raw', 'IIRS'],
  ['raw', 'IIU\0'],
  ['raw', 'FOVb'],
  ['video', [0x1a, 0x45, 0xdf, 0xa3]],
  ['video', [0, 0, 1, 0xba]],
  ['video', [0, 0, 1, 0xb3]],
  ['video', 'FLV\x01'],
  ['video', [0x30, 0x26, 0xb2, 0x75]],
  ['video', [0, 0, 0, 1, 0x67]],
  ['audio', 'vorbis', 29],
  ['audio', 'OpusHead', 28],
  ['video', 'OggS'],
  ['video', 'moov', 4],
  ['video', 'mdat', 4],
  ['video', 'wide', 4],
  ['audio', 'ID3'],
  ['audio', 'fLaC'],
  ['audio', [0xff, 0xf1]],
  ['audio', [0xff, 0xf9]],
  ['audio', [0xff, 0xfb]],
  ['audio', [0xff, 0xf3]],
  ['office', [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]],
  ['office', '{\\rtf'],
  ['shortcut', [0x4c, 0, 0, 0, 1, 0x14, 2, 0]],
  ['rar', 'Rar!\x1a\x07'],
  ['seven-zip', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['tar', 'ustar', 257],
  ['packed', 'BZh'],
  ['packed', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]],
  ['packed', [0x28, 0xb5, 0x2f, 0xfd]],
  ['packed', [0x5d, 0, 0, 0x80, 0]],
  ['packed', [0x5d, 0, 0, 0, 4]],
  ['packed', [0x5d, 0, 0, 0x40, 0]],
];

/** The kind of a binary file that is neither read here nor an archive; null where nothing tells it. */
export async function binaryKind(source: ByteSource, path: string): Promise<ForeignName | null> {
  const { head } = source;
  const found = signatures.find(([, start, at]) => startsWith(head, start, at));
  if (found) return found[0];
  return (
    container(head) ??
    tiffKind(head, path) ??
    (await pickleKind(source)) ??
    plainKind(source, path) ??
    (await protobufKind(source))
  );
}

/** Files of boxes (ISO 14496-12) and of chunks (RIFF), which name what they hold. */
function container(head: Uint8Array): ForeignName | null {
  if (startsWith(head, 'ftyp', 4)) {
    const brands = ascii(head, 8, 56);
    if (brands.startsWith('crx ')) return 'raw';
    if (/^M4[AB] /.test(brands)) return 'audio';
    return /^(hei[cxms]|hev[cxms]|mif[12]|msf1)/.test(brands) ? 'heic' : 'video';
  }
  if (isTransportStream(head)) return 'video';
  if (!startsWith(head, 'RIFF')) return null;
  const form = ascii(head, 8, 4);
  if (form === 'AVI ') return 'video';
  return form === 'WAVE' ? 'audio' : null;
}

/** Packets of MPEG, 188 bytes each and with the same first byte, from the start or, on discs, behind a time each. */
const isTransportStream = (head: Uint8Array): boolean =>
  [
    [0, 188],
    [4, 192],
  ].some(([first, apart]) => [0, 1, 2].every((i) => head[first + i * apart] === 0x47));

/** Tags of TIFF 6.0, and what Adobe and the makers of cameras added. */
const MAKE = 271;
const COMPRESSION = 259;
const SUB_IMAGES = 330;
const DNG_VERSION = 50706;
/** Compressed as only cameras of that make do. */
const rawCompressions = [32767, 34713, 34892, 65535];

/** TIFF, and the raw files of cameras, which are laid out like it. */
function tiffKind(head: Uint8Array, path: string): ForeignName | null {
  const little = startsWith(head, [0x49, 0x49, 0x2a, 0]);
  if (startsWith(head, [0x4d, 0x4d, 0, 0x2b]) || startsWith(head, [0x49, 0x49, 0x2b, 0])) return 'tiff';
  if (!little && !startsWith(head, [0x4d, 0x4d, 0, 0x2a])) return null;
  if (startsWith(head, 'CR', 8) || /\.(cr2|nef|nrw|arw|srf|sr2|dng|pef|3fr|iiq|erf|mos)$/i.test(path))
    return 'raw';
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const directory = view.byteLength >= 8 ? view.getUint32(4, little) : view.byteLength;
  const tags = new Map<number, number>();
  const count = directory + 2 <= view.byteLength ? view.getUint16(directory, little) : 0;
  for (let i = 0; i < count; i++) {
    const at = directory + 2 + 12 * i;
    if (at + 12 > view.byteLength) break;
    tags.set(view.getUint16(at, little), view.getUint16(at + 8, little));
  }
  const ofCamera = tags.has(MAKE) && tags.has(SUB_IMAGES);
  const raw = tags.has(DNG_VERSION) || ofCamera || rawCompressions.includes(tags.get(COMPRESSION) ?? 0);
  return raw ? 'raw' : 'tiff';
}

/** What `torch.save` wrote before it wrote archives: a pickled number of its own first. */
const torchMagic = [0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19];

/** Files of Python's pickle, and who wrote them. */
async function pickleKind({ head, size, read }: ByteSource): Promise<ForeignName | null> {
  const start = ascii(head, 0, 4096);
  const [first, second] = head;
  // joblib packs by zlib, whose head names the strength of the packing.
  if ((first === 0x78 && [0x01, 0x5e, 0x9c, 0xda].includes(second)) || start.startsWith('ZF'))
    return 'joblib';
  const isLate = first === 0x80 && second >= 2 && second <= 5;
  // Before it had a signature: what is put together is noted under a number, and a point ends it.
  const isEarly =
    /^(\(?[dl]p\d|c[\w.]+\n\w+\n)/.test(start) ||
    (/^[\]}(]/.test(start) && (/\np\d+\n/.test(start) || start.includes('q\0')));
  if (!isLate && !(isEarly && (await read(size - 1, size))[0] === 0x2e)) return null;
  if (startsWith(head, torchMagic, 2) || /\btorch(\.|\n|vision)/.test(start)) return 'pytorch';
  return /joblib|numpy_pickle|sklearn/.test(start) ? 'joblib' : 'pickle';
}

/** Kinds told by a length in front, or by the name and the first bytes together. */
function plainKind({ head, size }: ByteSource, path: string): ForeignName | null {
  if (isBareDicom(head, path)) return 'dicom';
  if (/\.tga$/i.test(path) && head[1] <= 1) return 'other-picture';
  if (head.length >= 16) {
    const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
    const length = view.getUint32(0, true) + view.getUint32(4, true) * 2 ** 32;
    if (length > 1 && length + 8 <= size && startsWith(head, '{"', 8)) return 'safetensors';
    if (length > 0 && length < 2 ** 31 && length + 16 <= size && head[12] === 0x0a) return 'tfrecord';
    if (/\.weights$/i.test(path) && view.getUint32(0, true) === 0 && view.getUint32(4, true) <= 5)
      return 'darknet';
  }
  if (/^P[1-6]\s/.test(ascii(head, 0, 3)) && /^P[1-6]\s+(#[^\n]*\s+)*\d+\s/.test(ascii(head, 0, 512)))
    return 'netpbm';
  if (/\.data-\d{5}-of-\d{5}$|\.ckpt$/i.test(path)) return 'tensorflow-checkpoint';
  return null;
}

/** DICOM without its preamble: the first element is of the group 8, with a type of two letters or, named .dcm, without. */
function isBareDicom(head: Uint8Array, path: string): boolean {
  if (head.length < 16 || head[0] !== 8 || head[1] !== 0 || head[3] !== 0 || head[2] % 2 === 1) return false;
  return /^(UI|CS|UL|DA|SH|LO)$/.test(ascii(head, 4, 2)) || /\.(dcm|dicom|ima)$/i.test(path);
}

/** Models that are messages of Protocol Buffers, which have no signature: told by their fields. */
async function protobufKind(source: ByteSource): Promise<ForeignName | null> {
  const fields = await fieldsOf(source);
  if (!fields || fields.length === 0) return null;
  const has = (number: number, wire: number) =>
    fields.some((field) => field.number === number && field.wire === wire);
  const [first] = fields;
  // CoreML.Model: its version, its description, and the kind of model under a number of its own.
  if (
    has(1, 0) &&
    has(2, 2) &&
    fields.some(({ number, wire }) => number >= 200 && number < 5000 && wire === 2)
  ) {
    return 'core-ml';
  }
  // tensorflow.SavedModel: the version of its schema, 1, and its graphs.
  if (
    first.number === 1 &&
    first.wire === 0 &&
    first.value === 1 &&
    has(2, 2) &&
    fields.every(({ number }) => number <= 2)
  ) {
    return 'saved-model';
  }
  if (first.number !== 1 || first.wire !== 2) return null;
  // caffe.NetParameter: a name, then layers.
  if (has(100, 2)) return 'caffe';
  return (await isGraphNode(source, first)) ? 'frozen-graph' : null;
}

/** Whether the first field of tensorflow.GraphDef is a node: a name and an operation. */
async function isGraphNode(
  source: ByteSource,
  { start, length }: { start: number; length: number },
): Promise<boolean> {
  const node = await fieldsOf(source, 2, start, start + length);
  if (!node || node.length < 2 || node[0].number !== 1 || node[1].number !== 2) return false;
  const op = await source.read(node[1].start, node[1].start + Math.min(64, node[1].length));
  return node[1].wire === 2 && /^[A-Z]\w*$/.test(ascii(op, 0, op.length));
}

/** The end of a table of LevelDB, in which TensorFlow lists the weights of a checkpoint. */
const tableEnd = [0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb];

export async function isCheckpointIndex({ size, read }: ByteSource): Promise<boolean> {
  return size >= 48 && startsWith(await read(size - 8, size), tableEnd);
}

/** Whether a file is a network in ONNX: `ModelProto` has a version, operators' sets and a graph, whole in the file. */
export async function isOnnx(source: ByteSource): Promise<boolean> {
  const fields = await fieldsOf(source);
  if (!fields) return false;
  const has = (number: number, wire: number) =>
    fields.some((field) => field.number === number && field.wire === wire);
  // TensorFlow's fingerprint of a SavedModel has numbers where an ONNX file names who made it.
  const named = fields.every(({ number, wire }) => ![2, 3, 4, 6].includes(number) || wire === 2);
  return has(7, 2) && (has(1, 0) || has(8, 2)) && named && fields.every(({ number }) => number <= 30);
}
