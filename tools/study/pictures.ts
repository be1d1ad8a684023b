import { openAsBlob, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { ImageSet, ImageSource } from '../../src/picture/sets/image-set';
import { ImageSetError } from '../../src/picture/sets/image-set';
import { openImageSet } from '../../src/picture/sets/open-image-set';
import { isArchive } from '../../src/picture/sets/picture-names';

/**
 * The pictures of a folder or a zip archive, or one picture; none is read yet.
 * @throws ImageSetError
 */
export async function openPictures(location: string): Promise<ImageSet> {
  const stats = statSync(location, { throwIfNoEntry: false });
  if (!stats) throw new ImageSetError(`There is no ${location}.`);
  if (stats.isDirectory()) return openImageSet([await filesUnder(location)]);
  if (isArchive(location)) return openImageSet([await archive(location)]);
  return openImageSet([
    { kind: 'files', files: [{ path: path.basename(location), blob: await openAsBlob(location) }] },
  ]);
}

async function archive(file: string): Promise<ImageSource> {
  return { kind: 'zip', name: path.basename(file), blob: await openAsBlob(file) };
}

/** Paths begin behind the folder, so that shards may find it anywhere. */
async function filesUnder(folder: string): Promise<ImageSource> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = await Promise.all(
    found
      .filter((entry) => entry.isFile() || entry.isSymbolicLink())
      .map(async (entry) => {
        const file = path.join(entry.parentPath ?? entry.path, entry.name);
        if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return [];
        const relative = path.relative(folder, file).split(path.sep).join('/');
        return [{ path: relative, blob: await openAsBlob(file) }];
      }),
  );
  return { kind: 'files', files: files.flat() };
}
