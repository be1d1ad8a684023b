import { type PngChunk, PngError, readPngChunks, writePngChunks } from '../codecs/png-chunks';
import { chunkKeyword, chunkText, textChunk } from '../codecs/png-text';
import { ANALYSIS_KEYWORD } from './analysis-schema';

const METRES_PER_INCH = 0.0254;

export interface PngOptions {
  /** Printed resolution in pixels per inch. */
  readonly dpi: number;
  /** Texts by keyword. */
  readonly text?: Readonly<Record<string, string>>;
}

/** Encodes a canvas as a PNG file with its printed resolution and its texts. */
export async function canvasToPng(
  canvas: HTMLCanvasElement | OffscreenCanvas,
  options: PngOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const blob = await encode(canvas);
  return annotatePng(new Uint8Array(await blob.arrayBuffer()), options);
}

/** The PNG file with pHYs and iTXt chunks before its picture data; an existing pHYs is replaced. */
export async function annotatePng(bytes: Uint8Array, options: PngOptions): Promise<Uint8Array<ArrayBuffer>> {
  const entries = Object.entries(options.text ?? {});
  const added = [
    resolutionChunk(options.dpi),
    ...(await Promise.all(entries.map(([keyword, text]) => textChunk(keyword, text)))),
  ];
  const chunks = readPngChunks(bytes).filter((chunk) => chunk.type !== 'pHYs');
  const data = chunks.findIndex((chunk) => chunk.type === 'IDAT');
  if (data < 0) throw new PngError('This PNG file holds no picture data.');
  return writePngChunks([...chunks.slice(0, data), ...added, ...chunks.slice(data)]);
}

/** The iTXt text under a keyword, or null; throws PngError when the file is no whole PNG. */
export async function readPngText(bytes: Uint8Array, keyword: string): Promise<string | null> {
  const chunk = readPngChunks(bytes).find(
    (candidate) => candidate.type === 'iTXt' && chunkKeyword(candidate) === keyword,
  );
  return chunk ? chunkText(chunk) : null;
}

/** Whether a PNG file carries an analysis; false for a damaged file, which the picture decoder then names. */
export function hasAnalysis(bytes: Uint8Array): boolean {
  try {
    return readPngChunks(bytes).some(
      (chunk) => chunk.type === 'iTXt' && chunkKeyword(chunk) === ANALYSIS_KEYWORD,
    );
  } catch (error) {
    if (error instanceof PngError) return false;
    throw error;
  }
}

/** Pixels per metre, both axes, unit 1 (the metre). */
function resolutionChunk(dpi: number): PngChunk {
  const data = new Uint8Array(9);
  const view = new DataView(data.buffer);
  const density = Math.round(dpi / METRES_PER_INCH);
  view.setUint32(0, density);
  view.setUint32(4, density);
  data[8] = 1;
  return { type: 'pHYs', data };
}

async function encode(canvas: HTMLCanvasElement | OffscreenCanvas): Promise<Blob> {
  if ('convertToBlob' in canvas) return canvas.convertToBlob({ type: 'image/png' });
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob) return blob;
  throw new Error(
    `This browser could not encode a picture of ${canvas.width} x ${canvas.height} pixels. Export at a lower resolution.`,
  );
}
