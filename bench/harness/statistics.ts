/** The value below which a share `q` of the numbers lies; of no interpolation. */
export function quantile(numbers: readonly number[], q: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.round(q * (sorted.length - 1)))];
}

export const median = (numbers: readonly number[]) => quantile(numbers, 0.5);

/** Median over the runs of `a` over `b` of the same run: what slows the whole machine cancels out. */
export const medianRatio = (a: readonly number[], b: readonly number[]) =>
  median(a.map((value, run) => value / b[run]));

/** How rows sum up their runs: by medians, or on a machine that others use too by the smallest times, which they disturb least. */
export const typical = ({ shared }: { shared: boolean }) =>
  shared
    ? {
        time: (times: readonly number[]) => Math.min(...times),
        ratio: (a: readonly number[], b: readonly number[]) => Math.min(...a) / Math.min(...b),
        note: 'smallest times, on a machine that was shared',
      }
    : { time: median, ratio: medianRatio, note: undefined };

/** Greatest difference between two lists, as a share of the greatest magnitude in the second. */
export function relativeDifference(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) throw new Error(`${a.length} values stand against ${b.length}.`);
  const magnitude = Math.max(...b.map(Math.abs));
  return Math.max(...a.map((value, i) => Math.abs(value - b[i]))) / magnitude;
}

/**
 * Milliseconds between two pieces of work. Threads look for more work before they sleep: PyTorch's burn 2 to 8 ms of processor time behind
 * an operation, on a core that the next piece wants.
 */
const REST = 50;
/** What takes less milliseconds than this finds threads asleep and caches cold behind a rest. */
const SHORT = 1000;

/**
 * Times several pieces of work run after run, each once a run, in an order that turns by one every run. Before each there is a rest, and
 * what is short is done once untimed. One untimed round goes before.
 * @param work each gives its own time in milliseconds
 */
export async function interleaved<Name extends string>(
  runs: number,
  work: Record<Name, () => Promise<number>>,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(work) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  const isShort = new Set<Name>();
  for (const name of names) if ((await work[name]()) < SHORT) isShort.add(name);
  for (let run = 0; run < runs; run++) {
    for (let i = 0; i < names.length; i++) {
      const name = names[(run + i) % names.length];
      await new Promise((rested) => setTimeout(rested, REST));
      if (isShort.has(name)) await work[name]();
      times[name].push(await work[name]());
    }
  }
  return times;
}

/** Slope of the least-squares line. */
export function slope(x: number[], y: number[]): number {
  const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const [meanX, meanY] = [mean(x), mean(y)];
  const covariance = x.reduce((sum, value, i) => sum + (value - meanX) * (y[i] - meanY), 0);
  return covariance / x.reduce((sum, value) => sum + (value - meanX) ** 2, 0);
}
