import { joinChunks, type StudyChunk } from './chunks';

/** Puts results on the disk as they come. */
export interface Keeper {
  /** Takes results; resolves when they are kept, or when that has failed. */
  take(chunk: StudyChunk): Promise<void>;
  /** Tries now what is not kept, also where it has just failed. */
  flush(): Promise<void>;
  /** Pictures whose results are not on the disk. */
  unkept(): number;
}

/** After a failure the disk is left alone for so many milliseconds. */
const REST = 10_000;

const picturesIn = (chunks: readonly StudyChunk[]) =>
  chunks.reduce((sum, { images, failures }) => sum + images.length + failures.length, 0);

/**
 * Results are put away at once; what comes while the disk is busy goes together the next time. What could not be kept is
 * held, and tried again with what comes later.
 * @param put keeps results as a whole or not at all
 * @param onFailure told of every failure of `put`
 */
export function createKeeper(
  put: (chunk: StudyChunk) => Promise<unknown>,
  onFailure: (error: unknown) => void,
  now: () => number = () => performance.now(),
): Keeper {
  let waiting: StudyChunk[] = [];
  let writing: StudyChunk[] = [];
  let round: Promise<void> | null = null;
  let restsUntil = 0;

  const write = async () => {
    // What comes in the same breath goes together.
    await null;
    while (waiting.length > 0 && now() >= restsUntil) {
      writing = waiting;
      waiting = [];
      try {
        await put(joinChunks(writing));
      } catch (error) {
        waiting = [...writing, ...waiting];
        restsUntil = now() + REST;
        onFailure(error);
      }
      writing = [];
    }
    round = null;
  };
  const go = (): Promise<void> => {
    round ??= write();
    return round;
  };
  return {
    take(chunk) {
      waiting.push(chunk);
      return go();
    },
    flush() {
      restsUntil = 0;
      return go();
    },
    unkept: () => picturesIn(waiting) + picturesIn(writing),
  };
}
