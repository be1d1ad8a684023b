import { guardLeaving } from '../../../storage/leaving';
import type { StudyRun } from '../../../study/run/runner';

/** The run of a study: the one that goes on, or the last one, as long as it has results that are nowhere but here. */
export function createCurrentRun() {
  let going: StudyRun | null = null;
  let ended: StudyRun | null = null;
  let unguard: (() => void) | null = null;
  /** Watches over what it has found until all of it is kept. */
  const watch = () => {
    unguard?.();
    const run = going ?? ended;
    unguard = run && guardLeaving({ unkept: run.unkept, keepNow: run.flush });
  };
  return {
    going: () => going,
    begin(run: StudyRun): void {
      going = run;
      ended = null;
      watch();
    },
    end(): void {
      ended = going;
      going = null;
      watch();
    },
    /** Nothing of the one that ended is lost any more. */
    saved(): void {
      ended = null;
      watch();
    },
  };
}
