/// <reference lib="webworker" />

/**
 * For static hosts that cannot send headers of their own: gives every file of the page the two headers that
 * isolate it (browsers grant WebAssembly threads to isolated pages only), and keeps the files for offline use.
 */
const scope = self as unknown as ServiceWorkerGlobalScope;
const cacheName = 'supersign-files';

scope.addEventListener('install', () => {
  void scope.skipWaiting();
});

scope.addEventListener('activate', (event) => {
  event.waitUntil(scope.clients.claim());
});

scope.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== scope.location.origin) return;
  event.respondWith(answer(request));
});

/** From the network, so that a new version is seen at once; from the cache where there is no network. */
async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(cacheName);
  try {
    const response = await fetch(request);
    if (response.ok && response.type === 'basic') await cache.put(request, response.clone());
    return isolated(response);
  } catch (error) {
    const kept = await cache.match(request, { ignoreSearch: request.mode === 'navigate' });
    if (!kept) throw error;
    return isolated(kept);
  }
}

function isolated(response: Response): Response {
  const headers = new Headers(response.headers);
  headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  headers.set('Cross-Origin-Embedder-Policy', 'require-corp');
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}
