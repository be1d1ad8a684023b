const triedKey = 'supersign-isolation-tried';
/** Longest wait for the service worker in milliseconds: where it may not run, `ready` never resolves. */
const patience = 3000;

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
    const late = new Promise<never>((_, reject) => setTimeout(reject, patience));
    await Promise.race([navigator.serviceWorker.ready, late]);
  } catch {
    // Without it the page works all the same, on one thread.
    return;
  }
  location.reload();
  await new Promise(() => {});
}
