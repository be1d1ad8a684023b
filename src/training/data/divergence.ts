/** Tells when a training has gone astray. */
export interface DivergenceWatch {
  /** @returns what is wrong with the loss of a step, the end of a sentence; null while it is well */
  check(loss: number): string | null;
}

/** A single loss beyond this many times that of guessing, and of the first step, is an explosion. */
const SUDDEN = 20;
/** So many steps whose losses are on average so many times that of guessing are one as well. */
const [LASTING, LASTING_STEPS] = [3, 30];

/** @param classes of the network: guessing evenly costs their natural logarithm */
export function watchForDivergence(classes: number): DivergenceWatch {
  const guessing = Math.log(classes);
  const recent: number[] = [];
  let first: number | null = null;
  return {
    check(loss) {
      if (!Number.isFinite(loss)) return 'the loss is no longer a number';
      first ??= loss;
      recent.push(loss);
      if (recent.length > LASTING_STEPS) recent.shift();
      if (loss > SUDDEN * Math.max(guessing, first)) {
        return `the loss rose from ${inWords(first)} to ${inWords(loss)}`;
      }
      const mean = recent.reduce((sum, each) => sum + each, 0) / recent.length;
      if (recent.length === LASTING_STEPS && mean > LASTING * guessing) {
        return `over ${LASTING_STEPS} steps the loss was ${inWords(mean)}, where guessing costs ${inWords(guessing)}`;
      }
      return null;
    },
  };
}

const inWords = (value: number) => (value < 1000 ? value.toFixed(2) : value.toExponential(1));
