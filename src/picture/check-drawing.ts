import { textOfBlob } from '../codecs/decode-text';
import { drawnElements } from './drawn-elements';
import { PictureError } from './picture-error';

/** Longest text of a drawing, in bytes. */
const MOST_BYTES = 64 * 2 ** 20;
/** Chromium was measured to draw 20,000 to 60,000 elements a second. */
const MOST_ELEMENTS = 200_000;

const instead = 'Save it as PNG in the program it comes from, and open that.';

/**
 * Refuses a drawing (SVG) that would take a browser minutes and all its memory.
 * @throws PictureError saying why
 */
export async function checkDrawing(file: Blob): Promise<void> {
  if (file.size > MOST_BYTES) {
    throw new PictureError(
      `is too large: ${Math.round(file.size / 2 ** 20)} MB, of a drawing at most 64 MB can be read. ${instead}`,
    );
  }
  if (drawnElements(await textOfBlob(file), MOST_ELEMENTS) > MOST_ELEMENTS) {
    throw new PictureError(
      `is a drawing of more than ${MOST_ELEMENTS.toLocaleString('en')} elements, each counted as often as others refer to it; that many are not drawn here. ${instead}`,
    );
  }
}
