import { megabytes } from '../../models/keep-network';
import { type OfflineState, useOffline } from '../../state/offline-store';
import { say } from '../../text/say';

/** Whether the page works without a network, and what that takes. */
export function KeptHere() {
  const kept = useOffline((state) => state.kept);
  const sentence = keptInWords(kept);
  return sentence && <p>{sentence}</p>;
}

export function keptInWords(kept: OfflineState): string | null {
  switch (kept.state) {
    case 'kept':
      return say('Everything this page can do is kept in this browser: {size}. It works without a network.', {
        size: megabytes(kept.bytes),
      });
    case 'keeping':
      return say(
        'What this page can do is being kept in this browser, for use without a network: {size} of {all}.',
        { size: megabytes(kept.bytes), all: megabytes(kept.of) },
      );
    case 'stopped':
      return say(
        'Not everything this page can do is kept in this browser, for use without a network: {reason}. The next visit goes on with it.',
        { reason: say(kept.reason) },
      );
    default:
      return null;
  }
}
