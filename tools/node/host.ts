import { existsSync, openAsBlob } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type MessagePort as TransferablePort, Worker } from 'node:worker_threads';
import { JSDOM } from 'jsdom';
import { decodeBase64 } from '../../src/codecs/base64-float32';
import { readPngChunks } from '../../src/codecs/png-chunks';
import { connectHelpers, type FromOwner, hearOfHelper } from '../../src/rpc/helper-workers';
import { createRasterCanvas, Pixels } from './raster-canvas';
import { allowRelaxedSimd } from './relaxed-simd';

/**
 * What the engine and the figures expect of a browser, in Node: addresses of files, a document to draw SVG in, canvases that hold
 * pixels and draw nothing else. Of workers there is the one that reads HDF5: the engine computes in this thread, on one core; whoever wants
 * more cores starts more processes.
 */
export function becomeHost(): void {
  allowRelaxedSimd();
  const { document, XMLSerializer, DOMParser, SVGElement, Element } = new JSDOM('').window;
  // Who converts a figure to PDF measures boxes of letters, and uses them for what no figure has.
  Object.assign(SVGElement.prototype, { getBBox: () => ({ x: 0, y: 0, width: 0, height: 0 }) });
  const createElement = document.createElement.bind(document);
  document.createElement = ((name: string) =>
    name === 'canvas' ? createRasterCanvas(document) : createElement(name)) as never;
  const here = { href: pathToFileURL(`${process.cwd()}/`).href };
  const scope = {
    self: globalThis,
    location: here,
    document,
    XMLSerializer,
    DOMParser,
    Element,
    ImageData: Pixels,
    Image: PngImage,
  };
  for (const [name, value] of Object.entries(scope)) define(name, value);
  if (!('navigator' in globalThis)) define('navigator', { hardwareConcurrency: 1 });
  define('fetch', fetchFiles(globalThis.fetch));
  connectHelpers(serveHelpers);
}

/** A PNG picture in a data URL, of which somebody asks the size. */
class PngImage {
  width = 0;
  height = 0;
  onload = () => {};
  onerror: (error: unknown) => void = () => {};

  set src(address: string) {
    try {
      const [{ data }] = readPngChunks(decodeBase64(address.replace('data:image/png;base64,', '')));
      const view = new DataView(data.buffer, data.byteOffset);
      [this.width, this.height] = [view.getUint32(0), view.getUint32(4)];
      queueMicrotask(() => this.onload());
    } catch (error) {
      queueMicrotask(() => this.onerror(error));
    }
  }
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

/** Threads that read HDF5, by the numbers of the helpers that they are. */
const threads = new Map<number, Worker>();

/** The helper that reads HDF5 is a thread, so that a file that leads round in circles, or breaks the library, can be given up. */
function serveHelpers(message: FromOwner): void {
  const { helper } = message;
  if (message.type === 'end-helper') {
    void threads.get(helper)?.terminate();
    threads.delete(helper);
  }
  if (message.type !== 'start-helper' || message.kind !== 'hdf5' || !message.port) return;
  const thread = new Worker(path.join(import.meta.dirname, 'hdf5-thread.mjs'), { execArgv: [] });
  threads.set(helper, thread);
  thread.on('error', (error) => hearOfHelper({ type: 'helper-failed', helper, message: String(error) }));
  const port = message.port as unknown as TransferablePort;
  thread.postMessage(port, [port]);
}
