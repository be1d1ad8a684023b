import { create } from 'zustand';
import { settle, warn } from '../../../state/alerts';
import { createLatestWork } from '../../../state/latest-work';
import { messageOf } from '../../../text/message-of';
import { dropRun, type KeptRun, keptRuns, type RunKind } from './kept-runs';

/** The trainings and searches in this browser, the newest of each kind first. */
export const useKeptRuns = create<{ runs: KeptRun[] }>()(() => ({ runs: [] }));

const listing = createLatestWork();

/** Looks at what is kept, and which tab has what. */
export async function refreshRuns(): Promise<void> {
  try {
    const runs = await listing.run(() => Promise.all([keptRuns('training'), keptRuns('search')]));
    if (runs) useKeptRuns.setState({ runs: runs.flat() });
  } catch {
    // Without a place to keep them there are none.
    useKeptRuns.setState({ runs: [] });
  }
}

export async function removeRun(kind: RunKind, id: string): Promise<void> {
  try {
    await dropRun(kind, id);
    settle('optimise');
  } catch (error) {
    warn('optimise', `The ${kind} could not be removed: ${messageOf(error)}.`);
  }
  await refreshRuns();
}
