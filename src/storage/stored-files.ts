import { StoreError, storeErrorOf } from './store-error';

/** What keeps the answers of addresses. @throws StoreError where there is none, as on pages that are not served securely */
export function cacheStorage(): CacheStorage {
  return found(() => globalThis.caches);
}

/**
 * What keeps files of the page's own; before Safari 26 and on pages that are not served securely there is none.
 * @throws StoreError
 */
export function fileStorage(): StorageManager {
  const storage = found(() => navigator.storage);
  const writable =
    typeof storage.getDirectory === 'function' &&
    typeof FileSystemFileHandle !== 'undefined' &&
    'createWritable' in FileSystemFileHandle.prototype;
  if (!writable) throw new StoreError('absent');
  return storage;
}

/** Where the reader forbids a page its cookies, the very access may throw. */
function found<Store>(store: () => Store | undefined): Store {
  try {
    const there = store();
    if (there) return there;
  } catch (error) {
    throw storeErrorOf(error);
  }
  throw new StoreError('absent');
}
