import { StoreError, storeErrorOf } from './store-error';

/** Short texts by name. What the browser does not keep is held as long as the page is open. */
export interface TextStore {
  get(key: string): string | null;
  /** @returns why it is not kept beyond the page; null where it is */
  set(key: string, text: string): StoreError | null;
  /** Why nothing can be kept here; null where it can, as far as can be told without trying. */
  problem(): StoreError | null;
}

/** The very access to a store throws where the reader forbids a page its cookies. */
function textStore(open: () => Storage | undefined): TextStore {
  const held = new Map<string, string>();
  const opened = (): Storage => {
    const store = open();
    if (!store) throw new StoreError('absent');
    return store;
  };
  return {
    get(key) {
      const text = held.get(key);
      if (text !== undefined) return text;
      try {
        return opened().getItem(key);
      } catch {
        return null;
      }
    },
    set(key, text) {
      try {
        opened().setItem(key, text);
        held.delete(key);
        return null;
      } catch (error) {
        held.set(key, text);
        return storeErrorOf(error);
      }
    },
    problem() {
      try {
        opened();
        return null;
      } catch (error) {
        return storeErrorOf(error);
      }
    },
  };
}

/** For this and later visits. */
export const visits = textStore(() => globalThis.localStorage);

/** For this tab, beyond a reload. */
export const tab = textStore(() => globalThis.sessionStorage);
