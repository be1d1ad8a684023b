import type { NamedFile } from '../../../files/named-file';
import { type OpenPicture, useExplain } from '../../../state/explain-store';
import { type TrayPicture, useTray } from '../../../state/tray-store';
import { openPicture } from '../files/open-picture';
import { keepTray, trayBeforeReload } from './keep-tray';

/** So many pictures a tray holds: what is more is for Study. */
export const mostInTray = 200;

const { getState, setState } = useTray;

const made = { count: 0 };
const idOf = () => `${Date.now().toString(36)}-${(made.count++).toString(36)}`;

/**
 * Lays pictures into the tray, behind those that lie there.
 * @returns those that were taken: fewer than given where the tray is full
 */
export function layIntoTray(files: readonly NamedFile[]): TrayPicture[] {
  const { pictures } = getState();
  const taken = files
    .slice(0, Math.max(0, mostInTray - pictures.length))
    .map(({ path, blob }) => ({ id: idOf(), name: path, file: blob }));
  setTray([...pictures, ...taken]);
  return taken;
}

function setTray(pictures: readonly TrayPicture[]): void {
  setState({ pictures, awaited: false });
  void keepTray(pictures).then((notKept) => {
    if (getState().pictures === pictures) setState({ notKept });
  });
}

/** Which picture of the tray is on screen; -1 for none. What came back after a reload is the same file in another object. */
export function placeInTray(pictures: readonly TrayPicture[], shown: OpenPicture | null): number {
  if (shown?.source !== '') return -1;
  const same = pictures.findIndex(({ file }) => file === shown.file);
  if (same >= 0) return same;
  return pictures.findIndex(({ name, file }) => name === shown.name && file.size === shown.file.size);
}

/** Opens a picture of the tray; its analysis is made now. */
export async function reach({ id, name, file }: TrayPicture): Promise<void> {
  setState({ aimed: id });
  try {
    await openPicture({ path: name, blob: file });
  } finally {
    if (getState().aimed === id) setState({ aimed: null });
  }
}

/** Goes so many pictures on; at the ends it stays. From a picture that is not in the tray it goes to its first or last one. */
export function walk(by: 1 | -1): void {
  const { pictures, aimed } = getState();
  const on = pictures.findIndex(({ id }) => id === aimed);
  const at = on >= 0 ? on : placeInTray(pictures, useExplain.getState().picture);
  const next = at >= 0 ? at + by : by > 0 ? 0 : pictures.length - 1;
  if (pictures[next]) void reach(pictures[next]);
}

/** Takes a picture out of the tray; where it is on screen, the next one takes its place. */
export function takeOut(id: string): void {
  const { pictures } = getState();
  const at = pictures.findIndex((picture) => picture.id === id);
  const isShown = at === placeInTray(pictures, useExplain.getState().picture);
  const left = pictures.filter((picture) => picture.id !== id);
  setTray(left);
  const next = left[Math.min(at, left.length - 1)];
  if (isShown && next) void reach(next);
}

/** Puts the tray away; the picture on screen stays. */
export const clearTray = (): void => setTray([]);

/** Brings back the tray that this tab had before it was loaded again. */
export async function restoreTray(): Promise<void> {
  const before = await trayBeforeReload();
  // What was dropped in the meantime has begun another one.
  if (getState().awaited) setState({ pictures: before, awaited: false });
}
