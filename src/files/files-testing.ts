import { gzipSync } from 'node:zlib';
import { type Member, zipOf } from '../codecs/zip/zip-testing';
import type { ForeignName } from './foreign-kinds';
import type { NamedFile } from './named-file';

type Content = string | readonly number[] | Uint8Array;

/** Letters are bytes of Latin-1 each. */
const bytesOf = (content: Content): Buffer =>
  typeof content === 'string' ? Buffer.from(content, 'latin1') : Buffer.from(content);

export const bytes = (...parts: Content[]): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(Buffer.concat(parts.map(bytesOf)));

export const named = (path: string, ...parts: Content[]): NamedFile => ({
  path,
  blob: new Blob([bytes(...parts)]),
});

/** A zip archive of files by name. */
export const zipNamed = (
  path: string,
  members: Record<string, Content>,
  change: Partial<Member> = {},
): NamedFile =>
  named(
    path,
    zipOf(
      Object.entries(members).map(([name, content]) => ({
        name,
        content: bytes(content),
        method: 8,
        ...change,
      })),
    ),
  );

const zeros = (length: number) => new Uint8Array(length);

/** A field of a message of Protocol Buffers: a number, or bytes. */
export function field(number: number, content: number | Content): Uint8Array {
  const varint = (value: number): number[] =>
    value < 128 ? [value] : [(value % 128) | 128, ...varint(Math.floor(value / 128))];
  if (typeof content === 'number') return bytes(varint(number * 8), varint(content));
  const inner = bytesOf(content);
  return bytes(varint(number * 8 + 2), varint(inner.length), inner);
}

/** A directory of TIFF with tags of one short number each. */
function tiff(tags: Record<number, number>): Uint8Array {
  const entries = Object.entries(tags);
  const view = new DataView(new ArrayBuffer(8 + 2 + 12 * entries.length + 4));
  view.setUint32(0, 0x49492a00);
  view.setUint32(4, 8, true);
  view.setUint16(8, entries.length, true);
  entries.forEach(([tag, value], i) => {
    const at = 10 + 12 * i;
    view.setUint16(at, Number(tag), true);
    view.setUint16(at + 2, 3, true);
    view.setUint32(at + 4, 1, true);
    view.setUint16(at + 8, value, true);
  });
  return new Uint8Array(view.buffer);
}

/** A box of ISO 14496-12 that says which brand of file follows. */
const boxes = (brand: string) => bytes([0, 0, 0, 24], 'ftyp', brand, zeros(4), brand, 'isom', zeros(40));

const pickle = [0x80, 0x04];
const safetensors = '{"weight":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}';
const tarHead = bytes('model/', zeros(251), 'ustar\0', zeros(300));
const hdf5 = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * Files of the kinds that are told apart, as few bytes of each as tell it: laid out as the programs lay them out that write such
 * files, after their specifications. Each kind stands here at least once, under a name that does not give it away where the
 * content is to tell.
 */
