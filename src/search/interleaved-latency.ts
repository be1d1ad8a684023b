/** Passes of each network that count, and those before them that do not. */
const [PAIRS, BEFORE] = [101, 3];

export interface Interleaved {
  /** Milliseconds of one pass of the reference. */
  reference: number;
  /** How many times as long a pass of the network takes. */
  ratio: number;
}

/**
 * Times two networks in turns, so that both meet the machine in the same mood. Which of the two goes first changes from pair to pair. Of
 * each the median of the fastest fifth counts, the passes that nothing disturbed: on two cores with a load of 22, one network beside itself
 * came out between 1.00 and 1.01 so, twelve times of twelve, and between 0.55 and 1.63 by the medians of all passes.
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
  const whole = undisturbed(pairs.map(([time]) => time));
  return { reference: whole, ratio: undisturbed(pairs.map(([, time]) => time)) / whole };
}

/** The median of the fastest fifth. */
const undisturbed = (times: readonly number[]): number =>
  [...times].sort((a, b) => a - b)[Math.floor((times.length - 1) / 10)];
