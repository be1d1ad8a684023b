import { createReadStream, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

export type Route = (rest: string, response: ServerResponse) => Promise<void>;

export interface Served {
  /** Folders served beside the built page, by the path they are served at ("/model"). */
  folders?: Readonly<Record<string, string>>;
  /** Answers requests of a path that begins so ("/pictures/"). */
  routes?: Readonly<Record<string, Route>>;
}

/** Cross-origin isolation, without which WebAssembly has one thread. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cache-Control': 'no-store',
};

/**
 * Serves a built page to this machine alone.
 * @param dist folder of the page
 * @param port 0 for any that is free
 * @returns where it is served, without a slash at the end, and what ends it
 * @throws Error of Node's, where the port is taken
 */
export async function servePage(
  dist: string,
  { folders = {}, routes = {} }: Served = {},
  port = 0,
): Promise<{ address: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    answer(request, response, dist, folders, routes).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500);
      response.end(error instanceof Error ? error.message : String(error));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  dist: string,
  folders: Readonly<Record<string, string>>,
  routes: Readonly<Record<string, Route>>,
): Promise<void> {
  for (const [name, value] of Object.entries(isolation)) response.setHeader(name, value);
  const pathname = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
  const asked = pathname.endsWith('/') ? `${pathname}index.html` : pathname;
  const route = Object.keys(routes).find((prefix) => asked.startsWith(prefix));
  if (route) return routes[route](asked.slice(route.length), response);
  const mount = Object.keys(folders).find((prefix) => asked.startsWith(`${prefix}/`));
  const folder = mount ? folders[mount] : dist;
  const file = path.join(folder, path.normalize(mount ? asked.slice(mount.length) : asked));
  const stats = inside(folder, file) ? statSync(file, { throwIfNoEntry: false }) : undefined;
  if (!stats?.isFile()) {
    response.writeHead(404).end(`There is no ${asked}.`);
    return;
  }
  response.setHeader('Content-Type', types[path.extname(file)] ?? 'application/octet-stream');
  response.setHeader('Content-Length', stats.size);
  createReadStream(file).pipe(response);
}

const inside = (folder: string, file: string) => !path.relative(folder, file).startsWith('..');

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};
