import { createRoot, type Root } from 'react-dom/client';

/** What tests of components render into: a page with nothing but `#root` in it, and what a test wants beside that. */
export function rootOfEmptyPage(beside = ''): Root {
  document.body.innerHTML = `<div id="root"></div>${beside}`;
  return createRoot(document.querySelector('#root') as Element);
}
