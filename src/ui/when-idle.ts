/**
 * Calls when the page has nothing to do, or soon where a browser does not tell; returns what takes it back.
 * @param patience milliseconds after which it is called on a busy page as well
 */
export function whenIdle(call: () => void, patience?: number): () => void {
  if (typeof requestIdleCallback === 'function') {
    const idle = requestIdleCallback(call, patience === undefined ? undefined : { timeout: patience });
    return () => cancelIdleCallback(idle);
  }
  const timer = setTimeout(call, 200);
  return () => clearTimeout(timer);
}
