import sharp from 'sharp';
import { file, type TestFile } from './files';

/** A striped canopy in the sky over a hill: flat colours, so that every format holds it well. */
const shapes = `
  <rect width="320" height="320" fill="#7ab0e0"/>
  <path d="M40 170 A120 110 0 0 1 280 170 Z" fill="#d03028"/>
  <path d="M110 170 A50 110 0 0 1 210 170 Z" fill="#f4f0e8"/>
  <path d="M60 170 L158 262 L260 170" fill="none" stroke="#303030" stroke-width="4"/>
  <rect x="146" y="258" width="28" height="40" fill="#20242c"/>
  <rect y="300" width="320" height="20" fill="#4a7a30"/>`;

const drawing = (content: string, width = 320, height = 320) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${content}</svg>\n`;

export const sceneSvg = drawing(shapes);

export const scene = () => sharp(Buffer.from(sceneSvg)).removeAlpha();

/** The same scene in every format a browser reads. */
export async function sceneAs(format: string): Promise<TestFile> {
  const name = `scene.${format}`;
  switch (format) {
    case 'png':
      return file(name, await scene().png().toBuffer());
    case 'jpg':
      return file(name, await scene().jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer());
    case 'webp':
      return file(name, await scene().webp({ quality: 95 }).toBuffer());
    case 'avif':
      return file(name, await scene().avif({ quality: 90, effort: 2 }).toBuffer());
    case 'gif':
      return file(name, await scene().gif({ dither: 0 }).toBuffer());
    case 'svg':
      return file(name, sceneSvg);
    case 'bmp':
      return file(name, await bmp());
    default:
      throw new Error(`No scene as ${format}.`);
  }
}

/** The scene cut out: what was sky and hill is transparent, over a colour that must not show through. */
export async function transparentScene(): Promise<TestFile> {
  const cutOut = sharp(Buffer.from(drawing(shapes.replace(/<rect (width|y)[^>]*\/>/g, '')))).ensureAlpha();
  const { data, info } = await cutOut.raw().toBuffer({ resolveWithObject: true });
  for (let i = 0; i < data.length; i += 4) {
    if (data[i + 3] === 0) data.set([255, 0, 255], i);
  }
  const { width, height } = info;
  const png = sharp(data, { raw: { width, height, channels: 4 } }).png();
  return file('transparent.png', await png.toBuffer());
}

/** The same cut-out on white paper. */
export async function sceneOnWhite(): Promise<TestFile> {
  const content = `<rect width="320" height="320" fill="#fff"/>${shapes.replace(/<rect (width|y)[^>]*\/>/g, '')}`;
  return file(
    'on-white.png',
    await sharp(Buffer.from(drawing(content)))
      .removeAlpha()
      .png()
      .toBuffer(),
  );
}

/** 24 bits a pixel, rows from below, each padded to four bytes. */
async function bmp(): Promise<Buffer> {
  const { data, info } = await scene().raw().toBuffer({ resolveWithObject: true });
  const stride = Math.ceil((info.width * 3) / 4) * 4;
  const head = Buffer.alloc(54);
  head.write('BM');
  head.writeUInt32LE(54 + stride * info.height, 2);
  head.writeUInt32LE(54, 10);
  head.writeUInt32LE(40, 14);
  head.writeInt32LE(info.width, 18);
  head.writeInt32LE(info.height, 22);
  head.writeUInt16LE(1, 26);
  head.writeUInt16LE(24, 28);
  const rows = Buffer.alloc(stride * info.height);
  for (let y = 0; y < info.height; y++) {
    for (let x = 0; x < info.width; x++) {
      const from = (y * info.width + x) * 3;
      const to = (info.height - 1 - y) * stride + x * 3;
      rows.set([data[from + 2], data[from + 1], data[from]], to);
    }
  }
  return Buffer.concat([head, rows]);
}
