const triedKey = 'supersign-isolation-tried';

/**
 * Where the host does not isolate the page, a service worker does, from the second load on: so the page loads
 * itself once more. Returns only when there is nothing (more) to be won by that.
 */
export async function isolatePage(): Promise<void> {
  if (crossOriginIsolated || !('serviceWorker' in navigator)) return;
  if (sessionStorage.getItem(triedKey)) return;
  try {
    sessionStorage.setItem(triedKey, '1');
    await navigator.serviceWorker.register('./service-worker.js');
    await navigator.serviceWorker.ready;
  } catch {
    // Without it the page works all the same, on one thread.
    return;
  }
  location.reload();
  await new Promise(() => {});
}
