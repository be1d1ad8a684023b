/**
 * Work that tabs and workers of the page take turns at. Where the browser has no locks, or gives none, it is done without:
 * then two tabs at once are the reader's own risk.
 * @param work with `ifAvailable` it is told whether the lock is held; another tab has it where not
 */
export async function withLock<Result>(
  name: string,
  options: Pick<LockOptions, 'mode' | 'ifAvailable'>,
  work: (held: boolean) => Promise<Result>,
): Promise<Result> {
  const locks = lockManager();
  if (!locks) return work(true);
  // Told apart from what the work itself throws.
  let begun = false;
  try {
    return (await locks.request(name, options, (lock) => {
      begun = true;
      return work(lock !== null);
    })) as Result;
  } catch (error) {
    if (begun) throw error;
    return work(true);
  }
}

/** Undefined where there is none: on pages that are not served securely, or where reading it throws. */
export function lockManager(): LockManager | undefined {
  try {
    return navigator.locks ?? undefined;
  } catch {
    return undefined;
  }
}
