import { engine } from '../../../engine/engine-client';
import type { Picture } from '../../../picture/picture';
import type { KnownNetwork, OpenPicture } from '../../../state/explain-store';
import { rasteriseIfSvg } from './svg-picture';

/** What was read before it was asked for: one picture, which is handed out once. */
const ahead = {
  file: null as Blob | null,
  size: '',
  picture: null as Promise<Picture> | null,
};

/** Decodes on the engine; SVG, which workers cannot decode, is drawn here first. What was read ahead is there already. */
export async function decode(
  file: Blob,
  name: string,
  source: string,
  signal: AbortSignal,
  network: KnownNetwork,
): Promise<OpenPicture> {
  const wasRead = ahead.file === file && ahead.size === sizeFor(network) ? ahead.picture : null;
  if (wasRead) ahead.file = null;
  // What went wrong ahead of time goes wrong again in its own time, and is said then.
  const picture = (await wasRead?.catch(() => null)) ?? (await read(file, network, signal));
  signal.throwIfAborted();
  return { ...picture, file, name, source };
}

/** Reads the picture that is likely to be asked for next, for this network; the one read ahead before it is forgotten. */
export function readAhead(file: Blob, network: KnownNetwork): void {
  const size = sizeFor(network);
  if (ahead.file === file && ahead.size === size) return;
  const picture = read(file, network, new AbortController().signal);
  picture.catch(() => {});
  Object.assign(ahead, { file, size, picture });
}

const sizeFor = ({ inputShape: [height, width] }: KnownNetwork) => `${width} ${height}`;

async function read(file: Blob, { inputShape }: KnownNetwork, signal: AbortSignal): Promise<Picture> {
  const [height, width] = inputShape;
  const bitmap = await rasteriseIfSvg(file, signal);
  return engine.call('decode', { file, bitmap, inputSize: { width, height } }, { signal });
}

/** The last part of an address, to call its picture by. */
export function nameOfUrl(address: string): string {
  const last = address.split(/[?#]/)[0].split('/').filter(Boolean).pop();
  return last ? decodeURIComponentSafely(last) : address;
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** @throws Error in plain words: a browser does not tell a CORS refusal from a dead server. */
export async function fetchPicture(address: string, signal: AbortSignal): Promise<Blob> {
  let url: URL;
  try {
    url = new URL(address, document.baseURI);
  } catch {
    throw new Error(`"${address}" is neither an example nor an address.`);
  }
  let response: Response;
  try {
    response = await fetch(url, { signal, mode: 'cors' });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new Error(
      `${url.host} does not let other pages read its pictures (CORS), or cannot be reached. Save the picture and drop the file here instead.`,
    );
  }
  if (!response.ok) throw new Error(`${url.host} answers HTTP ${response.status} for ${url.pathname}.`);
  return response.blob();
}
