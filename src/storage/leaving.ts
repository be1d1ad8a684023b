/** What a page does about work that is not on the disk when it is left. */
export interface Unkept {
  /** What would be lost, in words; null where nothing would be. */
  unkept(): string | null;
  /** Keeps at once what can be kept. */
  keepNow(): void;
}

/**
 * While there is such work: keeps it when the page is hidden or left, and has the browser ask before leaving where it is not kept
 * yet. Ends when the function that is returned is called.
 */
export function guardLeaving({ unkept, keepNow }: Unkept): () => void {
  const onHidden = () => {
    if (document.hidden) keepNow();
  };
  const onLeave = (event: BeforeUnloadEvent) => {
    const lost = unkept();
    keepNow();
    if (lost !== null) event.preventDefault();
  };
  document.addEventListener('visibilitychange', onHidden);
  window.addEventListener('pagehide', keepNow);
  window.addEventListener('beforeunload', onLeave);
  return () => {
    document.removeEventListener('visibilitychange', onHidden);
    window.removeEventListener('pagehide', keepNow);
    window.removeEventListener('beforeunload', onLeave);
  };
}
