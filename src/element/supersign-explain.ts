import { type Connect, type FrameReport, frameName, isFrameWord } from '../host/frame';
import { type Queue, visits } from './visits';

/** Attributes that are parameters of the page's address. `class` means something else on an element: `explained` is that parameter. */
export const addressAttributes = [
  ...[
    'model',
    'scaling',
    'output',
    'reads',
    'size',
    'operations',
    'image',
    'against',
    'region',
    'box',
    'part',
    'alike',
  ],
  ...[
    'method',
    'smooth',
    'token',
    'head',
    'pooling',
    'measure',
    'levels',
    'grid',
    'neighbourhood',
    'torus',
    'tau',
    'theta',
  ],
  ...['layer', 'backend', 'view', 'concepts', 'colours', 'opacity', 'scale', 'smoothing', 'outlines'],
  ...['flow', 'fold', 'within', 'versus', 'tour', 'story'],
] as const;

/** Attributes that may hold an address, which counts from the page that the element stands in. */
const addresses = ['model', 'image', 'alike'];

const style = `
  :host { display: block; height: 45rem; border: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
  :host([hidden]) { display: none; }
  iframe { display: block; width: 100%; height: 100%; border: 0; }
`;

/**
 * `<supersign-explain model image layer>`: the Explain workspace in any page. It is loaded when it comes into view, and of several
 * one after the other, so that the page around them stays responsive. What stands inside the element is shown until then.
 *
 * - `src`: address of the page; left out, the one that this script came with.
 * - `language`: `en` or `zh`; left out, as the page chooses for its reader.
 * - The parameters of the page's address, as attributes; changes of them are followed.
 * - The event `supersign-settled` says that the picture is analysed, or cannot be. Where the page has the same origin as the one around
 *   it, `supersign-analysis` follows with the analysis file as text in `detail`, again after every change of its numbers, and
 *   `supersign-view` with the address parameters after a change of the look.
 */
export class SupersignExplain extends HTMLElement {
  static readonly observedAttributes = ['src', 'language', 'explained', ...addressAttributes];

  /** Which of the page's elements loads; set apart by tests. */
  queue: Queue = visits;

  #frame: HTMLIFrameElement | null = null;
  #leave: (() => void) | null = null;

  connectedCallback(): void {
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    root.innerHTML = `<style>${style}</style><slot></slot>`;
    this.#leave = this.queue.whenSeen(this, (done) => this.#load(root, done));
  }

  disconnectedCallback(): void {
    this.#leave?.();
    this.#frame = null;
  }

  attributeChangedCallback(): void {
    if (this.#frame) this.#frame.src = this.address;
  }

  /** What the frame shows. */
  get address(): string {
    const page = new URL(this.getAttribute('src') ?? ownPage(), document.baseURI);
    const parameters = new URLSearchParams();
    for (const name of addressAttributes) {
      const value = this.getAttribute(name);
      if (value === null) continue;
      // What is set beside names what it is before its address.
      const [kind] = name === 'versus' ? (/^(?:image|model):/.exec(value) ?? ['']) : [''];
      const rest = value.slice(kind.length);
      const isAddress = (addresses.includes(name) || kind !== '') && /[./]/.test(rest);
      parameters.set(name, isAddress ? kind + new URL(rest, document.baseURI).href : value);
    }
    const explained = this.getAttribute('explained');
    if (explained !== null) parameters.set('class', explained);
    const language = this.getAttribute('language');
    if (language !== null) page.searchParams.set('language', language);
    page.hash = `explain?${parameters}`;
    return page.href;
  }

  #load(root: ShadowRoot, done: () => void): () => void {
    const frame = document.createElement('iframe');
    frame.name = frameName;
    frame.title = ['Supersign', this.getAttribute('image')].filter(Boolean).join(': ');
    frame.allow = 'cross-origin-isolated; fullscreen; clipboard-write; camera';
    const listen = ({ source, origin, data }: MessageEvent) => {
      if (source !== frame.contentWindow || !isFrameWord(data)) return;
      if (data.supersign === 'ready' && origin === location.origin) this.#connect(frame);
      if (data.supersign !== 'settled') return;
      done();
      this.#tell('supersign-settled');
    };
    window.addEventListener('message', listen);
    frame.src = this.address;
    root.querySelector('slot')?.replaceWith(frame);
    this.#frame = frame;
    return () => {
      window.removeEventListener('message', listen);
      frame.remove();
    };
  }

  #tell(name: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
  }

  #connect(frame: HTMLIFrameElement): void {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => {
      const report: FrameReport = data;
      if (report.kind === 'analysis') this.#tell('supersign-analysis', report.text);
      if (report.kind === 'view') this.#tell('supersign-view', report.view);
    };
    const connect: Connect = { supersign: 'connect', opening: null };
    frame.contentWindow?.postMessage(connect, location.origin, [port2]);
  }
}

const ownPage = () => new URL(/* @vite-ignore */ './index.html', import.meta.url).href;

if (!customElements.get('supersign-explain')) customElements.define('supersign-explain', SupersignExplain);
