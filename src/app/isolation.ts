import { isHosted } from '../host/frame';
import { answered } from '../storage/answered';
import { tab } from '../storage/text-store';

const triedKey = 'supersign-isolation-tried';
/** Longest wait for the service worker in milliseconds: where it may not run, `ready` never resolves. */
const patience = 3000;

/** Served from this very machine the page is there whenever its files are. */
const isOwnMachine = () => ['localhost', '127.0.0.1', '[::1]'].includes(location.hostname);

const register = () => navigator.serviceWorker.register('./service-worker.js');

/**
 * Where the host does not isolate the page, a service worker does, from the second load on: so the page loads
 * itself once more. Returns only when there is nothing (more) to be won by that. Where the host isolates it, the service worker keeps
 * it for use without a network.
 */
export async function isolatePage(): Promise<void> {
  // In a frame it is the window around it that is isolated or not.
  if (!('serviceWorker' in navigator) || isHosted()) return;
  if (crossOriginIsolated) {
    if (!isOwnMachine()) void keepServiceWorker();
    return;
  }
  // A page that cannot note that it did would load itself for ever.
  if (tab.get(triedKey) || tab.set(triedKey, '1')) return;
  try {
    await register();
    await answered(navigator.serviceWorker.ready, patience);
  } catch {
    // Without it the page works all the same, on one thread.
    return;
  }
  location.reload();
  await new Promise(() => {});
}

async function keepServiceWorker(): Promise<void> {
  try {
    await register();
  } catch {
    // Without it the page needs its host.
  }
}
