let last: Promise<void> = Promise.resolve();

/** Lets the page answer what it was asked meanwhile. */
const breath = () => new Promise<void>((resolve) => setTimeout(resolve));

/** Begins each work in a task of its own, one after the other: ten figures begun in one would hold the page up. */
export function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  const begun = last.then(breath).then(() => ({ result: work() }));
  last = begun.then(
    () => {},
    () => {},
  );
  return begun.then(({ result }) => result);
}
