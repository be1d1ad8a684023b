import { answered } from '../storage/answered';
import { keptBuilds, seenCache } from './kept-builds';
import { isHashed, listName, pathIn } from './page-files';

/** What the service worker works with. */
export interface World {
  caches: CacheStorage;
  fetch(request: Request): Promise<Response>;
  /** Address of the page's folder. */
  scope: string;
  /** Work that may go on after the answer. */
  later(work: Promise<unknown>): void;
}

/** Longest wait for the network in milliseconds where the page could be opened without. */
const patience = 5000;

/** Longest wait for what is kept. */
const storePatience = 3000;

/**
 * Answers a request of the page. The page itself is taken from the network, so that a new version is seen at once; files whose names
 * hold their hash from what is kept, so that a page of an older version goes on to find its own; the rest from the network where that
 * has it. A store that is full, forbidden or silent never spoils an answer.
 */
export async function answer(request: Request, world: World): Promise<Response> {
  const path = pathIn(world.scope, request.url);
  // What the host has now is asked of the host.
  if (path === null || path === listName) return world.fetch(request);
  const { find, findPage } = keptBuilds(world.caches, world.scope);
  const seen = async () => (await world.caches.open(seenCache)).match(new URL(path, world.scope).href);
  const kept = () => quietly(async () => (await find(path)) ?? (await seen()));
  if (isHashed(path)) return isolated((await kept()) ?? (await fromNetwork(request, path, world)));
  if (request.mode !== 'navigate' || path !== 'index.html') {
    return isolated(await either(fromNetwork(request, path, world), 400, kept));
  }
  const page = await quietly(async () => (await findPage()) ?? (await seen()));
  const coming = fromNetwork(request, path, world);
  // A host that says that the page is gone is believed; one in trouble is not waited for.
  return isolated(await either(page ? answered(coming, patience) : coming, 500, async () => page));
}

/** What comes; where that fails, or has this status or a higher one, what is kept, if anything is. */
async function either(
  coming: Promise<Response>,
  failure: number,
  kept: () => Promise<Response | undefined>,
): Promise<Response> {
  try {
    const response = await coming;
    return response.status < failure ? response : ((await kept()) ?? response);
  } catch (error) {
    const instead = await kept();
    if (!instead) throw error;
    return instead;
  }
}

async function fromNetwork(request: Request, path: string, world: World): Promise<Response> {
  const response = await world.fetch(request);
  // What is fetched by its hash is being kept by the page, and needs no second place.
  if (response.ok && response.type === 'basic' && !request.integrity && belongs(response, path)) {
    world.later(remember(path, response.clone(), world).catch(() => {}));
  }
  return response;
}

/** Some hosts answer with the page where a file is missing. */
const belongs = ({ headers }: Response, path: string) =>
  path.endsWith('.html') || !headers.get('Content-Type')?.startsWith('text/html');

async function remember(path: string, response: Response, { caches, scope }: World): Promise<void> {
  if (await keptBuilds(caches, scope).find(path)) await response.body?.cancel();
  else await (await caches.open(seenCache)).put(new URL(path, scope).href, response);
}

async function quietly<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await answered(work(), storePatience);
  } catch {
    return undefined;
  }
}

const withoutBody = [101, 204, 205, 304];

/** The same answer with the two headers that isolate the page; redirects and the like are the browser's own. */
function isolated(response: Response): Response {
  if (response.type !== 'basic' && response.type !== 'default') return response;
  const headers = new Headers(response.headers);
  headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  headers.set('Cross-Origin-Embedder-Policy', 'require-corp');
  const { status, statusText } = response;
  return new Response(withoutBody.includes(status) ? null : response.body, { status, statusText, headers });
}
