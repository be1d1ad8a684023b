/** What the first bytes of a file say about it. */
export interface PictureHeader {
  type: 'PNG' | 'JPEG' | 'GIF' | 'WebP' | 'AVIF' | 'BMP' | 'SVG';
  /** Pixels, where the header tells. */
  width: number | null;
  height: number | null;
  /** False when the end of the file is missing. */
  complete: boolean;
}

/** Recognises a picture by its content, whatever its name; null when it is none that browsers read. */
export function sniffPicture(bytes: Uint8Array): PictureHeader | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return (
    png(bytes, view) ??
    jpeg(bytes, view) ??
    gif(bytes, view) ??
    webp(bytes, view) ??
    avif(bytes, view) ??
    bmp(bytes, view) ??
    svg(bytes)
  );
}

const ascii = (bytes: Uint8Array, start: number, length: number) =>
  String.fromCharCode(...bytes.subarray(start, start + length));

function png(bytes: Uint8Array, view: DataView): PictureHeader | null {
  if (ascii(bytes, 0, 8) !== '\x89PNG\r\n\x1a\n') return null;
  const hasHeader = bytes.length >= 24 && ascii(bytes, 12, 4) === 'IHDR';
  let offset = 8;
  let complete = false;
  while (offset + 12 <= bytes.length && !complete) {
    complete = ascii(bytes, offset + 4, 4) === 'IEND';
    offset += 12 + view.getUint32(offset);
  }
  return {
    type: 'PNG',
    width: hasHeader ? view.getUint32(16) : null,
    height: hasHeader ? view.getUint32(20) : null,
    complete: complete && offset <= bytes.length,
  };
}

/** Start of frame markers: all of 0xC0..0xCF but the tables DHT, JPG and DAC. */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

function jpeg(bytes: Uint8Array, view: DataView): PictureHeader | null {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8 || bytes[2] !== 0xff) return null;
  const header: PictureHeader = { type: 'JPEG', width: null, height: null, complete: false };
  let offset = 2;
  while (offset + 4 <= bytes.length && bytes[offset] === 0xff) {
    const marker = bytes[offset + 1];
    if (isFrame(marker) && offset + 9 <= bytes.length) {
      header.height = view.getUint16(offset + 5);
      header.width = view.getUint16(offset + 7);
    }
    if (marker === 0xda) {
      header.complete = endsAfter(bytes, offset);
      break;
    }
    offset += 2 + view.getUint16(offset + 2);
  }
  return header;
}

/** Whether an end-of-image marker follows `start`; a preview in the metadata has one of its own before. */
function endsAfter(bytes: Uint8Array, start: number): boolean {
  for (let i = bytes.length - 2; i > start; i--) {
    if (bytes[i] === 0xff && bytes[i + 1] === 0xd9) return true;
  }
  return false;
}

function gif(bytes: Uint8Array, view: DataView): PictureHeader | null {
  if (!/^GIF8[79]a$/.test(ascii(bytes, 0, 6))) return null;
  const hasSize = bytes.length >= 13;
  return {
    type: 'GIF',
    width: hasSize ? view.getUint16(6, true) : null,
    height: hasSize ? view.getUint16(8, true) : null,
    complete: hasSize && gifEnds(bytes),
  };
}

/** Whether the blocks of a GIF lead to its trailer; a byte of that value is found in most pictures' pixels too. */
function gifEnds(bytes: Uint8Array): boolean {
  const tableLength = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  let offset = 13 + tableLength(bytes[10]);
  while (offset < bytes.length) {
    const kind = bytes[offset];
    if (kind === 0x3b) return true;
    if (kind === 0x2c) offset += 11 + tableLength(bytes[offset + 9]);
    else if (kind === 0x21) offset += 2;
    else return false;
    while (bytes[offset] > 0) offset += 1 + bytes[offset];
    offset += 1;
  }
  return false;
}

function webp(bytes: Uint8Array, view: DataView): PictureHeader | null {
  if (ascii(bytes, 0, 4) !== 'RIFF' || ascii(bytes, 8, 4) !== 'WEBP') return null;
  const complete = view.getUint32(4, true) + 8 <= bytes.length;
  const size = (width: number | null, height: number | null): PictureHeader => ({
    type: 'WebP',
    width,
    height,
    complete,
  });
  if (bytes.length < 30) return size(null, null);
  switch (ascii(bytes, 12, 4)) {
    case 'VP8X':
      return size(
        1 + (view.getUint32(24, true) & 0xffffff),
        1 + ((view.getUint32(26, true) >>> 8) & 0xffffff),
      );
    case 'VP8L': {
      const packed = view.getUint32(21, true);
      return size(1 + (packed & 0x3fff), 1 + ((packed >>> 14) & 0x3fff));
    }
    default:
      return size(view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff);
  }
}

function avif(bytes: Uint8Array, view: DataView): PictureHeader | null {
  if (bytes.length < 16 || ascii(bytes, 4, 4) !== 'ftyp') return null;
  const brands = ascii(bytes, 8, Math.min(64, view.getUint32(0)) - 8);
  if (!/avif|avis/.test(brands)) return null;
  let offset = 0;
  while (offset + 8 <= bytes.length) {
    const size = view.getUint32(offset);
    // 0 means "to the end of the file", 1 a 64-bit size follows.
    if (size === 0) offset = bytes.length;
    else if (size !== 1) offset += Math.max(8, size);
    else if (offset + 16 > bytes.length) break;
    else offset += Math.max(16, view.getUint32(offset + 12));
  }
  return { type: 'AVIF', width: null, height: null, complete: offset === bytes.length };
}

function bmp(bytes: Uint8Array, view: DataView): PictureHeader | null {
  if (ascii(bytes, 0, 2) !== 'BM' || bytes.length < 26) return null;
  const announced = view.getUint32(2, true);
  return {
    type: 'BMP',
    width: view.getInt32(18, true),
    height: Math.abs(view.getInt32(22, true)),
    complete: announced === 0 || announced <= bytes.length,
  };
}

function svg(bytes: Uint8Array): PictureHeader | null {
  const start = new TextDecoder().decode(bytes.subarray(0, 4096)).trimStart();
  if (!start.startsWith('<') || !/<svg[\s>]/.test(start)) return null;
  const end = new TextDecoder().decode(bytes.subarray(-256));
  return {
    type: 'SVG',
    width: null,
    height: null,
    complete: /<\/svg>\s*(<!--[\s\S]*-->\s*)?$|\/>\s*$/.test(end),
  };
}
