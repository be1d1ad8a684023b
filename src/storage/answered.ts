import { StoreError } from './store-error';

/** Longest wait in milliseconds for a word from a store of the browser's: one that is broken may never give one. */
export const patience = 5000;

/**
 * What a store answers, if it does so in time.
 * @throws StoreError where it does not; whatever it answers afterwards is dropped
 */
export function answered<Result>(
  answer: PromiseLike<Result>,
  milliseconds = patience,
  silent = () => new StoreError('silent'),
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(silent()), milliseconds);
    answer.then(resolve, reject).then(() => clearTimeout(late));
  });
}
