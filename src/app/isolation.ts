import { answered } from '../storage/answered';
import { tab } from '../storage/text-store';

const triedKey = 'supersign-isolation-tried';
/** Longest wait for the service worker in milliseconds: where it may not run, `ready` never resolves. */
const patience = 3000;

/**
 * Where the host does not isolate the page, a service worker does, from the second load on: so the page loads
 * itself once more. Returns only when there is nothing (more) to be won by that.
 */
export async function isolatePage(): Promise<void> {
  if (crossOriginIsolated || !('serviceWorker' in navigator)) return;
  // A page that cannot note that it did would load itself for ever.
  if (tab.get(triedKey) || tab.set(triedKey, '1')) return;
  try {
    await navigator.serviceWorker.register('./service-worker.js');
    await answered(navigator.serviceWorker.ready, patience);
  } catch {
    // Without it the page works all the same, on one thread.
    return;
  }
  location.reload();
  await new Promise(() => {});
}
