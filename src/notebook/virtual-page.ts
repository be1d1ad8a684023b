/**
 * What a page needs that has no host: its files come from whoever opened it, by name, as addresses of blobs. These functions are sent
 * as text into a frame and into workers, so none of them may use what stands outside of it.
 */

/** Where the page believes that it lies; nothing is ever asked there (RFC 6761 keeps the name free of hosts). */
export const virtualBase = 'https://supersign.invalid/';

/** What a frame or a worker asks for a file, and the answer: the address of a blob, null where there is no such file. */
export interface FileQuestion {
  id: number;
  path: string;
}
export interface FileAnswer {
  id: number;
  url: string | null;
}

/**
 * What the window around a frame has it make an address of, and its answer. Where a notebook shows outputs in frames without an origin
 * (`sandbox` without `allow-same-origin`), every frame has an origin of its own and can read no other's blobs by address.
 */
export interface BlobOrder {
  make: number;
  blob: Blob;
}
export interface BlobMade {
  made: number;
  url: string;
}

/**
 * Makes `fetch` and `import` of the page's own files ask a port.
 * @returns the address of a file's blob
 */
export function answerFromPort(base: string, port: MessagePort): (path: string) => Promise<string | null> {
  const waiting = new Map<number, (url: string | null) => void>();
  let last = 0;
  port.onmessage = ({ data }: MessageEvent<FileAnswer | BlobOrder>) => {
    if ('make' in data) {
      port.postMessage({ made: data.make, url: URL.createObjectURL(data.blob) });
      return;
    }
    waiting.get(data.id)?.(data.url);
    waiting.delete(data.id);
  };
  const urlOf = (path: string) =>
    new Promise<string | null>((resolve) => {
      last += 1;
      waiting.set(last, resolve);
      port.postMessage({ id: last, path });
    });
  const fetchOthers = globalThis.fetch.bind(globalThis);
  globalThis.fetch = async (resource, options) => {
    const address = resource instanceof Request ? resource.url : String(resource);
    if (!address.startsWith(base)) return fetchOthers(resource, options);
    const url = await urlOf(decodeURIComponent(address.slice(base.length).split(/[?#]/)[0]));
    return url === null ? new Response(null, { status: 404 }) : fetchOthers(url, { signal: options?.signal });
  };
  const scope = globalThis as unknown as { supersignImport(path: string): Promise<unknown> };
  scope.supersignImport = async (path) => {
    const url = await urlOf(path);
    if (url === null) throw new TypeError(`Failed to fetch dynamically imported module: ${path}`);
    return import(/* @vite-ignore */ url);
  };
  return urlOf;
}

/** Runs in a worker before all else: waits for its port and the name of its script, and keeps what is said to it until that has run. */
export function beginWorker(base: string, answer: typeof answerFromPort): void {
  const held: MessageEvent[] = [];
  let isThere = false;
  globalThis.addEventListener('message', (event: Event) => {
    if (isThere) return;
    event.stopImmediatePropagation();
    const message = event as MessageEvent;
    if (message.data?.supersign !== 'files') {
      held.push(message);
      return;
    }
    answer(
      base,
      message.ports[0],
    )(message.data.script)
      .then((url) => import(/* @vite-ignore */ String(url)))
      .then(
        () => {
          isThere = true;
          for (const { data, ports } of held) {
            globalThis.dispatchEvent(new MessageEvent('message', { data, ports: [...ports] }));
          }
        },
        // As an error of the worker, which the page knows what to do with.
        (error) => setTimeout(() => Promise.reject(error)),
      );
  });
}

/** Runs in the frame before all else: waits for its port, then loads the page's styles and starts its script. */
export function beginFrame(
  base: string,
  script: string,
  styles: string[],
  answer: typeof answerFromPort,
  workerScript: string,
): void {
  Object.defineProperty(document, 'baseURI', { value: base });
  window.addEventListener('message', function listen({ source, data, ports }: MessageEvent) {
    if (source !== window.parent || data?.supersign !== 'files') return;
    window.removeEventListener('message', listen);
    const urlOf = answer(base, ports[0]);
    const begin = URL.createObjectURL(new Blob([workerScript], { type: 'text/javascript' }));
    const RealWorker = window.Worker;
    window.Worker = class extends RealWorker {
      constructor(address: string | URL, options?: WorkerOptions) {
        const path = String(address).startsWith(base) ? String(address).slice(base.length) : null;
        // What begins is a classic script: Chromium starts no module worker from a blob where there is no origin.
        super(path === null ? address : begin, path === null ? options : { ...options, type: 'classic' });
        if (path === null) return;
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = async ({ data: question }) =>
          port1.postMessage({ id: question.id, url: await urlOf(question.path) });
        this.postMessage({ supersign: 'files', script: path }, [port2]);
      }
    };
    const scope = globalThis as unknown as { supersignImport(path: string): Promise<unknown> };
    const add = (href: string, disabled: boolean) =>
      new Promise((resolve) => {
        const link = document.createElement('link');
        link.rel = 'stylesheet';
        link.addEventListener('load', resolve);
        link.addEventListener('error', resolve);
        link.disabled = disabled;
        link.href = href;
        document.head.append(link);
        if (disabled) resolve(null);
      });
    void Promise.all(styles.map(urlOf))
      .then((urls) =>
        Promise.all(
          // The second is what the page looks for before it loads a style sheet; disabled, it is never fetched.
          urls.map((url, i) => Promise.all([add(String(url), false), add(base + styles[i], true)])),
        ),
      )
      .then(() => scope.supersignImport(script));
  });
}
