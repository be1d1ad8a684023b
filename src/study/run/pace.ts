/** How fast a run goes. */
export interface Pace {
  /** Tells that so many more pictures are done. */
  add(pictures: number): void;
  /** Begins anew: what lies between now and the next picture is no work. */
  restart(): void;
  /** Pictures a second lately; null before there is anything to tell. */
  rate(): number | null;
}

/** Steps that the pace is taken from. */
const WINDOW = 64;
/** A step of at least that many milliseconds, and so many times the usual one, was no work: the machine slept. */
const SLEEP = { milliseconds: 20_000, times: 10 };

/** @param now milliseconds; goes on while a machine sleeps on some systems, and stands still on others */
export function createPace(now: () => number = () => performance.now()): Pace {
  let last = now();
  let steps: { milliseconds: number; pictures: number }[] = [];
  return {
    add(pictures) {
      const at = now();
      steps = [...steps.slice(1 - WINDOW), { milliseconds: at - last, pictures }];
      last = at;
    },
    restart() {
      last = now();
    },
    rate() {
      const usual = median(steps.map(({ milliseconds }) => milliseconds));
      const longest = Math.max(SLEEP.milliseconds, SLEEP.times * usual);
      const worked = steps.filter(({ milliseconds }) => milliseconds <= longest);
      const time = worked.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
      const done = worked.reduce((sum, { pictures }) => sum + pictures, 0);
      return time > 0 ? (1000 * done) / time : null;
    },
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
