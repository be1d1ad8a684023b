/** A file that cannot be shown; the message completes "photo.png ...". */
export class PictureError extends Error {
  override name = 'PictureError';
}