export const foreignFiles: [ForeignName, NamedFile][] = [
  ['tensorflow-lite', named('model_unquant.tflite', [0x1c, 0, 0, 0], 'TFL3', zeros(64))],
  [
    'tensorflow-lite',
    zipNamed('converted_tflite.zip', {
      'model.tflite': bytes([28, 0, 0, 0], 'TFL3', zeros(900)),
      'labels.txt': '0 a\n1 b',
    }),
  ],
  [
    'pytorch',
    zipNamed('resnet18.pth', {
      'archive/data.pkl': 'x',
      'archive/version': '3',
      'archive/data/0': 'numbers',
    }),
  ],
  [
    'pytorch',
    named(
      'old.pt',
      pickle.slice(0, 1),
      [0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19],
      '.',
      zeros(40),
    ),
  ],
  [
    'torchscript',
    zipNamed('scripted.pt', { 'net/data.pkl': 'x', 'net/constants.pkl': 'x', 'net/code/__torch__.py': 'x' }),
  ],
  [
    'pytorch-export',
    zipNamed('program.pt2', {
      'program/archive_format': 'pt2',
      'program/models/model.json': '{}',
      'program/data/weights/w': 'x',
    }),
  ],
  [
    'safetensors',
    named('model.safetensors', [safetensors.length, 0, 0, 0, 0, 0, 0, 0], safetensors, zeros(4)),
  ],
  ['saved-model', named('saved_model.pb', field(1, 1), field(2, field(1, 'graph')))],
  [
    'saved-model',
    zipNamed('export.zip', { 'export/saved_model.pb': 'x', 'export/variables/variables.index': 'x' }),
  ],
  [
    'frozen-graph',
    named(
      'frozen.pb',
      field(1, bytes(field(1, 'input'), field(2, 'Placeholder'))),
      field(1, bytes(field(1, 'y'), field(2, 'Relu'))),
    ),
  ],
  ['tensorflow-checkpoint', named('model.ckpt-1000.data-00000-of-00001', [0x3f, 0x80, 1, 2, 3, 0, 0, 7])],
  [
    'tensorflow-checkpoint',
    named('variables.index', zeros(60), [0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb]),
  ],
  ['tensorflow-checkpoint', named('checkpoint', 'model_checkpoint_path: "model.ckpt-1000"\n')],
  ['core-ml', named('Net.mlmodel', field(1, 4), field(2, field(1, 'image')), field(500, 'layers'))],
  [
    'core-ml',
    zipNamed('Net.mlpackage.zip', {
      'Net.mlpackage/Manifest.json': '{}',
      'Net.mlpackage/Data/com.apple.CoreML/model.mlmodel': 'x',
    }),
  ],
  ['caffe', named('bvlc.caffemodel', field(1, 'CaffeNet'), field(100, field(1, 'conv1')))],
  ['caffe', named('deploy.prototxt', 'name: "CaffeNet"\nlayer {\n  name: "data"\n}\n')],
  ['darknet', named('yolo.cfg', '[net]\nbatch=1\n')],
  ['darknet', named('yolo.weights', [0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 9, 9, 9, 9, 1, 2, 3, 4])],
  ['openvino', named('net.xml', '<?xml version="1.0"?>\n<net name="net" version="11"></net>')],
  ['onnx-runtime', named('net.ort', [0x10, 0, 0, 0], 'ORTM', zeros(40))],
  ['tensorrt', named('net.engine', 'ptrt', zeros(40))],
  ['gguf', named('llama.gguf', 'GGUF', [3, 0, 0, 0], zeros(40))],
  ['joblib', named('forest.joblib', pickle, [0x95, 0, 1, 0, 0, 0, 0, 0, 0], '\x8c\x15sklearn.ensemble\x94')],
  ['joblib', named('forest.pkl.z', [0x78, 0x9c, 0x6b, 0x60, 0x99])],
  ['pickle', named('model.pkl', pickle, [0x95, 0, 1, 0, 0, 0, 0, 0, 0], '\x8c\x08builtins\x94')],
  [
    'keras-weights',
    named('net.weights.h5', hdf5, zeros(80), 'layers\0_layer_checkpoint_dependencies\0vars\0'),
  ],
  ['keras-weights', named('weights.h5', hdf5, zeros(80), 'layer_names\0backend\0')],
  [
    'keras-architecture',
    named(
      'config.json',
      '{"module": "keras", "class_name": "Functional", "config": {"name": "net", "layers": []}}',
    ),
  ],
  [
    'tensorflowjs-weights',
    named('weights_manifest.json', '[{"paths": ["group1-shard1of1"], "weights": []}]'),
  ],
  ['tensorflowjs-shard', named('group1-shard1of2.bin', [0x3f, 0x80, 0x81, 2, 3, 0xff, 0, 7])],
  ['checkpoint', named('kept.json', '{"schema":"supersign/checkpoint","version":1}')],
  [
    'lfs-pointer',
    named('model.onnx', 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n'),
  ],
  [
    'html',
    named(
      'resnet50.onnx',
      '<!DOCTYPE html>\n<html lang="en"><head><title>Sign in</title><svg></svg></head></html>',
    ),
  ],
  ['html', named('photo.jpg', '\n<html><body>Too many requests</body></html>')],
  [
    'server-error',
    named('model.h5', '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code></Error>'),
  ],
  ['server-error', named('model.keras', 'Entry not found')],
  ['server-error', named('weights.bin', '{"error":"Repository not found"}')],
  ['empty', named('photo.png', '')],
  ['blank', named('labels.txt', ' \n\n')],
  ['other-picture', named('scan', 'qoif', zeros(40))],
  ['shortcut', named('photo.url', '[InternetShortcut]\r\nURL=https://example.org/\r\n')],
  ['shortcut', named('photo.jpg.lnk', [0x4c, 0, 0, 0, 1, 0x14, 2, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0])],
  ['heic', named('IMG_0001.jpg', boxes('heic'))],
  ['heic', named('IMG_0002.heif', boxes('mif1'))],
  ['tiff', named('scan.tif', tiff({ 256: 10, 259: 1 }))],
  ['raw', named('IMG.cr2', [0x49, 0x49, 0x2a, 0, 16, 0, 0, 0], 'CR', [2, 0], zeros(40))],
  ['raw', named('DSC.nef', [0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8], zeros(40))],
  ['raw', named('unnamed', tiff({ 271: 0, 330: 0 }))],
  ['raw', named('photo.tif', tiff({ 256: 10, 50706: 1 }))],
  ['raw', named('IMG.CR3', boxes('crx '))],
  ['raw', named('DSCF.RAF', 'FUJIFILMCCD-RAW 0201', zeros(40))],
  ['photoshop', named('poster.psd', '8BPS', [0, 1], zeros(40))],
  ['jpeg-xl', named('photo.jxl', [0xff, 0x0a, 0xfa, 0x1f])],
  ['jpeg-2000', named('photo.jp2', [0, 0, 0, 12], 'jP  ', [0x0d, 0x0a, 0x87, 0x0a])],
  [
    'netpbm',
    named('photo.ppm', 'P6\n# made by hand\n2 2\n255\n', [255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9]),
  ],
  ['openexr', named('render.exr', [0x76, 0x2f, 0x31, 1, 2, 0, 0, 0])],
  ['icon', named('favicon.ico', [0, 0, 1, 0, 1, 0, 16, 16])],
  ['dicom', named('IM0001', zeros(128), 'DICM', [2, 0, 0, 0])],
  ['nifti', named('brain.nii', [0x5c, 1, 0, 0], zeros(340), 'n+1\0')],
  ['nifti', named('brain.nii.gz', gzipSync(bytes([0x5c, 1, 0, 0], zeros(340), 'n+1\0', zeros(200))))],
  ['fits', named('m31.fits', 'SIMPLE  =                    T', zeros(40))],
  ['pdf', named('paper.pdf', '%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n')],
  ['postscript', named('figure.eps', '%!PS-Adobe-3.0 EPSF-3.0\n')],
  ['video', named('clip.mp4', boxes('mp42'))],
  ['video', named('clip.mov', boxes('qt  '))],
  ['video', named('clip.webm', [0x1a, 0x45, 0xdf, 0xa3], zeros(40))],
  ['video', named('clip.avi', 'RIFF', [9, 0, 0, 0], 'AVI LIST', zeros(40))],
  ['audio', named('sound.wav', 'RIFF', [9, 0, 0, 0], 'WAVEfmt ', zeros(40))],
  ['audio', named('sound.mp3', 'ID3', [3, 0, 0, 0, 0, 0, 0x21])],
  ['numpy', named('x.npy', '\x93NUMPY', [1, 0], zeros(40))],
  ['numpy-archive', zipNamed('data.npz', { 'x_train.npy': '\x93NUMPY', 'y_train.npy': '\x93NUMPY' })],
  ['tfrecord', named('train.tfrecord', [20, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 0x0a, 0x12], zeros(60))],
  ['matlab', named('data.mat', 'MATLAB 5.0 MAT-file, Platform: GLNXA64', zeros(100))],
  ['csv', named('train.csv', 'image,label\na.jpg,cat\nb.jpg,dog\n')],
  ['csv', named('results', 'epoch;loss;accuracy\n1;0.5;0.8\n2;0.4;0.9\n')],
  ['office', zipNamed('classes.xlsx', { '[Content_Types].xml': 'x', 'xl/workbook.xml': 'x' })],
  ['office', named('letter.doc', [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], zeros(40))],
  ['notebook', named('train.ipynb', '{"cells": [], "metadata": {}, "nbformat": 4}')],
  ['code', named('train.py', 'import torch\nmodel = torch.nn.Linear(2, 2)\n')],
  ['broken-json', named('torn.json', '{"remember": "the mi')],
  ['boxes', named('000001.xml', '<annotation>\n\t<filename>000001.jpg</filename>\n</annotation>')],
  ['boxes', named('instances.json', '{"images": [], "annotations": [], "categories": []}')],
  ['json', named('notes.json', '{"remember": "the milk"}')],
  ['text', named('letter.png', 'Dear Sir or Madam,\n')],
  ['zip-damaged', named('album.zip', 'PK\x03\x04', new Uint8Array(60).fill(7))],
  ['zip-in-zip', zipNamed('download.zip', { 'model.zip': 'PK', 'read me.txt': 'x' })],
  ['zip-encrypted', zipNamed('secret.zip', { 'model.json': '{}' }, { flags: 1 })],
  ['zip-lzma', zipNamed('small.zip', { 'model.onnx': 'x' }, { method: 14 })],
  ['zip-zstd', zipNamed('fast.zip', { 'a.jpg': 'x', 'b.jpg': 'x' }, { method: 93 })],
  ['zip-deflate64', zipNamed('large.zip', { 'a.jpg': 'x' }, { method: 9 })],
  ['zip-unusual', zipNamed('odd.zip', { 'net.keras': 'x' }, { method: 12 })],
  ['zip-empty', zipNamed('none.zip', {})],
  ['zip-of-nothing', zipNamed('notes.zip', { 'read me.txt': 'Nothing here.' })],
  ['rar', named('photos.rar', 'Rar!\x1a\x07\x01\0')],
  ['seven-zip', named('photos.7z', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 4])],
  ['tar', named('model.tar', tarHead)],
  ['tar', named('model.tar.gz', gzipSync(tarHead))],
  ['packed', named('model.h5.gz', gzipSync(bytes(hdf5, zeros(600))))],
  ['packed', named('photos.bz2', 'BZh91AY&SY')],
  ['unknown', named('mystery.dat', [0xde, 0xad, 0xbe, 0xef, 0, 1, 2, 0xff, 0xee])],
];
