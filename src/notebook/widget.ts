import { type Connect, type FrameOrder, type FrameReport, frameName, isFrameWord } from '../host/frame';
import { createKernel, type Kernel, type OpeningInKernel, type WidgetModel } from './kernel';
import { createPieces, needed, type Pieces } from './page-pieces';
import {
  answerFromPort,
  type BlobMade,
  type BlobOrder,
  beginFrame,
  beginWorker,
  type FileAnswer,
  type FileQuestion,
  virtualBase,
} from './virtual-page';

/** Files that come with the first, since the workspace asks for them sooner or later: the kernel may be busy by then. */
const soon = /\.(js|css|wasm|json)$|inter-latin-wght/;
/** Files that it asks for itself where it wants them: the reader of HDF5 files, films, networks that come with the page. */
const later =
  /hdf5_hl|video-encoder|gif-encoder|parquet|^networks\/|^examples\/|Optimise|Study|training|pictographs/;

/** Most bytes that one question asks for. */
const portion = 2 ** 20;

interface Rendered {
  model: WidgetModel;
  el: HTMLElement;
}

/** Draws a view of the widget: the page in a frame of its own, put together from what the kernel sends. */
function render({ model, el }: Rendered): () => void {
  const root = el.attachShadow?.({ mode: 'open' }) ?? el;
  const height = Number(model.get('height')) || 760;
  root.innerHTML = `<style>
    .supersign { position: relative; height: ${height}px; min-height: 20rem; resize: vertical; overflow: hidden; }
    iframe { display: block; width: 100%; height: 100%; border: 0; }
    p { position: absolute; inset: 0 0 auto; margin: 0; padding: 0.75rem 1rem; font: 14px/1.4 system-ui, sans-serif; }
    label { display: block; padding: 0 0 0.5rem; font: 14px/1.4 system-ui, sans-serif; }
  </style><div class="supersign"><p role="status"></p></div>`;
  const place = root.querySelector('.supersign') as HTMLElement;
  const status = root.querySelector('p') as HTMLElement;
  const say = (text: string) => {
    status.textContent = text;
  };
  const ending = new AbortController();
  const kernel = createKernel(model, () =>
    say('The kernel has not answered yet. It may be computing; where it was restarted, run the cell again.'),
  );
  ending.signal.addEventListener('abort', kernel.end);
  open(kernel, place, say, ending.signal).catch((error: unknown) =>
    say(`Supersign could not be opened: ${error instanceof Error ? error.message : String(error)}`),
  );
  return () => ending.abort();
}

async function open(
  kernel: Kernel,
  place: HTMLElement,
  say: (text: string) => void,
  signal: AbortSignal,
): Promise<void> {
  say('Supersign is opening …');
  const opening = await kernel.json<OpeningInKernel>('opening');
  const pieces = await kernel.json<Pieces>('pieces');
  const addresses = addressesInFrame();
  const { urlOf, fetchMany } = filesFromKernel(kernel, pieces, addresses.of);
  await fetchMany(needed(pieces, pieces.script), say);
  const rest = Object.keys(pieces.files).filter((path) => soon.test(path) && !later.test(path));
  await fetchMany(rest, say);
  const network = opening.network && {
    ...opening.network,
    files: await Promise.all(
      opening.network.files.map(async ({ path, bytes }, index) => {
        let here = 0;
        const blob = await kernel.blob('network', index, bytes, (part) => {
          here += part;
          say(`The network is on its way: ${inMegabytes(here)} of ${inMegabytes(bytes)} MB`);
        });
        return { path, blob };
      }),
    ),
  };
  const picture = async (index: number) => {
    const { name, bytes } = opening.pictures[index];
    return { name, blob: await kernel.blob('picture', index, bytes, () => {}) };
  };
  const second = opening.second && {
    name: opening.second.name,
    blob: await kernel.blob('second', 0, opening.second.bytes, () => {}),
  };
  const first = opening.pictures.length > 0 ? await picture(0) : null;
  if (signal.aborted) return;
  const frame = createFrame(pieces, urlOf, addresses, signal);
  const connect: Connect = {
    supersign: 'connect',
    opening: { parameters: opening.parameters, network, picture: first, second },
  };
  const channel = speakWith(frame, connect, kernel, signal);
  place.append(frame);
  say('');
  if (opening.pictures.length > 1) {
    const order = async (index: number) =>
      channel.postMessage({ kind: 'picture', ...(await picture(index)) } satisfies FrameOrder);
    place.before(choiceOf(opening.pictures, (index) => void order(index)));
  }
}

