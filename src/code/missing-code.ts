/**
 * Parts of the page come when they are needed, and by then may be gone: the host has a newer build, whose files have other names, or
 * cannot be reached. That is nobody's fault but the page's: it is told apart from everything else that can go wrong, and said once in
 * one place. Every `import()` goes through `loadCode`; workers that do not start are told by their clients.
 */

const sentence = 'a part of the page could not be loaded';

/** Code of the page is missing. The message is the second half of a sentence. */
export class MissingCodeError extends Error {
  override name = 'MissingCodeError';

  constructor() {
    super(sentence);
  }
}

/** Also of errors that came from a worker, which keep their name only. */
export const isMissingCode = (error: unknown): boolean =>
  error instanceof Error && error.name === 'MissingCodeError';

/** Who explains what is missing; nobody at first. */
function createExplainer() {
  let explain = () => {};
  return {
    is(other: () => void): void {
      explain = other;
    },
    explain: () => explain(),
  };
}

const explainer = createExplainer();

/** Lets the page explain what is missing; in workers nobody listens, and their errors reach the page. */
export const whenCodeIsMissing = explainer.is;

/** Tells the page that code is missing. */
export function codeIsMissing(): MissingCodeError {
  explainer.explain();
  return new MissingCodeError();
}

/** How Chromium, Firefox, WebKit and Vite say that a module, or a style sheet of it, did not come. */
const notLoaded =
  /dynamically imported module|Importing a module script failed|Unable to preload CSS|Failed to load module script/i;

/**
 * What `import()` gives.
 * @throws MissingCodeError where the module did not come; whatever else it throws stays as it is
 */
export async function loadCode<Module>(load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (error) {
    throw isNotLoaded(error) ? codeIsMissing() : error;
  }
}

export const isNotLoaded = (error: unknown): boolean =>
  error instanceof Error && notLoaded.test(error.message);
