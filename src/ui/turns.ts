/** Lets the page answer what it was asked meanwhile. */
const breath = () => new Promise<void>((resolve) => setTimeout(resolve));

/** Begins each work in a task of its own, one after the other: ten figures begun in one would hold the page up. */
export function createTurns(): <Result>(work: () => Result | Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const begun = last.then(breath).then(() => ({ result: work() }));
    last = begun.catch(() => {});
    return begun.then(({ result }) => result);
  };
}
