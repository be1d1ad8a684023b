/** Endings of pictures that browsers read. */
const readable = /\.(jpe?g|jpe|jfif|png|gif|webp|avif|bmp)$/i;

/** Endings of pictures that they do not, with what such a file is. */
const unreadable: Record<string, string> = {
  tif: 'TIFF file',
  tiff: 'TIFF file',
  heic: 'HEIC file',
  heif: 'HEIF file',
  jp2: 'JPEG 2000 file',
  jxl: 'JPEG XL file',
  pgm: 'PGM file',
  pnm: 'PNM file',
  ppm: 'PPM file',
  psd: 'Photoshop file',
  svg: 'SVG drawing',
  tga: 'TGA file',
  cr2: 'camera’s raw file',
  dng: 'camera’s raw file',
  nef: 'camera’s raw file',
};

/** What systems put beside pictures: hidden files, and a folder that the Mac adds to archives. */
export const incidental = /(^|\/)(\.(?!\.?\/)|__MACOSX\/|Thumbs\.db$)/;

/**
 * What a file's name says about it: `picture`, a reason why it is none that can be read, or null where nobody
 * meant it as a picture.
 */
export function judgeName(path: string): { picture: true } | { picture: false; reason: string } | null {
  if (incidental.test(path)) return null;
  if (readable.test(path)) return { picture: true };
  const kind = unreadable[path.slice(path.lastIndexOf('.') + 1).toLowerCase()];
  return kind
    ? { picture: false, reason: `is a ${kind}, which a study cannot read. Save it as PNG or JPEG.` }
    : null;
}

/** Whether a file is meant as an archive of pictures. */
export const isArchive = (path: string) => /\.zip$/i.test(path) && !incidental.test(path);
