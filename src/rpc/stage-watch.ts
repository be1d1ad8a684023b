import { patiently } from './patience';
import type { FromWorker } from './serve';
import type { WayLeftOut } from './stages';

/** Longest silence of a worker in a stage, in milliseconds. What it watches itself it gives up before. */
export const STAGE_PATIENCE = 4500;

/**
 * Hears what a worker says, and tells when it falls silent in the middle of a stage.
 * @returns takes every message of the worker, and stops watching
 */
export function watchStages(stuck: (stage: WayLeftOut) => void) {
  let stop = () => {};
  let current: WayLeftOut | null = null;
  return {
    heard(message: FromWorker): void {
      if (message.type === 'stage') current = message.stage;
      stop();
      const stage = current;
      if (stage) stop = patiently(STAGE_PATIENCE, () => stuck(stage));
    },
    end: () => stop(),
  };
}
