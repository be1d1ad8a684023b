import { cropOf } from '../../../picture/input-crop';
import type { RegionMask } from '../../../semiotics';
import { settle, warn } from '../../../state/alerts';
import { useExplain } from '../../../state/explain-store';
import { messageOf } from '../../../text/message-of';
import { say } from '../../../text/say';
import { percent } from '../../../text/value-in-words';
import { change } from '../explain-controller';
import { hasTwoColours, insideOfPixels, pngSize } from './mask-pixels';
import { areaOf, maskInText, onGrid } from './mask-region';

/** Greatest number of pixels that is looked at: as many as a picture may have on screen is more than a mask needs. */
const MOST_PIXELS = 64e6;

type Pixels = Pick<ImageData, 'data' | 'width' | 'height'>;

async function pixelsOf(file: Blob): Promise<Pixels> {
  const bitmap = await createImageBitmap(file);
  try {
    if (bitmap.width * bitmap.height > MOST_PIXELS)
      throw new Error(
        say('has {width} × {height} pixels, more than a mask is read with', {
          width: bitmap.width,
          height: bitmap.height,
        }),
      );
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error(say('could not be drawn: this browser offers no further canvas'));
    context.drawImage(bitmap, 0, 0);
    return context.getImageData(0, 0, bitmap.width, bitmap.height);
  } finally {
    bitmap.close();
  }
}

/** A mask as the network sees its picture: cropped around the centre, on the network's grid. */
export function maskOfPixels(
  { data, width, height }: Pixels,
  input: { width: number; height: number },
): RegionMask {
  const crop = cropOf({ width, height }, input);
  const [left, top] = [Math.round(crop.left), Math.round(crop.top)];
  const [wide, high] = [Math.round(crop.width), Math.round(crop.height)];
  const all = insideOfPixels(data);
  const inside = new Uint8Array(wide * high);
  for (let y = 0; y < high; y++) {
    const from = (top + y) * width + left;
    inside.set(all.subarray(from, from + wide), y * wide);
  }
  return onGrid({ width: wide, height: high, inside }, input);
}

/** Marks the region of a mask file; says so where that cannot be. @returns whether it is marked */
export async function markByMask(file: Blob, name: string): Promise<boolean> {
  try {
    return mark(await pixelsOf(file), name);
  } catch (error) {
    warn('explain', say('{name} could not be read as a mask: {reason}', { name, reason: messageOf(error) }));
    return false;
  }
}

function mark(pixels: Pixels, name: string): boolean {
  const { analysis } = useExplain.getState();
  if (!analysis) return false;
  const [height, width] = analysis.network.inputShape;
  const mask = maskOfPixels(pixels, { width, height });
  const area = areaOf(mask);
  if (area === 0 || area === 1) {
    warn(
      'explain',
      say('{name} marks {part} of what the network sees of the picture: as a mask it says nothing.', {
        name,
        part: area === 0 ? say('nothing') : say('all'),
      }),
    );
    return false;
  }
  settle('explain');
  change({ within: maskInText(mask) });
  return true;
}

/**
 * Takes a dropped PNG for a mask of the picture on screen where it has exactly two colours and is as large as that picture or as the network's input;
 * the page says so, and offers to open it as a picture.
 * @param open opens it as a picture
 * @returns whether it was taken
 */
export async function takenForMask(file: Blob, name: string, open: () => void): Promise<boolean> {
  const { picture, analysis } = useExplain.getState();
  if (!picture || !analysis) return false;
  const size = pngSize(new Uint8Array(await file.slice(0, 24).arrayBuffer()));
  if (!size || size.width * size.height > MOST_PIXELS) return false;
  const alike = [picture, picture.input].some(
    ({ width, height }) => width === size.width && height === size.height,
  );
  if (!alike) return false;
  // What is damaged is told of as a picture is.
  const pixels = await pixelsOf(file).catch(() => null);
  if (!pixels || !hasTwoColours(pixels.data) || !mark(pixels, name)) return false;
  const [height, width] = analysis.network.inputShape;
  const area = percent(areaOf(maskOfPixels(pixels, { width, height })));
  warn(
    'explain',
    say(
      '{name} has two colours and the size of the picture: it marks a region, {area} of what the network sees.',
      { name, area },
    ),
    {
      title: say('Open it as a picture'),
      run: () => {
        settle('explain');
        change({ within: '' });
        open();
      },
    },
  );
  return true;
}
