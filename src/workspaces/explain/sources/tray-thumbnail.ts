/** Pixels a side: twice those of the page, for screens of double density. */
export const thumbnailSide = 112;

const known = new WeakMap<Blob, Promise<ImageBitmap | null>>();
/** One after the other: a photograph takes fifty megabytes while it is decoded. */
const queue = { last: Promise.resolve<unknown>(null) };

/** The square around a picture's centre, small; null where the browser cannot decode it here (SVG, damaged files). */
export function thumbnailOf(file: Blob): Promise<ImageBitmap | null> {
  const before = known.get(file);
  if (before) return before;
  const made = queue.last.then(() => smallSquare(file).catch(() => null));
  queue.last = made;
  known.set(file, made);
  return made;
}

async function smallSquare(file: Blob): Promise<ImageBitmap> {
  const whole = await createImageBitmap(file, { resizeWidth: 2 * thumbnailSide, resizeQuality: 'medium' });
  const side = Math.min(whole.width, whole.height);
  const [left, top] = [(whole.width - side) / 2, (whole.height - side) / 2];
  try {
    return await createImageBitmap(whole, Math.floor(left), Math.floor(top), side, side, {
      resizeWidth: thumbnailSide,
      resizeHeight: thumbnailSide,
      resizeQuality: 'medium',
    });
  } finally {
    whole.close();
  }
}
