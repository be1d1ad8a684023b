import { say } from '../../../text/say';

interface Kind {
  /** Longest side in pixels; a smaller picture stays as it is. */
  readonly side: number;
  readonly type: 'image/png' | 'image/jpeg';
  readonly quality?: number;
}

/** Pictures as data URLs, each drawn once; a JPEG, which has no transparency, on white. */
export function createPictureUrls({ side, type, quality }: Kind): (picture: ImageBitmap) => string {
  const urls = new WeakMap<ImageBitmap, string>();
  return (picture) => {
    const known = urls.get(picture);
    if (known) return known;
    const scale = Math.min(1, side / Math.max(picture.width, picture.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    const context = canvas.getContext('2d');
    if (!context) throw new Error(say('this browser offers no further canvas'));
    if (type === 'image/jpeg') {
      context.fillStyle = '#ffffff';
      context.fillRect(0, 0, canvas.width, canvas.height);
    }
    context.imageSmoothingQuality = 'high';
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const url = canvas.toDataURL(type, quality);
    urls.set(picture, url);
    return url;
  };
}
