import { useSyncExternalStore } from 'react';

/** The workspaces, in the order of their tabs. */
export const workspaces = ['explain', 'study', 'optimise'] as const;
export type Workspace = (typeof workspaces)[number];

/** What the page shows: a workspace, or the text about the method. */
export type Place = Workspace | 'about';

/** The place that an address names by its part from `#` on: `#study?...`, or `#about/signs` for a section of the text. */
export function placeOf(hash: string): Place {
  if (/^#about(\/|$)/.test(hash)) return 'about';
  const [name] = hash.replace(/^#/, '').split('?');
  return workspaces.find((workspace) => workspace === name) ?? 'explain';
}

/** Whether the page shows what is made of a picture: at Explain, or at the text about the method, which shows its entropies. */
export const showsPicture = (): boolean => ['explain', 'about'].includes(placeOf(location.hash));

/** The last address of each workspace, so that its tab leads back to it as it was. */
const left = new Map<Workspace, string>();

function rememberLeft({ oldURL }: HashChangeEvent): void {
  const { hash } = new URL(oldURL);
  const from = placeOf(hash);
  if (from !== 'about') left.set(from, hash);
}

/** Lets a workspace that is not shown be found at another address than the one it was left at. */
export function remember(workspace: Workspace, address: string): void {
  left.set(workspace, address);
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', rememberLeft);
  window.addEventListener('hashchange', listener);
  window.addEventListener('popstate', listener);
  return () => {
    window.removeEventListener('hashchange', listener);
    window.removeEventListener('popstate', listener);
  };
}

export const usePlace = (): Place => useSyncExternalStore(subscribe, () => placeOf(location.hash));

/** Goes to a workspace; as it was left, unless an address is given. */
export function goTo(workspace: Workspace, address?: string): void {
  if (placeOf(location.hash) === workspace && address === undefined) return;
  location.hash = address ?? left.get(workspace) ?? `#${workspace}`;
}
