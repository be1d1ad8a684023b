/** Tells other tabs of the page that something changed, as far as this browser lets them talk. */
export interface News {
  tell(): void;
  /** Calls the listener when another tab tells, until the function that is returned is called. */
  follow(listener: () => void): () => void;
}

export function createNews(name: string): News {
  let opened: BroadcastChannel | null = null;
  const channel = () => {
    if (typeof BroadcastChannel === 'undefined') return null;
    opened ??= new BroadcastChannel(name);
    return opened;
  };
  return {
    tell: () => channel()?.postMessage(null),
    follow(listener) {
      const own = channel();
      own?.addEventListener('message', listener);
      return () => own?.removeEventListener('message', listener);
    },
  };
}
