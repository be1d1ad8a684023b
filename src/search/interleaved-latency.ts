/** Passes of each network that count, and those before them that do not. */
const [PAIRS, BEFORE] = [25, 3];

export interface Interleaved {
  /** Median milliseconds of one pass of the reference. */
  reference: number;
  /** Median of the ratios of neighbouring passes, network to reference. */
  ratio: number;
}

/**
 * Times two networks in turns, so that both meet the machine in the same mood: whatever else it does slows the two passes of a pair
 * alike, and leaves their ratio. Which of the two goes first changes from pair to pair.
 * @param clock milliseconds
 */
export async function interleavedLatency(
  reference: () => Promise<unknown>,
  network: () => Promise<unknown>,
  clock: () => number = () => performance.now(),
): Promise<Interleaved> {
  const timed = async (pass: () => Promise<unknown>) => {
    const begun = clock();
    await pass();
    return clock() - begun;
  };
  const pairs: [reference: number, network: number][] = [];
  for (let pair = -BEFORE; pair < PAIRS; pair++) {
    const first = pair % 2 === 0 ? await timed(reference) : null;
    const own = await timed(network);
    const times: [number, number] = [first ?? (await timed(reference)), own];
    if (pair >= 0) pairs.push(times);
  }
  return {
    reference: medianOf(pairs.map(([time]) => time)),
    ratio: medianOf(pairs.map(([time, own]) => own / time)),
  };
}

/** @param values an odd number of them */
export const medianOf = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[(values.length - 1) / 2];
