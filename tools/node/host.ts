import { existsSync, openAsBlob } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { JSDOM } from 'jsdom';
import { decodeBase64 } from '../../src/codecs/base64-float32';
import { readPngChunks } from '../../src/codecs/png-chunks';
import { connectHelpers, type FromOwner } from '../../src/rpc/helper-workers';
import { createRasterCanvas, Pixels } from './raster-canvas';
import { allowRelaxedSimd } from './relaxed-simd';

/**
 * What the engine and the figures expect of a browser, in Node: addresses of files, a document to draw SVG in, canvases that hold
 * pixels and draw nothing else. There are no workers: the engine computes in this thread, on one core; whoever wants more
 * cores starts more processes.
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
  connectHelpers(startHelper);
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

/** The helper that reads HDF5 answers in this process, whose end a file that breaks the library may be: it is started again. */
function startHelper(message: FromOwner): void {
  if (message.type !== 'start-helper' || message.kind !== 'hdf5') return;
  void import('../../src/network/hdf5/hdf5-worker').then(() => {
    const scope = globalThis as unknown as { onmessage(event: { data: unknown }): void };
    scope.onmessage({ data: message.port });
  });
}
