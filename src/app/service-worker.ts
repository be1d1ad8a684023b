/// <reference lib="webworker" />
import { answer } from '../offline/answer';

/**
 * Gives every file of the page the two headers that isolate it (browsers grant WebAssembly threads to isolated pages only), and
 * answers from what the page has kept where there is no network, or no such file any more.
 */
const scope = self as unknown as ServiceWorkerGlobalScope;

scope.addEventListener('install', () => {
  void scope.skipWaiting();
});

scope.addEventListener('activate', (event) => {
  event.waitUntil(scope.clients.claim());
});

scope.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || !request.url.startsWith(scope.registration.scope)) return;
  event.respondWith(
    answer(request, {
      caches: scope.caches,
      fetch: (asked) => fetch(asked),
      scope: scope.registration.scope,
      later: (work) => event.waitUntil(work),
    }),
  );
});
