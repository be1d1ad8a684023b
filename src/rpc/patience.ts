/** How often a wait is looked at, in milliseconds. */
const LOOK = 100;

/**
 * Counts time in looks, none of which counts more than it should take: on a machine that is too busy to look, less time passes, so
 * that what is only slow is not taken for stuck.
 * @returns stops counting
 */
export function patiently(milliseconds: number, over: () => void): () => void {
  let looks = Math.ceil(milliseconds / LOOK);
  const timer = setInterval(() => {
    looks -= 1;
    if (looks > 0) return;
    clearInterval(timer);
    over();
  }, LOOK);
  return () => clearInterval(timer);
}

/**
 * What an answer gives, if it comes in time.
 * @returns `late` of what did not
 */
export function within<Result, Late>(
  answer: PromiseLike<Result>,
  milliseconds: number,
  late: () => Late,
): Promise<Result | Late> {
  return new Promise((resolve, reject) => {
    const stop = patiently(milliseconds, () => {
      try {
        resolve(late());
      } catch (error) {
        reject(error);
      }
    });
    answer.then(resolve, reject).then(stop);
  });
}
