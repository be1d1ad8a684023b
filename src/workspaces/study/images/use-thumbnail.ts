import { useEffect, useState } from 'react';
import { useStudy } from '../run/study-store';

/** Side in device pixels of the bitmaps that thumbnails are drawn from. */
const side = 72;
/** Bitmaps kept, some screens full. */
const most = 400;
/** Read at a time: more would only wait for each other, and hold up scrolling. */
const atOnce = 3;

/** Bitmaps of the pictures that are open, by path; the one used least lately makes room. */
function createKeptBitmaps() {
  const kept = new Map<string, ImageBitmap>();
  let keptOf: unknown = null;
  return {
    /** From now on of these pictures: those of others go. */
    of(images: unknown): void {
      if (keptOf === images) return;
      kept.clear();
      keptOf = images;
    },
    isOf: (images: unknown) => keptOf === images,
    get: (path: string) => kept.get(path) ?? null,
    keep(path: string, bitmap: ImageBitmap): void {
      kept.set(path, bitmap);
      if (kept.size <= most) return;
      const [first] = kept.keys();
      kept.delete(first);
    },
  };
}

/** Lets so much work go on at once; the rest waits. */
function createLanes(count: number): (work: () => Promise<void>) => Promise<void> {
  const waiting: (() => void)[] = [];
  let busy = 0;
  return async (work) => {
    if (busy >= count) await new Promise<void>((resolve) => waiting.push(resolve));
    busy += 1;
    try {
      await work();
    } finally {
      busy -= 1;
      waiting.shift()?.();
    }
  };
}

const kept = createKeptBitmaps();
const inTurn = createLanes(atOnce);

/** The picture of this path, small; null while it is read, where it cannot be, and where the pictures are not open. */
export function useThumbnail(path: string): ImageBitmap | null {
  const images = useStudy((state) => state.images);
  const [bitmap, setBitmap] = useState<ImageBitmap | null>(null);
  useEffect(() => {
    kept.of(images);
    const known = kept.get(path);
    setBitmap(known);
    const entry = images && !known ? entryAt(images, path) : undefined;
    if (!entry) return;
    let gone = false;
    void inTurn(async () => {
      // Scrolled past before its turn came.
      if (gone) return;
      const read = await small(await entry.read()).catch(() => null);
      if (!read || !kept.isOf(images)) return;
      kept.keep(path, read);
      if (!gone) setBitmap(read);
    });
    return () => {
      gone = true;
    };
  }, [images, path]);
  return bitmap;
}

type Images = NonNullable<ReturnType<typeof useStudy.getState>['images']>;
const places = new WeakMap<Images, Map<string, Images['set']['entries'][number]>>();

function entryAt(images: Images, path: string) {
  let entries = places.get(images);
  if (!entries) {
    entries = new Map(images.set.entries.map((entry) => [entry.path, entry]));
    places.set(images, entries);
  }
  return entries.get(path);
}

/** The middle square, reduced. */
async function small(file: Blob): Promise<ImageBitmap> {
  const whole = await createImageBitmap(file);
  const edge = Math.min(whole.width, whole.height);
  const [x, y] = [(whole.width - edge) / 2, (whole.height - edge) / 2];
  const reduced = await createImageBitmap(whole, x, y, edge, edge, {
    resizeWidth: side,
    resizeHeight: side,
    resizeQuality: 'medium',
  });
  whole.close();
  return reduced;
}
