/**
 * Where pictures come from: files as they were dropped or picked (folders in their paths), or an archive of them. A file that is
 * known to be a picture by its content is one whatever its name.
 */
export type ImageSource =
  | { kind: 'files'; files: { path: string; blob: Blob; picture?: boolean }[] }
  | { kind: 'zip'; name: string; blob: Blob };

/** A picture of a set, not read yet. */
export interface ImageEntry {
  /** Folders and name, `/` between them; unique in the set. */
  readonly path: string;
  /** `train`, `val` or the like, where the folders are laid out split/class/file; else null. */
  readonly split: string | null;
  /** The class's folder, or the WordNet id of the class that its name bears; null where neither tells. */
  readonly folder: string | null;
  /** Bytes of the picture's file. */
  readonly bytes: number;
  /** The mask that lies beside it, where one does. */
  readonly mask?: { readonly path: string; read(): Promise<Blob> };
  /** The picture's file, unpacked when it is asked for. @throws ImageSetError where the archive is damaged */
  read(): Promise<Blob>;
}

export interface ImageSet {
  /** In the order of their paths, compared by code units. */
  readonly entries: readonly ImageEntry[];
  /** Files that are no pictures, by path, with the reason in words. */
  readonly refused: readonly { path: string; reason: string }[];
}

/** Pictures that cannot be read as a set; a sentence that says what to do. */
export class ImageSetError extends Error {
  override name = 'ImageSetError';
}
