/** Why a browser does not keep something, as the second half of a sentence. */
const reasons = {
  absent: 'this browser has no place where the page could keep anything',
  forbidden: 'this browser does not let the page keep anything',
  full: 'this browser gives the page no more room to keep things in',
  silent: 'what this browser keeps for the page does not answer',
  blocked: 'another tab holds it open in an older version of the page; close that tab or load it again',
  gone: 'this browser does not keep it any more',
  newer: 'a newer version of the page has kept it; load the page again',
} as const;

export type StoreProblem = keyof typeof reasons | 'failed';

/** The browser does not let the page keep anything, or no more, or does not give it back. The message is a sentence. */
export class StoreError extends Error {
  override name = 'StoreError';

  /** The message for use behind a colon: no capital letter and no full stop. */
  readonly reason: string;

  constructor(
    readonly problem: StoreProblem,
    detail = '',
  ) {
    const reason = problem === 'failed' ? `this browser does not keep it (${detail})` : reasons[problem];
    super(`${reason[0].toUpperCase()}${reason.slice(1)}.`);
    this.reason = reason;
  }
}

const problems: Record<string, StoreProblem> = {
  QuotaExceededError: 'full',
  NS_ERROR_DOM_QUOTA_REACHED: 'full',
  NS_ERROR_FILE_NO_DEVICE_SPACE: 'full',
  SecurityError: 'forbidden',
  NotAllowedError: 'forbidden',
  VersionError: 'newer',
};

/** What a store of the browser threw, in words; browsers often give an error a name and no message. */
export function storeErrorOf(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const { name = '', message = '' } = (error ?? {}) as { name?: string; message?: string };
  const problem = problems[name];
  if (problem) return new StoreError(problem);
  return new StoreError('failed', message.replace(/[.\s]+$/, '') || name || String(error));
}

/** The second half of a sentence about anything that went wrong in keeping. */
export const reasonOf = (error: unknown): string => storeErrorOf(error).reason;
