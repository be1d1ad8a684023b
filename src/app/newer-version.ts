import { isMissingCode, isNotLoaded, whenCodeIsMissing } from '../code/missing-code';
import { listName, type PageFiles, pathIn } from '../offline/page-files';
import { warn } from '../state/alerts';
import { say } from '../text/say';
import { handOver } from '../workspaces/explain/files/hand-over';

/** Address of the folder that the page lies in. */
export const pageScope = new URL('./', document.baseURI).href;

/** Path of the page's own script, whose name tells builds apart. */
export function pageScript(): string {
  const script = document.querySelector<HTMLScriptElement>('script[type="module"][src]');
  return (script && pathIn(pageScope, script.src)) ?? '';
}

/** From now on missing code is explained: what is on screen stays, and the page offers what can be done. */
export function watchForMissingCode(): void {
  whenCodeIsMissing(() => void tellMissing());
  // Whoever waited for it has nothing to add.
  window.addEventListener('unhandledrejection', (event) => {
    if (isMissingCode(event.reason)) event.preventDefault();
  });
  // Vite's own word for what no caller has asked for by `loadCode`.
  window.addEventListener('vite:preloadError', ({ payload }) => {
    if (isNotLoaded(payload)) void tellMissing();
  });
}

const again = { title: 'Load the page again', run: () => void loadAgain() };

/** The host has another build than the one that is open. */
export function tellNewer(): void {
  warn(
    'version',
    say(
      'A newer version of this page is there. What is on screen stays; loaded again, the page keeps picture, network and settings.',
    ),
    again,
  );
}

async function tellMissing(): Promise<void> {
  const hosted = await hostedFiles();
  if (hosted === null) {
    warn(
      'version',
      say(
        'A part of this page is not kept in this browser, and its host cannot be reached. What is on screen stays; try again when there is a network.',
      ),
    );
  } else if (hosted.files.some(({ path }) => path === pageScript())) {
    warn(
      'version',
      say(
        'A part of this page could not be loaded. What is on screen stays; loaded again, the page keeps picture, network and settings.',
      ),
      again,
    );
  } else tellNewer();
}

/** Null where the host cannot be reached. */
async function hostedFiles(): Promise<PageFiles | null> {
  try {
    const response = await fetch(new URL(listName, pageScope).href, { cache: 'no-store' });
    // A host without the list is there, and has something else.
    return response.ok ? await response.json() : { files: [] };
  } catch {
    return null;
  }
}

async function loadAgain(): Promise<void> {
  const lost = await handOver();
  if (lost === null) return location.reload();
  warn('version', say('{lost} Open it again after the page is loaded.', { lost }), {
    title: say('Load the page without it'),
    run: () => location.reload(),
  });
}
