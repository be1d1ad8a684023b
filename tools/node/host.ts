import { existsSync, openAsBlob } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { JSDOM } from 'jsdom';
import { connectHelpers, type FromOwner } from '../../src/rpc/helper-workers';
import { createRasterCanvas, Pixels } from './raster-canvas';

/**
 * What the engine and the figures expect of a browser, in Node: addresses of files, a document to draw SVG in, canvases that hold
 * pixels and draw nothing else. There are no workers: the engine computes in this thread, on one core; whoever wants more
 * cores starts more processes.
 */
export function becomeHost(): void {
  const { document, XMLSerializer, DOMParser } = new JSDOM('').window;
  const createElement = document.createElement.bind(document);
  document.createElement = ((name: string) =>
    name === 'canvas' ? createRasterCanvas(document) : createElement(name)) as never;
  const here = { href: pathToFileURL(`${process.cwd()}/`).href };
  const scope = { self: globalThis, location: here, document, XMLSerializer, DOMParser, ImageData: Pixels };
  for (const [name, value] of Object.entries(scope)) define(name, value);
  if (!('navigator' in globalThis)) define('navigator', { hardwareConcurrency: 1 });
  define('fetch', fetchFiles(globalThis.fetch));
  connectHelpers(startHelper);
}

const define = (name: string, value: unknown) =>
  Object.defineProperty(globalThis, name, { configurable: true, writable: true, value });

/** `fetch` that reads files too: a network's address may lie on this machine. */
function fetchFiles(fetchOthers: typeof fetch): typeof fetch {
  return async (resource, options) => {
    const address = resource instanceof Request ? resource.url : String(resource);
    if (!address.startsWith('file:')) return fetchOthers(resource, options);
    const file = fileURLToPath(address);
    if (!existsSync(file)) return new Response(null, { status: 404 });
    const blob = await openAsBlob(file);
    return new Response(blob.stream(), { headers: { 'Content-Length': String(blob.size) } });
  };
}

/** The helper that reads HDF5 answers in this process, whose end a file that breaks the library may be: it is started again. */
function startHelper(message: FromOwner): void {
  if (message.type !== 'start-helper' || message.kind !== 'hdf5') return;
  void import('../../src/network/hdf5/hdf5-worker').then(() => {
    const scope = globalThis as unknown as { onmessage(event: { data: unknown }): void };
    scope.onmessage({ data: message.port });
  });
}
