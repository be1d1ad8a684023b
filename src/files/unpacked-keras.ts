import { zipArchive } from '../codecs/zip/zip-archive';
import { baseName, type NamedFile } from './named-file';

const CONFIG = 'config.json';
const WEIGHTS = 'model.weights.h5';
const PARTS = [CONFIG, 'metadata.json', WEIGHTS];

/** An archive is packed in memory. */
const MOST_BYTES = 2 ** 30;

/** The same files, where those of `.keras` archives that were unpacked are packed again, each folder as one archive. */
export async function withKerasPacked(files: NamedFile[]): Promise<NamedFile[]> {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const gone = new Set<NamedFile>();
  const packed: NamedFile[] = [];
  for (const { path } of files) {
    if (baseName(path) !== CONFIG) continue;
    const folder = path.slice(0, -CONFIG.length);
    const parts = PARTS.flatMap((name) => byPath.get(`${folder}${name}`) ?? []);
    const bytes = parts.reduce((sum, { blob }) => sum + blob.size, 0);
    if (!byPath.has(`${folder}${WEIGHTS}`) || bytes > MOST_BYTES) continue;
    packed.push({ path: archiveIn(folder), blob: await archiveOf(parts) });
    for (const part of parts) gone.add(part);
  }
  return packed.length > 0 ? [...files.filter((file) => !gone.has(file)), ...packed] : files;
}

/** "folder/folder.keras": where its parts lay, under the name of their folder. */
function archiveIn(folder: string): string {
  const name = baseName(folder.slice(0, -1)) || 'model';
  return `${folder}${/\.keras$/i.test(name) ? name : `${name}.keras`}`;
}

async function archiveOf(parts: readonly NamedFile[]): Promise<Blob> {
  const files = parts.map(async ({ path, blob }) => ({
    name: baseName(path),
    bytes: new Uint8Array(await blob.arrayBuffer()),
  }));
  return new Blob([zipArchive(await Promise.all(files))]);
}