/** The page's files, asked of the kernel many at once where that is known beforehand. */
function filesFromKernel(kernel: Kernel, pieces: Pieces, addressOf: (blob: Blob) => Promise<string>) {
  const here = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();
  const get = (path: string) => {
    const known = here.get(path);
    if (known) return known;
    const asked = kernel.files([path]).then(([bytes]) => bytes);
    here.set(path, asked);
    return asked;
  };
  const { urlOf } = createPieces(pieces, get, addressOf);
  return {
    // The examples of the page are for who has no picture.
    urlOf: async (path: string) =>
      path === 'examples/index.json' ? 'data:application/json,[]' : urlOf(path),
    async fetchMany(paths: string[], say: (text: string) => void) {
      const missing = paths.filter((path) => !here.has(path));
      const sizeOf = (path: string) => pieces.files[path].bytes;
      const all = missing.reduce((sum, path) => sum + sizeOf(path), 0);
      let done = 0;
      while (missing.length > 0) {
        const part: string[] = [];
        for (let bytes = 0; missing.length > 0 && (part.length === 0 || bytes < portion); ) {
          const path = missing.shift() as string;
          bytes += sizeOf(path);
          part.push(path);
        }
        const asked = kernel.files(part);
        for (const [i, path] of part.entries())
          here.set(
            path,
            asked.then((files) => files[i]),
          );
        await asked;
        done += part.reduce((sum, path) => sum + sizeOf(path), 0);
        say(`Supersign is on its way from the kernel: ${inMegabytes(done)} of ${inMegabytes(all)} MB`);
      }
    },
  };
}

const inMegabytes = (bytes: number) => (bytes / 1e6).toFixed(1);

/** Has the frame make addresses of blobs, once it is there. */
function addressesInFrame() {
  const waiting = new Map<number, (url: string) => void>();
  let last = 0;
  let order: (port: MessagePort) => void = () => {};
  const there = new Promise<MessagePort>((resolve) => {
    order = resolve;
  });
  return {
    begin: order,
    hear({ made, url }: BlobMade) {
      waiting.get(made)?.(url);
      waiting.delete(made);
    },
    async of(blob: Blob): Promise<string> {
      const port = await there;
      last += 1;
      const make = last;
      return new Promise((resolve) => {
        waiting.set(make, resolve);
        port.postMessage({ make, blob } satisfies BlobOrder);
      });
    },
  };
}

/** The page as one document of blobs. Its policy lets it speak with nobody: what it reads comes through its port. */
function createFrame(
  pieces: Pieces,
  urlOf: (path: string) => Promise<string | null>,
  addresses: ReturnType<typeof addressesInFrame>,
  signal: AbortSignal,
): HTMLIFrameElement {
  const nonce = Math.random().toString(36).slice(2);
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}' blob: 'wasm-unsafe-eval'`,
    `worker-src blob:`,
    `connect-src blob: data:`,
    `img-src blob: data:`,
    `media-src blob:`,
    `font-src blob: data:`,
    `style-src blob: 'unsafe-inline'`,
  ].join('; ');
  const worker = `(${beginWorker})(${JSON.stringify(virtualBase)}, ${answerFromPort})`;
  const begin = [virtualBase, pieces.script, pieces.styles].map((each) => JSON.stringify(each));
  const script = `(${beginFrame})(${begin.join(', ')}, ${answerFromPort}, ${JSON.stringify(worker)})`;
  const html = `<!doctype html><html lang="en"><head>
    <meta http-equiv="Content-Security-Policy" content="${policy}"><meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
    <title>Supersign</title></head><body><div id="root"></div>
    <script nonce="${nonce}">${script.replaceAll('</', '<\\/')}</script></body></html>`;
  const frame = document.createElement('iframe');
  frame.name = frameName;
  frame.title = 'Supersign';
  frame.allow = 'cross-origin-isolated; fullscreen; clipboard-write';
  frame.src = URL.createObjectURL(new Blob([html], { type: 'text/html' }));
  frame.addEventListener('load', () => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = async ({ data }: MessageEvent<FileQuestion | BlobMade>) => {
      if ('made' in data) addresses.hear(data);
      else port1.postMessage({ id: data.id, url: await urlOf(data.path) } satisfies FileAnswer);
    };
    frame.contentWindow?.postMessage({ supersign: 'files' }, '*', [port2]);
    addresses.begin(port1);
  });
  signal.addEventListener('abort', () => frame.remove());
  return frame;
}

/** Answers the page when it is ready, and hands on to the kernel what it reports. */
function speakWith(
  frame: HTMLIFrameElement,
  connect: Connect,
  kernel: Kernel,
  signal: AbortSignal,
): MessagePort {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }: MessageEvent<FrameReport>) => {
    if (data.kind === 'view') void kernel.report('view', JSON.stringify(data.view));
    else void kernel.report(data.kind, data.text);
  };
  window.addEventListener(
    'message',
    ({ source, data }: MessageEvent) => {
      if (source !== frame.contentWindow || !isFrameWord(data) || data.supersign !== 'ready') return;
      // A frame without an origin cannot be named; it is the one that was made here.
      frame.contentWindow?.postMessage(connect, origin === 'null' ? '*' : origin, [port2]);
    },
    { signal },
  );
  return port1;
}

function choiceOf(pictures: { name: string }[], choose: (index: number) => void): HTMLElement {
  const label = document.createElement('label');
  const select = document.createElement('select');
  select.append(...pictures.map(({ name }, index) => new Option(name, String(index))));
  select.addEventListener('change', () => choose(select.selectedIndex));
  label.append('Picture ', select);
  return label;
}

export default { render };
