import { createHash } from 'node:crypto';
import type { PageFiles } from './page-files';

/** Cache Storage in memory, that can be full, throw or never answer. For tests. */
export class FakeCaches {
  /** What every writing fails with. */
  full: Error | null = null;
  /** What every opening fails with. */
  forbidden: Error | null = null;
  silent = false;
  readonly kept = new Map<string, Map<string, { body: ArrayBuffer; type: string }>>();

  open = async (name: string) => {
    if (this.silent) await new Promise(() => {});
    if (this.forbidden) throw this.forbidden;
    const entries = this.kept.get(name) ?? new Map();
    this.kept.set(name, entries);
    const urlOf = (key: RequestInfo | URL) => (key instanceof Request ? key.url : String(key));
    return {
      match: async (key: RequestInfo) => {
        const entry = entries.get(urlOf(key));
        return entry && new Response(entry.body, { headers: { 'Content-Type': entry.type } });
      },
      put: async (key: RequestInfo, response: Response) => {
        const body = await response.arrayBuffer();
        if (this.full) throw this.full;
        entries.set(urlOf(key), { body, type: response.headers.get('Content-Type') ?? '' });
      },
      delete: async (key: RequestInfo) => entries.delete(urlOf(key)),
      keys: async () => [...entries.keys()].map((url) => new Request(url)),
    };
  };

  /** Addresses of everything that is kept, of all caches. */
  addresses = () => [...this.kept.values()].flatMap((entries) => [...entries.keys()]).sort();
}

/** A host that serves texts by path, and can go away. */
export class FakeHost {
  away = false;
  silent = false;
  /** What was asked for, in order. */
  readonly asked: string[] = [];

  constructor(
    readonly scope: string,
    public files: Record<string, string>,
  ) {}

  list = (): PageFiles => ({
    files: Object.entries(this.files).map(([path, text]) => ({
      path,
      bytes: text.length,
      sha256: sha256(text),
    })),
  });

  fetch = async (asked: string | Request, { integrity = '' }: RequestInit = {}): Promise<Response> => {
    const path = (typeof asked === 'string' ? asked : asked.url).slice(this.scope.length) || 'index.html';
    this.asked.push(path);
    if (this.silent) await new Promise(() => {});
    if (this.away) throw new TypeError('Failed to fetch');
    const text = path === 'files.json' ? JSON.stringify(this.list()) : this.files[path];
    if (text !== undefined && integrity && integrity !== `sha256-${sha256(text)}`)
      throw new TypeError('Failed to fetch');
    const type = path.endsWith('.html') ? 'text/html' : 'text/javascript';
    const response = new Response(text ?? 'none', {
      status: text === undefined ? 404 : 200,
      headers: { 'Content-Type': type },
    });
    // As a browser's fetch gives it.
    return Object.defineProperty(response, 'type', { value: 'basic' });
  };
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('base64');
