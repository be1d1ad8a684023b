import { engine } from '../../../engine/engine-client';
import type { KnownNetwork, OpenPicture } from '../../../state/explain-store';
import { say } from '../../../text/say';
import { rasteriseIfSvg } from './svg-picture';

/** Decodes on the engine; SVG, which workers cannot decode, is drawn here first. */
export async function decode(
  file: Blob,
  name: string,
  source: string,
  signal: AbortSignal,
  network: KnownNetwork,
): Promise<OpenPicture> {
  const [height, width] = network.inputShape;
  const bitmap = await rasteriseIfSvg(file, signal);
  const picture = await engine.call('decode', { file, bitmap, inputSize: { width, height } }, { signal });
  return { ...picture, file, name, source };
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
    throw new Error(say('"{address}" is neither an example nor an address.', { address }));
  }
  let response: Response;
  try {
    response = await fetch(url, { signal, mode: 'cors' });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new Error(
      say(
        '{host} does not let other pages read its pictures (CORS), or cannot be reached. Save the picture and drop the file here instead.',
        { host: url.host },
      ),
    );
  }
  if (!response.ok)
    throw new Error(
      say('{host} answers HTTP {status} for {pathname}.', {
        host: url.host,
        status: response.status,
        pathname: url.pathname,
      }),
    );
  return response.blob();
}
