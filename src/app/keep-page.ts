import { keepBuild } from '../offline/keep-build';
import { useExplain } from '../state/explain-store';
import { useOffline } from '../state/offline-store';
import { showsPicture } from '../state/place';
import { lockManager, withLock } from '../storage/locks';
import { cacheStorage } from '../storage/stored-files';
import { say } from '../text/say';
import { pageScope, pageScript, tellNewer } from './newer-version';
import { tellOnce } from './tell-not-kept';

const keepLock = 'supersign-keep-page';
const buildLock = (script: string) => `supersign-build ${new URL(script, pageScope).href}`;

/** Longest wait in milliseconds for the first analysis: where there is none, the page is kept all the same. */
const analysisPatience = 60_000;

/**
 * Keeps everything that the page can do in the browser, once it has done what it was opened for; where a service worker runs, which
 * finds it again.
 */
export async function keepPage(): Promise<void> {
  holdBuild();
  await firstAnalysis();
  if (!(await hasServiceWorker())) return;
  await keepNow();
  window.addEventListener('online', () => {
    if (useOffline.getState().kept.state === 'stopped') void keepNow();
  });
}

/** Says to other tabs, for as long as this page is open, that it may still need files of its build. */
function holdBuild(): void {
  lockManager()
    ?.request(buildLock(pageScript()), { mode: 'shared' }, () => new Promise(() => {}))
    .catch(() => {});
}

async function hasServiceWorker(): Promise<boolean> {
  try {
    return (await navigator.serviceWorker.getRegistration()) !== undefined;
  } catch {
    return false;
  }
}

function firstAnalysis(): Promise<void> {
  return new Promise((resolve) => {
    const isThere = ({ measurement, signs }: ReturnType<typeof useExplain.getState>) =>
      measurement !== null && signs !== null;
    if (isThere(useExplain.getState()) || !showsPicture()) return resolve();
    const done = () => {
      stop();
      clearTimeout(late);
      resolve();
    };
    const stop = useExplain.subscribe((state) => isThere(state) && done());
    const late = setTimeout(done, analysisPatience);
  });
}

const keepNow = (): Promise<void> =>
  withLock(keepLock, {}, async () => {
    const { setState } = useOffline;
    const kept = await keepBuild({
      caches: cacheStorage(),
      fetch: (address, options) => fetch(address, options),
      scope: pageScope,
      script: pageScript(),
      used: usedBuilds,
      idle,
      onProgress: (bytes, of) => setState({ kept: { state: 'keeping', bytes, of } }),
    });
    if (kept.state === 'newer') return tellNewer();
    setState({ kept });
    if (kept.state === 'stopped' && kept.by === 'store') {
      tellOnce(
        'page',
        say('Not everything this page can do is kept for use without a network: {reason}.', {
          reason: kept.reason,
        }),
      );
    }
  }).catch((error) => console.warn(say('The page is not kept for use without a network:'), error));

/** By the locks that open pages hold; where those cannot be told, every build may be in use. */
async function usedBuilds(): Promise<(path: string) => boolean> {
  try {
    const { held } = (await lockManager()?.query()) ?? {};
    if (held) {
      const names = new Set(held.map(({ name }) => name));
      return (path) => names.has(buildLock(path));
    }
  } catch {}
  return () => true;
}

/** Longest wait for an idle moment, in milliseconds. */
const idlePatience = 2000;

const idle = (): Promise<unknown> =>
  new Promise((resolve) =>
    'requestIdleCallback' in window
      ? requestIdleCallback(resolve, { timeout: idlePatience })
      : setTimeout(resolve, idlePatience / 10),
  );
