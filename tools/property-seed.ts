/**
 * The seed that property tests draw their cases from. One and the same as a rule, so that a test run says the same of the same code
 * twice; SUPERSIGN_SEED names another, or says "random" to look where nobody has looked. fast-check prints it with what fails.
 * @throws Error where SUPERSIGN_SEED is neither a whole number nor "random"
 */
export function propertySeed(named = process.env.SUPERSIGN_SEED): number {
  if (named === undefined || named === '') return 20_201;
  if (named === 'random') return Date.now() | 0;
  if (/^-?\d+$/.test(named)) return Number(named) | 0;
  throw new Error(`SUPERSIGN_SEED is a whole number or "random", not "${named}".`);
}
