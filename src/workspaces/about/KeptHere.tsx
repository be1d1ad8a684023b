import { megabytes } from '../../models/keep-network';
import { type OfflineState, useOffline } from '../../state/offline-store';

/** Whether the page works without a network, and what that takes. */
export function KeptHere() {
  const kept = useOffline((state) => state.kept);
  const sentence = keptInWords(kept);
  return sentence && <p>{sentence}</p>;
}

export function keptInWords(kept: OfflineState): string | null {
  switch (kept.state) {
    case 'kept':
      return `Everything this page can do is kept in this browser: ${megabytes(kept.bytes)}. It works without a network.`;
    case 'keeping':
      return `What this page can do is being kept in this browser, for use without a network: ${megabytes(kept.bytes)} of ${megabytes(kept.of)}.`;
    case 'stopped':
      return `Not everything this page can do is kept in this browser, for use without a network: ${kept.reason}. The next visit goes on with it.`;
    default:
      return null;
  }
}
