/** A frame that was asked for, as the reader of videos found it. */
interface Asked {
  readonly seconds: number;
  readonly isSame: boolean;
}

export interface TakenFrames<Frame> {
  readonly frames: readonly Frame[];
  /** From where on the video shows one and the same picture to its end, in seconds; null where it moves. */
  readonly stillFrom: number | null;
}

/** Frames of films follow each other more closely than this, in seconds: alike at such a distance, they are one. */
const oneFrame = 0.1;

/**
 * Which of the frames that were asked for are frames of their own: not what is asked for twice of one frame, and not the last
 * picture again and again, which a player shows behind the end of a file that is cut off.
 */
export function takenFrames<Frame extends Asked>(asked: readonly Frame[]): TakenFrames<Frame> {
  const apart = asked.filter(
    ({ seconds, isSame }, i) => !isSame || seconds - asked[i - 1].seconds >= oneFrame,
  );
  const last = apart.findLastIndex(({ isSame }) => !isSame);
  const repeats = last >= 0 && last < apart.length - 1;
  return { frames: apart.slice(0, last + 1), stillFrom: repeats ? apart[last].seconds : null };
}
