import type { Event } from '../study/study-events';
import type { PictureProgress } from './serve-explain';

/** Where progress goes: events to standard output, lines for a person to standard error. */
export interface Streams {
  stdout: { isTTY?: boolean };
  stderr: { isTTY?: boolean; write(text: string): unknown };
}

/** Goes to the beginning of the line and empties it. */
const anew = '\r\u001b[2K';

/**
 * Tells how far one picture is: an event for programs; for a person at a terminal a line that the next one writes over, and that is gone before any other event.
 *
 * @param tell takes events
 */
export function workingTeller(tell: (event: Event) => void, { stdout, stderr }: Streams) {
  let shown = false;
  const clear = () => {
    if (shown) stderr.write(anew);
    shown = false;
  };
  return {
    tell(event: Event) {
      clear();
      tell(event);
    },
    working(path: string, { doing, share }: PictureProgress) {
      if (!stdout.isTTY) tell({ event: 'working', path, doing, share: Number(share.toPrecision(3)) });
      if (!stderr.isTTY) return;
      stderr.write(`${anew}${path}: ${doing}, ${Math.floor(share * 100)} % done`);
      shown = true;
    },
  };
}
