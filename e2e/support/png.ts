import { crc32, deflateSync, inflateSync } from 'node:zlib';

/** A second reader of PNG files, so that the exporter is not judged by its own. */
export interface Png {
  width: number;
  height: number;
  /** Pixels per metre, from pHYs. */
  density: { x: number; y: number; unit: number } | null;
  /** iTXt texts by keyword. */
  texts: Record<string, string>;
}

export function readPng(bytes: Buffer): Png {
  if (bytes.toString('latin1', 0, 8) !== '\x89PNG\r\n\x1a\n') throw new Error('This is no PNG file.');
  const png: Png = { width: 0, height: 0, density: null, texts: {} };
  let at = 8;
  for (let type = ''; type !== 'IEND'; ) {
    const length = bytes.readUInt32BE(at);
    type = bytes.toString('latin1', at + 4, at + 8);
    const data = bytes.subarray(at + 8, at + 8 + length);
    const sum = bytes.readUInt32BE(at + 8 + length);
    if (crc32(bytes.subarray(at + 4, at + 8 + length)) !== sum) throw new Error(`${type}: wrong checksum.`);
    if (type === 'IHDR') Object.assign(png, { width: data.readUInt32BE(0), height: data.readUInt32BE(4) });
    if (type === 'pHYs') png.density = { x: data.readUInt32BE(0), y: data.readUInt32BE(4), unit: data[8] };
    if (type === 'iTXt') readText(data, png.texts);
    at += 12 + length;
  }
  if (at !== bytes.length) throw new Error(`${bytes.length - at} bytes follow the end of the PNG.`);
  return png;
}

/** keyword 0 compressed method language 0 translated keyword 0 text */
function readText(data: Buffer, texts: Record<string, string>): void {
  const keyword = data.indexOf(0);
  const language = data.indexOf(0, keyword + 3);
  const translated = data.indexOf(0, language + 1);
  const text = data.subarray(translated + 1);
  texts[data.toString('latin1', 0, keyword)] = (data[keyword + 1] ? inflateSync(text) : text).toString(
    'utf8',
  );
}

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
};

/** A grey PNG that announces any size it likes, over the rows it is given. */
export function pngOfSize(width: number, height: number, rows: Buffer = Buffer.alloc(64)): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
