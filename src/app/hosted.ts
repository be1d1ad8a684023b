import { loadCode } from '../code/missing-code';
import { type Connect, type FrameWord, isHosted, type Opening } from '../host/frame';
import { useExplain } from '../state/explain-store';
import { answered } from '../storage/answered';
import type { HandedOver } from '../workspaces/explain/files/hand-over';

/** Longest wait in milliseconds for a window around the page that speaks with it; most only show it. */
const patience = 1000;

/**
 * Where the page stands in a frame that was opened for it: what the window around it wants opened. A window of another origin sees when
 * the page is done and nothing else; one of the same origin is told what is on screen (`report-to-host.ts`).
 * @returns null where the address says what to open
 */
export async function openingFromHost(): Promise<HandedOver | null> {
  if (!isHosted()) return null;
  tellWhenSettled();
  try {
    const { opening, port } = await answered(connection(), patience);
    // Not waited for: the report has time until there is something on screen.
    void loadCode(() => import('./report-to-host')).then(({ reportTo }) => reportTo(port));
    return opening && handedOver(opening);
  } catch {
    return null;
  }
}

const tellAround = (word: FrameWord['supersign']) =>
  window.parent.postMessage({ supersign: word } satisfies FrameWord, '*');

function connection(): Promise<{ opening: Opening | null; port: MessagePort }> {
  return new Promise((resolve) => {
    const listen = ({ source, origin, data, ports }: MessageEvent<Connect>) => {
      if (source !== window.parent || origin !== location.origin || data?.supersign !== 'connect') return;
      window.removeEventListener('message', listen);
      resolve({ opening: data.opening, port: ports[0] });
    };
    window.addEventListener('message', listen);
    tellAround('ready');
  });
}

/** Says so once the first analysis is measured, or nothing is under way any more. */
function tellWhenSettled(): void {
  const stop = useExplain.subscribe(({ progress, analysis, measurement, signs }) => {
    if (progress !== null || (analysis && !(measurement && signs))) return;
    stop();
    tellAround('settled');
  });
}

function handedOver({ parameters, network, picture, second }: Opening): HandedOver {
  const model = network && { model: `file:${network.name}` };
  return {
    at: Date.now(),
    address: `#explain?${new URLSearchParams({ ...parameters, ...model })}`,
    picture: picture && { file: picture.blob, name: picture.name },
    second: second ? { file: second.blob, name: second.name } : null,
    network: network && {
      source: { kind: 'files', id: network.name, main: network.files[0].path, files: network.files },
      fingerprint: String(Math.random()),
      labels: network.labels,
    },
  };
}
