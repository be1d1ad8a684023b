import {
  cpSync,
  createReadStream,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { listFiles } from '../../tools/file-list';
import { built } from './files';
import { putTinyNetwork } from './tiny-network';

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.jpg': 'image/jpeg',
};

/** What isolates a page; many hosts cannot send it. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** Gives a script of the build as a test wants it. */
export type Alteration = (name: string, script: string) => string;

/** A host of files. It serves the page from a folder, not from the root. */
export interface StaticHost {
  address: string;
  /** Scripts are changed on their way from now on. */
  alter(alteration: Alteration): void;
  /** Files in the place of the build's, or beside them, by their path in it. */
  give(files: Record<string, Buffer>): void;
  /** Another build takes the place of the one before. */
  serve(folder: string): void;
  stop(): Promise<void>;
}

export async function staticHost({
  isolates,
  build = built,
}: {
  isolates: boolean;
  build?: string;
}): Promise<StaticHost> {
  let folder = build;
  let alter: Alteration | null = null;
  const given = new Map<string, Buffer>();
  const server = createServer((request, response) => {
    const place = decodeURIComponent(new URL(request.url ?? '/', 'http://host').pathname);
    const file = path.join(folder, place.replace(/^\/page\//, '/').replace(/\/$/, '/index.html'));
    const own = given.get(path.relative(folder, file).replaceAll(path.sep, '/'));
    if (!place.startsWith('/page/') || !(own || (existsSync(file) && statSync(file).isFile()))) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      'Content-Type': types[path.extname(file)] ?? 'application/octet-stream',
      'Cache-Control': 'no-cache',
      ...(isolates ? isolation : {}),
    });
    if (own) {
      response.end(own);
      return;
    }
    const altered =
      alter && file.endsWith('.js') ? alter(path.basename(file), readFileSync(file, 'utf8')) : null;
    if (altered === null) createReadStream(file).pipe(response);
    else response.end(altered);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return {
    address: `http://localhost:${(server.address() as AddressInfo).port}/page/`,
    alter(alteration) {
      alter = alteration;
    },
    give(files) {
      for (const [name, bytes] of Object.entries(files)) given.set(name, bytes);
    },
    serve(next) {
      folder = next;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The build, with a network that is quick to compute in the place of the bundled one. */
export function quickBuild(folder: string): string {
  cpSync(built, folder, { recursive: true });
  putTinyNetwork(folder, 'photos10');
  writeFileSync(path.join(folder, 'files.json'), JSON.stringify(listFiles(folder)));
  return folder;
}

/** The same page as another build would name its files: every name that holds a hash has another one. */
export function anotherBuild(of: string, folder: string): string {
  cpSync(of, folder, { recursive: true });
  const assets = path.join(folder, 'assets');
  const renamed = new Map(
    readdirSync(assets).flatMap((name) => {
      const hash = /-([\w-]{8})\.\w+$/.exec(name)?.[1];
      return hash ? [[name, name.replace(`-${hash}.`, `-${[...hash].reverse().join('')}.`)] as const] : [];
    }),
  );
  const texts = [path.join(folder, 'index.html')];
  for (const name of readdirSync(assets)) if (/\.(js|css)$/.test(name)) texts.push(path.join(assets, name));
  const names = new RegExp([...renamed.keys()].map((name) => name.replaceAll('.', '\\.')).join('|'), 'g');
  for (const file of texts) {
    const text = readFileSync(file, 'utf8').replace(names, (name) => renamed.get(name) ?? name);
    const name = renamed.get(path.basename(file));
    writeFileSync(name ? path.join(assets, name) : file, text);
  }
  for (const [name, other] of renamed) {
    if (!/\.(js|css)$/.test(name)) cpSync(path.join(assets, name), path.join(assets, other));
  }
  return withoutOldNames(folder, [...renamed.keys()]);
}

function withoutOldNames(folder: string, names: string[]): string {
  for (const name of names) rmSync(path.join(folder, 'assets', name));
  writeFileSync(path.join(folder, 'files.json'), JSON.stringify(listFiles(folder)));
  return folder;
}
