/** A file with the folders it was dropped in. */
export interface NamedFile {
  path: string;
  blob: Blob;
}

/** Files as a picker or the clipboard hands them over. */
export const filesOf = (files: File[]): NamedFile[] =>
  files.map((file) => ({ path: file.webkitRelativePath || file.name || 'pasted picture', blob: file }));

/** The last part of a path. */
export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** What systems put beside files: hidden ones, and a folder that the Mac adds to archives. */
export const isIncidental = (path: string): boolean =>
  /(^|\/)(\.(?!\.?\/)[^/]*(\/|$)|__MACOSX\/|(Thumbs\.db|desktop\.ini)$)/i.test(path);
