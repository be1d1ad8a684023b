/** One file of the page as a build wrote it. */
export interface PageFile {
  /** From the folder of `index.html` on. */
  path: string;
  bytes: number;
  /** Base64 of its SHA-256, as in `integrity="sha256-..."`. */
  sha256: string;
}

/** All files of one build, by path. The build writes it beside `index.html`. */
export interface PageFiles {
  files: PageFile[];
}

/** Where the build writes the list of its files. */
export const listName = 'files.json';

/** Names of these hold a hash of the content: what was kept under one is never out of date. */
export const isHashed = (path: string) => path.startsWith('assets/');

/** The file that an address within the page's folder names. Addresses of another folder give null. */
export function pathIn(scope: string, address: string): string | null {
  const { origin, pathname } = new URL(address);
  const folder = new URL(scope);
  if (origin !== folder.origin || !pathname.startsWith(folder.pathname)) return null;
  const path = pathname.slice(folder.pathname.length);
  return decodeURIComponent(path === '' || path.endsWith('/') ? `${path}index.html` : path);
}

export const bytesOf = ({ files }: PageFiles): number => files.reduce((sum, { bytes }) => sum + bytes, 0);
