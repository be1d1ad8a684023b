import { virtualBase } from './virtual-page';

/** A file of the page. */
export interface Piece {
  bytes: number;
  /**
   * Of a script: places in its text, in the order of the text, that name other files or the script itself. `static`: the specifier of an
   * import, quoted; `dynamic`: a whole `import(…)`; `self`: `import.meta.url`.
   */
  places?: { kind: 'static' | 'dynamic' | 'self'; from: number; to: number; path: string }[];
}

/** The built page: what starts it, and all its files. */
export interface Pieces {
  script: string;
  styles: string[];
  files: Record<string, Piece>;
}

const types: Record<string, string> = {
  js: 'text/javascript',
  css: 'text/css',
  json: 'application/json',
  svg: 'image/svg+xml',
  wasm: 'application/wasm',
  woff2: 'font/woff2',
  jpg: 'image/jpeg',
  png: 'image/png',
};

const typeOf = (path: string) => types[path.slice(path.lastIndexOf('.') + 1)] ?? 'application/octet-stream';

/** Files of a script and of all that it imports before it runs, itself last. */
export function needed({ files }: Pieces, path: string, found = new Set<string>()): string[] {
  if (found.has(path)) return [];
  found.add(path);
  const before = (files[path]?.places ?? []).filter(({ kind }) => kind === 'static');
  return [...before.flatMap((place) => needed({ files } as Pieces, place.path, found)), path];
}

/**
 * Addresses of blobs that hold the page's files, scripts with the addresses of what they import in place of its name. A script's blob
 * can only be made after those of what it imports: circles of imports have no such order, and the build makes none.
 * @param get the bytes of a file
 * @param addressOf makes a blob's address where the page can read it
 */
export function createPieces(
  pieces: Pieces,
  get: (path: string) => Promise<Uint8Array<ArrayBuffer>>,
  addressOf: (blob: Blob) => Promise<string>,
) {
  const urls = new Map<string, Promise<string | null>>();
  const urlOf = (path: string): Promise<string | null> => {
    const known = urls.get(path);
    if (known) return known;
    const made = pieces.files[path] ? make(path) : Promise.resolve(null);
    urls.set(path, made);
    return made;
  };
  const make = async (path: string) => {
    const bytes = await get(path);
    const part = path.endsWith('.js')
      ? await linked(path, bytes)
      : path.endsWith('.css')
        ? await withFonts(path, bytes)
        : bytes;
    return addressOf(new Blob([part], { type: typeOf(path) }));
  };
  const linked = async (path: string, bytes: Uint8Array): Promise<string> => {
    const text = new TextDecoder().decode(bytes);
    const parts: string[] = [];
    let at = 0;
    for (const { kind, from, to, path: other } of pieces.files[path].places ?? []) {
      parts.push(text.slice(at, from));
      if (kind === 'static') parts.push(JSON.stringify(await urlOf(other)));
      else if (kind === 'dynamic') parts.push(`globalThis.supersignImport(${JSON.stringify(other)})`);
      else parts.push(JSON.stringify(virtualBase + path));
      at = to;
    }
    return parts.join('') + text.slice(at);
  };
  const withFonts = async (path: string, bytes: Uint8Array): Promise<string> => {
    const text = new TextDecoder().decode(bytes);
    const pattern = /url\(["']?(\.[^"')]+)["']?\)/g;
    const named = new Map<string, string | null>();
    for (const [, specifier] of text.matchAll(pattern)) {
      const file = new URL(specifier, virtualBase + path).href.slice(virtualBase.length);
      named.set(specifier, await urlOf(file));
    }
    return text.replace(pattern, (_, specifier) => `url(${named.get(specifier)})`);
  };
  return { urlOf };
}
