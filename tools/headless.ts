import { spawnSync } from 'node:child_process';
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { quietFlags, systemChromium } from './browser.mjs';

const root = path.resolve(import.meta.dirname, '..');
const dist = path.join(root, 'dist');

/** The built page in a browser without a window. */
export interface Headless {
  page: Page;
  /** Where it is served, without a slash at the end. */
  address: string;
  /** Ends browser and server. */
  close(): Promise<void>;
}

export interface HeadlessOptions {
  /** Which of the built pages is opened; default `headless.html`. */
  start?: string;
  /** Whether the page is built first, so that it is what the source says; else only where it is not there. */
  build?: boolean;
  /** Folders served beside the built page, by the path they are served at ("/model"). */
  folders?: Readonly<Record<string, string>>;
  /** Answers requests of a path that begins so ("/pictures/"). */
  routes?: Readonly<Record<string, Route>>;
}

export type Route = (rest: string, response: ServerResponse) => Promise<void>;

/** The page cannot be opened; a sentence. */
export class HeadlessError extends Error {
  override name = 'HeadlessError';
}

/** Cross-origin isolation, without which WebAssembly has one thread. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cache-Control': 'no-store',
};

/** WebGPU where there is a GPU; the engine refuses one that is only emulated. */
const flags = [
  ...quietFlags,
  '--enable-unsafe-webgpu',
  // A page that nobody sees must not be slowed down.
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
];

/** On Linux a browser without a window reaches a GPU by Vulkan, off the screen. */
const gpuFlags = ['--enable-features=Vulkan', '--use-angle=vulkan', '--disable-vulkan-surface'];
const hasGpu = () => ['/dev/nvidia0', '/dev/dri/renderD128', '/dev/dxg'].some((device) => existsSync(device));

/**
 * Serves the built page on a free port of this machine and opens it in Chromium without a window.
 * @throws HeadlessError where there is no browser, or the page cannot be built
 */
export async function openHeadless({
  start = 'headless.html',
  build = false,
  folders = {},
  routes = {},
}: HeadlessOptions = {}): Promise<Headless> {
  ensureBuilt(start, build);
  const server = createServer((request, response) => {
    answer(request, response, folders, routes).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500);
      response.end(error instanceof Error ? error.message : String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const browser = await launch();
    const page = await (await browser.newContext()).newPage();
    // tsx names functions by a helper of its own, which is absent where a function of a tool is sent to the page.
    await page.addInitScript({ content: 'globalThis.__name = (named) => named;' });
    await page.goto(`${address}/${start}`);
    return {
      page,
      address,
      async close() {
        await browser.close();
        await closeServer(server);
      },
    };
  } catch (error) {
    await closeServer(server);
    throw error;
  }
}

async function launch() {
  try {
    return await chromium.launch({
      executablePath: systemChromium(),
      args: hasGpu() ? [...flags, ...gpuFlags] : flags,
      // Whoever drives the page ends it, and may have to keep something first.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
  } catch (error) {
    throw new HeadlessError(
      `No browser could be started: ${error instanceof Error ? error.message.split('\n')[0] : error}. Install Chromium, or run "npx playwright install chromium"; CHROMIUM_PATH names another one.`,
    );
  }
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

function ensureBuilt(start: string, anew: boolean): void {
  if (!anew && existsSync(path.join(dist, start))) return;
  const vite = path.join(root, 'node_modules/vite/bin/vite.js');
  // What the build says belongs to the messages, not to the results on standard output.
  const { status } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: root,
    stdio: ['ignore', process.stderr, process.stderr],
  });
  if (status !== 0 || !existsSync(path.join(dist, start))) {
    throw new HeadlessError('The page could not be built; the messages above say why.');
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  folders: Readonly<Record<string, string>>,
  routes: Readonly<Record<string, Route>>,
): Promise<void> {
  for (const [name, value] of Object.entries(isolation)) response.setHeader(name, value);
  const asked = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
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
